import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountHead, Minutes } from './account.ts';
import { planBank } from './bank.ts';
import { posted } from './change.ts';
import { type Correction, planCorrection } from './correction.ts';
import { type Entry, netOf } from './entry.ts';
import {
  POOL,
  aHold,
  accountNo,
  anAccount,
  answerOf,
  changesOf,
  postingOn,
  someFacts,
  transferNo,
} from './examples.ts';

const PAYER = accountNo(2);
const policy: Correction['policy'] = {
  reversalShortfall: 'debt',
  balanceCapMinutes: 90_000,
  dailyCreditMinutesMax: 240,
};
const partial: Correction['policy'] = { ...policy, reversalShortfall: 'partial' };
const original = (change: Partial<Entry> = {}): Entry => ({
  ...someFacts({ at: '2026-11-01T02:00:00.000Z' }),
  kind: 'earned',
  accountId: accountNo(1),
  transferId: transferNo(1),
  counterpart: 'issue',
  minutes: { earned: 60 },
  ...change,
});
const facts = someFacts({ reason: 'correction', channel: 'counter', note: 'Nobody was visited.' });
const aCorrection = (change: Partial<Correction> = {}): Correction => ({
  policy,
  facts,
  transferId: transferNo(2),
  original: original(),
  fingerprint: 'abcdefghijkl',
  ...change,
});
const reversed = {
  ...facts,
  kind: 'reversed',
  accountId: accountNo(1),
  transferId: transferNo(2),
  counterpart: 'issue',
  corrects: transferNo(1),
  fingerprint: 'abcdefghijkl',
};
const mark = {
  change: 'mark_reversed',
  accountId: accountNo(1),
  transferId: transferNo(1),
  by: transferNo(2),
};
const correct = (account: AccountHead, change: Partial<Correction> = {}) =>
  changesOf(planCorrection(aCorrection(change), { account }));

describe('a line is taken back', () => {
  it('by a line that names it, and is marked so that it happens once', () => {
    const account = anAccount({ earned: 60, honour: 5 });
    expect(correct(account)).toEqual([
      { change: 'post', entries: [{ ...reversed, minutes: { earned: -60 } }], seen: account },
      mark,
    ]);
  });

  it.each<[string, Minutes, Parameters<typeof anAccount>[0], Minutes, Minutes | undefined]>([
    ['all of it is there', { earned: 60 }, { earned: 61 }, { earned: -60 }, { earned: -60 }],
    ['20 were spent', { earned: 60 }, { earned: 40 }, { earned: -40, debt: 20 }, { earned: -40 }],
    ['all of it was spent', { earned: 60 }, {}, { debt: 60 }, undefined],
    [
      'it was honour in part, of which some is gone',
      { earned: 40, honour: 20 },
      { earned: 40, honour: 15 },
      { earned: -40, honour: -15, debt: 5 },
      { earned: -40, honour: -15 },
    ],
    [
      'it had repaid a debt: that is owed again',
      { earned: 20, debt: -40 },
      { earned: 20 },
      { earned: -20, debt: 40 },
      { earned: -20, debt: 40 },
    ],
    [
      'it had repaid a debt, and the rest was spent',
      { earned: 20, debt: -40 },
      { earned: 5, debt: 7 },
      { earned: -5, debt: 55 },
      { earned: -5, debt: 40 },
    ],
    [
      'what is held is not there',
      { earned: 60 },
      { holds: { [transferNo(9)]: aHold({ earned: 60 }) } },
      { debt: 60 },
      undefined,
    ],
    ['what stands as gifts is not taken for it', { earned: 60 }, { gift: 60 }, { debt: 60 }, undefined],
  ])('where %s', (_row, minutes, account, asDebt, inPart) => {
    const head = anAccount(account);
    const of = { original: original({ minutes }) };
    const [line] = postingOn(correct(head, of)).entries;
    expect(line.minutes).toEqual(asDebt);
    expect(netOf(line)).toBe(-netOf(of.original));
    const plan = planCorrection(aCorrection({ ...of, policy: partial }), { account: head });
    if (inPart === undefined) expect(answerOf(plan)).toBe('nothing_to_reverse');
    else expect(postingOn(changesOf(plan)).entries[0].minutes).toEqual(inPart);
  });

  it.each([
    { shortfall: 'debt', minutes: { earned: -30, debt: 50 }, restored: 80 },
    { shortfall: 'partial', minutes: { earned: -30, debt: 10 }, restored: 40 },
  ] as const)('what went on to a pool counts as spent: $shortfall', ({ shortfall, minutes, restored }) => {
    const of = original({
      counterpart: PAYER,
      minutes: { earned: 30, debt: -10 },
      overflow: { poolId: POOL, minutes: 40 },
    });
    const account = anAccount({ earned: 30 });
    const payer = anAccount({ accountId: PAYER });
    const correction = aCorrection({ original: of, policy: { ...policy, reversalShortfall: shortfall } });
    const changes = changesOf(planCorrection(correction, { account, payer }));
    expect(postingOn(changes).entries[0].minutes).toEqual(minutes);
    expect(postingOn(changes, PAYER).entries[0].minutes).toEqual({ earned: restored });
  });

  it('even where all of it went on to a pool; in part there is nothing to take back', () => {
    const of = original({ minutes: {}, overflow: { poolId: POOL, minutes: 60 } });
    const account = anAccount({ earned: 90_000, overflowPool: POOL });
    expect(postingOn(correct(account, { original: of })).entries[0].minutes).toEqual({ debt: 60 });
    expect(answerOf(planCorrection(aCorrection({ original: of, policy: partial }), { account }))).toBe(
      'nothing_to_reverse',
    );
  });

  it.each(['open', 'donate_only', 'frozen'] as const)('on an account that is %s', (state) => {
    expect(answerOf(planCorrection(aCorrection(), { account: anAccount({ state, earned: 60 }) }))).toBe(
      'done',
    );
  });

  it.each<[Entry['kind'], string]>([
    ['earned', 'done'],
    ['gift_in', 'done'],
    ['granted', 'not_reversible'],
    ['restored', 'not_reversible'],
    ['inherited', 'not_reversible'],
    ['moved_in', 'not_reversible'],
    ['spent', 'not_reversible'],
    ['gift_out', 'not_reversible'],
    ['donated', 'not_reversible'],
    ['lapsed', 'not_reversible'],
    ['reversed', 'not_reversible'],
    ['held', 'not_reversible'],
    ['released', 'not_reversible'],
    ['closed', 'not_reversible'],
  ])('where it came in for a visit or as a gift: %s, %s', (kind, answer) => {
    const plan = planCorrection(aCorrection({ original: original({ kind }) }), {
      account: anAccount({ earned: 60 }),
    });
    expect(answerOf(plan)).toBe(answer);
  });
});

