import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FAR_AWAY, HOME, NEXT_DOOR, type Town, liveVisit, startTown } from '../town.ts';
import { aRedemption, everythingIn } from '../walks/steps.ts';

let town: Town;
/** 76 and alone; 62 with an hour banked, of which half is set aside; 62 next door; 76 in another county. */
let people: { elder: Member; saver: Member; neighbour: Member; stranger: Member };
beforeAll(async () => {
  town = await startTown();
  const elder = await town.anElder();
  const roles = [
    { role: 'volunteer', region: HOME },
    { role: 'resident', region: HOME },
  ] as const;
  const saver = await town.aVolunteer({ birthDate: '1964-05-01', roles: [...roles] });
  const neighbour = await town.aVolunteer({
    birthDate: '1964-05-01',
    communityCode: NEXT_DOOR,
    livingSituation: 'with_family',
  });
  const stranger = await town.anElder({ communityCode: FAR_AWAY });
  await liveVisit(town, { coordinator: await town.aCoordinator(), elder, volunteer: saver });
  await town.ask(saver, 'POST', '/api/redemptions', aRedemption(town, { plannedMinutes: 30 }));
  people = { elder, saver, neighbour, stranger };
});
afterAll(async () => {
  await town.stop();
});

const simulate = async (who: Member, change: Record<string, unknown>) =>
  town.ask(who, 'POST', '/api/policies/simulations', {
    region: '3413',
    validFrom: '2026-12-01',
    ...change,
  });
const accounts = (...members: Member[]) => members.map(({ memberId }) => accountOf(memberId)).sort();

it('tells whom a higher age of redeeming would touch, by value and account, and writes nothing', async () => {
  const who = await town.aCoordinator('3413');
  const before = await everythingIn(town);
  const { status, body } = await simulate(who, { values: { redeemAgeYears: 65 } });
  expect(status).toBe(200);
  expect(body).toMatchObject({ subjectCount: 3, touchedCount: 2, isComplete: true });
  expect(body.rows).toHaveLength(1);
  expect(body.rows[0]).toMatchObject({
    name: 'redeemAgeYears',
    effect: 'may_redeem',
    turn: 'ends',
    count: 2,
  });
  expect(new Set(body.rows[0].accountIds as string[])).toEqual(
    new Set(accounts(people.saver, people.neighbour)),
  );
  expect(await everythingIn(town)).toEqual(before);
});

it('looks at open holds and at balances as they stand, held minutes included', async () => {
  const who = await town.aCoordinator('3413');
  const { body } = await simulate(who, {
    validFrom: '2026-11-22',
    values: { holdDaysMax: 10, balanceCapMinutes: 6_000 },
  });
  expect(body.rows).toEqual([
    {
      name: 'holdDaysMax',
      effect: 'hold_days',
      turn: 'less',
      count: 1,
      accountIds: accounts(people.saver),
    },
  ]);
});

it('tells who would be granted hours by a rule of the county', async () => {
  const rule = {
    ruleId: 'all_70',
    ageYearsMin: 70,
    minutesPerPeriod: 60,
    period: 'month',
    carriesOver: false,
  };
  const { body } = await simulate(await town.aCoordinator('341302'), {
    region: '341302',
    values: { grantRules: [rule] },
  });
  expect(body.rows).toEqual([
    { name: 'grantRules', effect: 'granted', turn: 'begins', count: 1, accountIds: accounts(people.elder) },
  ]);
});

it('looks only at those who live in the region', async () => {
  const above = await town.aCoordinator('34');
  const subjects = async (region: string) =>
    Number((await simulate(above, { region, values: { unfilledAfterMinutes: 30 } })).body.subjectCount);
  expect(await subjects('34')).toBe(4);
  expect(await subjects('341302')).toBe(3);
  expect(await subjects('340102')).toBe(1);
});

it('a preset is tried by its name', async () => {
  const { status, body } = await simulate(await town.aCoordinator('3413'), { preset: 'shanghai_2026' });
  expect(status).toBe(200);
  expect(body.rows).toMatchObject([{ name: 'redeemAgeYears', turn: 'ends' }]);
});

it('names a hundred accounts at most and counts on', async () => {
  const communityCode = FAR_AWAY;
  for (let count = 0; count < 104; count += 1) {
    await town.anElder({ communityCode, birthDate: '1964-05-01' }, { phoneless: true });
  }
  const { body } = await simulate(await town.aCoordinator('34'), {
    region: '34',
    values: { redeemAgeYears: 65 },
  });
  expect(body.rows[0]).toMatchObject({ count: 106, turn: 'ends' });
  expect(body.rows[0].accountIds).toHaveLength(100);
});

it('what could not be published cannot be tried either', async () => {
  const answer = await simulate(await town.aCoordinator('3413'), { values: { gpsRequired: true } });
  expect(answer).toMatchObject({
    status: 400,
    body: {
      error: {
        code: 'invalid_fields',
        details: [{ property: 'values.gpsRequired', message: 'locked' }],
      },
    },
  });
});

it('is for coordinators of that region or of one above it', async () => {
  const values = { unfilledAfterMinutes: 30 };
  for (const who of [people.elder, people.saver]) {
    expect(await simulate(who, { values })).toMatchObject({
      status: 403,
      body: { error: { code: 'not_allowed' } },
    });
  }
  for (const reach of [HOME, '341302', '340102']) {
    expect(await simulate(await town.aCoordinator(reach), { values }), reach).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_region' } },
    });
  }
  expect((await simulate(await town.aCoordinator('34'), { values })).status).toBe(200);
  expect(await simulate(await town.aCoordinator('34'), { region: '3499', values })).toMatchObject({
    status: 404,
    body: { error: { code: 'unknown_region' } },
  });
});
