import { EntryKind } from '@time-bank/contracts/ledger';
import { describe, expect, it } from 'vitest';
import { type AccountHead, type Minutes, openedAccount } from './account.ts';
import { type Entry, amountOf, applied, assertWhole, counterAmountOf, netOf, tallyOf } from './entry.ts';
import {
  EARLIER,
  LATER,
  POOL,
  PROJECT,
  aHold,
  aLot,
  accountNo,
  anAccount,
  someFacts,
  transferNo,
} from './examples.ts';

const aLine = (change: Partial<Entry> = {}): Entry => ({
  ...someFacts(),
  accountId: accountNo(1),
  transferId: transferNo(1),
  kind: 'earned',
  counterpart: 'issue',
  minutes: {},
  ...change,
});

interface Meaning {
  row: string;
  kind: Entry['kind'];
  minutes: Minutes;
  overflow?: number;
  net: number;
  amount: number;
  counter: number;
}

const meanings: Meaning[] = [
  { row: 'a visit', kind: 'earned', minutes: { earned: 60 }, net: 60, amount: 60, counter: -60 },
  {
    row: 'a visit that repays 20, credits 30, honours 10',
    kind: 'earned',
    minutes: { earned: 30, debt: -20, honour: 10 },
    net: 60,
    amount: 60,
    counter: -60,
  },
  {
    row: 'a visit of which 10 go on to a pool',
    kind: 'earned',
    minutes: { earned: 30, debt: -20 },
    overflow: 10,
    net: 50,
    amount: 60,
    counter: -60,
  },
  {
    row: 'a visit that goes on to a pool as a whole',
    kind: 'earned',
    minutes: {},
    overflow: 60,
    net: 0,
    amount: 60,
    counter: -60,
  },
  { row: 'a gift received', kind: 'gift_in', minutes: { gift: 60 }, net: 60, amount: 60, counter: -60 },
  { row: 'a grant', kind: 'granted', minutes: { granted: 60 }, net: 60, amount: 60, counter: -60 },
  {
    row: 'a correction for the payer',
    kind: 'restored',
    minutes: { earned: 60 },
    net: 60,
    amount: 60,
    counter: -60,
  },
  { row: 'an inheritance', kind: 'inherited', minutes: { gift: 60 }, net: 60, amount: 60, counter: -60 },
  {
    row: 'hours from another bank',
    kind: 'moved_in',
    minutes: { earned: 50, honour: 10 },
    net: 60,
    amount: 60,
    counter: -60,
  },
  { row: 'a hold used whole', kind: 'spent', minutes: { held: -60 }, net: -60, amount: 60, counter: 60 },
  {
    row: 'a hold of 60 of which 40 are used',
    kind: 'spent',
    minutes: { earned: 15, gift: 5, held: -60 },
    net: -40,
    amount: 40,
    counter: 40,
  },
  { row: 'a gift given', kind: 'gift_out', minutes: { earned: -60 }, net: -60, amount: 60, counter: 60 },
  {
    row: 'a donation out of gifts and earned ones',
    kind: 'donated',
    minutes: { gift: -20, earned: -40 },
    net: -60,
    amount: 60,
    counter: 60,
  },
  {
    row: 'a grant that lapses',
    kind: 'lapsed',
    minutes: { granted: -60 },
    net: -60,
    amount: 60,
    counter: 60,
  },
  { row: 'a line taken back', kind: 'reversed', minutes: { earned: -60 }, net: -60, amount: 60, counter: 60 },
  {
    row: 'a line taken back after 20 were spent',
    kind: 'reversed',
    minutes: { earned: -40, debt: 20 },
    net: -60,
    amount: 60,
    counter: 60,
  },
  {
    row: 'a bequest',
    kind: 'bequeathed',
    minutes: { earned: -50, gift: -10 },
    net: -60,
    amount: 60,
    counter: 60,
  },
  {
    row: 'a move to another bank',
    kind: 'moved_out',
    minutes: { earned: -60 },
    net: -60,
    amount: 60,
    counter: 60,
  },
  { row: 'hours given up', kind: 'forfeited', minutes: { earned: -60 }, net: -60, amount: 60, counter: 60 },
  {
    row: 'hours given up, a debt of 20 written off beside them',
    kind: 'forfeited',
    minutes: { earned: -60, debt: -20 },
    net: -40,
    amount: 40,
    counter: 40,
  },
  {
    row: 'a debt written off where nothing was left',
    kind: 'forfeited',
    minutes: { debt: -20 },
    net: 20,
    amount: 20,
    counter: -20,
  },
  {
    row: 'minutes set aside',
    kind: 'held',
    minutes: { earned: -30, gift: -20, granted: -10, held: 60 },
    net: 0,
    amount: 60,
    counter: 0,
  },
  {
    row: 'minutes released',
    kind: 'released',
    minutes: { earned: 30, gift: 20, granted: 10, held: -60 },
    net: 0,
    amount: 60,
    counter: 0,
  },
  ...(
    ['frozen', 'unfrozen', 'closed', 'bond_made', 'bond_ended', 'overflow_chosen', 'sign_ins_ended'] as const
  ).map((kind): Meaning => ({ row: 'a mark', kind, minutes: {}, net: 0, amount: 0, counter: 0 })),
];

