/**
 * What a movement of minutes means. A plan names the account that gives, the account that takes and the amount,
 * so an unbalanced movement cannot be written. Only members' accounts have a limit and therefore a stored
 * balance; the issue account is the other side of every banked visit and is derived from the entries.
 *
 * Life of a hold: pending -> posted (some or all of it used, the rest released) | voided (all released).
 */
import type { AccountId, ActorId, RequestId, TransferId } from '@time-bank/contracts/ids';
import type { CommunityCode } from '@time-bank/contracts/region';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import type { Channel, ServiceCode } from '@time-bank/contracts/request';
import type { Instant } from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';

/** The account behind every hour that a community has promised: its balance is minus what was issued. */
export const ISSUE = 'issue';

/** What stands on a member's account. Whole minutes, never below zero; `sequence` counts its movements. */
export interface AccountHead {
  accountId: AccountId;
  availableMinutes: number;
  heldMinutes: number;
  sequence: number;
}

/** What every movement says of itself. */
export interface MovementFacts {
  at: Instant;
  actorId: ActorId;
  channel: Channel;
  region: CommunityCode;
  policyVersion: string;
  reason: string;
  requestId: RequestId;
  serviceCode: ServiceCode;
}

/** A line of an account that is written once and only read from then on. */
export interface EarnedEntry extends MovementFacts {
  kind: 'earned' | 'received';
  accountId: AccountId;
  transferId: TransferId;
  /** The account on the other side. */
  counterpart: AccountId | typeof ISSUE;
  amountMinutes: number;
}

/** Minutes set aside. Changes once: from pending to posted or voided. */
export interface HoldEntry extends MovementFacts {
  kind: 'hold';
  accountId: AccountId;
  transferId: TransferId;
  amountMinutes: number;
  state: 'pending' | 'posted' | 'voided';
  usedMinutes?: number;
  resolvedAt?: Instant;
  /** The account that received what was used, and the transfer under which it stands there. */
  counterpart?: AccountId;
  counterpartTransferId?: TransferId;
}

/** A line of an account. */
export type Entry = EarnedEntry | HoldEntry;

/** What the store is to write, with the conditions it must hold. */
export type LedgerChange =
  | { change: 'open_account'; accountId: AccountId; at: Instant }
  /** Holds if the account exists, is open, and has at most `roomUpToMinutes` before. */
  | { change: 'credit'; entry: EarnedEntry; roomUpToMinutes: number }
  /** Holds if at least the amount is available. */
  | { change: 'hold'; hold: HoldEntry }
  /** Holds if the hold is pending. Available grows by what was not used; held shrinks by the whole. */
  | {
      change: 'resolve_hold';
      hold: HoldEntry & { state: 'posted' | 'voided'; usedMinutes: number; resolvedAt: Instant };
    };

const assertAmount = (minutes: number, what: string): void => {
  if (!Number.isSafeInteger(minutes) || minutes < 1 || minutes > 1440) {
    throw new Error(`${what} must be 1 to 1,440 whole minutes, not ${minutes}`);
  }
};

interface Credit {
  policy: Policy;
  facts: MovementFacts;
  transferId: TransferId;
  accountId: AccountId;
  amountMinutes: number;
}

const credit = (
  kind: EarnedEntry['kind'],
  counterpart: EarnedEntry['counterpart'],
  plan: Credit,
): LedgerChange => {
  assertAmount(plan.amountMinutes, 'a credit');
  const { accountId, transferId, amountMinutes, facts } = plan;
  return {
    change: 'credit',
    entry: { kind, accountId, transferId, counterpart, amountMinutes, ...facts },
    roomUpToMinutes: plan.policy.balanceCapMinutes - amountMinutes,
  };
};

/** Banks minutes for a confirmed visit: from the issue account to the volunteer. Refused by the write: unknown_account, cap_reached. */
export const planBank = (plan: Credit): LedgerChange[] => [credit('earned', ISSUE, plan)];

/**
 * Sets `amountMinutes` aside. Reading the head first is a courtesy to the member: the write decides.
 * Refuses: unknown_account, insufficient_hours.
 */
export const planHold = (plan: {
  facts: MovementFacts;
  transferId: TransferId;
  head: AccountHead | undefined;
  amountMinutes: number;
}): Outcome<LedgerChange[]> => {
  assertAmount(plan.amountMinutes, 'a hold');
  if (plan.head === undefined) return refused('unknown_account');
  if (plan.head.availableMinutes < plan.amountMinutes) {
    return refused('insufficient_hours', {
      availableMinutes: plan.head.availableMinutes,
      neededMinutes: plan.amountMinutes,
    });
  }
  const { accountId } = plan.head;
  return done([
    {
      change: 'hold',
      hold: {
        kind: 'hold',
        state: 'pending',
        accountId,
        transferId: plan.transferId,
        amountMinutes: plan.amountMinutes,
        ...plan.facts,
      },
    },
  ]);
};

/**
 * Uses a hold for `usedMinutes` (0 to its amount): they go to the payee, the rest is released.
 * Refused by the write: unknown_account, cap_reached, hold_not_open.
 */
export const planCapture = (
  plan: Omit<Credit, 'amountMinutes'> & { hold: HoldEntry; usedMinutes: number },
): LedgerChange[] => {
  const { hold, usedMinutes, facts, transferId, accountId } = plan;
  if (usedMinutes > hold.amountMinutes) throw new Error('a hold cannot give more than it holds');
  if (accountId === hold.accountId) throw new Error('payer and payee are different accounts');
  if (usedMinutes === 0) return planVoid({ hold, at: facts.at });
  return [
    {
      change: 'resolve_hold',
      hold: {
        ...hold,
        state: 'posted',
        usedMinutes,
        resolvedAt: facts.at,
        counterpart: accountId,
        counterpartTransferId: transferId,
      },
    },
    credit('received', hold.accountId, { ...plan, amountMinutes: usedMinutes }),
  ];
};

/** Releases a hold entirely. Refused by the write: hold_not_open. */
export const planVoid = (plan: { hold: HoldEntry; at: Instant }): LedgerChange[] => [
  { change: 'resolve_hold', hold: { ...plan.hold, state: 'voided', usedMinutes: 0, resolvedAt: plan.at } },
];

/** What a hold takes from the account's available minutes and from its held minutes when it is resolved. */
export const releaseOf = (hold: HoldEntry): { toAvailable: number; fromHeld: number } => ({
  toAvailable: hold.amountMinutes - (hold.usedMinutes ?? 0),
  fromHeld: hold.amountMinutes,
});
