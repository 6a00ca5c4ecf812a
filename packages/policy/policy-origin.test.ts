import { expect, it } from 'vitest';
import { policyBook } from './policy-book.ts';
import type { PolicyChange } from './policy-change.ts';
import { originsOf } from './policy-origin.ts';

const DAY = '2026-06-01';

const decided = (region: string, values: PolicyChange['values'], validFrom = DAY) => ({
  region,
  values,
  validFrom,
});

/** A book of changes in the order in which they were published. */
const bookOf = (...changes: ReturnType<typeof decided>[]) =>
  policyBook(
    changes.map((change, index) => ({
      ...change,
      number: index + 1,
      author: 'one',
      approver: 'another',
      publishedAt: '2026-01-02T00:00:00.000Z',
      reason: 'a reason',
    })),
  );

const originIn = (book: ReturnType<typeof bookOf>, key: 'holdDaysMax' | 'visitCodeTriesMax', date = DAY) =>
  originsOf(book, '341302001003', date).get(key);

it('a value that nobody has decided has no origin', () => {
  expect([...originsOf(bookOf(), '341302001003', DAY)]).toEqual([]);
  expect([...originsOf(bookOf(decided('3413', { holdDaysMax: 20 })), '3414', DAY)]).toEqual([]);
});

it('the lowest region that has decided is named, whatever was decided later above it', () => {
  const book = bookOf(decided('341302', { holdDaysMax: 20 }), decided('3413', { holdDaysMax: 25 }));
  expect(originIn(book, 'holdDaysMax')).toEqual({ region: '341302', number: 1 });
  expect(originsOf(book, '341303', DAY).get('holdDaysMax')).toEqual({ region: '3413', number: 2 });
});

it.each([
  { what: 'the later number', days: [DAY, DAY], number: 2 },
  { what: 'the later first day', days: [DAY, '2026-05-01'], number: 1 },
])('of two decisions of one region $what has the last word', ({ days, number }) => {
  const [first = '', second = ''] = days;
  const book = bookOf(
    decided('341302', { holdDaysMax: 20 }, first),
    decided('341302', { holdDaysMax: 25 }, second),
  );
  expect(originIn(book, 'holdDaysMax')).toEqual({ region: '341302', number });
});

it('a decision has its day: the day before, it is not named', () => {
  const book = bookOf(decided('341302', { holdDaysMax: 20 }));
  expect(originIn(book, 'holdDaysMax', '2026-05-31')).toBeUndefined();
  expect(originIn(book, 'holdDaysMax', DAY)).toEqual({ region: '341302', number: 1 });
});

it('what is tighter above is named instead of what is looser below', () => {
  const book = bookOf(
    decided('341302', { visitCodeTriesMax: 4 }),
    decided('34', { visitCodeTriesMax: 3 }),
    decided('3413', { visitCodeTriesMax: 3 }),
  );
  expect(originIn(book, 'visitCodeTriesMax')).toEqual({ region: '3413', number: 3 });
});

it('a level that may not decide a value is not named', () => {
  const book = bookOf(
    decided('341302', { redeemAgeYears: 65 }),
    decided('341302001', { holdDaysMax: 20 }),
    decided('341302', { ledgerUnit: 'minute' }),
  );
  expect([...originsOf(book, '341302001003', DAY)]).toEqual([]);
});

it('names a value where, and only where, it is what its region decided', () => {
  const book = bookOf(
    decided('34', { visitCodeTriesMax: 3, holdDaysMax: 10 }),
    decided('3413', { visitCodeTriesMax: 2 }),
    decided('341302', { visitCodeTriesMax: 4, holdDaysMax: 12 }),
  );
  const policy = book.inForce('341302', DAY);
  for (const [key, { region, number }] of originsOf(book, '341302', DAY)) {
    const change = book.changes.find((each) => each.number === number);
    expect(change?.region).toBe(region);
    expect(change?.values[key]).toEqual(policy[key]);
  }
});
