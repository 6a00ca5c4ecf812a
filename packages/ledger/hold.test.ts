import { FundId } from '@time-bank/contracts/ledger';
import type { Hold } from '@time-bank/contracts/ledger';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountHead } from './account.ts';
import { holdsOn, posted } from './change.ts';
import { netOf } from './entry.ts';
import {
  EARLIER,
  LATER,
  NOW,
  POOL,
  aHold,
  aLot,
  accountNo,
  anAccount,
  answerOf,
  changesOf,
  postingOn,
  someFacts,
  transferNo,
} from './examples.ts';
import { type Capture, type HoldEnd, type HoldOrder, planCapture, planHold, planRelease } from './hold.ts';

const [HOLD, END, LOT, OTHER_LOT] = [transferNo(1), transferNo(2), transferNo(11), transferNo(12)];
const facts = someFacts({ reason: 'set_aside' });
const order = (change: Partial<HoldOrder> = {}): HoldOrder => ({
  policy: { openHoldsMax: 12 },
  facts,
  transferId: HOLD,
  accountId: accountNo(1),
  amountMinutes: 60,
  lapsesAt: LATER,
  fingerprint: 'abcdefghijkl',
  ...change,
});
const held = (head: AccountHead, change: Partial<HoldOrder> = {}) => {
  const plan = planHold(order(change), head);
  if (plan.kind === 'refused') throw new Error(plan.refusal.code);
  return plan.value;
};

const base = {
  ...facts,
  kind: 'held',
  accountId: accountNo(1),
  transferId: HOLD,
  counterpart: accountNo(1),
  fingerprint: 'abcdefghijkl',
};

describe('hours are set aside', () => {
  it('out of earned ones, on an account that nobody has looked at', () => {
    const hold = aHold({ earned: 60 });
    expect(planHold(order(), 'unseen')).toEqual({
      kind: 'done',
      value: {
        hold,
        changes: [
          {
            change: 'post',
            entries: [{ ...base, hold, minutes: { earned: -60, held: 60 } }],
            assuming: {
              states: ['open'],
              none: ['gift', 'granted'],
              atLeast: { earned: 60 },
              fewerHolds: 12,
            },
          },
        ],
      },
    });
  });

  it('in the spend order, on an account that was seen: a grant whose period is over stays', () => {
    const head = anAccount({
      earned: 100,
      gift: 20,
      lots: { [LOT]: aLot(30), [OTHER_LOT]: aLot(500, NOW) },
    });
    const hold = aHold({ earned: 10, gift: 20, lots: { [LOT]: aLot(30) } });
    expect(held(head)).toEqual({
      hold,
      changes: [
        {
          change: 'post',
          entries: [
            {
              ...base,
              hold,
              minutes: { earned: -10, gift: -20, granted: -30, held: 60 },
              lots: { [LOT]: -30 },
            },
          ],
          seen: head,
        },
      ],
    });
  });

  it.each<[string, AccountHead, object]>([
    ['granted ones alone', anAccount({ earned: 9, lots: { [LOT]: aLot(60) } }), { granted: -60, held: 60 }],
    ['gifts alone', anAccount({ earned: 9, gift: 60 }), { gift: -60, held: 60 }],
    ['earned ones alone', anAccount({ earned: 60 }), { earned: -60, held: 60 }],
  ])('%s: the line names no other kind', (_row, head, minutes) => {
    expect(postingOn(held(head).changes).entries[0].minutes).toEqual(minutes);
  });

  it('out of several grants, each by its part', () => {
    const head = anAccount({ lots: { [LOT]: aLot(40), [OTHER_LOT]: aLot(40, '2026-12-01T00:00:00.000Z') } });
    const posting = postingOn(held(head).changes);
    expect(posting.entries[0].lots).toEqual({ [OTHER_LOT]: -40, [LOT]: -20 });
    expect(posted(head, posting).lots).toEqual({ [LOT]: aLot(20) });
  });

  it.each([
    { open: 11, answer: 'done' },
    { open: 12, answer: 'too_many_holds' },
    { open: 13, answer: 'too_many_holds' },
  ])('with $open open holds of twelve allowed: $answer', ({ open, answer }) => {
    const holds = Object.fromEntries(
      Array.from({ length: open }, (_, index) => [transferNo(100 + index), aHold({ earned: 1 })]),
    );
    expect(answerOf(planHold(order(), anAccount({ earned: 60, holds })))).toBe(answer);
  });

  it('only as far as they reach; what is there and what was asked for is told', () => {
    const head = anAccount({
      earned: 10,
      gift: 20,
      lots: { [LOT]: aLot(29), [OTHER_LOT]: aLot(500, NOW) },
      honour: 1000,
    });
    expect(planHold(order(), head)).toEqual({
      kind: 'refused',
      refusal: { code: 'insufficient_hours', availableMinutes: 59, neededMinutes: 60 },
    });
  });

  it.each([0, 1441])('but never %d minutes', (amountMinutes) => {
    expect(() => planHold(order({ amountMinutes }), 'unseen')).toThrow('a hold must be 1 to 1440');
    expect(() => planHold(order({ amountMinutes }), 'missing')).toThrow('a hold must be 1 to 1440');
  });
});

