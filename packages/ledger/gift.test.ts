import { Relation } from '@time-bank/contracts/ledger';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountHead } from './account.ts';
import { holdsOn, posted } from './change.ts';
import {
  LATER,
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
import { type Gift, planGift } from './gift.ts';

const [GIVER, RECEIVER] = [accountNo(1), accountNo(2)];
const policy: Gift['policy'] = {
  giftRelations: ['spouse', 'parent'],
  giftYearMinutesMax: 600,
  balanceCapMinutes: 90_000,
};
const aGift = (change: Partial<Gift> = {}): Gift => ({
  policy,
  facts: someFacts({ reason: 'gift' }),
  transferId: transferNo(1),
  from: GIVER,
  to: RECEIVER,
  amountMinutes: 60,
  fingerprint: 'abcdefghijkl',
  ...change,
});
const parent = { [RECEIVER]: { relation: 'parent', from: '2026-11-21' } } as const;
const giver = (change: Parameters<typeof anAccount>[0] = {}): AccountHead =>
  anAccount({ accountId: GIVER, earned: 60, bonds: parent, ...change });
const receiver = (change: Parameters<typeof anAccount>[0] = {}): AccountHead =>
  anAccount({ accountId: RECEIVER, ...change });

const out = {
  ...someFacts({ reason: 'gift' }),
  kind: 'gift_out',
  accountId: GIVER,
  transferId: transferNo(1),
  counterpart: RECEIVER,
  fingerprint: 'abcdefghijkl',
  minutes: { earned: -60 },
};
const into = {
  ...someFacts({ reason: 'gift' }),
  kind: 'gift_in',
  accountId: RECEIVER,
  transferId: transferNo(1),
  counterpart: GIVER,
  minutes: { gift: 60 },
};

describe('hours are given to family', () => {
  it('in one write, on accounts that nobody has looked at', () => {
    expect(planGift(aGift(), { from: 'unseen', to: 'unseen' })).toEqual({
      kind: 'done',
      value: [
        {
          change: 'post',
          entries: [out],
          assuming: {
            states: ['open'],
            atLeast: { earned: 60 },
            none: ['debt'],
            bond: { with: RECEIVER, relations: ['spouse', 'parent'], on: '2026-11-21' },
            tally: { key: 'y2026', atMost: 540 },
          },
        },
        { change: 'post', entries: [into], assuming: { states: ['open'], totalAtMost: 89_940 } },
      ],
    });
  });

  it('on accounts that were seen', () => {
    const [from, to] = [giver(), receiver()];
    expect(planGift(aGift(), { from, to })).toEqual({
      kind: 'done',
      value: [
        { change: 'post', entries: [out], seen: from },
        { change: 'post', entries: [into], seen: to },
      ],
    });
  });

  it('and counts in the year on the wall in China', () => {
    const keyAt = (at: string) =>
      postingOn(changesOf(planGift(aGift({ facts: someFacts({ at }) }), { from: 'unseen', to: 'unseen' })))
        .assuming?.tally?.key;
    expect(keyAt('2026-12-31T15:59:59.999Z')).toBe('y2026');
    expect(keyAt('2026-12-31T16:00:00.000Z')).toBe('y2027');
  });

  it.each<[string, Partial<Gift>, Parameters<typeof anAccount>[0], string]>([
    ['the tie begins today', {}, {}, 'done'],
    [
      'the tie begins tomorrow: the receiver has not the age yet',
      {},
      { bonds: { [RECEIVER]: { relation: 'parent', from: '2026-11-22' } } },
      'receiver_too_young',
    ],
    [
      'the day of the tie has begun in China, not in London',
      { facts: someFacts({ at: '2026-11-20T16:00:00.000Z' }) },
      {},
      'done',
    ],
    [
      'the day of the tie has not begun in China',
      { facts: someFacts({ at: '2026-11-20T15:59:59.999Z' }) },
      {},
      'receiver_too_young',
    ],
    [
      'the tie is of a relation that does not count here',
      {},
      { bonds: { [RECEIVER]: { relation: 'friend', from: '2026-01-01' } } },
      'not_family',
    ],
    [
      'the tie is with somebody else',
      {},
      { bonds: { [accountNo(3)]: { relation: 'parent', from: '2026-01-01' } } },
      'not_family',
    ],
    ['the year has just room', {}, { tallies: { y2026: 540 } }, 'done'],
    ['the year has a minute too little', {}, { tallies: { y2026: 541 } }, 'gift_year_cap_reached'],
    ['another year is full', {}, { tallies: { y2025: 600 } }, 'done'],
    ['the gift is more than a year allows', { amountMinutes: 601 }, { earned: 700 }, 'gift_year_cap_reached'],
    ['the gift is all that a year allows', { amountMinutes: 600 }, { earned: 700 }, 'done'],
    ['the giver owes a minute', {}, { debt: 1 }, 'debt_open'],
    ['a minute is missing', {}, { earned: 59 }, 'insufficient_hours'],
    [
      'what is missing stands as a gift received, as a grant or in a hold: it is not passed on',
      {},
      {
        earned: 59,
        gift: 99,
        lots: { [transferNo(8)]: aLot(99, LATER) },
        holds: { [transferNo(9)]: aHold({ earned: 99 }) },
      },
      'insufficient_hours',
    ],
  ])('%s', (_row, change, account, answer) => {
    const gift = aGift(change);
    const from = giver(account);
    expect(answerOf(planGift(gift, { from, to: 'unseen' }))).toBe(answer);
    const blind = postingOn(changesOf(planGift(gift, { from: 'unseen', to: 'unseen' })));
    expect(holdsOn(from, blind)).toBe(answer === 'done');
  });

  it('only as far as earned hours reach; what is there and what was asked for is told', () => {
    const from = giver({ earned: 59, gift: 500 });
    expect(planGift(aGift(), { from, to: 'unseen' })).toEqual({
      kind: 'refused',
      refusal: { code: 'insufficient_hours', availableMinutes: 59, neededMinutes: 60 },
    });
  });

  it.each<[string, Parameters<typeof anAccount>[0], string]>([
    ['has just room', { earned: 89_940 }, 'done'],
    ['has a minute too little room', { earned: 89_941 }, 'cap_reached'],
    ['has it all in honour minutes', { honour: 90_000 }, 'done'],
    ['is frozen', { state: 'frozen' }, 'receiver_cannot_receive'],
    ['is closed', { state: 'closed' }, 'receiver_cannot_receive'],
    ['is an organisation', { state: 'donate_only' }, 'receiver_cannot_receive'],
  ])('to somebody whose account %s', (_row, account, answer) => {
    const to = receiver(account);
    expect(answerOf(planGift(aGift(), { from: giver(), to }))).toBe(answer);
    const blind = postingOn(changesOf(planGift(aGift(), { from: 'unseen', to: 'unseen' })), RECEIVER);
    expect(holdsOn(to, blind)).toBe(answer === 'done');
  });

  it.each([0, 1441])('but never %d minutes', (amountMinutes) => {
    expect(() => planGift(aGift({ amountMinutes }), { from: 'unseen', to: 'unseen' })).toThrow(
      'a gift must be',
    );
  });

  it.each(Relation.options)('by the relations that the region allows, friends too: %s', (relation) => {
    const from = giver({ bonds: { [RECEIVER]: { relation, from: '2026-01-01' } } });
    const gift = aGift({ policy: { ...policy, giftRelations: [relation] } });
    expect(answerOf(planGift(gift, { from, to: 'unseen' }))).toBe('done');
  });
});

describe('whatever is given', () => {
  it('the year is never passed, nothing is made or lost, and looking changes nothing', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.nat(900), amounts, (earned, gifts) => {
        let [from, to] = [giver({ earned }), receiver()];
        gifts.forEach((amountMinutes, index) => {
          const gift = aGift({ amountMinutes, transferId: transferNo(index) });
          const exact = planGift(gift, { from, to });
          const blind = changesOf(planGift(gift, { from: 'unseen', to: 'unseen' }));
          expect(holdsOn(from, postingOn(blind))).toBe(exact.kind === 'done');
          if (exact.kind === 'refused') return;
          const after = posted(from, postingOn(exact.value));
          expect(posted(from, postingOn(blind))).toEqual(after);
          from = after;
          to = posted(to, postingOn(exact.value, RECEIVER));
        });
        expect(from.tallies['y2026'] ?? 0).toBeLessThanOrEqual(600);
        expect(from.tallies['y2026'] ?? 0).toBe(to.minutes.gift);
        expect(from.minutes.earned + to.minutes.gift).toBe(earned);
      }),
    );
  });
});