describe('what was meant instead', () => {
  const instead = { transferId: transferNo(3), amountMinutes: 30 };
  const meant = {
    ...facts,
    kind: 'earned',
    accountId: accountNo(1),
    transferId: transferNo(3),
    counterpart: 'issue',
    corrects: transferNo(1),
  };

  it('is credited beside it, linked to the same line', () => {
    const account = anAccount({ earned: 60 });
    expect(correct(account, { instead })).toEqual([
      {
        change: 'post',
        entries: [
          { ...reversed, minutes: { earned: -60 } },
          { ...meant, minutes: { earned: 30 } },
        ],
        seen: account,
      },
      mark,
    ]);
  });

  it.each<[string, Parameters<typeof anAccount>[0], number, Minutes]>([
    ['repays first what the correction made a debt', {}, 30, { debt: -30 }],
    ['is credited while the account is frozen', { earned: 60, state: 'frozen' }, 30, { earned: 30 }],
    ['has no limit of the day', { earned: 60, tallies: { d20261121: 240 } }, 300, { earned: 300 }],
    [
      'is honour above the cap, whatever pool was chosen',
      { earned: 90_000, overflowPool: POOL },
      90,
      { earned: 60, honour: 30 },
    ],
    ["is a group's: up to a hundred days", { earned: 60, state: 'donate_only' }, 1441, { earned: 1441 }],
  ])('%s', (_row, account, amountMinutes, minutes) => {
    const head = anAccount(account);
    const posting = postingOn(correct(head, { instead: { ...instead, amountMinutes } }));
    expect(posting.entries[1]?.minutes).toEqual(minutes);
    expect('overflow' in (posting.entries[1] ?? {})).toBe(false);
    const after = posted(head, posting);
    expect(after.tallies).toEqual(head.tallies);
    expect(after.overflowPool).toBe(head.overflowPool);
  });

  it('is a day at most for a person', () => {
    const of = { instead: { ...instead, amountMinutes: 1441 } };
    expect(() => correct(anAccount({ earned: 60 }), of)).toThrow('a credit must be 1 to 1440');
  });

  it('can be taken back like the line that it replaces', () => {
    const account = anAccount({ earned: 60 });
    const posting = postingOn(correct(account, { instead }));
    const line = posting.entries[1];
    if (line === undefined) throw new Error('there is a second line');
    const again = postingOn(correct(posted(account, posting), { original: line, transferId: transferNo(4) }));
    expect(again.entries[0]).toMatchObject({ corrects: transferNo(3), minutes: { earned: -30 } });
  });
});

