/** The worked examples of the rules, as people who run a time bank tell them. */
import { defaults } from '@time-bank/policy/catalogue';
import { creditedMinutes } from '@time-bank/policy/policy';
import { describe, expect, it } from 'vitest';
import type { AccountHead } from './account.ts';
import { type Credit, planBank } from './bank.ts';
import { posted } from './change.ts';
import { planCorrection } from './correction.ts';
import { counterAmountOf, netOf } from './entry.ts';
import {
  NOW,
  POOL,
  aLot,
  accountNo,
  anAccount,
  answerOf,
  changesOf,
  postingOn,
  someFacts,
  transferNo,
} from './examples.ts';
import { planGift } from './gift.ts';
import { planHold } from './hold.ts';
import { planGrantLapse } from './pool.ts';

const ids = {
  facts: someFacts(),
  transferId: transferNo(1),
  accountId: accountNo(1),
  fingerprint: 'abcdefghijkl',
};
const bank = (head: AccountHead, amountMinutes: number, policy: Credit['policy'] = defaults) =>
  postingOn(changesOf(planBank({ ...ids, policy, amountMinutes }, head)));

describe('rules by their examples', () => {
  it('R-03: of 39 minutes 30 are credited; the 39 stay in the record of the visit', () => {
    const credited = creditedMinutes(defaults, 39, 60);
    expect(bank(anAccount(), credited).entries[0].minutes).toEqual({ earned: 30 });
  });

  it('R-05: five hours under a limit of four a day credit four; five are on the line', () => {
    const [line] = bank(anAccount(), 300, { ...defaults, dailyCreditMinutesMax: 240 }).entries;
    expect(line.minutes).toEqual({ earned: 240, honour: 60 });
    expect(netOf(line)).toBe(300);
  });

  it.each([
    { way: 'honour', account: {}, minutes: { earned: 30, honour: 30 }, overflow: undefined },
    {
      way: 'a pool',
      account: { overflowPool: POOL },
      minutes: { earned: 30 },
      overflow: { poolId: POOL, minutes: 30 },
    },
  ])('R-11: 1,499.5 hours and one more credit half an hour, and half an hour is $way', (row) => {
    const [line] = bank(anAccount({ earned: 89_970, ...row.account }), 60).entries;
    expect(line.minutes).toEqual(row.minutes);
    expect(line.overflow).toEqual(row.overflow);
  });

  it('R-19: a gift to somebody who is not bound is refused', () => {
    const gift = { ...ids, policy: defaults, from: accountNo(1), to: accountNo(2), amountMinutes: 60 };
    const from = anAccount({ earned: 60 });
    expect(answerOf(planGift(gift, { from, to: 'unseen' }))).toBe('not_family');
  });

  it('R-19: a gift to a bound parent of 58 is refused where the receiver must have the age, until the day', () => {
    const gift = { ...ids, policy: defaults, from: accountNo(1), to: accountNo(2), amountMinutes: 60 };
    // Born on 8 March 1968: 60 on 8 March 2028.
    const bonds = { [accountNo(2)]: { relation: 'parent', from: '2028-03-08' } } as const;
    const sights = { from: anAccount({ earned: 60, bonds }), to: anAccount({ accountId: accountNo(2) }) };
    const on = (at: string) => answerOf(planGift({ ...gift, facts: someFacts({ at }) }, sights));
    expect(on(NOW)).toBe('receiver_too_young');
    expect(on('2028-03-07T15:59:59.999Z')).toBe('receiver_too_young');
    expect(on('2028-03-07T16:00:00.000Z')).toBe('done');
  });

  it('R-21: a grant that was not used lapses to its pool, and the sum of the books is unchanged', () => {
    const head = anAccount({ earned: 5, lots: { [transferNo(9)]: aLot(120, NOW) } });
    const changes = changesOf(planGrantLapse({ ...ids, grantId: transferNo(9) }, head));
    const after = posted(head, postingOn(changes));
    const [, row] = changes;
    expect(after.minutes).toMatchObject({ earned: 5, granted: 0 });
    expect(row).toMatchObject({ change: 'pool_in', row: { poolId: POOL, minutes: 120 } });
    expect(netOf(head)).toBe(netOf(after) + 120);
  });

  it('R-21: from the end of its period on it cannot be spent, whether or not it has gone back', () => {
    const head = anAccount({ lots: { [transferNo(9)]: aLot(120, NOW) } });
    const order = { ...ids, policy: defaults, amountMinutes: 60, lapsesAt: '2026-12-01T00:00:00.000Z' };
    expect(answerOf(planHold({ ...order, facts: someFacts({ at: '2026-11-21T01:59:59.999Z' }) }, head))).toBe(
      'done',
    );
    expect(answerOf(planHold(order, head))).toBe('insufficient_hours');
  });

  it('R-27: a correction is a line that takes back and a new line, and the old one stands', () => {
    const banked = bank(anAccount(), 90);
    const [original] = banked.entries;
    const account = posted(anAccount(), banked);
    const correction = {
      ...ids,
      policy: defaults,
      transferId: transferNo(2),
      original,
      instead: { transferId: transferNo(3), amountMinutes: 60 },
    };
    const posting = postingOn(changesOf(planCorrection(correction, { account })));
    expect(posting.entries.map(({ kind, corrects, minutes }) => ({ kind, corrects, minutes }))).toEqual([
      { kind: 'reversed', corrects: transferNo(1), minutes: { earned: -90 } },
      { kind: 'earned', corrects: transferNo(1), minutes: { earned: 60 } },
    ]);
    expect(posted(account, posting).minutes.earned).toBe(60);
    const issue = [original, ...posting.entries].map(counterAmountOf).reduce((all, each) => all + each, 0);
    expect(issue).toBe(-60);
  });
});