describe('what a line says of minutes', () => {
  it.each(meanings)('$kind, $row: net $net, amount $amount, the other side $counter', (meaning) => {
    const overflow =
      meaning.overflow === undefined ? {} : { overflow: { poolId: POOL, minutes: meaning.overflow } };
    const line = { minutes: meaning.minutes, ...overflow };
    expect(netOf(line)).toBe(meaning.net);
    expect(amountOf(line)).toBe(meaning.amount);
    expect(counterAmountOf(line)).toBe(meaning.counter);
  });

  it('stands in the table for every kind', () => {
    expect(new Set(meanings.map(({ kind }) => kind))).toEqual(new Set(EntryKind.options));
    expect(EntryKind.options).toHaveLength(23);
  });
});

describe('a line changes an account', () => {
  const before = anAccount({
    earned: 100,
    gift: 50,
    honour: 7,
    debt: 9,
    lots: { [transferNo(11)]: aLot(30) },
    holds: { [transferNo(21)]: aHold({ earned: 60 }) },
    sequence: 4,
    overflowPool: POOL,
  });

  it('by what it adds to each kind of minutes, and by one in the sequence; nothing else', () => {
    const minutes = { earned: -1, gift: -2, honour: -3, debt: -4 };
    expect(applied(before, aLine({ kind: 'forfeited', minutes }))).toEqual({
      ...before,
      sequence: 5,
      minutes: { earned: 99, gift: 48, granted: 30, held: 60, honour: 4, debt: 5 },
    });
  });

  it.each(['earned', 'gift', 'granted', 'held', 'honour', 'debt'] as const)(
    'to nothing below zero: %s',
    (bucket) => {
      const line = aLine({ kind: 'forfeited', minutes: { [bucket]: -1 } });
      expect(() => applied(openedAccount(accountNo(1), 'open'), line)).toThrow(
        `${bucket} minutes would be -1`,
      );
    },
  );

  it('to whole minutes only, and only as far as can be counted', () => {
    expect(() => applied(before, aLine({ minutes: { earned: 0.5 } }))).toThrow(
      'earned minutes would be 100.5',
    );
    expect(() => applied(before, aLine({ minutes: { honour: 2 ** 53 } }))).toThrow('honour minutes would be');
    const empty = anAccount();
    expect(applied(empty, aLine({ minutes: { earned: 2 ** 53 - 1 } })).minutes.earned).toBe(2 ** 53 - 1);
  });

  it('only where it is a line of this account', () => {
    expect(() => applied(before, aLine({ accountId: accountNo(2) }))).toThrow('of another account');
  });

  it('to the state that it names, and keeps the state where it names none', () => {
    expect(applied(before, aLine({ kind: 'frozen', state: 'frozen' })).state).toBe('frozen');
    expect(applied({ ...before, state: 'frozen' }, aLine()).state).toBe('frozen');
  });
});

