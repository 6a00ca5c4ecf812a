import { DocumentNumber, Relation } from '@time-bank/contracts/ledger';
import { catalogue } from '@time-bank/policy/catalogue';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountHead } from './account.ts';
import { posted } from './change.ts';
import {
  type Closing,
  type MoveIn,
  type Remainder,
  MOVE_MINUTES_MAX,
  documentUseOf,
  planClosing,
  planMoveIn,
} from './closing.ts';
import { netOf } from './entry.ts';
import {
  EARLIER,
  POOL,
  PROJECT,
  aLot,
  accountNo,
  anAccount,
  answerOf,
  changesOf,
  postingOn,
  someFacts,
  transferNo,
} from './examples.ts';

const HEIR = accountNo(2);
const document = DocumentNumber.parse('SZ-2026-0117');
const facts = someFacts({ reason: 'closing' });
const aClosing = (remainder: Remainder, change: Partial<Closing> = {}): Closing => ({
  policy: { balanceCapMinutes: 90_000 },
  facts,
  transferId: transferNo(1),
  closedId: transferNo(2),
  lapseIds: [transferNo(3), transferNo(4)],
  accountId: accountNo(1),
  fingerprint: 'abcdefghijkl',
  remainder,
  ...change,
});
const bonds = { [HEIR]: { relation: 'child', from: '2026-01-01' } } as const;
const heir = (change: Parameters<typeof anAccount>[0] = {}) => anAccount({ accountId: HEIR, ...change });
const toPool: Remainder = { to: 'pool', poolId: PROJECT };
const toHeir = (head: AccountHead | undefined = heir()): Remainder => ({ to: 'heir', heir: head });
const elsewhere: Remainder = { to: 'elsewhere', document };

const full = anAccount({ earned: 40, gift: 20, honour: 9, bonds });
const remaining = {
  ...facts,
  accountId: accountNo(1),
  transferId: transferNo(1),
  fingerprint: 'abcdefghijkl',
  minutes: { earned: -40, gift: -20 },
};
const closed = {
  ...facts,
  kind: 'closed',
  accountId: accountNo(1),
  transferId: transferNo(2),
  counterpart: accountNo(1),
  minutes: {},
  state: 'closed',
};

