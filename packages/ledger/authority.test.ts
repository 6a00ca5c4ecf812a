import { describe, expect, it } from 'vitest';
import { type AccountHead, authorityOf } from './account.ts';
import { meets, posted } from './change.ts';
import {
  LATER,
  POOL,
  accountNo,
  anAccount,
  answerOf,
  changesOf,
  postingOn,
  someFacts,
  transferNo,
} from './examples.ts';
import { planGift } from './gift.ts';
import { type HoldOrder, planHold } from './hold.ts';
import { planFreeze, planOverflow, planSignInsEnded } from './mark.ts';
import { planDonate } from './pool.ts';
import type { Sight } from './sight.ts';

const [OWN, OTHER] = [accountNo(1), accountNo(2)];
const mark = {
  facts: someFacts({ reason: 'sign_in' }),
  transferId: transferNo(1),
  accountId: OWN,
  fingerprint: 'abcdefghijkl',
};
const endedOn = (head: AccountHead, sight: Sight = head): AccountHead =>
  posted(head, postingOn(changesOf(planSignInsEnded(mark, sight))));

describe('that sign-ins were ended', () => {
  it('is a line of the account without minutes, which raises the version by one, seen or not', () => {
    const head = anAccount({ earned: 60, gift: 5 });
    for (const sight of [head, 'unseen'] as const) {
      const once = endedOn(head, sight);
      expect(once).toEqual({ ...head, sequence: 1, authority: 1 });
      expect(authorityOf(endedOn(once, sight === 'unseen' ? sight : once))).toBe(2);
    }
    expect(authorityOf(head)).toBe(0);
    expect(postingOn(changesOf(planSignInsEnded(mark, 'unseen'))).entries).toEqual([
      {
        ...mark.facts,
        kind: 'sign_ins_ended',
        accountId: OWN,
        transferId: transferNo(1),
        counterpart: OWN,
        fingerprint: 'abcdefghijkl',
        minutes: {},
      },
    ]);
  });

  it.each([
    { sight: 'unseen', answer: 'done' },
    { sight: 'missing', answer: 'unknown_account' },
    { sight: anAccount({ state: 'open' }), answer: 'done' },
    { sight: anAccount({ state: 'frozen' }), answer: 'done' },
    { sight: anAccount({ state: 'donate_only' }), answer: 'done' },
    { sight: anAccount({ state: 'closed' }), answer: 'account_closed' },
  ] as const)('is written whatever stands on the account, but on none that is closed: $answer', (row) => {
    expect(answerOf(planSignInsEnded(mark, row.sight))).toBe(row.answer);
  });

  it('is not assumed of an account that is closed', () => {
    const { assuming } = postingOn(changesOf(planSignInsEnded(mark, 'unseen')));
    expect(meets(anAccount({ state: 'closed' }), assuming ?? { states: [] })).toBe(false);
  });
});

const tie = { [OTHER]: { relation: 'parent', from: '2026-11-21' } } as const;
const amountMinutes = 30;
const orders: Record<
  string,
  (authority: number | undefined, sight: Sight) => ReturnType<typeof planHold> | ReturnType<typeof planGift>
> = {
  gift: (authority, sight) =>
    planGift(
      {
        ...mark,
        from: OWN,
        to: OTHER,
        amountMinutes,
        authority,
        policy: { giftRelations: ['parent'], giftYearMinutesMax: 600, balanceCapMinutes: 90_000 },
      },
      { from: sight, to: 'unseen' },
    ),
  donation: (authority, sight) =>
    planDonate({ ...mark, poolId: POOL, amountMinutes, authority, policy: { donationAllowed: true } }, sight),
  hold: (authority, sight) => {
    const order: HoldOrder = {
      ...mark,
      amountMinutes,
      authority,
      lapsesAt: LATER,
      policy: { openHoldsMax: 6 },
    };
    return planHold(order, sight);
  },
};

describe.each(Object.keys(orders))('a %s that a member orders', (kind) => {
  const plan = orders[kind]!;
  const head = anAccount({ earned: 60, bonds: tie, authority: 3 });

  it.each([
    { authority: 3, answer: 'done' },
    { authority: 2, answer: 'session_ended' },
    { authority: 4, answer: 'session_ended' },
    { authority: 0, answer: 'session_ended' },
    { authority: undefined, answer: 'done' },
  ])('with a sign-in of version $authority on an account of version 3: $answer', ({ authority, answer }) => {
    expect(answerOf(plan(authority, head))).toBe(answer);
  });

  it('says so before anything else that stands against it', () => {
    const frozen = { ...head, state: 'frozen' as const };
    const poor = { ...anAccount({ bonds: {}, debt: 5 }), authority: 3 };
    for (const worse of [frozen, poor]) {
      expect(answerOf(plan(2, worse))).toBe('session_ended');
      expect(answerOf(plan(3, worse))).not.toBe('session_ended');
    }
  });

  it('is assumed to be of that version where nobody has looked, and of any where it is not said', () => {
    const assumed = (authority: number | undefined) => {
      const planned = plan(authority, 'unseen');
      if (planned.kind !== 'done') throw new Error('it is planned');
      const changes = 'changes' in planned.value ? planned.value.changes : planned.value;
      return postingOn(changes, OWN).assuming ?? { states: [] };
    };
    expect(meets(head, assumed(3))).toBe(true);
    expect(meets(head, assumed(2))).toBe(false);
    expect(meets(head, assumed(undefined))).toBe(true);
    expect('authority' in assumed(undefined)).toBe(false);
    const { authority: _none, ...never } = head;
    expect(meets(never, assumed(0))).toBe(true);
    expect(meets(never, assumed(1))).toBe(false);
    expect(meets(head, assumed(0))).toBe(false);
  });
});

it('a choice for surplus asks for the version as well', () => {
  const head = anAccount({ authority: 1 });
  expect(answerOf(planOverflow({ ...mark, authority: 1 }, head))).toBe('done');
  expect(answerOf(planOverflow({ ...mark, authority: 0 }, head))).toBe('session_ended');
  expect(answerOf(planOverflow({ ...mark, authority: 0 }, { ...head, state: 'closed' }))).toBe(
    'session_ended',
  );
  expect(answerOf(planOverflow(mark, head))).toBe('done');
  const line = postingOn(changesOf(planOverflow({ ...mark, authority: 1 }, head))).entries[0];
  expect('authority' in line).toBe(false);
});

it('staff freeze an account whatever the version is', () => {
  expect(answerOf(planFreeze(mark, anAccount({ authority: 7 })))).toBe('done');
});
