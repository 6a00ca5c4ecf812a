import { describe, expect, it } from 'vitest';
import type { AccountHead } from './account.ts';
import { type Assumption, POOL_SHARDS, type Posting, TALLIES_MAX, holdsOn, meets, posted } from './change.ts';
import type { Entry } from './entry.ts';
import { LATER, NOW, PROJECT, aHold, aLot, accountNo, anAccount, someFacts, transferNo } from './examples.ts';

const HOLD = transferNo(21);
const LOT = transferNo(11);
const hold = aHold({ earned: 4, gift: 5, lots: { [LOT]: aLot(6) } });
const account = anAccount({
  earned: 100,
  gift: 20,
  lots: { [LOT]: aLot(30) },
  honour: 7,
  debt: 8,
  holds: { [HOLD]: hold },
  tallies: { d20261121: 60 },
  bonds: { [accountNo(2)]: { relation: 'parent', from: '2026-11-21' } },
  sequence: 9,
});
// 100 earned, 20 gifts, 30 granted, 15 held: 165 count against the cap.

type Claim = Omit<Assumption, 'states'>;

describe('an account is as ordinary as was assumed', () => {
  it.each<[string, Claim, boolean]>([
    ['just enough earned', { atLeast: { earned: 100 } }, true],
    ['a minute too few earned', { atLeast: { earned: 101 } }, false],
    ['enough of one kind and not of another', { atLeast: { earned: 100, gift: 21 } }, false],
    ['no minutes of a kind that has some', { none: ['gift'] }, false],
    ['no minutes of one of two kinds', { none: ['debt', 'gift'] }, false],
    ['a total that is just reached', { totalAtMost: 165 }, true],
    ['a total that is passed by a minute', { totalAtMost: 164 }, false],
    ['a tally that is just reached', { tally: { key: 'd20261121', atMost: 60 } }, true],
    ['a tally that is passed by a minute', { tally: { key: 'd20261121', atMost: 59 } }, false],
    ['a tally that is not there counts as zero', { tally: { key: 'd20261120', atMost: 0 } }, true],
    ['zero is more than less than nothing', { tally: { key: 'd20261120', atMost: -1 } }, false],
    ['fewer than two holds', { fewerHolds: 2 }, true],
    ['fewer than one hold', { fewerHolds: 1 }, false],
    ['fewer than two lots', { fewerLots: 2 }, true],
    ['fewer than one lot', { fewerLots: 1 }, false],
    ['fewer than two tallies', { fewerTallies: 2 }, true],
    ['fewer than one tally', { fewerTallies: 1 }, false],
    ['the hold as it was made', { hold: { id: HOLD, hold } }, true],
    ['a hold that is not there', { hold: { id: transferNo(22), hold } }, false],
    ['a hold with another end', { hold: { id: HOLD, hold: { ...hold, lapsesAt: NOW } } }, false],
    ['a hold of more earned minutes', { hold: { id: HOLD, hold: { ...hold, earned: 5 } } }, false],
    ['a hold of more gifts', { hold: { id: HOLD, hold: { ...hold, gift: 6 } } }, false],
    ['a hold without its grant', { hold: { id: HOLD, hold: { ...hold, lots: {} } } }, false],
    [
      'a hold with a grant more',
      { hold: { id: HOLD, hold: { ...hold, lots: { ...hold.lots, [transferNo(12)]: aLot(1) } } } },
      false,
    ],
    [
      'a hold with another grant',
      { hold: { id: HOLD, hold: { ...hold, lots: { [transferNo(12)]: aLot(6) } } } },
      false,
    ],
    [
      'a hold with more of its grant',
      { hold: { id: HOLD, hold: { ...hold, lots: { [LOT]: aLot(7) } } } },
      false,
    ],
    [
      'a hold whose grant ends otherwise',
      { hold: { id: HOLD, hold: { ...hold, lots: { [LOT]: aLot(6, NOW) } } } },
      false,
    ],
    [
      'a hold whose grant is of another pool',
      { hold: { id: HOLD, hold: { ...hold, lots: { [LOT]: aLot(6, LATER, PROJECT) } } } },
      false,
    ],
    [
      'a tie that begins today',
      { bond: { with: accountNo(2), relations: ['spouse', 'parent'], on: '2026-11-21' } },
      true,
    ],
    [
      'a tie that begins tomorrow',
      { bond: { with: accountNo(2), relations: ['parent'], on: '2026-11-20' } },
      false,
    ],
    [
      'a tie that counts no more',
      { bond: { with: accountNo(2), relations: ['spouse'], on: '2026-11-21' } },
      false,
    ],
    [
      'a tie with somebody else',
      { bond: { with: accountNo(3), relations: ['parent'], on: '2026-11-21' } },
      false,
    ],
  ])('%s', (_row, claim, isSo) => {
    expect(meets(account, { states: ['open'], ...claim })).toBe(isSo);
  });

  it('no minutes of a kind that has none', () => {
    expect(meets(anAccount({ earned: 1 }), { states: ['open'], none: ['gift', 'debt', 'granted'] })).toBe(
      true,
    );
  });

  it('a part of a grant is not the grant: two holds of one grant are told apart', () => {
    const two = aHold({ lots: { [LOT]: aLot(6), [transferNo(12)]: aLot(6) } });
    const there = anAccount({ holds: { [HOLD]: two } });
    expect(meets(there, { states: ['open'], hold: { id: HOLD, hold: two } })).toBe(true);
    const one = { ...two, lots: { [LOT]: aLot(6), [transferNo(13)]: aLot(6) } };
    expect(meets(there, { states: ['open'], hold: { id: HOLD, hold: one } })).toBe(false);
  });

  it('in one of the states', () => {
    expect(meets(account, { states: ['frozen', 'open'] })).toBe(true);
    expect(meets(account, { states: ['frozen', 'donate_only'] })).toBe(false);
  });
});