const mixed = aHold({ earned: 10, gift: 20, lots: { [LOT]: aLot(30) } });
const plain = aHold({ earned: 60 });
const holder = (hold: Hold, change: Parameters<typeof anAccount>[0] = {}) =>
  anAccount({ holds: { [HOLD]: hold }, sequence: 5, ...change });
const anEnd = (change: Partial<HoldEnd> = {}): HoldEnd => ({
  facts: someFacts({ reason: 'request_cancelled' }),
  transferId: END,
  accountId: accountNo(1),
  holdId: HOLD,
  hold: plain,
  ...change,
});

describe('a hold is released', () => {
  const line = {
    ...someFacts({ reason: 'request_cancelled' }),
    kind: 'released',
    accountId: accountNo(1),
    transferId: END,
    counterpart: accountNo(1),
    resolves: HOLD,
  };

  it('in one write where it holds no granted minutes: as it was made, whoever has frozen the account', () => {
    expect(planRelease(anEnd({ fingerprint: 'abcdefghijkl' }), false, 'unseen')).toEqual({
      kind: 'done',
      value: [
        {
          change: 'post',
          entries: [{ ...line, minutes: { earned: 60, held: -60 }, fingerprint: 'abcdefghijkl' }],
          assuming: { states: ['open', 'frozen'], hold: { id: HOLD, hold: plain } },
        },
      ],
    });
  });

  it('after a look where it holds granted minutes', () => {
    expect(planRelease(anEnd({ hold: mixed }), false, 'unseen')).toEqual({
      kind: 'look',
      accountId: accountNo(1),
    });
    const head = holder(mixed);
    expect(planRelease(anEnd(), false, head)).toEqual({
      kind: 'done',
      value: [
        {
          change: 'post',
          entries: [
            {
              ...line,
              minutes: { earned: 10, gift: 20, granted: 30, held: -60 },
              returned: { [LOT]: aLot(30) },
            },
          ],
          seen: head,
        },
      ],
    });
  });

  it('as it stands, not as it was told, on an account that was seen', () => {
    const posting = postingOn(
      changesOf(planRelease(anEnd({ hold: plain }), false, holder(aHold({ gift: 7 })))),
    );
    expect(posting.entries[0].minutes).toEqual({ gift: 7, held: -7 });
    expect(Object.values(posting.entries[0])).not.toContain(undefined);
  });

  it.each(['unseen', 'seen'] as const)('because its time is over, which the write checks (%s)', (sight) => {
    const lapsing = { ...plain, lapsesAt: NOW };
    const account = holder(lapsing);
    const posting = postingOn(
      changesOf(planRelease(anEnd({ hold: lapsing }), true, sight === 'seen' ? account : 'unseen')),
    );
    expect(posting.clock).toEqual({ holdId: HOLD, hold: 'lapsed', at: NOW });
    expect(holdsOn(account, posting)).toBe(true);
  });

  it('before its time is over only by somebody who takes it back', () => {
    const lapsesAt = '2026-11-21T02:00:00.001Z';
    expect(() => planRelease(anEnd({ hold: { ...plain, lapsesAt } }), true, 'unseen')).toThrow(
      'has not lapsed',
    );
    const posting = postingOn(
      changesOf(planRelease(anEnd({ hold: { ...plain, lapsesAt } }), false, 'unseen')),
    );
    expect('clock' in posting).toBe(false);
  });

  it('after its time is over by somebody who takes it back, too', () => {
    const late = holder({ ...plain, lapsesAt: EARLIER });
    expect(answerOf(planRelease(anEnd(), false, late))).toBe('done');
  });
});

