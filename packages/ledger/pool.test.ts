import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsOn, posted } from './change.ts';
import {
  LATER,
  NOW,
  POOL,
  PROJECT,
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
import {
  type Donation,
  type GrantLapse,
  LOTS_MAX,
  type PoolGrant,
  lapsed,
  planDonate,
  planGrant,
  planGrantLapse,
} from './pool.ts';

const donating = someFacts({ reason: 'donation' });
const aDonation = (change: Partial<Donation> = {}): Donation => ({
  policy: { donationAllowed: true },
  facts: donating,
  transferId: transferNo(1),
  accountId: accountNo(1),
  poolId: POOL,
  amountMinutes: 60,
  fingerprint: 'abcdefghijkl',
  ...change,
});
const donated = {
  ...donating,
  kind: 'donated',
  accountId: accountNo(1),
  transferId: transferNo(1),
  counterpart: POOL,
  fingerprint: 'abcdefghijkl',
};
const given = {
  change: 'pool_in',
  row: { ...donating, poolId: POOL, transferId: transferNo(1), counterpart: accountNo(1), minutes: 60 },
};

describe('hours are donated', () => {
  it('out of earned ones, on an account that nobody has looked at; a row of the pool is put', () => {
    expect(planDonate(aDonation(), 'unseen')).toEqual({
      kind: 'done',
      value: [
        {
          change: 'post',
          entries: [{ ...donated, minutes: { earned: -60 } }],
          assuming: { states: ['open', 'donate_only'], none: ['gift', 'debt'], atLeast: { earned: 60 } },
        },
        given,
      ],
    });
  });

  it.each([
    { earned: 60, gift: 0, minutes: { earned: -60 } },
    { earned: 30, gift: 30, minutes: { gift: -30, earned: -30 } },
    { earned: 60, gift: 60, minutes: { gift: -60 } },
    { earned: 1, gift: 59, minutes: { gift: -59, earned: -1 } },
  ])('gifts received first: of $gift given and $earned earned', ({ earned, gift, minutes }) => {
    const head = anAccount({ earned, gift, lots: { [transferNo(9)]: aLot(500) } });
    expect(planDonate(aDonation(), head)).toEqual({
      kind: 'done',
      value: [{ change: 'post', entries: [{ ...donated, minutes }], seen: head }, given],
    });
  });

  it('but never granted, held or honour ones; what is there and what was asked for is told', () => {
    const head = anAccount({
      earned: 20,
      gift: 39,
      honour: 500,
      lots: { [transferNo(9)]: aLot(500) },
      holds: { [transferNo(8)]: aHold({ earned: 500 }) },
    });
    expect(planDonate(aDonation(), head)).toEqual({
      kind: 'refused',
      refusal: { code: 'insufficient_hours', availableMinutes: 59, neededMinutes: 60 },
    });
  });

  it('but not by an account that owes hours, however few', () => {
    expect(answerOf(planDonate(aDonation(), anAccount({ earned: 60, debt: 1 })))).toBe('debt_open');
  });

  it('by an organisation, to which nothing else is open', () => {
    expect(answerOf(planDonate(aDonation(), anAccount({ state: 'donate_only', earned: 60 })))).toBe('done');
  });

  it.each([1, 144_000])('of %d minutes at once', (amountMinutes) => {
    expect(answerOf(planDonate(aDonation({ amountMinutes }), 'unseen'))).toBe('done');
  });

  it.each([0, 144_001])('but never %d', (amountMinutes) => {
    expect(() => planDonate(aDonation({ amountMinutes }), 'missing')).toThrow(
      'a donation must be 1 to 144000',
    );
  });

  it('whatever the account: a plan made without looking is written only where looking would plan the same', () => {
    fc.assert(
      fc.property(
        fc.nat(120),
        fc.oneof(fc.constant(0), fc.nat(60)),
        fc.constantFrom('open', 'donate_only', 'frozen' as const),
        fc.integer({ min: 1, max: 120 }),
        (earned, gift, state, amountMinutes) => {
          const head = anAccount({ earned, gift, state });
          const blind = postingOn(changesOf(planDonate(aDonation({ amountMinutes }), 'unseen')));
          if (!holdsOn(head, blind)) return;
          const exact = postingOn(changesOf(planDonate(aDonation({ amountMinutes }), head)));
          expect(posted(head, exact)).toEqual(posted(head, blind));
        },
      ),
    );
  });
});

const granting = someFacts({ reason: 'grant' });
const aGrant = (change: Partial<PoolGrant> = {}): PoolGrant => ({
  policy: { balanceCapMinutes: 90_000 },
  facts: granting,
  transferId: transferNo(1),
  accountId: accountNo(1),
  poolId: PROJECT,
  amountMinutes: 120,
  lapsesAt: LATER,
  shard: 7,
  fingerprint: 'abcdefghijkl',
  ...change,
});
const granted = {
  ...granting,
  kind: 'granted',
  accountId: accountNo(1),
  transferId: transferNo(1),
  counterpart: PROJECT,
  fingerprint: 'abcdefghijkl',
  minutes: { granted: 120 },
  lot: aLot(120, LATER, PROJECT),
};
const taken = {
  change: 'pool_out',
  row: {
    ...granting,
    poolId: PROJECT,
    transferId: transferNo(1),
    counterpart: accountNo(1),
    minutes: -120,
    shard: 7,
  },
};

describe('hours are granted', () => {
  it('out of one part of a pool, on an account that nobody has looked at', () => {
    expect(planGrant(aGrant(), 'unseen')).toEqual({
      kind: 'done',
      value: [
        {
          change: 'post',
          entries: [granted],
          assuming: { states: ['open'], totalAtMost: 89_880, fewerLots: 4 },
        },
        taken,
      ],
    });
  });

  it('on an account that was seen', () => {
    const head = anAccount({ earned: 5 });
    expect(planGrant(aGrant(), head)).toEqual({
      kind: 'done',
      value: [{ change: 'post', entries: [granted], seen: head }, taken],
    });
  });

  it.each([
    { there: 3, answer: 'done' },
    { there: 4, answer: 'too_many_grants' },
    { there: 7, answer: 'too_many_grants' },
  ])('beside $there others, of four allowed: $answer', ({ there, answer }) => {
    const lots = Object.fromEntries(Array.from({ length: there }, (_, n) => [transferNo(10 + n), aLot(1)]));
    const head = anAccount({ lots });
    expect(LOTS_MAX).toBe(4);
    expect(answerOf(planGrant(aGrant(), head))).toBe(answer);
    expect(holdsOn(head, postingOn(changesOf(planGrant(aGrant(), 'unseen'))))).toBe(answer === 'done');
  });

  it.each([
    { earned: 89_880, answer: 'done' },
    { earned: 89_881, answer: 'cap_reached' },
  ])('up to the cap: beside $earned, $answer', ({ earned, answer }) => {
    expect(answerOf(planGrant(aGrant(), anAccount({ earned })))).toBe(answer);
  });

  it.each([
    { shardMinutes: undefined, answer: 'done' },
    { shardMinutes: 120, answer: 'done' },
    { shardMinutes: 119, answer: 'pool_short' },
    { shardMinutes: 0, answer: 'pool_short' },
  ])('as far as the part of the pool reaches: $shardMinutes, $answer', ({ shardMinutes, answer }) => {
    expect(answerOf(planGrant(aGrant(), 'unseen', shardMinutes))).toBe(answer);
    expect(answerOf(planGrant(aGrant(), anAccount(), shardMinutes))).toBe(answer);
  });

  it.each([1, 30_000])('of %d minutes', (amountMinutes) => {
    expect(answerOf(planGrant(aGrant({ amountMinutes }), 'unseen'))).toBe('done');
  });

  it.each([0, 30_001])('but never %d minutes', (amountMinutes) => {
    expect(() => planGrant(aGrant({ amountMinutes }), 'missing')).toThrow('a grant must be 1 to 30000');
  });
});

describe('what is left of a grant', () => {
  const GRANT = transferNo(11);
  const over = someFacts({ reason: 'period_over', channel: 'job' });
  const aLapse = (change: Partial<GrantLapse> = {}): GrantLapse => ({
    facts: over,
    transferId: transferNo(2),
    accountId: accountNo(1),
    grantId: GRANT,
    ...change,
  });
  const line = {
    ...over,
    kind: 'lapsed',
    accountId: accountNo(1),
    transferId: transferNo(2),
    counterpart: PROJECT,
    minutes: { granted: -30 },
    lots: { [GRANT]: -30 },
  };
  const row = { ...over, poolId: PROJECT, transferId: transferNo(2), counterpart: accountNo(1), minutes: 30 };

  it('goes back to its pool from the end of its period on', () => {
    const head = anAccount({ lots: { [GRANT]: aLot(30, NOW, PROJECT), [transferNo(12)]: aLot(5) } });
    const plan = planGrantLapse(aLapse(), head);
    expect(plan).toEqual({
      kind: 'done',
      value: [
        { change: 'post', entries: [line], seen: head },
        { change: 'pool_in', row },
      ],
    });
    expect(posted(head, postingOn(changesOf(plan))).lots).toEqual({ [transferNo(12)]: aLot(5) });
  });

  it('is known again by its content where the job says so', () => {
    const { line: known } = lapsed(aLapse({ fingerprint: 'abcdefghijkl' }), aLot(30, NOW, PROJECT));
    expect(known).toEqual({ ...line, fingerprint: 'abcdefghijkl' });
    expect(lapsed(aLapse(), aLot(30, NOW, PROJECT)).line).toStrictEqual(line);
  });

  it('stays until then', () => {
    const head = anAccount({ lots: { [GRANT]: aLot(30, '2026-11-21T02:00:00.001Z', PROJECT) } });
    expect(() => planGrantLapse(aLapse(), head)).toThrow('is not over');
  });
});
