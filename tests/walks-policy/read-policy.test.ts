import { valueKeys } from '@time-bank/policy/catalogue';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FAR_AWAY, HOME, type Town, startTown } from '../town.ts';
import { decide, valueIn } from './decisions.ts';

// What is decided stays decided, so each test has a town of its own.
let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(async () => {
  await town.stop();
});

it('everybody reads the rules of any region, the defaults where nobody has decided', async () => {
  for (const who of [await town.anElder(), await town.aVolunteer({ communityCode: FAR_AWAY })]) {
    for (const region of ['34', '3413', '341302', '341302001', HOME]) {
      const { status, body } = await town.ask(who, 'GET', `/api/policies?region=${region}`);
      const values = body.values as { name: string }[];
      expect(status).toBe(200);
      expect(body).toMatchObject({ region, date: '2026-11-21', version: '20260101.0' });
      expect(values.map(({ name }) => name)).toEqual(valueKeys);
      expect(values[2]).toEqual({
        name: 'coinsPerHour',
        value: 1,
        unit: 'coins',
        level: 'city',
        direction: 'any',
      });
      expect(values.some((value) => 'from' in value)).toBe(false);
    }
  }
});

it('a decision is in force below its region and nowhere else, and says whose it is', async () => {
  await decide(town, { region: '3413', values: { redeemAgeYears: 65, unfilledAfterMinutes: 60 } });
  await decide(town, { region: '341302', values: { unfilledAfterMinutes: 45 } });
  expect(await valueIn(town, HOME, 'redeemAgeYears')).toMatchObject({ value: 65, from: '3413', number: 1 });
  expect(await valueIn(town, HOME, 'unfilledAfterMinutes')).toMatchObject({
    value: 45,
    from: '341302',
    number: 2,
  });
  expect(await valueIn(town, '3413', 'unfilledAfterMinutes')).toMatchObject({ value: 60, from: '3413' });
  for (const elsewhere of ['34', FAR_AWAY]) {
    expect(await valueIn(town, elsewhere, 'redeemAgeYears')).toMatchObject({ value: 60 });
    expect(await valueIn(town, elsewhere, 'redeemAgeYears')).not.toHaveProperty('from');
  }
});

it('what is tighter above goes before what a region decided, and is named instead', async () => {
  await decide(town, { region: '341302', values: { visitCodeTriesMax: 4 } });
  await decide(town, { region: '3413', values: { visitCodeTriesMax: 3 } });
  expect(await valueIn(town, HOME, 'visitCodeTriesMax')).toMatchObject({ value: 3, from: '3413', number: 2 });
});

it('a decision holds from the beginning of its day in China', async () => {
  await decide(town, { validFrom: '2026-12-01' });
  town.setClock('2026-11-30T15:59:59.999Z');
  expect(await valueIn(town, HOME, 'unfilledAfterMinutes')).toMatchObject({ value: 15 });
  town.setClock('2026-11-30T16:00:00.000Z');
  expect(await valueIn(town, HOME, 'unfilledAfterMinutes')).toMatchObject({ value: 30, number: 1 });
});

it.each([
  { query: '', code: 'invalid_fields', status: 400 },
  { query: '?region=1', code: 'invalid_fields', status: 400 },
  { query: '?region=341302&date=2026-11-21', code: 'invalid_fields', status: 400 },
  { query: '?region=99', code: 'unknown_region', status: 404 },
  { query: '?region=341302001999', code: 'unknown_region', status: 404 },
])('"$query" is refused as $code', async ({ query, code, status }) => {
  const answer = await town.ask(await town.anElder(), 'GET', `/api/policies${query}`);
  expect(answer).toMatchObject({ status, body: { error: { code } } });
});

it('nobody reads them without a sign-in', async () => {
  const answer = await town.ask(undefined, 'GET', '/api/policies?region=99');
  expect(answer).toMatchObject({ status: 401, body: { error: { code: 'not_signed_in' } } });
});
