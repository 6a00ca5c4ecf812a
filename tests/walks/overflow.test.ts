import { Balance } from '@time-bank/contracts/account';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { booksIn, setFrozen } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const choose = (who: Member, overflowTo: unknown, transferId: string = town.ids.transfer()) =>
  town.ask(who, 'POST', '/api/account/overflow', { transferId, overflowTo });
const chosenBy = async (who: Member) =>
  Balance.parse((await town.ask(who, 'GET', '/api/account')).body).overflowPool;

it('a member chooses a pool, another one, and honour again; each choice is a line without minutes', async () => {
  const member = await town.aVolunteer();
  expect(await chosenBy(member)).toBeUndefined();
  for (const overflowTo of ['pool:341302001', 'pool:341302:winter-visits']) {
    expect(await choose(member, overflowTo)).toMatchObject({
      status: 200,
      body: { kind: 'overflow_chosen', amountMinutes: 0 },
    });
    expect(await chosenBy(member)).toBe(overflowTo);
  }
  expect((await choose(member, 'honour')).status).toBe(200);
  expect(await chosenBy(member)).toBeUndefined();
  const { items } = (await town.ask(member, 'GET', '/api/account/entries')).body;
  expect(items).toMatchObject(
    Array.from({ length: 3 }, () => ({ kind: 'overflow_chosen', changeMinutes: 0 })),
  );
});

it.each(['pool:3413', 'pool:340102', 'pool:341302002', 'pool:999999001:winter'])(
  'the pool %s is none of a member here',
  async (overflowTo) => {
    const member = await town.aVolunteer();
    const before = await booksIn(town);
    expect(await choose(member, overflowTo)).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_pool' } },
    });
    expect(await booksIn(town)).toEqual(before);
  },
);

it.each(['', 'me', 'pool:', 'pool:34', 'pool:341302001:', 'pool:341302001:Winter', 'issue', null])(
  '%j is no choice',
  async (overflowTo) => {
    expect(await choose(await town.aVolunteer(), overflowTo)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_fields' } },
    });
  },
);

it('two choices in the same moment: the last line is what holds', async () => {
  const member = await town.aVolunteer();
  const pools = ['pool:341302001', 'pool:341302'];
  const answers = await Promise.all(pools.map((pool) => choose(member, pool)));
  for (const { status } of answers) expect([200, 503]).toContain(status);
  expect(pools).toContain(await chosenBy(member));
});

it('an account that is frozen can still choose: nothing goes out by it', async () => {
  const member = await town.aVolunteer();
  await setFrozen(town, member, true);
  expect((await choose(member, 'pool:341302')).status).toBe(200);
  expect(await town.ask(member, 'GET', '/api/account')).toMatchObject({
    body: { state: 'frozen', overflowPool: 'pool:341302' },
  });
});