const credit = { policy: { balanceCapMinutes: 90_000, dailyCreditMinutesMax: 240 } };
const aCapture = (change: Partial<Capture> = {}): Capture => ({
  ...anEnd({ facts: someFacts() }),
  usedMinutes: 60,
  payee: { accountId: accountNo(2), credit },
  ...change,
});

describe('a hold is used', () => {
  const line = {
    ...someFacts(),
    kind: 'spent',
    accountId: accountNo(1),
    transferId: END,
    counterpart: accountNo(2),
    resolves: HOLD,
  };

  it('whole, in one write, by another member: two lines of one id that name each other', () => {
    const capture = aCapture({
      fingerprint: 'abcdefghijkl',
      payee: { accountId: accountNo(2), credit: { ...credit, fingerprint: 'mnopqrstuvwx' } },
    });
    const [payer, payee, ...rest] = changesOf(planCapture(capture, { payer: 'unseen' }));
    expect(payer).toEqual({
      change: 'post',
      entries: [{ ...line, minutes: { held: -60 }, fingerprint: 'abcdefghijkl' }],
      assuming: { states: ['open', 'frozen'], hold: { id: HOLD, hold: plain } },
      clock: { holdId: HOLD, hold: 'alive', at: NOW },
    });
    expect(payee).toMatchObject({
      change: 'post',
      entries: [
        {
          kind: 'earned',
          accountId: accountNo(2),
          transferId: END,
          counterpart: accountNo(1),
          minutes: { earned: 60 },
          fingerprint: 'mnopqrstuvwx',
        },
      ],
      assuming: { totalAtMost: 89_940 },
    });
    expect(rest).toEqual([]);
  });

  it.each([
    { used: 1, minutes: { earned: 10, gift: 20, granted: 29, held: -60 }, lots: { [LOT]: aLot(29) } },
    { used: 30, minutes: { earned: 10, gift: 20, held: -60 }, lots: undefined },
    { used: 31, minutes: { earned: 10, gift: 19, held: -60 }, lots: undefined },
    { used: 50, minutes: { earned: 10, held: -60 }, lots: undefined },
    { used: 59, minutes: { earned: 1, held: -60 }, lots: undefined },
    { used: 60, minutes: { held: -60 }, lots: undefined },
  ])('for $used minutes in the spend order, and the rest comes back', ({ used, minutes, lots }) => {
    const head = holder(mixed);
    const capture = aCapture({ hold: mixed, usedMinutes: used, payee: 'issue' });
    const posting = postingOn(changesOf(planCapture(capture, { payer: head })));
    expect(posting.seen).toBe(head);
    expect(posting.entries[0].minutes).toEqual(minutes);
    expect(posting.entries[0].returned).toEqual(lots);
    expect(netOf(posting.entries[0])).toBe(-used);
    expect(Object.values(posting.entries[0])).not.toContain(undefined);
    expect(answerOf(planCapture(capture, { payer: 'unseen' }))).toBe(lots === undefined ? 'done' : 'look');
  });

  it.each(['issue', FundId.parse('fund:SZ-2026-0117')] as const)('by %s, which has no account', (payee) => {
    const changes = changesOf(planCapture(aCapture({ payee }), { payer: 'unseen' }));
    expect(changes).toHaveLength(1);
    expect(postingOn(changes).entries[0].counterpart).toBe(payee);
  });

  it('and what the payee has too much goes on to the pool of their choice', () => {
    const payee = anAccount({ accountId: accountNo(2), earned: 89_990, overflowPool: POOL });
    const changes = changesOf(planCapture(aCapture(), { payer: holder(plain), payee }));
    expect(postingOn(changes, accountNo(2)).entries[0]).toMatchObject({
      minutes: { earned: 10 },
      overflow: { poolId: POOL, minutes: 50 },
    });
    expect(changes[2]).toMatchObject({ change: 'pool_in', row: { minutes: 50, counterpart: accountNo(2) } });
  });

  it.each([
    { lapsesAt: '2026-11-21T02:00:00.001Z', seen: 'done', unseen: 'done' },
    { lapsesAt: NOW, seen: 'hold_lapsed', unseen: 'look' },
    { lapsesAt: EARLIER, seen: 'hold_lapsed', unseen: 'look' },
  ])('while it is alive: until $lapsesAt, $seen', ({ lapsesAt, seen, unseen }) => {
    const hold = { ...plain, lapsesAt };
    expect(answerOf(planCapture(aCapture({ hold }), { payer: holder(hold) }))).toBe(seen);
    expect(answerOf(planCapture(aCapture({ hold }), { payer: 'unseen' }))).toBe(unseen);
  });

  it('by nobody who is not there, whoever is to receive', () => {
    const sights = { payer: 'missing', payee: anAccount({ accountId: accountNo(2) }) } as const;
    expect(answerOf(planCapture(aCapture(), sights))).toBe('unknown_account');
  });

  it('as it stands: one that is not there is refused only after a look', () => {
    expect(
      answerOf(planCapture(aCapture({ hold: { ...plain, lapsesAt: NOW } }), { payer: anAccount() })),
    ).toBe('hold_not_open');
  });

  it.each([0, 1441])('but never for %d minutes', (usedMinutes) => {
    expect(() => planCapture(aCapture({ usedMinutes }), { payer: 'missing' })).toThrow(
      'what is used of a hold must be 1 to 1440',
    );
  });

  it('never for more than it holds, never by whoever pays', () => {
    expect(() => planCapture(aCapture({ usedMinutes: 61 }), { payer: 'unseen' })).toThrow(
      'more than it holds',
    );
    expect(() =>
      planCapture(aCapture({ payee: { accountId: accountNo(1), credit } }), { payer: 'unseen' }),
    ).toThrow('different accounts');
  });

  it('and a grant that lapsed meanwhile comes back to lapse: it cannot be spent again', () => {
    const hold = aHold({ earned: 30, lots: { [LOT]: aLot(30, EARLIER) } });
    const head = holder(hold);
    const posting = postingOn(
      changesOf(planCapture(aCapture({ hold, usedMinutes: 10, payee: 'issue' }), { payer: head })),
    );
    const after = posted(head, posting);
    expect(after.lots).toEqual({ [LOT]: aLot(20, EARLIER) });
    expect(answerOf(planHold(order({ transferId: transferNo(3), amountMinutes: 31 }), after))).toBe(
      'insufficient_hours',
    );
  });
});