const line = (change: Partial<Entry> = {}): Entry => ({
  ...someFacts(),
  accountId: accountNo(1),
  transferId: transferNo(1),
  kind: 'earned',
  counterpart: 'issue',
  minutes: { earned: 1 },
  ...change,
});
const aPosting = (change: Partial<Posting> = {}): Posting => ({
  change: 'post',
  entries: [line()],
  ...change,
});

describe('a posting holds', () => {
  it('on the account that was seen, by its sequence', () => {
    expect(holdsOn(account, aPosting({ seen: account }))).toBe(true);
    expect(holdsOn({ ...account, sequence: 10 }, aPosting({ seen: account }))).toBe(false);
  });

  it('on an account that is as was assumed', () => {
    expect(holdsOn(account, aPosting({ assuming: { states: ['open'] } }))).toBe(true);
    expect(holdsOn(account, aPosting({ assuming: { states: ['frozen'] } }))).toBe(false);
  });

  it.each([
    { lapsesAt: '2026-11-21T02:00:00.001Z', wanted: 'alive', isSo: true },
    { lapsesAt: '2026-11-21T02:00:00.001Z', wanted: 'lapsed', isSo: false },
    { lapsesAt: NOW, wanted: 'alive', isSo: false },
    { lapsesAt: NOW, wanted: 'lapsed', isSo: true },
  ] as const)('by the clock: a hold until $lapsesAt is $wanted: $isSo', ({ lapsesAt, wanted, isSo }) => {
    const there = anAccount({ holds: { [HOLD]: aHold({ lapsesAt, earned: 1 }) } });
    const clock = { holdId: HOLD, hold: wanted, at: NOW };
    expect(holdsOn(there, aPosting({ clock }))).toBe(isSo);
    expect(holdsOn(anAccount(), aPosting({ clock }))).toBe(false);
  });
});

describe('an account after a posting', () => {
  const tallied = (count: number, extra: Record<string, number> = {}): AccountHead =>
    anAccount({
      tallies: {
        ...Object.fromEntries(
          Array.from({ length: count }, (_, index) => [`d2026${String(1001 + index)}`, 1]),
        ),
        ...extra,
      },
    });

  it('is the fold of its lines', () => {
    const entries: Posting['entries'] = [line(), line({ transferId: transferNo(2), minutes: { earned: 2 } })];
    const after = posted(account, aPosting({ entries, seen: account }));
    expect(after).toMatchObject({ sequence: 11, minutes: { earned: 103 }, tallies: { d20261121: 63 } });
  });

  it('keeps its tallies while they are few', () => {
    const old = { d20200101: 5, y1999: 6 };
    const seen = anAccount({
      tallies: {
        ...old,
        ...Object.fromEntries(Array.from({ length: 44 }, (_, n) => [`y${String(3000 + n)}`, 1])),
      },
    });
    expect(Object.keys(posted(seen, aPosting({ seen })).tallies)).toHaveLength(47);
  });

  it('drops those of days and years long past once they are many: 31 days in China are kept', () => {
    expect(TALLIES_MAX).toBe(48);
    const seen = tallied(0, {
      ...Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`d2025${String(1000 + n)}`, 1])),
      d20261020: 1,
      d20261021: 2,
      d20261120: 3,
      d20270101: 4,
      y2025: 5,
      y2026: 6,
      y2027: 7,
    });
    const kept = { d20261021: 2, d20261120: 3, d20261121: 1, d20270101: 4, y2026: 6, y2027: 7 };
    expect(posted(seen, aPosting({ seen })).tallies).toEqual(kept);
    // A quarter to midnight in China: the day of a posting is the day on the wall there.
    const late = line({ at: '2026-11-21T15:59:59.999Z' });
    expect(posted(seen, aPosting({ entries: [late], seen })).tallies).toEqual(kept);
    const next = line({ at: '2026-11-21T16:00:00.000Z' });
    expect(posted(seen, aPosting({ entries: [next], seen })).tallies).toEqual({
      d20261120: 3,
      d20261122: 1,
      d20270101: 4,
      y2026: 6,
      y2027: 7,
    });
  });

  it('keeps last year while it is less than 31 days ago', () => {
    const seen = tallied(48, { y2026: 1, y2025: 1, d20261206: 1 });
    const january = line({ at: '2027-01-06T02:00:00.000Z' });
    expect(posted(seen, aPosting({ entries: [january], seen })).tallies).toEqual({
      d20261206: 1,
      d20270106: 1,
      y2026: 1,
    });
  });

  it('keeps all of them where nobody has looked: the write adds one and drops none', () => {
    const seen = tallied(60);
    const assuming = { states: ['open'] } as const;
    expect(Object.keys(posted(seen, aPosting({ assuming })).tallies)).toHaveLength(61);
  });
});

it('a pool is kept in 32 parts', () => {
  expect(POOL_SHARDS).toBe(32);
});