describe('holds', () => {
  const hold = aHold({ earned: 40, gift: 10, lots: { [transferNo(11)]: aLot(10) } });
  const account = anAccount({ earned: 100, gift: 50, lots: { [transferNo(11)]: aLot(30) } });
  const held = aLine({
    kind: 'held',
    counterpart: accountNo(1),
    minutes: { earned: -40, gift: -10, granted: -10, held: 60 },
    lots: { [transferNo(11)]: -10 },
    hold,
  });
  const after = (): AccountHead => applied(account, held);

  it('stand under the id of their line', () => {
    expect(after().holds).toEqual({ [transferNo(1)]: hold });
    expect(after().lots).toEqual({ [transferNo(11)]: aLot(20) });
  });

  it('end with the line that resolves them; other holds stay', () => {
    const two = applied(after(), aLine({ ...held, transferId: transferNo(2) }));
    const released = aLine({
      kind: 'released',
      transferId: transferNo(3),
      resolves: transferNo(1),
      minutes: { earned: 40, gift: 10, granted: 10, held: -60 },
      returned: hold.lots,
    });
    const back = applied(two, released);
    expect(Object.keys(back.holds)).toEqual([transferNo(2)]);
    expect(back.lots).toEqual({ [transferNo(11)]: aLot(20) });
  });

  it('give back a grant that was used up meanwhile as it was', () => {
    const gone = applied(
      anAccount({ lots: { [transferNo(11)]: aLot(10, LATER, PROJECT) } }),
      aLine({
        kind: 'held',
        minutes: { granted: -10, held: 10 },
        lots: { [transferNo(11)]: -10 },
        hold: aHold({ lots: { [transferNo(11)]: aLot(10, LATER, PROJECT) } }),
      }),
    );
    expect(gone.lots).toEqual({});
    const back = applied(
      gone,
      aLine({
        kind: 'released',
        transferId: transferNo(2),
        resolves: transferNo(1),
        minutes: { granted: 10, held: -10 },
        returned: { [transferNo(11)]: aLot(10, LATER, PROJECT) },
      }),
    );
    expect(back.lots).toEqual({ [transferNo(11)]: aLot(10, LATER, PROJECT) });
    expect(back.holds).toEqual({});
  });

  it('that are not there cannot end', () => {
    const line = aLine({ kind: 'released', resolves: transferNo(9), minutes: { held: -60 } });
    expect(() => applied(after(), line)).toThrow(`there is no hold ${transferNo(9)}`);
  });
});

describe('grants', () => {
  it('stand under the id of their line', () => {
    const line = aLine({ kind: 'granted', counterpart: POOL, minutes: { granted: 30 }, lot: aLot(30) });
    expect(applied(anAccount(), line).lots).toEqual({ [transferNo(1)]: aLot(30) });
  });

  it('that are not there give nothing', () => {
    const line = aLine({ kind: 'lapsed', minutes: { granted: -30 }, lots: { [transferNo(9)]: -30 } });
    const account = anAccount({ lots: { [transferNo(8)]: aLot(30) } });
    expect(() => applied(account, line)).toThrow(`there is no grant ${transferNo(9)}`);
  });

  it('never give more than they have: the account would not be whole', () => {
    const line = aLine({ kind: 'lapsed', minutes: { granted: -31 }, lots: { [transferNo(8)]: -31 } });
    const account = anAccount({ lots: { [transferNo(8)]: aLot(30), [transferNo(9)]: aLot(30) } });
    expect(() => applied(account, line)).toThrow('granted minutes are those of the grants');
  });
});

describe('a tally', () => {
  const at = '2026-12-31T15:59:59.999Z';
  const next = '2026-12-31T16:00:00.000Z';

  it.each<[string, Partial<Entry>, ReturnType<typeof tallyOf>]>([
    ['of a visit, by the day in China', { at, minutes: { earned: 60 } }, { key: 'd20261231', minutes: 60 }],
    ['of a visit, the next day', { at: next, minutes: { earned: 60 } }, { key: 'd20270101', minutes: 60 }],
    [
      'of a visit on an earlier day',
      { serviceDay: '2026-11-19', minutes: { earned: 60 } },
      { key: 'd20261119', minutes: 60 },
    ],
    [
      'of a visit that repays debt: both count',
      { minutes: { earned: 20, debt: -40 } },
      { key: 'd20261121', minutes: 60 },
    ],
    ['of a visit that repays debt alone', { minutes: { debt: -40 } }, { key: 'd20261121', minutes: 40 }],
    ['of a visit that is all honour: none', { minutes: { honour: 60 } }, undefined],
    [
      'of a line that replaces another: none',
      { minutes: { earned: 60 }, corrects: transferNo(9) },
      undefined,
    ],
    [
      'of a gift, by the year in China',
      { kind: 'gift_out', at, minutes: { earned: -60 } },
      { key: 'y2026', minutes: 60 },
    ],
    [
      'of a gift, the next year',
      { kind: 'gift_out', at: next, minutes: { earned: -60 } },
      { key: 'y2027', minutes: 60 },
    ],
    ['of a gift received: none', { kind: 'gift_in', minutes: { gift: 60 } }, undefined],
    ['of a donation: none', { kind: 'donated', minutes: { earned: -60 } }, undefined],
  ])('%s', (_row, change, tally) => {
    expect(tallyOf(aLine(change))).toEqual(tally);
  });

  it('adds up on the account', () => {
    const account = anAccount({ tallies: { d20261121: 60, y2026: 5 } });
    const line = aLine({ minutes: { earned: 30 } });
    expect(applied(account, line).tallies).toEqual({ d20261121: 90, y2026: 5 });
    expect(applied(anAccount(), line).tallies).toEqual({ d20261121: 30 });
    expect(applied(account, aLine({ minutes: { honour: 30 } })).tallies).toEqual(account.tallies);
  });
});

