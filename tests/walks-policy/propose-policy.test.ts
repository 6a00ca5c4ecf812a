import { presets } from '@time-bank/policy/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOME, type Town, startTown } from '../town.ts';
import { everythingIn } from '../walks/steps.ts';
import { aProposal, anAdoption, propose, valueIn } from './decisions.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

it('a proposal is kept and nothing is in force by it', async () => {
  const body = aProposal(town);
  const answer = await propose(town, await town.aCoordinator('341302'), body);
  expect(answer).toMatchObject({ status: 201 });
  expect(answer.body).toEqual({
    proposalId: body.proposalId,
    region: '341302',
    validFrom: '2026-11-21',
    values: { unfilledAfterMinutes: 30 },
    at: town.now(),
  });
  expect(await valueIn(town, HOME, 'unfilledAfterMinutes')).toMatchObject({ value: 15 });
});

it('a coordinator from above proposes for a region below', async () => {
  for (const reach of ['34', '3413', '341302']) {
    const answer = await propose(town, await town.aCoordinator(reach), aProposal(town));
    expect(answer.status, reach).toBe(201);
  }
});

it.each(Object.keys(presets))('%s is adopted by its name, as its values', async (preset) => {
  const answer = await propose(town, await town.aCoordinator('3413'), anAdoption(town, preset));
  expect(answer).toMatchObject({
    status: 201,
    body: { values: presets[preset as keyof typeof presets].values },
  });
});

it('the same id with other content, or of another person, is refused', async () => {
  const who = await town.aCoordinator('341302');
  const body = aProposal(town);
  await propose(town, who, body);
  const before = await everythingIn(town);
  for (const answer of [
    await propose(town, who, { ...body, reason: '另有原因' }),
    await propose(town, await town.aCoordinator('341302'), body),
  ]) {
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'exists_with_different_content' } } });
  }
  expect(
    (await everythingIn(town))[`${town.connection.tables.care} PROPOSAL#${body.proposalId} PROPOSAL`],
  ).toEqual(before[`${town.connection.tables.care} PROPOSAL#${body.proposalId} PROPOSAL`]);
});

it('two who send one id in the same moment have one proposal', async () => {
  const who = await town.aCoordinator('341302');
  const body = aProposal(town);
  const answers = await Promise.all([1, 2, 3].map(() => propose(town, who, body)));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
});

describe('what stands against a decision comes back under the name of its value', () => {
  it.each([
    { change: { values: { nothingLikeIt: 1 } }, details: [['values.nothingLikeIt', 'unknown_value']] },
    { change: { values: { gpsRequired: true } }, details: [['values.gpsRequired', 'locked']] },
    { change: { values: { ledgerUnit: 'minute' } }, details: [['values.ledgerUnit', 'locked']] },
    { change: { values: { holdDaysMax: 0 } }, details: [['values.holdDaysMax', 'out_of_bounds']] },
    { change: { values: { holdDaysMax: '30' } }, details: [['values.holdDaysMax', 'out_of_bounds']] },
    { change: { values: { redeemAgeYears: 65 } }, details: [['values.redeemAgeYears', 'level_too_low']] },
    {
      change: { values: { proofKinds: ['code', 'call_back', 'gps'], visitCodeTriesMax: 3 } },
      details: [],
    },
    { change: { values: { proofCountMin: 0 } }, details: [['values.proofCountMin', 'out_of_bounds']] },
    { change: { validFrom: '2026-11-20' }, details: [['validFrom', 'valid_from_in_the_past']] },
    { change: { values: { unfilledAfterMinutes: 15 } }, details: [['values', 'nothing_changes']] },
    {
      change: {
        validFrom: '2026-11-20',
        values: { holdDaysMax: 0, gpsRequired: true, redeemAgeYears: 65, nothingLikeIt: 1 },
      },
      details: [
        ['values.nothingLikeIt', 'unknown_value'],
        ['values.gpsRequired', 'locked'],
        ['values.holdDaysMax', 'out_of_bounds'],
        ['values.redeemAgeYears', 'level_too_low'],
        ['validFrom', 'valid_from_in_the_past'],
      ],
    },
  ])('$change: $details', async ({ change, details }) => {
    const who = await town.aCoordinator('341302');
    const before = await everythingIn(town);
    const answer = await propose(town, who, aProposal(town, change));
    if (details.length === 0) {
      expect(answer.status).toBe(201);
      return;
    }
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_fields' } } });
    expect(answer.body.error.details).toEqual(details.map(([property, message]) => ({ property, message })));
    expect(await everythingIn(town)).toEqual(before);
  });

  it('a preset that holds values of a city is not for a county', async () => {
    const body = anAdoption(town, 'changning', { region: '341302' });
    const answer = await propose(town, await town.aCoordinator('341302'), body);
    expect(answer.body.error).toMatchObject({
      code: 'invalid_fields',
      details: [
        { property: 'values.dailyCreditMinutesMax', message: 'level_too_low' },
        { property: 'values.balanceCapMinutes', message: 'level_too_low' },
      ],
    });
  });
});

