import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountHead, totalOf } from './account.ts';
import { type Credit, planBank, planCredit } from './bank.ts';
import { holdsOn, posted } from './change.ts';
import {
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

const policy = { balanceCapMinutes: 90_000, dailyCreditMinutesMax: 240 };
const aCredit = (change: Partial<Credit> = {}): Credit => ({
  policy,
  facts: someFacts(),
  transferId: transferNo(1),
  accountId: accountNo(1),
  amountMinutes: 60,
  ...change,
});
const creditOn = (head: AccountHead, change: Partial<Credit> = {}) =>
  changesOf(planBank(aCredit(change), head));

describe('a visit is banked', () => {
  const assuming = {
    states: ['open', 'donate_only', 'frozen'],
    none: ['debt'],
    totalAtMost: 89_940,
    fewerTallies: 48,
  };

  it('from the issue account, on an account that nobody has looked at', () => {
    expect(planBank(aCredit({ fingerprint: 'abcdefghijkl' }), 'unseen')).toEqual({
      kind: 'done',
      value: [
        {
          change: 'post',
          entries: [
            {
              ...someFacts(),
              kind: 'earned',
              accountId: accountNo(1),
              transferId: transferNo(1),
              counterpart: 'issue',
              fingerprint: 'abcdefghijkl',
              minutes: { earned: 60 },
            },
          ],
          assuming: { ...assuming, tally: { key: 'd20261121', atMost: 180 } },
        },
      ],
    });
  });

  it.each([
    { serviceDay: '2026-11-21', key: 'd20261121', written: undefined },
    { serviceDay: '2026-11-19', key: 'd20261119', written: '2026-11-19' },
  ])('by the day of service: $serviceDay', ({ serviceDay, key, written }) => {
    const posting = postingOn(changesOf(planBank(aCredit({ serviceDay }), 'unseen')));
    expect(posting.assuming?.tally?.key).toBe(key);
    expect(posting.entries[0].serviceDay).toBe(written);
  });

  it('by the day in China where no other is told: that of New Year begins at 16:00 UTC', () => {
    const keyAt = (at: string) =>
      postingOn(changesOf(planBank(aCredit({ facts: someFacts({ at }) }), 'unseen'))).assuming?.tally?.key;
    expect(keyAt('2026-12-31T15:59:59.999Z')).toBe('d20261231');
    expect(keyAt('2026-12-31T16:00:00.000Z')).toBe('d20270101');
  });

  it.each<[string, Partial<Credit>]>([
    ["a group's hours", { isGroup: true }],
    ['a line that replaces another', { corrects: transferNo(9) }],
  ])("without a day's limit for %s", (_what, change) => {
    const posting = postingOn(changesOf(planBank(aCredit(change), 'unseen')));
    expect(posting.assuming).toEqual(assuming);
    expect(posting.entries[0].corrects).toBe(change.corrects);
    const full = anAccount({ tallies: { d20261121: 240 } });
    expect(postingOn(creditOn(full, change)).entries[0].minutes).toEqual({ earned: 60 });
  });

  it('with a limit where neither is so', () => {
    const posting = postingOn(changesOf(planBank(aCredit({ isGroup: false }), 'unseen')));
    expect(posting.assuming?.tally).toEqual({ key: 'd20261121', atMost: 180 });
  });

  it.each([
    [1440, false],
    [1441, true],
    [144_000, true],
  ])('of %d minutes; of a group: %s', (amountMinutes, isGroup) => {
    expect(answerOf(planBank(aCredit({ amountMinutes, isGroup }), 'unseen'))).toBe('done');
  });

  it.each([
    [0, false],
    [1441, false],
    [144_001, true],
    [0.5, true],
  ])('but not of %d minutes; of a group: %s', (amountMinutes, isGroup) => {
    expect(() => planBank(aCredit({ amountMinutes, isGroup }), 'unseen')).toThrow('a credit must be 1 to');
  });

  it('never from the account itself', () => {
    expect(() => planCredit(aCredit(), accountNo(1), 'unseen')).toThrow('different accounts');
  });

  it.each(['open', 'donate_only', 'frozen'] as const)('on an account that is %s', (state) => {
    expect(answerOf(planBank(aCredit(), anAccount({ state })))).toBe('done');
  });
});

describe('the minutes of a visit', () => {
  const day = (credited: number) => ({ tallies: { d20261121: credited } });

  it.each<[string, AccountHead, object]>([
    ['are earned', anAccount(), { earned: 60 }],
    ['are earned up to the limit of the day', anAccount(day(180)), { earned: 60 }],
    ['are honour above it', anAccount(day(181)), { earned: 59, honour: 1 }],
    ['are honour alone where the limit is reached', anAccount(day(240)), { honour: 60 }],
    ['and where it was passed, under a limit of then', anAccount(day(300)), { honour: 60 }],
    ['are earned up to the cap', anAccount({ earned: 89_940 }), { earned: 60 }],
    ['are honour above it', anAccount({ earned: 89_941 }), { earned: 59, honour: 1 }],
    ['are honour alone at the cap', anAccount({ earned: 90_000 }), { honour: 60 }],
    ['and beyond it, under a cap of then', anAccount({ earned: 90_061 }), { honour: 60 }],
    [
      'count held, granted and given ones against the cap',
      anAccount({
        earned: 1,
        gift: 89_000,
        lots: { [transferNo(2)]: aLot(900) },
        holds: { [transferNo(3)]: aHold({ earned: 90 }) },
      }),
      { earned: 9, honour: 51 },
    ],
    ['do not count honour against it', anAccount({ honour: 90_000 }), { earned: 60 }],
    ['repay a debt first', anAccount({ debt: 59 }), { earned: 1, debt: -59 }],
    ['repay it alone where it is larger', anAccount({ debt: 61 }), { debt: -60 }],
    ['repay it even at the cap', anAccount({ earned: 90_000, debt: 40 }), { debt: -40, honour: 20 }],
    ['repay it within the limit of the day', anAccount({ debt: 60, ...day(200) }), { debt: -40, honour: 20 }],
  ])('%s', (_row, head, minutes) => {
    const changes = creditOn(head);
    expect(changes).toHaveLength(1);
    // A line names nothing that it does not have.
    expect(Object.values(postingOn(changes).entries[0])).not.toContain(undefined);
    expect(postingOn(changes)).toEqual({
      change: 'post',
      entries: [expect.objectContaining({ kind: 'earned', minutes })],
      seen: head,
    });
  });

  it('are all honour where the region credits none in a day', () => {
    const none = { policy: { ...policy, dailyCreditMinutesMax: 0 } };
    expect(postingOn(creditOn(anAccount({ debt: 5 }), none)).entries[0].minutes).toEqual({ honour: 60 });
  });

  it('go on to the pool that the member has chosen, above cap and limit', () => {
    const head = anAccount({ overflowPool: POOL, debt: 10, ...day(200) });
    expect(creditOn(head)).toEqual([
      {
        change: 'post',
        entries: [
          {
            ...someFacts(),
            kind: 'earned',
            accountId: accountNo(1),
            transferId: transferNo(1),
            counterpart: 'issue',
            minutes: { earned: 30, debt: -10 },
            overflow: { poolId: POOL, minutes: 20 },
          },
        ],
        seen: head,
      },
      {
        change: 'pool_in',
        row: {
          ...someFacts(),
          poolId: POOL,
          transferId: transferNo(1),
          counterpart: accountNo(1),
          minutes: 20,
        },
      },
    ]);
  });

  it('go on as a whole where the region credits none in a day', () => {
    const none = { policy: { ...policy, dailyCreditMinutesMax: 0 } };
    const changes = creditOn(anAccount({ overflowPool: POOL }), none);
    expect(postingOn(changes).entries[0]).toMatchObject({ minutes: {}, overflow: { minutes: 60 } });
    expect(changes[1]).toMatchObject({ change: 'pool_in', row: { minutes: 60 } });
  });

  it.each([
    { who: 'nobody has chosen', region: 'pool', chosen: {}, goes: 'pool:341302001' },
    { who: 'nobody has chosen', region: 'honour', chosen: {}, goes: undefined },
    { who: 'the member wants honour', region: 'pool', chosen: { overflowChosen: true }, goes: undefined },
    {
      who: 'the member wants a pool',
      region: 'pool',
      chosen: { overflowChosen: true, overflowPool: POOL },
      goes: POOL,
    },
  ] as const)('where $who and the region says $region, they go to $goes', ({ region, chosen, goes }) => {
    const none = { policy: { ...policy, dailyCreditMinutesMax: 0, overflowDefault: region } };
    const changes = creditOn(anAccount(chosen), none);
    expect(postingOn(changes).entries[0].overflow?.poolId).toBe(goes);
    expect(postingOn(changes).entries[0].minutes).toEqual(goes === undefined ? { honour: 60 } : {});
  });

  it('stay where nothing is above: no pool is mentioned', () => {
    const changes = creditOn(anAccount({ overflowPool: POOL }));
    expect(changes).toHaveLength(1);
    expect('overflow' in postingOn(changes).entries[0]).toBe(false);
  });
});

/** Accounts of every sort near the bounds. */
const accounts = fc
  .record({
    earned: fc.oneof(fc.nat(200), fc.integer({ min: 89_000, max: 90_100 })),
    debt: fc.oneof(fc.constant(0), fc.nat(100)),
    tally: fc.oneof(fc.constant(0), fc.nat(300)),
    toPool: fc.boolean(),
    state: fc.constantFrom('open', 'donate_only', 'frozen', 'closed' as const),
  })
  .map(({ earned, debt, tally, toPool, state }) =>
    anAccount({
      state,
      earned: state === 'closed' ? 0 : earned,
      debt,
      tallies: tally === 0 ? {} : { d20261121: tally },
      ...(toPool ? { overflowPool: POOL } : {}),
    }),
  );

describe('whatever the account', () => {
  it('what was served is credited, repaid or surplus, and neither cap nor limit is crossed', () => {
    fc.assert(
      fc.property(accounts, fc.integer({ min: 1, max: 480 }), (head, amountMinutes) => {
        const plan = planBank(aCredit({ amountMinutes }), head);
        if (plan.kind === 'refused') {
          expect(head.state).toBe('closed');
          return;
        }
        const posting = postingOn(plan.value);
        const { minutes, overflow } = posting.entries[0];
        const { earned = 0, debt = 0, honour = 0 } = minutes;
        expect(earned - debt + honour + (overflow?.minutes ?? 0)).toBe(amountMinutes);
        const after = posted(head, posting);
        expect(totalOf(after)).toBeLessThanOrEqual(Math.max(policy.balanceCapMinutes, totalOf(head)));
        const before = head.tallies['d20261121'] ?? 0;
        expect(after.tallies['d20261121'] ?? 0).toBe(before + earned - debt);
        expect(after.tallies['d20261121'] ?? 0).toBeLessThanOrEqual(Math.max(240, before));
        // A debt stays only where nothing was earned.
        if (after.minutes.debt > 0) expect(earned).toBe(0);
      }),
    );
  });

  it('a plan made without looking is written only where looking would have planned the same', () => {
    fc.assert(
      fc.property(accounts, fc.integer({ min: 1, max: 480 }), (head, amountMinutes) => {
        const blind = postingOn(changesOf(planBank(aCredit({ amountMinutes }), 'unseen')));
        if (!holdsOn(head, blind)) return;
        const exact = changesOf(planBank(aCredit({ amountMinutes }), head));
        expect(exact).toHaveLength(1);
        expect(posted(head, postingOn(exact))).toEqual(posted(head, blind));
      }),
    );
  });
});