describe('an account is closed and what is left goes', () => {
  it('to a pool', () => {
    expect(changesOf(planClosing(aClosing(toPool), full))).toEqual([
      {
        change: 'post',
        entries: [{ ...remaining, kind: 'donated', counterpart: PROJECT }, closed],
        seen: full,
      },
      {
        change: 'pool_in',
        row: { ...facts, poolId: PROJECT, transferId: transferNo(1), counterpart: accountNo(1), minutes: 60 },
      },
    ]);
  });

  it('to an heir, as a gift', () => {
    const child = heir();
    expect(changesOf(planClosing(aClosing(toHeir(child)), full))).toEqual([
      {
        change: 'post',
        entries: [{ ...remaining, kind: 'bequeathed', counterpart: HEIR }, closed],
        seen: full,
      },
      {
        change: 'post',
        entries: [
          {
            ...facts,
            kind: 'inherited',
            accountId: HEIR,
            transferId: transferNo(1),
            counterpart: accountNo(1),
            minutes: { gift: 60 },
          },
        ],
        seen: child,
      },
    ]);
  });

  it('to nobody', () => {
    expect(changesOf(planClosing(aClosing({ to: 'nobody' }), full))).toEqual([
      {
        change: 'post',
        entries: [{ ...remaining, kind: 'forfeited', counterpart: 'issue' }, closed],
        seen: full,
      },
    ]);
  });

  it('to another bank, by a document that counts once', () => {
    expect(changesOf(planClosing(aClosing(elsewhere), full))).toEqual([
      {
        change: 'post',
        entries: [{ ...remaining, kind: 'moved_out', counterpart: 'outside', document }, closed],
        seen: full,
      },
      { change: 'put_document', document, transferId: transferNo(1) },
    ]);
  });

  it('and each grant goes back to its pool, lapsed or not, in the order of the grants', () => {
    const head = anAccount({
      lots: { [transferNo(12)]: aLot(5, EARLIER), [transferNo(11)]: aLot(30, undefined, PROJECT) },
    });
    const [posting, ...rows] = changesOf(planClosing(aClosing({ to: 'nobody' }), head));
    const lapse = { ...facts, kind: 'lapsed', accountId: accountNo(1) };
    expect(posting).toMatchObject({
      entries: [
        { kind: 'forfeited', minutes: {} },
        {
          ...lapse,
          transferId: transferNo(3),
          counterpart: PROJECT,
          minutes: { granted: -30 },
          lots: { [transferNo(11)]: -30 },
        },
        {
          ...lapse,
          transferId: transferNo(4),
          counterpart: POOL,
          minutes: { granted: -5 },
          lots: { [transferNo(12)]: -5 },
        },
        closed,
      ],
    });
    const row = { ...facts, counterpart: accountNo(1) };
    expect(rows).toEqual([
      { change: 'pool_in', row: { ...row, poolId: PROJECT, transferId: transferNo(3), minutes: 30 } },
      { change: 'pool_in', row: { ...row, poolId: POOL, transferId: transferNo(4), minutes: 5 } },
    ]);
  });

  it('whatever order the grants stand in', () => {
    const numbers = [12, 13, 11];
    const some = (order: readonly number[]) =>
      anAccount({ lots: Object.fromEntries(order.map((number) => [transferNo(number), aLot(number)])) });
    const lapseIds = numbers.map((number) => transferNo(number + 10));
    for (const order of [numbers, [11, 12, 13], [13, 12, 11]]) {
      const changes = changesOf(planClosing(aClosing(toPool, { lapseIds }), some(order)));
      expect(
        postingOn(changes)
          .entries.slice(1, -1)
          .map(({ minutes }) => minutes.granted),
      ).toEqual([-11, -12, -13]);
    }
  });

  it('and a line names nothing that it does not have', () => {
    for (const entry of postingOn(changesOf(planClosing(aClosing(toPool), full))).entries) {
      expect(Object.values(entry)).not.toContain(undefined);
    }
  });

  it('with an id for each grant: too few are a bug', () => {
    const head = anAccount({ lots: { [transferNo(11)]: aLot(30) } });
    expect(() => planClosing(aClosing(toPool, { lapseIds: [] }), head)).toThrow('an id for each grant');
  });

  it.each<[string, Remainder, number]>([
    ['a pool', toPool, 1],
    ['an heir', toHeir(heir({ earned: 90_001 })), 1],
    ['nobody', { to: 'nobody' }, 1],
    ['another bank', elsewhere, 2],
  ])('where nothing is left, nothing is written on the other side: %s', (_row, remainder, count) => {
    const changes = changesOf(planClosing(aClosing(remainder), anAccount({ bonds })));
    expect(changes).toHaveLength(count);
    expect(postingOn(changes).entries[0].minutes).toEqual({});
  });

  it('of an account that is frozen, as after a death', () => {
    expect(answerOf(planClosing(aClosing(toHeir()), anAccount({ bonds, state: 'frozen' })))).toBe('done');
  });

  it.each<[string, Remainder, string]>([
    ['to a pool', toPool, 'done'],
    ['to nobody', { to: 'nobody' }, 'done'],
    ['but never to an heir', toHeir(), 'donate_only_account'],
    ['nor to an heir who is not there', { to: 'heir', heir: undefined }, 'donate_only_account'],
    ['nor to another bank', elsewhere, 'donate_only_account'],
  ])('of an organisation %s', (_row, remainder, answer) => {
    const organisation = anAccount({ state: 'donate_only', earned: 5, bonds });
    expect(answerOf(planClosing(aClosing(remainder), organisation))).toBe(answer);
  });
});

describe('an heir', () => {
  it.each(Relation.options)('may be a spouse, parent or child: %s', (relation) => {
    const head = anAccount({ earned: 1, bonds: { [HEIR]: { relation, from: '2026-01-01' } } });
    const may = ['spouse', 'parent', 'child'].includes(relation);
    expect(answerOf(planClosing(aClosing(toHeir()), head))).toBe(may ? 'done' : 'not_family');
  });

  it('has a tie with whoever leaves', () => {
    const head = anAccount({ bonds: { [accountNo(3)]: { relation: 'child', from: '2026-01-01' } } });
    expect(answerOf(planClosing(aClosing(toHeir()), head))).toBe('not_family');
  });

  it.each([
    { there: 89_940, answer: 'done' },
    { there: 89_941, answer: 'cap_reached' },
  ])('has room for all of it, beside $there: $answer', ({ there, answer }) => {
    expect(answerOf(planClosing(aClosing(toHeir(heir({ earned: there }))), full))).toBe(answer);
  });

  it.each(['frozen', 'closed', 'donate_only'] as const)(
    'has an open account, not one that is %s',
    (state) => {
      expect(answerOf(planClosing(aClosing(toHeir(heir({ state }))), full))).toBe('receiver_cannot_receive');
    },
  );
});