describe('a message that is none', () => {
  it.each([
    { preset: 'nanjing' },
    { values: undefined },
    { values: {} },
    { values: undefined, preset: 'hangzhou' },
    { values: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`name${String(n)}`, 1])) },
    { reason: '' },
    { reason: ' ' },
    { reason: 'x'.repeat(301) },
    { reason: '\ud800' },
    { validFrom: '2026-02-30' },
    { region: '' },
    { proposalId: 'cmd_1' },
    { approver: 'mem_01KB2C3D4E5F6G7H8J9KMNPQRA' },
    { number: 1 },
  ])('%j is refused', async (change) => {
    const answer = await propose(town, await town.aCoordinator('341302'), aProposal(town, change));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_fields' } } });
  });

  it('half a character in a value is refused, and not kept', async () => {
    const body = aProposal(town, { region: '3413', values: { platformPublicName: '时间\ud800' } });
    const answer = await propose(town, await town.aCoordinator('3413'), body);
    expect(answer.body.error.details).toEqual([
      { property: 'values.platformPublicName', message: 'out_of_bounds' },
    ]);
  });
});

it('who may not propose hears so, and a region of somebody else is none', async () => {
  const before = await everythingIn(town, ['MEM#', 'PHONE#', 'PERSON#', 'BOARD#', 'A#', 'AUDIT#', 'RATE#']);
  for (const who of [await town.anElder(), await town.aVolunteer()]) {
    expect(await propose(town, who, aProposal(town))).toMatchObject({
      status: 403,
      body: { error: { code: 'not_allowed' } },
    });
  }
  for (const { reach, region } of [
    { reach: HOME, region: '341302' },
    { reach: '341302', region: '3413' },
    { reach: '341302', region: '340102' },
    { reach: '34', region: '99' },
    { reach: '34', region: '3499' },
  ]) {
    const answer = await propose(town, await town.aCoordinator(reach), aProposal(town, { region }));
    expect(answer, region).toMatchObject({ status: 404, body: { error: { code: 'unknown_region' } } });
  }
  expect(await everythingIn(town, ['MEM#', 'PHONE#', 'PERSON#', 'BOARD#', 'A#', 'AUDIT#', 'RATE#'])).toEqual(
    before,
  );
});

it.each([
  { madeMs: -32 * 24 * 60 * 60_000, code: 'id_too_old' },
  { madeMs: 25 * 60 * 60_000, code: 'id_from_the_future' },
])('an id of another time is refused as $code', async ({ madeMs, code }) => {
  const { idMaker } = await import('@time-bank/contracts/ids');
  const proposalId = idMaker(() => Date.parse(town.now()) + madeMs).command();
  const answer = await propose(town, await town.aCoordinator('341302'), aProposal(town, { proposalId }));
  expect(answer).toMatchObject({ status: 409, body: { error: { code } } });
});

// Last of all: ids that are made a month from now are not good today.
it('twice is once, also a month later, when it could no longer be proposed', async () => {
  const who = await town.aCoordinator('341302');
  const body = aProposal(town, { validFrom: '2026-11-22' });
  const first = await propose(town, who, body);
  const before = await everythingIn(town);
  const again = await propose(town, who, body);
  expect([again.status, again.body]).toEqual([first.status, first.body]);
  expect(again.headers.get('Idempotency-Hit')).toBe('true');
  town.pass(40 * 24 * 60);
  const late = await propose(town, who, body);
  expect([late.status, late.body]).toEqual([first.status, first.body]);
  expect(await everythingIn(town)).toEqual(before);
});