describe('where a member paid', () => {
  const paid = original({ counterpart: PAYER });
  const payer = anAccount({ accountId: PAYER, earned: 7 });

  it('what is taken back is theirs again', () => {
    const account = anAccount({ earned: 60 });
    expect(changesOf(planCorrection(aCorrection({ original: paid }), { account, payer }))).toEqual([
      {
        change: 'post',
        entries: [{ ...reversed, counterpart: PAYER, minutes: { earned: -60 } }],
        seen: account,
      },
      mark,
      {
        change: 'post',
        entries: [
          {
            ...facts,
            kind: 'restored',
            accountId: PAYER,
            transferId: transferNo(2),
            counterpart: accountNo(1),
            corrects: transferNo(1),
            minutes: { earned: 60 },
          },
        ],
        seen: payer,
      },
    ]);
  });

  it.each([
    { shortfall: 'debt', restored: 60 },
    { shortfall: 'partial', restored: 25 },
  ] as const)(
    'a gift that was spent in part comes back: $shortfall, $restored',
    ({ shortfall, restored }) => {
      const gift = original({ kind: 'gift_in', counterpart: PAYER, minutes: { gift: 60 } });
      const correction = aCorrection({ original: gift, policy: { ...policy, reversalShortfall: shortfall } });
      const account = anAccount({ gift: 25, earned: 100 });
      const changes = changesOf(planCorrection(correction, { account, payer }));
      expect(postingOn(changes, PAYER).entries[0].minutes).toEqual({ earned: restored });
      expect(netOf(postingOn(changes).entries[0])).toBe(-restored);
    },
  );

  it.each<[string, AccountHead | undefined, string]>([
    ['is there', payer, 'done'],
    ['is frozen', { ...payer, state: 'frozen' }, 'done'],
    ['is not there', undefined, 'unknown_account'],
    ['is closed', anAccount({ accountId: PAYER, state: 'closed' }), 'account_closed'],
  ])('their account %s', (_row, seen, answer) => {
    const sights = { account: anAccount({ earned: 60 }), payer: seen };
    expect(answerOf(planCorrection(aCorrection({ original: paid }), sights))).toBe(answer);
  });

  it('nothing else can be meant instead: another amount is a new visit', () => {
    const instead = { transferId: transferNo(3), amountMinutes: 30 };
    const sights = { account: anAccount({ earned: 60 }), payer };
    expect(answerOf(planCorrection(aCorrection({ original: paid, instead }), sights))).toBe('not_reversible');
  });

  it('somebody who did not pay gets nothing, whoever is shown beside', () => {
    const account = anAccount({ earned: 60 });
    expect(changesOf(planCorrection(aCorrection(), { account, payer }))).toHaveLength(2);
    const closed = { ...payer, state: 'closed' } as const;
    expect(answerOf(planCorrection(aCorrection(), { account, payer: closed }))).toBe('done');
  });
});

describe('whatever happened in between', () => {
  it('a correction restores exactly, or says what is owed or stays', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 480 }),
        fc.record({ earned: fc.constantFrom(0, 50, 89_900), debt: fc.nat(90) }),
        fc.boolean(),
        fc.nat(500),
        fc.constantFrom('debt', 'partial' as const),
        (amountMinutes, start, toPool, spent, reversalShortfall) => {
          const before = anAccount({ ...start, ...(toPool ? { overflowPool: POOL } : {}) });
          const { accountId } = before;
          const credit = { policy, facts, transferId: transferNo(1), accountId, amountMinutes };
          const banked = postingOn(changesOf(planBank(credit, before)));
          const [line] = banked.entries;
          const after = posted(before, banked);
          const gone = Math.min(spent, after.minutes.earned);
          const now = { ...after, minutes: { ...after.minutes, earned: after.minutes.earned - gone } };
          const correction = aCorrection({ original: line, policy: { ...policy, reversalShortfall } });
          const plan = planCorrection(correction, { account: now });
          if (plan.kind === 'refused') {
            expect(plan.refusal.code).toBe('nothing_to_reverse');
            expect(reversalShortfall).toBe('partial');
            return;
          }
          const end = posted(now, postingOn(plan.value));
          const overflow = line.overflow?.minutes ?? 0;
          const short = Math.max(0, (line.minutes.earned ?? 0) - now.minutes.earned);
          const owed = reversalShortfall === 'debt' ? overflow + short : 0;
          expect(end.minutes.earned).toBe(now.minutes.earned - (line.minutes.earned ?? 0) + short);
          expect(end.minutes.debt).toBe(before.minutes.debt + owed);
          expect(end.minutes.honour).toBe(before.minutes.honour);
          if (gone === 0 && overflow === 0) expect(end.minutes).toEqual(before.minutes);
        },
      ),
    );
  });
});