describe('a debt', () => {
  it.each<[string, Remainder, string]>([
    ['a pool', toPool, 'debt_open'],
    ['an heir', toHeir(), 'debt_open'],
    ['another bank', elsewhere, 'debt_open'],
    ['nobody', { to: 'nobody' }, 'done'],
  ])('is written off only where what is left goes to nobody: %s', (_row, remainder, answer) => {
    expect(answerOf(planClosing(aClosing(remainder), anAccount({ debt: 1, bonds })))).toBe(answer);
  });

  it('stands in the line that gives up the rest, with the issue account on the other side', () => {
    const head = anAccount({ earned: 30, debt: 50 });
    const [line] = postingOn(changesOf(planClosing(aClosing({ to: 'nobody' }), head))).entries;
    expect(line.minutes).toEqual({ earned: -30, debt: -50 });
    expect(netOf(line)).toBe(20);
  });
});

describe('whatever is left', () => {
  it('all of it arrives somewhere, and nothing stays but honour', () => {
    const remainders = fc.constantFrom<Remainder>(toPool, toHeir(), { to: 'nobody' }, elsewhere);
    const lots = fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        fc.nat(999),
        fc.nat(999),
        fc.nat(99),
        lots,
        remainders,
        (earned, gift, honour, some, remainder) => {
          const head = anAccount({
            earned,
            gift,
            honour,
            bonds,
            lots: Object.fromEntries(some.map((minutes, n) => [transferNo(11 + n), aLot(minutes)])),
          });
          const lapseIds = some.map((_, n) => transferNo(21 + n));
          const changes = changesOf(planClosing(aClosing(remainder, { lapseIds }), head));
          const after = posted(head, postingOn(changes));
          expect(after.state).toBe('closed');
          expect(after.minutes).toEqual({ earned: 0, gift: 0, granted: 0, held: 0, honour, debt: 0 });
          const arrived = changes
            .map((change) => {
              if (change.change === 'pool_in') return change.row.minutes;
              return change.change === 'post' && change.entries[0].kind === 'inherited'
                ? netOf(change.entries[0])
                : 0;
            })
            .reduce((sum, minutes) => sum + minutes, 0);
          const granted = some.reduce((sum, minutes) => sum + minutes, 0);
          const isKept = remainder.to === 'pool' || remainder.to === 'heir';
          expect(arrived).toBe(granted + (isKept ? earned + gift : 0));
          expect(answerOf(planClosing(aClosing(remainder), after))).toBe('account_closed');
        },
      ),
    );
  });
});

