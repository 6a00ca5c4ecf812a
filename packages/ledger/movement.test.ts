import { AccountId, MemberId, RequestId, TransferId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { policyFor } from '@time-bank/policy/policy';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccountHead,
  type HoldEntry,
  ISSUE,
  type MovementFacts,
  planBank,
  planCapture,
  planHold,
  planVoid,
  releaseOf,
} from './movement.ts';

const policy = policyFor('341302');
const PAYER = AccountId.parse('acc_01KB2C3D4E5F6G7H8J9KMNPQRA');
const PAYEE = AccountId.parse('acc_01KB2C3D4E5F6G7H8J9KMNPQRB');
const HOLD = TransferId.parse('trf_01KB2C3D4E5F6G7H8J9KMNPQRC');
const TRANSFER = TransferId.parse('trf_01KB2C3D4E5F6G7H8J9KMNPQRD');

const facts: MovementFacts = {
  at: '2026-11-21T02:00:00.000Z',
  actorId: MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRA'),
  channel: 'web',
  region: CommunityCode.parse('341302001003'),
  policyVersion: policy.version,
  reason: 'set aside for a request',
  requestId: RequestId.parse('req_01KB2C3D4E5F6G7H8J9KMNPQRC'),
  serviceCode: 'C01',
};

const head = (availableMinutes: number): AccountHead => ({
  accountId: PAYER,
  availableMinutes,
  heldMinutes: 0,
  sequence: 3,
});

const holdOver = (amountMinutes: number): HoldEntry => ({
  kind: 'hold',
  state: 'pending',
  accountId: PAYER,
  transferId: HOLD,
  amountMinutes,
  ...facts,
});

const bank = (amountMinutes: number) =>
  planBank({ policy, facts, transferId: TRANSFER, accountId: PAYEE, amountMinutes });
const hold = (amountMinutes: number, of: AccountHead | undefined = head(90_000)) =>
  planHold({ facts, transferId: HOLD, head: of, amountMinutes });
const capture = (of: HoldEntry, usedMinutes: number, accountId = PAYEE) =>
  planCapture({ policy, facts, transferId: TRANSFER, accountId, hold: of, usedMinutes });

describe('an amount', () => {
  it.each([1, 2, 1439, 1440])('of %d minutes can be banked and held', (minutes) => {
    expect(bank(minutes)).toMatchObject([{ change: 'credit', entry: { amountMinutes: minutes } }]);
    expect(hold(minutes).kind).toBe('done');
  });

  it.each([0, -1, 0.5, 1440.5, 1441, 2 ** 53, NaN, Infinity, -Infinity])(
    'of %d minutes is a bug, not a refusal',
    (minutes) => {
      expect(() => bank(minutes)).toThrow('1 to 1,440 whole minutes');
      expect(() => hold(minutes)).toThrow('1 to 1,440 whole minutes');
    },
  );

  it('that cannot be is a bug even where the account is unknown', () => {
    expect(() => planHold({ facts, transferId: HOLD, head: undefined, amountMinutes: 0 })).toThrow();
  });
});

describe('banking a visit', () => {
  it('moves minutes from the issue account to the volunteer, with everything that is known of it', () => {
    expect(bank(60)).toEqual([
      {
        change: 'credit',
        entry: {
          kind: 'earned',
          accountId: PAYEE,
          transferId: TRANSFER,
          counterpart: ISSUE,
          amountMinutes: 60,
          ...facts,
        },
        roomUpToMinutes: 89_940,
      },
    ]);
  });

  it('fits up to the cap and not a minute beyond it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1440 }), (minutes) => {
        const [change] = bank(minutes);
        if (change?.change !== 'credit') throw new Error('a bank is a credit');
        expect(change.roomUpToMinutes + minutes).toBe(policy.balanceCapMinutes);
      }),
    );
  });
});

