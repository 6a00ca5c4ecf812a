/**
 * Hours for everybody: members donate to a pool, a pool grants to elders who cannot earn, and what an elder has
 * not used by the end of the period goes back. What comes in is a row put once; nobody waits for a counter.
 */
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import type { Lot, PoolId } from '@time-bank/contracts/ledger';
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { Instant } from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import { type AccountHead, type Minutes, isOver, totalOf } from './account.ts';
import { DAY_MINUTES, assertAmount } from './amount.ts';
import type { LedgerChange, PoolRow, Posting } from './change.ts';
import type { Entry, MovementFacts } from './entry.ts';
import { type Sight, refusedByAuthority, refusedByState } from './sight.ts';
import { takeInOrder } from './spend-order.ts';

/** What is to be given to a pool. */
export interface Donation {
  policy: Pick<Policy, 'donationAllowed'>;
  facts: MovementFacts;
  transferId: TransferId;
  accountId: AccountId;
  poolId: PoolId;
  amountMinutes: number;
  fingerprint: string;
  /** Of the donor's own sign-in. */
  authority?: number | undefined;
}

const rowOf = (
  facts: MovementFacts,
  row: Pick<PoolRow, 'poolId' | 'transferId' | 'counterpart' | 'minutes'>,
): PoolRow => ({ ...facts, ...row });

const donatedLine = (donation: Donation, minutes: Minutes): Entry => ({
  ...donation.facts,
  kind: 'donated',
  accountId: donation.accountId,
  transferId: donation.transferId,
  counterpart: donation.poolId,
  fingerprint: donation.fingerprint,
  minutes,
});

const giving = (donation: Donation, sight: AccountHead | 'unseen'): Planned<Posting> => {
  const { amountMinutes, authority } = donation;
  const states = ['open', 'donate_only'] as const;
  if (sight === 'unseen') {
    return done({
      change: 'post',
      entries: [donatedLine(donation, { earned: -amountMinutes })],
      assuming: {
        states,
        none: ['gift', 'debt'],
        atLeast: { earned: amountMinutes },
        ...(authority === undefined ? {} : { authority }),
      },
    });
  }
  const byState = refusedByAuthority(sight, authority) ?? refusedByState(sight, states);
  if (byState !== undefined) return byState;
  const { earned, gift, debt } = sight.minutes;
  if (debt > 0) return refused('debt_open');
  const { taken, missing } = takeInOrder({ earned, gift, lots: {} }, amountMinutes);
  if (missing > 0) {
    return refused('insufficient_hours', {
      availableMinutes: earned + gift,
      neededMinutes: amountMinutes,
    });
  }
  const minutes = {
    ...(taken.gift === 0 ? {} : { gift: -taken.gift }),
    ...(taken.earned === 0 ? {} : { earned: -taken.earned }),
  };
  return done({ change: 'post', entries: [donatedLine(donation, minutes)], seen: sight });
};

/**
 * Gives minutes to a pool, gifts received first, then earned ones; granted ones go back by themselves. A person
 * gives at most a day at once, an organisation a hundred. Whoever owes hours repays them first.
 * Refuses: session_ended, donation_not_allowed, unknown_account, account_frozen, account_closed, debt_open, insufficient_hours.
 */
export const planDonate = (donation: Donation, sight: Sight): Planned<LedgerChange[]> => {
  assertAmount(donation.amountMinutes, 'a donation', 100 * DAY_MINUTES);
  if (!donation.policy.donationAllowed) return refused('donation_not_allowed');
  if (sight === 'missing') return refused('unknown_account');
  const given = giving(donation, sight);
  if (given.kind === 'refused') return given;
  const { facts, poolId, transferId, accountId, amountMinutes } = donation;
  const row = rowOf(facts, { poolId, transferId, counterpart: accountId, minutes: amountMinutes });
  return done([given.value, { change: 'pool_in', row }]);
};

/** The most that a rule (6,000 minutes) times the factor of an ability level (500 percent) comes to. */
export const GRANT_MINUTES_MAX = 30_000;

/** An account carries at most so many grants at once. */
export const LOTS_MAX = 4;