describe('hours come from another bank', () => {
  const moving = { ...someFacts({ reason: 'move' }), document };
  const aMove = (change: Partial<MoveIn> = {}): MoveIn => ({
    policy: { balanceCapMinutes: 90_000 },
    facts: moving,
    bank: '邻市时间银行',
    transferId: transferNo(1),
    accountId: accountNo(1),
    earnedMinutes: 600,
    honourMinutes: 60,
    fingerprint: 'abcdefghijkl',
    ...change,
  });

  it('by a document that counts once', () => {
    const head = anAccount();
    expect(changesOf(planMoveIn(aMove(), head))).toEqual([
      {
        change: 'post',
        entries: [
          {
            ...moving,
            note: '邻市时间银行',
            kind: 'moved_in',
            accountId: accountNo(1),
            transferId: transferNo(1),
            counterpart: 'outside',
            fingerprint: 'abcdefghijkl',
            minutes: { earned: 600, honour: 60 },
          },
        ],
        seen: head,
      },
      { change: 'put_document', document, from: '邻市时间银行', transferId: transferNo(1) },
    ]);
  });

  it('which is known again by its number and its bank, however the name of the bank is spelt', () => {
    const useOf = (bank: string) =>
      changesOf(planMoveIn(aMove({ bank }), anAccount())).find(({ change }) => change === 'put_document');
    expect(useOf('Ｎorth  Bank ')).toEqual(useOf('north bank'));
    expect(useOf('North Bank')).not.toEqual(useOf('South Bank'));
  });

  it('and each line says which document it stands for', () => {
    const [brought] = postingOn(changesOf(planMoveIn(aMove(), anAccount()))).entries;
    expect(documentUseOf(brought)).toEqual({ document, from: '邻市时间银行' });
    const [leaving] = postingOn(changesOf(planClosing(aClosing(elsewhere), full))).entries;
    expect(documentUseOf(leaving)).toEqual({ document });
    expect(documentUseOf({ ...leaving, kind: 'forfeited' })).toBeUndefined();
    const [toAPool] = postingOn(changesOf(planClosing(aClosing(toPool), full))).entries;
    expect(documentUseOf(toAPool)).toBeUndefined();
  });

  it.each([
    { earned: 1, honour: 0, minutes: { earned: 1 } },
    { earned: 0, honour: 1, minutes: { honour: 1 } },
    { earned: 90_000, honour: 10_000_000, minutes: { earned: 90_000, honour: 10_000_000 } },
  ])('$earned earned, $honour honour', ({ earned, honour, minutes }) => {
    const plan = planMoveIn(aMove({ earnedMinutes: earned, honourMinutes: honour }), anAccount());
    expect(postingOn(changesOf(plan)).entries[0].minutes).toEqual(minutes);
  });

  it.each([
    { earned: 0, honour: 0 },
    { earned: -1, honour: 2 },
    { earned: 2, honour: -1 },
    { earned: 0.5, honour: 0.5 },
    { earned: 600_001, honour: 0 },
    { earned: 800, honour: 10_000_001 },
  ])('but never $earned and $honour', ({ earned, honour }) => {
    const move = aMove({ earnedMinutes: earned, honourMinutes: honour });
    expect(() => planMoveIn(move, undefined)).toThrow(/brought along must be|brings something along/);
  });

  it.each([
    { earned: 5, gift: 7, there: 0, answer: 'done' },
    { earned: 0, gift: 600, there: 89_400, answer: 'done' },
    { earned: 300, gift: 300, there: 89_401, answer: 'cap_reached' },
    { earned: 0, gift: 1, there: 90_000, answer: 'cap_reached' },
  ])('with what family had given, which stays a gift: $gift beside $earned on $there, $answer', (row) => {
    const move = aMove({ earnedMinutes: row.earned, giftMinutes: row.gift, honourMinutes: 0 });
    const plan = planMoveIn(move, anAccount({ earned: row.there }));
    expect(answerOf(plan)).toBe(row.answer);
    if (plan.kind === 'refused') return;
    const { earned = 0, gift = 0 } = postingOn(plan.value).entries[0].minutes;
    expect({ earned, gift }).toEqual({ earned: row.earned, gift: row.gift });
  });

  it('each kind in a bound of its own, which is the highest cap that a region may set', () => {
    const policy = { balanceCapMinutes: 600_000 };
    const most = { earnedMinutes: 600_000, giftMinutes: 0, honourMinutes: 10_000_000 };
    expect(answerOf(planMoveIn(aMove({ policy, ...most }), anAccount()))).toBe('done');
    const gift = aMove({ policy, earnedMinutes: 0, giftMinutes: 600_000 });
    expect(answerOf(planMoveIn(gift, anAccount()))).toBe('done');
    expect(() => planMoveIn(aMove({ giftMinutes: 600_001 }), undefined)).toThrow('gift brought along');
    expect(() => planMoveIn(aMove({ giftMinutes: -1 }), undefined)).toThrow('gift brought along');
    expect(() => planMoveIn(aMove({ giftMinutes: 0.5 }), undefined)).toThrow('gift brought along');
    expect(catalogue.balanceCapMinutes.bounds).toMatchObject({ max: MOVE_MINUTES_MAX.earned });
    expect(MOVE_MINUTES_MAX.gift).toBe(MOVE_MINUTES_MAX.earned);
  });

  it.each([
    { there: 89_400, earned: 600, answer: 'done' },
    { there: 89_401, earned: 600, answer: 'cap_reached' },
    { there: 90_001, earned: 0, answer: 'done' },
    { there: 90_000, earned: 1, answer: 'cap_reached' },
  ])('$earned beside $there, up to the cap: $answer', ({ there, earned, answer }) => {
    expect(answerOf(planMoveIn(aMove({ earnedMinutes: earned }), anAccount({ earned: there })))).toBe(answer);
  });
});
