/**
 * Minutes that a disputed visit brought are set aside on the volunteer's account until it is decided, as far as they are
 * still there. Only earned minutes are: what was given or granted has another source. It is no request of the member's,
 * so the number of their own holds does not matter, nor whether the account is frozen: nothing leaves it.
 */
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import type { Hold } from '@time-bank/contracts/ledger';
import type { Instant } from '@time-bank/contracts/time';
import type { AccountHead } from './account.ts';
import type { LedgerChange } from './change.ts';
import { type Entry, type MovementFacts, applied } from './entry.ts';

/** What is to be set aside: `amountMinutes` whole minutes at most. */
export interface DisputeHold {
  facts: MovementFacts;
  transferId: TransferId;
  accountId: AccountId;
  amountMinutes: number;
  lapsesAt: Instant;
}

/**
 * Sets aside what is there of `amountMinutes`, 0 to all of it. Nothing where there is nothing, or the account is closed.
 */
export const planDisputeHold = (
  { facts, transferId, accountId, amountMinutes, lapsesAt }: DisputeHold,
  head: AccountHead,
): { changes: LedgerChange[]; heldMinutes: number } => {
  const earned = head.state === 'closed' ? 0 : Math.min(amountMinutes, head.minutes.earned);
  if (earned === 0) return { changes: [], heldMinutes: 0 };
  const hold: Hold = { lapsesAt, earned, gift: 0, lots: {} };
  const line: Entry = {
    ...facts,
    kind: 'held',
    accountId,
    transferId,
    counterpart: accountId,
    hold,
    minutes: { earned: -earned, held: earned },
  };
  return { changes: [{ change: 'post', entries: [line], seen: head }], heldMinutes: earned };
};

/** The line that frees what was set aside, and the account after it; undefined where the hold is not there any more. */
export const planDisputeRelease = (
  facts: MovementFacts,
  { transferId, holdId }: { transferId: TransferId; holdId: TransferId },
  head: AccountHead,
): { line: Entry; after: AccountHead } | undefined => {
  const hold = head.holds[holdId];
  if (hold === undefined) return undefined;
  const line: Entry = {
    ...facts,
    kind: 'released',
    accountId: head.accountId,
    transferId,
    counterpart: head.accountId,
    resolves: holdId,
    minutes: { earned: hold.earned, held: -hold.earned },
  };
  return { line, after: applied(head, line) };
};