describe('marks', () => {
  const tie = { relation: 'parent', from: '2026-01-01' } as const;

  it('make and end family ties', () => {
    const account = anAccount({ bonds: { [accountNo(3)]: tie } });
    const made = applied(account, aLine({ kind: 'bond_made', bond: { with: accountNo(2), tie } }));
    expect(made.bonds).toEqual({ [accountNo(2)]: tie, [accountNo(3)]: tie });
    const ended = applied(made, aLine({ kind: 'bond_ended', bond: { with: accountNo(2) } }));
    expect(ended.bonds).toStrictEqual({ [accountNo(3)]: tie });
  });

  it('choose where surplus goes; nowhere named is honour; no other line changes it', () => {
    const account = anAccount({ overflowPool: POOL });
    const chosen = applied(account, aLine({ kind: 'overflow_chosen', overflowPool: PROJECT }));
    expect(chosen.overflowPool).toBe(PROJECT);
    expect('overflowPool' in applied(account, aLine({ kind: 'overflow_chosen' }))).toBe(false);
    expect(applied(account, aLine()).overflowPool).toBe(POOL);
    expect(chosen.overflowChosen).toBe(true);
    expect('overflowChosen' in applied(account, aLine())).toBe(false);
    expect('overflowPool' in applied(anAccount(), aLine())).toBe(false);
  });
});

describe('an account is whole', () => {
  const minutes = { earned: 0, gift: 0, granted: 0, held: 0, honour: 0, debt: 0 };
  const account: AccountHead = anAccount();

  it('where held minutes are those of its holds', () => {
    expect(() => {
      assertWhole({ ...account, minutes: { ...minutes, held: 1 } });
    }).toThrow('held minutes are those of the holds');
    expect(() => {
      assertWhole(anAccount({ holds: { [transferNo(1)]: aHold({ gift: 3 }) } }));
    }).not.toThrow();
  });

  it('where granted minutes are those of its grants, live or not', () => {
    expect(() => {
      assertWhole({ ...account, minutes: { ...minutes, granted: 1 } });
    }).toThrow('granted minutes are those of the grants');
    expect(() => {
      assertWhole(anAccount({ lots: { [transferNo(1)]: aLot(3, EARLIER), [transferNo(2)]: aLot(4) } }));
    }).not.toThrow();
  });

  it.each(['earned', 'gift'] as const)('where nothing can be spent once it is closed: %s', (bucket) => {
    expect(() => {
      assertWhole(anAccount({ state: 'closed', [bucket]: 1 }));
    }).toThrow('a closed account has nothing to spend');
  });

  it('where nothing is granted or held once it is closed', () => {
    expect(() => {
      assertWhole(anAccount({ state: 'closed', lots: { [transferNo(1)]: aLot(1) } }));
    }).toThrow('a closed account has nothing to spend');
    expect(() => {
      assertWhole(anAccount({ state: 'closed', holds: { [transferNo(1)]: aHold({ earned: 1 }) } }));
    }).toThrow('a closed account has nothing to spend');
  });

  it('where honour and debt stay on record when it is closed', () => {
    expect(() => {
      assertWhole(anAccount({ state: 'closed', honour: 1, debt: 1 }));
    }).not.toThrow();
  });

  it('and every line is checked for it', () => {
    const line = aLine({ kind: 'closed', state: 'closed' });
    expect(() => applied(anAccount({ earned: 1 }), line)).toThrow('a closed account has nothing to spend');
  });
});