/** What a pool is to grant to an elder, out of which of its parts, and when it goes back. */
export interface PoolGrant {
  policy: Pick<Policy, 'balanceCapMinutes'>;
  facts: MovementFacts;
  transferId: TransferId;
  accountId: AccountId;
  poolId: PoolId;
  amountMinutes: number;
  lapsesAt: Instant;
  shard: number;
  fingerprint: string;
}

const granting = (grant: PoolGrant, sight: AccountHead | 'unseen'): Planned<Posting> => {
  const { amountMinutes, poolId, lapsesAt } = grant;
  const room = grant.policy.balanceCapMinutes - amountMinutes;
  const line: Entry = {
    ...grant.facts,
    kind: 'granted',
    accountId: grant.accountId,
    transferId: grant.transferId,
    counterpart: poolId,
    fingerprint: grant.fingerprint,
    minutes: { granted: amountMinutes },
    lot: { minutes: amountMinutes, lapsesAt, poolId },
  };
  if (sight === 'unseen') {
    const assuming = { states: ['open'], totalAtMost: room, fewerLots: LOTS_MAX } as const;
    return done({ change: 'post', entries: [line], assuming });
  }
  const byState = refusedByState(sight, ['open']);
  if (byState !== undefined) return byState;
  if (Object.keys(sight.lots).length >= LOTS_MAX) return refused('too_many_grants');
  return totalOf(sight) > room
    ? refused('cap_reached')
    : done({ change: 'post', entries: [line], seen: sight });
};

/**
 * Grants 1 to 30,000 minutes out of one part of a pool. `shardMinutes`: what that part has, where somebody has looked.
 * Refuses: unknown_account, donate_only_account, account_frozen, account_closed, too_many_grants, cap_reached,
 * pool_short.
 */
export const planGrant = (grant: PoolGrant, sight: Sight, shardMinutes?: number): Planned<LedgerChange[]> => {
  assertAmount(grant.amountMinutes, 'a grant', GRANT_MINUTES_MAX);
  if (sight === 'missing') return refused('unknown_account');
  const granted = granting(grant, sight);
  if (granted.kind === 'refused') return granted;
  const { facts, poolId, transferId, accountId, amountMinutes, shard } = grant;
  if (shardMinutes !== undefined && shardMinutes < amountMinutes) return refused('pool_short');
  const row = rowOf(facts, { poolId, transferId, counterpart: accountId, minutes: -amountMinutes });
  return done([granted.value, { change: 'pool_out', row: { ...row, shard } }]);
};

/** A grant whose period is over: what is left of it goes back to its pool. */
export interface GrantLapse {
  facts: MovementFacts;
  transferId: TransferId;
  accountId: AccountId;
  grantId: TransferId;
  /** The content of the command, where this line is the one by which it is known again. */
  fingerprint?: string;
}

/**
 * Takes what is left of a grant back to the pool, once its period is over.
 * Refuses: unknown_account, grant_not_open.
 */
export const planGrantLapse = (
  lapse: GrantLapse,
  sight: AccountHead | 'missing',
): Planned<LedgerChange[]> => {
  if (sight === 'missing') return refused('unknown_account');
  const lot = sight.lots[lapse.grantId];
  if (lot === undefined) return refused('grant_not_open');
  if (!isOver(lot.lapsesAt, lapse.facts.at)) throw new Error('the period of the grant is not over');
  const { line, row } = lapsed(lapse, lot);
  return done([{ change: 'post', entries: [line], seen: sight }, row]);
};

/** The line and the row by which what is left of a grant goes back to its pool. */
export const lapsed = (lapse: GrantLapse, lot: Lot): { line: Entry; row: LedgerChange } => {
  const { facts, transferId, accountId, grantId, fingerprint } = lapse;
  const { poolId, minutes } = lot;
  const line: Entry = {
    ...facts,
    kind: 'lapsed',
    accountId,
    transferId,
    counterpart: poolId,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    minutes: { granted: -minutes },
    lots: { [grantId]: -minutes },
  };
  const row = rowOf(facts, { poolId, transferId, counterpart: accountId, minutes });
  return { line, row: { change: 'pool_in', row } };
};
