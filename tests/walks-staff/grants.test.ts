import { CommandId, accountOf } from '@time-bank/contracts/ids';
import { PoolId } from '@time-bank/contracts/ledger';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestEngine, startEngine } from '../engine.ts';
import { type Town, NEXT_DOOR, startTown } from '../town.ts';
import { aRedemption, everythingIn, idOfAnotherDay, setFrozen } from '../walks/steps.ts';
import { aGranted, aStranger, fill, headOf, ofCounty, ofTownship, schedule, told } from './steps.ts';

// A round is about everybody of a region, so each test has a town of its own on one engine.
let engine: TestEngine | undefined;
let town: Town;
const towns: Town[] = [];
beforeEach(async () => {
  engine ??= await startEngine();
  town = await startTown({ endpoint: engine.endpoint, stop: () => Promise.resolve() });
  towns.push(town);
});
afterAll(async () => {
  for (const each of towns) await each.stop();
  await engine?.stop();
});

const aRound = (change: Record<string, unknown> = {}) => ({
  roundId: town.ids.command(),
  region: '341302001',
  month: '2026-11',
  ...change,
});
const decide = (decision: 'approve' | 'decline' = 'approve') => ({
  commandId: town.ids.command(),
  decision,
});
const propose = async (who: Member, change: Record<string, unknown> = {}) => {
  const body = aRound(change);
  const answer = await town.ask(who, 'POST', '/api/grants', body);
  return { body, answer, path: `/api/grants/${body.roundId}` };
};
const grantedTo = async (member: Member) => (await headOf(town, member)).minutes.granted;
const linesOf = async (who: Member, path: string) =>
  (await town.ask(who, 'GET', path)).body.lines as { memberId: string; result?: string }[];

/** Three elders with 120 minutes each and a pool with so much, proposed and approved. */
const aCarriedOut = async (minutes: number) => {
  const elders = [await aGranted(town), await aGranted(town), await aGranted(town)];
  await fill(town, minutes);
  const [first, second] = [await ofTownship(town), await ofCounty(town)];
  const { path } = await propose(first);
  const answer = await town.ask(second, 'POST', `${path}/decision`, decide());
  return { elders, first, second, path, answer };
};

