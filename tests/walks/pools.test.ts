import { PoolView } from '@time-bank/contracts/giving';
import { PoolId } from '@time-bank/contracts/ledger';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, type Town, startTown } from '../town.ts';
import { aSaver, credit } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const read = (who: Member, poolId: string) => town.ask(who, 'GET', `/api/pools/${poolId}`);
const donate = async (donor: Member, poolId: string, amountMinutes: number) => {
  const transferId = town.ids.transfer();
  const answer = await town.ask(donor, 'POST', '/api/donations', { transferId, poolId, amountMinutes });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return transferId;
};

it.each([
  ['pool:341302001', '埇桥街道'],
  ['pool:341302', '埇桥区'],
  ['pool:3413', '宿州市'],
])('the pool %s is there before anything was given to it', async (poolId, regionName) => {
  expect(await read(await town.anElder(), poolId)).toMatchObject({
    status: 200,
    body: { poolId, regionName, availableMinutes: 0, lines: [] },
  });
});

it('shows what came in, and what of it can be granted once it has been collected', async () => {
  const donor = await aSaver(town);
  const poolId = PoolId.parse('pool:341302001:collected');
  const transferId = await donate(donor, poolId, 45);
  const before = PoolView.parse((await read(donor, poolId)).body);
  expect(before).toMatchObject({ availableMinutes: 0, lines: [{ kind: 'donated', changeMinutes: 45 }] });
  const rows = await town.ports.journal.listUncollectedNow(poolId, '2026-11-01T00:00:00.000Z');
  expect(rows).toMatchObject([{ transferId, minutes: 45 }]);
  const transferIds = rows.map((row) => row.transferId);
  await town.ports.journal.commit([{ change: 'collect', poolId, shard: 4, transferIds, minutes: 45 }]);
  expect((await read(donor, poolId)).body).toEqual({ ...before, availableMinutes: 45 });
});

it('shows nobody: no name, no id, no hour of the day', async () => {
  const donor = await aSaver(town);
  const poolId = 'pool:341302001:nameless';
  const transferId = await donate(donor, poolId, 20);
  const { body } = await read(await town.anElder(), poolId);
  for (const secret of [donor.name, donor.memberId.slice(4), transferId.slice(4), town.now().slice(10)]) {
    expect(JSON.stringify(body)).not.toContain(secret);
  }
});

it('shows the 25 newest lines, newest first', async () => {
  const donor = await aSaver(town);
  await credit(town, donor, 60);
  const poolId = 'pool:341302:many';
  for (let minutes = 1; minutes <= 14; minutes += 1) await donate(donor, poolId, minutes);
  await credit(town, donor, 60);
  for (let minutes = 1; minutes <= 12; minutes += 1) {
    town.pass(1);
    await donate(donor, poolId, 1);
  }
  const { lines } = PoolView.parse((await read(donor, poolId)).body);
  expect(lines.map(({ changeMinutes }) => changeMinutes)).toEqual([
    ...Array.from({ length: 12 }, () => 1),
    ...Array.from({ length: 13 }, (_, n) => 14 - n),
  ]);
});

describe('who may look', () => {
  it('everybody, also at the pool of another county: what a pool does is public', async () => {
    const elsewhere = await town.anElder({ communityCode: FAR_AWAY });
    for (const who of [elsewhere, await town.aVolunteer(), await town.aCoordinator()]) {
      expect((await read(who, 'pool:341302001')).status).toBe(200);
    }
  });

  it.each([
    'pool:999999',
    'pool:9999',
    'pool:341302999',
    'pool:341302001:never',
    'pool:999999:winter',
    'pool:34',
    'pool',
    'x',
    '%00',
    'pool:341302001:A',
    'acc_01KB2C3D4E5F6G7H8J9KMNPQRA',
  ])('there is no pool %s', async (poolId) => {
    expect(await read(await town.anElder(), poolId)).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_pool' } },
    });
  });
});