describe('whatever the account', () => {
  const someLots = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom(LATER, EARLIER)), {
    maxLength: 3,
  });
  const accounts = fc
    .record({ earned: fc.nat(100), gift: fc.oneof(fc.constant(0), fc.nat(60)), some: someLots })
    .map(({ earned, gift, some }) =>
      anAccount({
        earned,
        gift,
        lots: Object.fromEntries(some.map(([minutes, end], n) => [transferNo(11 + n), aLot(minutes, end)])),
      }),
    );
  const amounts = fc.integer({ min: 1, max: 120 });

  it('a plan made without looking is written only where looking would have planned the same', () => {
    fc.assert(
      fc.property(accounts, amounts, (head, amountMinutes) => {
        const blind = planHold(order({ amountMinutes }), 'unseen');
        const posting = postingOn(blind.kind === 'done' ? blind.value.changes : []);
        if (!holdsOn(head, posting)) return;
        expect(posted(head, postingOn(held(head, { amountMinutes }).changes))).toEqual(posted(head, posting));
      }),
    );
  });

  it('a release after a hold restores, and a capture uses what it says and gives back the rest', () => {
    fc.assert(
      fc.property(accounts, amounts, fc.integer({ min: 1, max: 120 }), (head, amountMinutes, wanted) => {
        const plan = planHold(order({ amountMinutes }), head);
        if (plan.kind === 'refused') return;
        const { hold, changes } = plan.value;
        const after = posted(head, postingOn(changes));
        const released = postingOn(changesOf(planRelease(anEnd({ hold }), false, after)));
        expect({ ...posted(after, released), sequence: 0 }).toEqual(head);
        const usedMinutes = Math.min(wanted, amountMinutes);
        const captured = postingOn(
          changesOf(planCapture(aCapture({ hold, usedMinutes, payee: 'issue' }), { payer: after })),
        );
        const { earned = 0, gift = 0, granted = 0 } = captured.entries[0].minutes;
        expect(usedMinutes + earned + gift + granted).toBe(amountMinutes);
        expect(posted(after, captured).minutes.held).toBe(0);
        // One hold ends once.
        expect(answerOf(planRelease(anEnd({ hold }), false, posted(after, captured)))).toBe('hold_not_open');
      }),
    );
  });
});