describe('a round of grants', () => {
  it('collects the elders by the rules, worst off first, and moves nothing', async () => {
    const oldest = await aGranted(town, { birthDate: '1930-01-01' });
    const couple = await aGranted(town, { livingSituation: 'empty_nest' });
    const disabled = await aGranted(town, { abilityLevel: 3, communityCode: NEXT_DOOR });
    const younger = await aGranted(town, { birthDate: '1941-01-01' });
    await aGranted(town, { livingSituation: 'with_family' });
    await town.anElder({ birthDate: '1950-01-01' });
    const coordinator = await ofTownship(town);
    const { answer, path } = await propose(coordinator);
    expect(answer).toMatchObject({ status: 201, body: { state: 'proposed', elders: 4 } });
    expect((await linesOf(coordinator, path)).map(({ memberId }) => memberId)).toEqual(
      [disabled, oldest, younger, couple].map(({ memberId }) => memberId),
    );
    expect(answer.body.totalMinutes).toBe(3 * 120 + 240);
    expect(await grantedTo(oldest)).toBe(0);
  });

  it('is carried out once somebody else has approved it, and can be spent', async () => {
    const { elders, second, path, answer } = await aCarriedOut(360);
    expect(answer).toMatchObject({ status: 201, body: { state: 'approved', elders: 3, totalMinutes: 360 } });
    for (const elder of elders) {
      const balance = await town.ask(elder, 'GET', '/api/account');
      expect(balance.body).toMatchObject({
        availableMinutes: 120,
        grantedMinutes: 120,
        nextLapseAt: '2026-11-30T16:00:00.000Z',
      });
    }
    const view = await town.ask(second, 'GET', path);
    expect(view.body).toMatchObject({ state: 'carried_out', grantedMinutes: 360 });
    const redeemed = await town.ask(elders[0], 'POST', '/api/redemptions', aRedemption(town));
    expect(redeemed.status).toBe(201);
  });

  it('out of a short pool serves the first, and says who got none', async () => {
    const { elders, second, path } = await aCarriedOut(250);
    const results = (await linesOf(second, path)).map(({ result }) => result);
    expect(results).toEqual(['granted', 'granted', 'pool_short']);
    const all = await Promise.all(elders.map(grantedTo));
    expect([...all].sort((one, other) => one - other)).toEqual([0, 120, 120]);
  });

  it('a later round serves those who got none, and nobody twice', async () => {
    const { elders, second } = await aCarriedOut(250);
    await fill(town, 500);
    const { path } = await propose(await ofTownship(town));
    await town.ask(second, 'POST', `${path}/decision`, decide());
    const results = (await linesOf(second, path)).map(({ result }) => result);
    expect([...results].sort()).toEqual(['granted', 'had_already', 'had_already']);
    for (const elder of elders) expect(await grantedTo(elder)).toBe(120);
  });

  it('that was cut off in the middle is resumed by the schedule, and grants nobody twice', async () => {
    const elders = [await aGranted(town), await aGranted(town), await aGranted(town)];
    await fill(town, 1000);
    const [first, second] = [await ofTownship(town), await ofCounty(town)];
    const { path } = await propose(first);
    const { journal } = town.deps.ports;
    const { commit } = journal;
    let commits = 0;
    journal.commit = async (changes) => {
      commits += 1;
      if (commits === 2) throw new Error('killed');
      return commit(changes);
    };
    const body = decide();
    expect((await town.ask(second, 'POST', `${path}/decision`, body)).status).toBe(500);
    journal.commit = commit;
    expect((await town.ask(second, 'GET', path)).body.state).toBe('approved');
    await Promise.all([schedule(town), schedule(town)]);
    const view = await town.ask(second, 'GET', path);
    expect(view.body).toMatchObject({ state: 'carried_out', grantedMinutes: 360 });
    for (const elder of elders) expect(await grantedTo(elder)).toBe(120);
    const shards = await town.ports.journal.readPoolNow('pool:341302001' as never);
    expect(shards.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(1000 - 360);
    const again = await town.ask(second, 'POST', `${path}/decision`, body);
    expect(again).toMatchObject({ status: 201, body: { state: 'approved', elders: 3 } });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
  });

  it('passes over an account that cannot take it, says why, and leaves it free for a later round', async () => {
    const elder = await aGranted(town);
    await fill(town, 500);
    await setFrozen(town, elder, true);
    const second = await ofCounty(town);
    const { path } = await propose(await ofTownship(town));
    await town.ask(second, 'POST', `${path}/decision`, decide());
    expect((await linesOf(second, path))[0]?.result).toBe('account_frozen');
    await setFrozen(town, elder, false);
    const later = await propose(await ofTownship(town));
    await town.ask(second, 'POST', `${later.path}/decision`, decide());
    expect(await grantedTo(elder)).toBe(120);
  });

  it('keeps no refusal for an elder whose account was frozen in that very moment', async () => {
    const elder = await aGranted(town);
    await fill(town, 500);
    const second = await ofCounty(town);
    const { path } = await propose(await ofTownship(town));
    const { journal } = town.deps.ports;
    const { commit } = journal;
    journal.commit = async (changes) => {
      journal.commit = commit;
      await setFrozen(town, elder, true);
      return commit(changes);
    };
    await town.ask(second, 'POST', `${path}/decision`, decide());
    expect((await linesOf(second, path))[0]?.result).toBe('account_frozen');
    await setFrozen(town, elder, false);
    const later = await propose(await ofTownship(town));
    await town.ask(second, 'POST', `${later.path}/decision`, decide());
    expect(await grantedTo(elder)).toBe(120);
  });

  it('that is approved when its month is over grants nobody, and says so', async () => {
    const elder = await aGranted(town);
    await fill(town, 500);
    const second = await ofCounty(town);
    const { path } = await propose(await ofTownship(town));
    town.setClock('2026-11-30T16:00:00.000Z');
    await town.ask(second, 'POST', `${path}/decision`, decide());
    const view = await town.ask(second, 'GET', path);
    expect(view.body).toMatchObject({ state: 'ended', lines: [{ result: 'grant_not_open' }] });
    expect(await grantedTo(elder)).toBe(0);
  });

  it('that nobody has decided on keeps no other from going back', async () => {
    const first = await ofTownship(town);
    for (let round = 0; round < 5; round += 1) await propose(first);
    await aCarriedOut(360);
    town.setClock('2026-11-30T16:01:00.000Z');
    expect((await schedule(town)).lapsed).toBe(3);
    const list = await town.ask(first, 'GET', '/api/grants?region=341302001');
    expect(list.body.items).toHaveLength(5);
  });

  it('that is long lets the others have their turn', async () => {
    const [first, second] = [await ofTownship(town), await ofCounty(town)];
    await aGranted(town);
    const { body } = await propose(first);
    const { caseBook } = town.ports;
    const round = (await caseBook.readNow('granting', CommandId.parse(body.roundId)))!;
    const [line] = round.lines;
    const lines = Array.from({ length: 301 }, () => ({ ...line!, memberId: town.ids.member() }));
    const decision = {
      commandId: town.ids.command(),
      fingerprint: 'x',
      actorId: second.memberId,
      at: town.now(),
      isApproved: true,
    };
    const ids = Array.from({ length: 5 }, () => town.ids.command());
    for (const caseId of ids) {
      const approved = { ...round, caseId, lines, decision, state: 'approved', dueAt: town.now() } as const;
      await caseBook.put(approved);
    }
    for (let run = 0; run < 2; run += 1) {
      town.pass(5);
      await schedule(town);
    }
    const all = await Promise.all(ids.map((caseId) => caseBook.readNow('granting', caseId)));
    expect(all.map((each) => each?.next).sort()).toEqual([100, 100, 200, 200, 200]);
  });

  it('out of a named project finds everything that the project was ever given', async () => {
    const second = await ofCounty(town);
    const poolId = PoolId.parse('pool:341302001:chongyang');
    const elder = await aGranted(town);
    const row = {
      poolId,
      counterpart: accountOf(elder.memberId),
      actorId: elder.memberId,
      channel: 'web',
      region: elder.communityCode,
      policyVersion: '0',
      at: town.now(),
      minutes: 1,
      reason: 'choice',
    } as const;
    for (let line = 0; line < 1_900; line += 95) {
      const rows = Array.from({ length: 95 }, () => town.ids.transfer());
      const changes = rows.map((transferId) => ({
        change: 'pool_in' as const,
        row: { ...row, transferId },
      }));
      await town.ports.journal.commit(changes);
    }
    const { path } = await propose(await ofTownship(town), { poolId });
    await town.ask(second, 'POST', `${path}/decision`, decide());
    expect(await town.ports.journal.listUncollectedNow(poolId, '2026-01-01T00:00:00.000Z')).toEqual([]);
    expect(await grantedTo(elder)).toBe(120);
  });

  it('goes back to the pool when its month is over, once, and what was held when the hold ends', async () => {
    const { elders, second, path } = await aCarriedOut(360);
    await town.ask(elders[0], 'POST', '/api/redemptions', aRedemption(town, { plannedMinutes: 60 }));
    town.setClock('2026-11-30T16:01:00.000Z');
    const [one, other] = await Promise.all([schedule(town), schedule(town)]);
    expect(one.lapsed + other.lapsed).toBe(3);
    expect((await schedule(town)).lapsed).toBe(0);
    for (const elder of elders) expect(await grantedTo(elder)).toBe(0);
    town.pass(200 * 24 * 60);
    for (let run = 0; run < 3; run += 1) await schedule(town);
    const view = await town.ask(second, 'GET', path);
    expect(view.body.state).toBe('ended');
    expect(await headOf(town, elders[0]!)).toMatchObject({ minutes: { granted: 0, held: 0 } });
    const shards = await town.ports.journal.readPoolNow('pool:341302001' as never);
    expect(shards.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(360);
  });
});

describe('who may not', () => {
  it('propose for a region that is not theirs, or for a month that is not now', async () => {
    const before = await everythingIn(town);
    const ask = (who: Member | undefined, change: Record<string, unknown> = {}) =>
      town.ask(who, 'POST', '/api/grants', aRound(change)).then(told);
    expect(await ask(undefined)).toEqual([401, 'not_signed_in']);
    expect(await everythingIn(town)).toEqual(before);
    const coordinator = await ofTownship(town);
    expect(await ask(await town.anElder())).toEqual([403, 'not_allowed']);
    expect(await ask(await aStranger(town))).toEqual([404, 'unknown_region']);
    expect(await ask(await town.aCoordinator())).toEqual([404, 'unknown_region']);
    expect(await ask(coordinator, { region: '341302' })).toEqual([404, 'unknown_region']);
    expect(await ask(coordinator, { region: '341302001003' })).toEqual([400, 'invalid_fields']);
    expect(await ask(coordinator, { month: '2026-10' })).toEqual([400, 'invalid_fields']);
    expect(await ask(coordinator, { poolId: 'pool:340102' })).toEqual([404, 'unknown_pool']);
    expect(await ask(coordinator, { roundId: idOfAnotherDay(town, -40).replace('trf', 'cmd') })).toEqual([
      409,
      'id_too_old',
    ]);
  });

  it('approve what they have proposed, from below the township, out of a pool above, or for themselves', async () => {
    const own = await town.aMember({
      birthDate: '1940-01-01',
      livingSituation: 'alone',
      roles: [
        { role: 'coordinator', region: '341302001' },
        { role: 'resident', region: '341302001003' },
      ],
    });
    const first = await ofTownship(town);
    const { path } = await propose(first);
    const ask = (who: Member, at = path) => town.ask(who, 'POST', `${at}/decision`, decide()).then(told);
    expect(await ask(first)).toEqual([403, 'second_person_needed']);
    expect(await ask(own)).toEqual([403, 'not_allowed']);
    expect(await ask(await town.aCoordinator())).toEqual([404, 'unknown_document']);
    expect(await ask(await aStranger(town))).toEqual([404, 'unknown_document']);
    const above = await propose(first, { poolId: 'pool:341302' });
    expect(await ask(await ofTownship(town), above.path)).toEqual([404, 'unknown_document']);
    expect(await ask(first, `/api/grants/${town.ids.command()}`)).toEqual([404, 'unknown_document']);
  });

  it('a round that was proposed twice is one; with another month it is refused', async () => {
    await aGranted(town);
    const coordinator = await ofTownship(town);
    const { body, answer } = await propose(coordinator);
    await aGranted(town);
    const again = await town.ask(coordinator, 'POST', '/api/grants', body);
    expect(again).toMatchObject({ status: 201, body: answer.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const other = await town.ask(coordinator, 'POST', '/api/grants', { ...body, month: '2026-12' });
    expect(told(other)).toEqual([409, 'exists_with_different_content']);
  });

  it('a round that was declined is never carried out', async () => {
    const elder = await aGranted(town);
    await fill(town, 500);
    const { path } = await propose(await ofTownship(town));
    const second = await ofCounty(town);
    expect((await town.ask(second, 'POST', `${path}/decision`, decide('decline'))).body.state).toBe(
      'declined',
    );
    expect(told(await town.ask(second, 'POST', `${path}/decision`, decide()))).toEqual([
      409,
      'exists_with_different_content',
    ]);
    await schedule(town);
    expect(await grantedTo(elder)).toBe(0);
    const list = await town.ask(second, 'GET', '/api/grants?region=341302001');
    expect(list.body.items).toEqual([]);
  });
});

it('a pool with little is in one part, so that a grant finds it; one with much is spread', async () => {
  await fill(town, 300);
  await fill(town, 300);
  expect(await town.ports.journal.readPoolNow('pool:341302001' as never)).toEqual([
    { poolId: 'pool:341302001', shard: 0, minutes: 600 },
  ]);
  await fill(town, 40_000);
  const shards = await town.ports.journal.readPoolNow('pool:341302001' as never);
  expect(shards).toHaveLength(7);
  const levels = shards.map(({ minutes }) => minutes);
  expect(Math.max(...levels) - Math.min(...levels)).toBeLessThanOrEqual(1440);
});