describe('setting hours aside', () => {
  // Each row mends exactly one thing of the row above.
  it.each([
    { row: 'no account', of: undefined, outcome: 'unknown_account' },
    { row: 'an account with nothing', of: head(0), outcome: 'insufficient_hours' },
    { row: 'a minute too few', of: head(59), outcome: 'insufficient_hours' },
    { row: 'just enough', of: head(60), outcome: 'done' },
  ])('$row: $outcome', ({ of, outcome }) => {
    const plan = planHold({ facts, transferId: HOLD, head: of, amountMinutes: 60 });
    expect(plan.kind === 'refused' ? plan.refusal.code : plan.kind).toBe(outcome);
  });

  it('is refused with what is there and what was asked for', () => {
    expect(hold(60, head(59))).toEqual({
      kind: 'refused',
      refusal: { code: 'insufficient_hours', availableMinutes: 59, neededMinutes: 60 },
    });
  });

  it('does not count what is held already', () => {
    expect(hold(60, { ...head(59), heldMinutes: 1000 }).kind).toBe('refused');
  });

  it('makes one pending hold on the account', () => {
    expect(hold(60)).toEqual({ kind: 'done', value: [{ change: 'hold', hold: holdOver(60) }] });
  });
});

describe('using a hold', () => {
  it('posts the hold and credits the other member under the same id, each naming the other', () => {
    const [resolved, credited] = capture(holdOver(60), 30);
    expect(resolved).toEqual({
      change: 'resolve_hold',
      hold: {
        ...holdOver(60),
        state: 'posted',
        usedMinutes: 30,
        resolvedAt: facts.at,
        counterpart: PAYEE,
        counterpartTransferId: TRANSFER,
      },
    });
    expect(credited).toMatchObject({
      change: 'credit',
      entry: {
        kind: 'received',
        accountId: PAYEE,
        transferId: TRANSFER,
        counterpart: PAYER,
        amountMinutes: 30,
      },
      roomUpToMinutes: policy.balanceCapMinutes - 30,
    });
  });

  it('for nothing releases all of it and credits nobody', () => {
    expect(capture(holdOver(60), 0)).toEqual(planVoid({ hold: holdOver(60), at: facts.at }));
  });

  it.each([
    { why: 'for more than it holds', attempt: () => capture(holdOver(60), 61), says: 'more than it holds' },
    { why: 'for less than nothing', attempt: () => capture(holdOver(60), -1), says: 'whole minutes' },
    { why: 'for half a minute', attempt: () => capture(holdOver(60), 29.5), says: 'whole minutes' },
    { why: 'for no number', attempt: () => capture(holdOver(60), NaN), says: 'whole minutes' },
    { why: 'by the payer', attempt: () => capture(holdOver(60), 30, PAYER), says: 'different accounts' },
    { why: 'by the payer for nothing', attempt: () => capture(holdOver(60), 0, PAYER), says: 'different' },
  ])('$why is a bug', ({ attempt, says }) => {
    expect(attempt).toThrow(says);
  });
});

it('a hold that is voided gives everything back', () => {
  const [change] = planVoid({ hold: holdOver(45), at: facts.at });
  expect(change).toEqual({
    change: 'resolve_hold',
    hold: { ...holdOver(45), state: 'voided', usedMinutes: 0, resolvedAt: facts.at },
  });
  expect(releaseOf({ ...holdOver(45), usedMinutes: 0 })).toEqual({ toAvailable: 45, fromHeld: 45 });
});

it('whatever is used of a hold: used and released are together what was held, and what is used is received', () => {
  const aHold = fc
    .integer({ min: 1, max: 1440 })
    .chain((amount) => fc.record({ amount: fc.constant(amount), used: fc.integer({ min: 0, max: amount }) }));
  fc.assert(
    fc.property(aHold, ({ amount, used }) => {
      const [resolved, credited, ...more] = capture(holdOver(amount), used);
      if (resolved?.change !== 'resolve_hold') throw new Error('the hold is resolved first');
      const { toAvailable, fromHeld } = releaseOf(resolved.hold);
      expect(resolved.hold.usedMinutes).toBe(used);
      expect(resolved.hold.usedMinutes + toAvailable).toBe(amount);
      expect(fromHeld).toBe(amount);
      expect(credited?.change === 'credit' ? credited.entry.amountMinutes : 0).toBe(used);
      expect(resolved.hold.state).toBe(used === 0 ? 'voided' : 'posted');
      expect(more).toEqual([]);
    }),
  );
});
