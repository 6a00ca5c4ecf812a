/**
 * Hours for family: a bound relative receives what the giver has earned. One way, final, never passed on: only
 * earned minutes can be given, and what arrives is a gift. The tie stands on the giver's account, so that it is
 * checked in the write itself.
 */
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import { type Planned, type RefusalCode, done, refused } from '@time-bank/contracts/refusals';
import { civilDateOf } from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import { type AccountHead, lookUp, totalOf, yearTally } from './account.ts';
import { assertAmount } from './amount.ts';
import { type Posting, meets } from './change.ts';
import type { LedgerChange } from './change.ts';
import type { Entry, MovementFacts } from './entry.ts';
import { type Sight, refusedByAuthority, refusedByState } from './sight.ts';

/** What is to be given, by whom, to whom. */
export interface Gift {
  policy: Pick<Policy, 'giftRelations' | 'giftYearMinutesMax' | 'balanceCapMinutes'>;
  facts: MovementFacts;
  transferId: TransferId;
  from: AccountId;
  to: AccountId;
  amountMinutes: number;
  fingerprint: string;
  /** Of the giver's own sign-in. */
  authority?: number | undefined;
}

const bondOf = (gift: Gift) => ({
  with: gift.to,
  relations: gift.policy.giftRelations,
  on: civilDateOf(gift.facts.at),
});

const tallyOf = (gift: Gift) => ({
  key: yearTally(civilDateOf(gift.facts.at)),
  atMost: gift.policy.giftYearMinutesMax - gift.amountMinutes,
});

const givenLine = (gift: Gift): Entry => ({
  ...gift.facts,
  kind: 'gift_out',
  accountId: gift.from,
  transferId: gift.transferId,
  counterpart: gift.to,
  fingerprint: gift.fingerprint,
  minutes: { earned: -gift.amountMinutes },
});

const receivedLine = (gift: Gift): Entry => ({
  ...gift.facts,
  kind: 'gift_in',
  accountId: gift.to,
  transferId: gift.transferId,
  counterpart: gift.from,
  minutes: { gift: gift.amountMinutes },
});

const refusedTie = (gift: Gift, giver: AccountHead): RefusalCode | undefined => {
  const bond = bondOf(gift);
  const tie = lookUp(giver.bonds, gift.to);
  if (tie === undefined || !bond.relations.includes(tie.relation)) return 'not_family';
  return tie.from > bond.on ? 'receiver_too_young' : undefined;
};

const giving = (gift: Gift, sight: Sight): Planned<Posting> => {
  const { amountMinutes } = gift;
  const entries: Posting['entries'] = [givenLine(gift)];
  const states = ['open'] as const;
  if (sight === 'missing') return refused('unknown_account');
  if (sight === 'unseen') {
    const assuming: Posting['assuming'] = {
      states,
      atLeast: { earned: amountMinutes },
      none: ['debt'],
      bond: bondOf(gift),
      tally: tallyOf(gift),
      ...(gift.authority === undefined ? {} : { authority: gift.authority }),
    };
    return done({ change: 'post', entries, assuming });
  }
  const byState = refusedByAuthority(sight, gift.authority) ?? refusedByState(sight, states);
  if (byState !== undefined) return byState;
  const byTie = refusedTie(gift, sight);
  if (byTie !== undefined) return refused(byTie);
  if (!meets(sight, { states, tally: tallyOf(gift) })) return refused('gift_year_cap_reached');
  if (sight.minutes.debt > 0) return refused('debt_open');
  if (sight.minutes.earned < amountMinutes) {
    return refused('insufficient_hours', {
      availableMinutes: sight.minutes.earned,
      neededMinutes: amountMinutes,
    });
  }
  return done({ change: 'post', entries, seen: sight });
};

const receiving = (gift: Gift, sight: Sight): Planned<Posting> => {
  const room = gift.policy.balanceCapMinutes - gift.amountMinutes;
  const entries: Posting['entries'] = [receivedLine(gift)];
  if (sight === 'missing') return refused('unknown_receiver');
  if (sight === 'unseen') {
    return done({ change: 'post', entries, assuming: { states: ['open'], totalAtMost: room } });
  }
  if (sight.state !== 'open') return refused('receiver_cannot_receive');
  return totalOf(sight) > room ? refused('cap_reached') : done({ change: 'post', entries, seen: sight });
};

/**
 * Gives 1 to 1,440 earned minutes to a bound relative. Whoever owes hours repays them first.
 * Refuses: session_ended, same_account, unknown_account, donate_only_account, account_frozen, account_closed, not_family,
 * receiver_too_young, gift_year_cap_reached, debt_open (the giver's), insufficient_hours, unknown_receiver,
 * receiver_cannot_receive, cap_reached (the receiver's).
 */
export const planGift = (gift: Gift, sights: { from: Sight; to: Sight }): Planned<LedgerChange[]> => {
  assertAmount(gift.amountMinutes, 'a gift');
  if (gift.from === gift.to) return refused('same_account');
  const given = giving(gift, sights.from);
  if (given.kind === 'refused') return given;
  const received = receiving(gift, sights.to);
  return received.kind === 'refused' ? received : done([given.value, received.value]);
};
