import { describe, expect, it } from 'vitest';
import { type AccountHead } from './account.ts';
import { posted } from './change.ts';
import {
  POOL,
  accountNo,
  anAccount,
  answerOf,
  changesOf,
  postingOn,
  someFacts,
  transferNo,
} from './examples.ts';
import { type Mark, planBond, planBondEnd, planFreeze, planOverflow, planUnfreeze } from './mark.ts';

const mark: Mark = {
  facts: someFacts({ reason: 'dispute' }),
  transferId: transferNo(1),
  accountId: accountNo(1),
  fingerprint: 'abcdefghijkl',
};
const line = {
  ...someFacts({ reason: 'dispute' }),
  accountId: accountNo(1),
  transferId: transferNo(1),
  counterpart: accountNo(1),
  fingerprint: 'abcdefghijkl',
  minutes: {},
};
const policy = { giftRelations: ['spouse', 'parent'], bondsMax: 2 } as const;
const tie = { relation: 'parent', from: '2026-11-21' } as const;
const bonds = { [accountNo(2)]: tie };
const states = ['open', 'donate_only', 'frozen', 'closed'] as const;

const plans: Record<
  string,
  { plan: (head: AccountHead | undefined) => ReturnType<typeof planFreeze>; answers: string[] }
> = {
  'is frozen': {
    plan: (head) => planFreeze(mark, head),
    answers: ['done', 'donate_only_account', 'account_frozen', 'account_closed'],
  },
  'is freed': {
    plan: (head) => planUnfreeze(mark, head),
    answers: ['account_not_frozen', 'account_not_frozen', 'done', 'account_not_frozen'],
  },
  'gets a tie': {
    plan: (head) => planBond({ ...mark, policy, with: accountNo(3), tie }, head),
    answers: ['done', 'donate_only_account', 'account_frozen', 'account_closed'],
  },
  'loses a tie': {
    plan: (head) => planBondEnd({ ...mark, with: accountNo(2) }, head),
    answers: ['done', 'done', 'done', 'account_closed'],
  },
  'gets a way for its surplus': {
    plan: (head) => planOverflow({ ...mark, poolId: POOL }, head),
    answers: ['done', 'done', 'done', 'account_closed'],
  },
};

describe.each(Object.entries(plans))('an account %s', (_what, { plan, answers }) => {
  it.each(states.map((state, index) => [state, answers[index]]))('where it is %s: %s', (state, answer) => {
    expect(answerOf(plan(anAccount({ state: state, bonds })))).toBe(answer);
  });

  it('where there is none: unknown_account', () => {
    expect(answerOf(plan(undefined))).toBe('unknown_account');
  });
});

const after = (plan: ReturnType<typeof planFreeze>, head: AccountHead) =>
  posted(head, postingOn(changesOf(plan)));

describe('a mark', () => {
  it('freezes, and frees again', () => {
    const head = anAccount();
    expect(changesOf(planFreeze(mark, head))).toEqual([
      { change: 'post', entries: [{ ...line, kind: 'frozen', state: 'frozen' }], seen: head },
    ]);
    const frozen = after(planFreeze(mark, head), head);
    expect(changesOf(planUnfreeze(mark, frozen))).toEqual([
      { change: 'post', entries: [{ ...line, kind: 'unfrozen', state: 'open' }], seen: frozen },
    ]);
    expect(after(planUnfreeze(mark, frozen), frozen)).toEqual({ ...head, sequence: 2 });
  });

  it('makes a family tie, and ends it', () => {
    const head = anAccount();
    const plan = planBond({ ...mark, policy, with: accountNo(2), tie }, head);
    expect(changesOf(plan)).toEqual([
      {
        change: 'post',
        entries: [{ ...line, kind: 'bond_made', bond: { with: accountNo(2), tie } }],
        seen: head,
      },
    ]);
    const bound = after(plan, head);
    const ended = planBondEnd({ ...mark, with: accountNo(2) }, bound);
    expect(changesOf(ended)).toEqual([
      {
        change: 'post',
        entries: [{ ...line, kind: 'bond_ended', bond: { with: accountNo(2) } }],
        seen: bound,
      },
    ]);
    expect(after(ended, bound).bonds).toEqual({});
  });

  it.each([
    { there: 1, who: 9, answer: 'done' },
    { there: 2, who: 9, answer: 'too_many_bonds' },
    { there: 3, who: 9, answer: 'too_many_bonds' },
    { there: 2, who: 20, answer: 'done' },
  ])('ties at most two people, of whom $there are there; again with one of them: $answer', (row) => {
    const head = anAccount({
      bonds: Object.fromEntries(Array.from({ length: row.there }, (_, n) => [accountNo(20 + n), tie])),
    });
    expect(answerOf(planBond({ ...mark, policy, with: accountNo(row.who), tie }, head))).toBe(row.answer);
  });

  it.each<['spouse' | 'parent' | 'child' | 'friend', string]>([
    ['spouse', 'done'],
    ['parent', 'done'],
    ['child', 'not_family'],
    ['friend', 'not_family'],
  ])('ties only whom the region allows: %s, %s', (relation, answer) => {
    const of = { ...mark, policy, with: accountNo(2), tie: { ...tie, relation } };
    expect(answerOf(planBond(of, anAccount()))).toBe(answer);
  });

  it('ties nobody to themselves, and ends no tie that is not there', () => {
    expect(answerOf(planBond({ ...mark, policy, with: accountNo(1), tie }, undefined))).toBe('same_account');
    expect(answerOf(planBondEnd({ ...mark, with: accountNo(3) }, anAccount({ bonds })))).toBe('not_family');
  });

  it('chooses a pool for surplus, or honour again', () => {
    const head = anAccount();
    const chosen = planOverflow({ ...mark, poolId: POOL }, head);
    expect(changesOf(chosen)).toEqual([
      { change: 'post', entries: [{ ...line, kind: 'overflow_chosen', overflowPool: POOL }], seen: head },
    ]);
    const withPool = after(chosen, head);
    expect(withPool.overflowPool).toBe(POOL);
    const back = planOverflow(mark, withPool);
    expect(postingOn(changesOf(back)).entries[0]).toStrictEqual({ ...line, kind: 'overflow_chosen' });
    expect('overflowPool' in after(back, withPool)).toBe(false);
  });
});
