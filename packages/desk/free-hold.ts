/** A request ends without a visit: what was set aside for it is free again. */
import type { Command, RequestRecord } from '@time-bank/care/request';
import { type TransferId, accountOf, holdOf } from '@time-bank/contracts/ids';
import type { EntryReason } from '@time-bank/contracts/ledger';
import { type Planned, done } from '@time-bank/contracts/refusals';
import { sizeOf } from '@time-bank/ledger/account';
import type { LedgerChange } from '@time-bank/ledger/change';
import { type LookFirst, planRelease } from '@time-bank/ledger/hold';
import { sightOf } from '@time-bank/ledger/sight';
import type { Found } from './carry-out.ts';
import { movementFacts } from './command.ts';

/** What is to be written, and how many minutes come back; nothing for a request that the community pays. */
export interface Freed {
  changes: LedgerChange[];
  releasedMinutes?: number;
}

/**
 * Plans the release of a request's hold. A hold that has lapsed and was freed already leaves nothing to do.
 * Refuses: unknown_account.
 */
export const planFree = (
  request: RequestRecord,
  order: Command & { transferId: TransferId; reason: EntryReason },
  found: Found,
): Planned<Freed> | LookFirst => {
  if (request.hold === undefined) return done({ changes: [] });
  const accountId = accountOf(request.receiverId);
  const { transferId, reason, ...command } = order;
  const plan = planRelease(
    {
      facts: movementFacts(command, request, reason),
      transferId,
      accountId,
      holdId: holdOf(request.requestId),
      hold: request.hold,
    },
    false,
    sightOf(found.heads, accountId),
  );
  if (plan.kind === 'refused' && plan.refusal.code === 'hold_not_open') return done({ changes: [] });
  return plan.kind === 'done' ? done({ changes: plan.value, releasedMinutes: sizeOf(request.hold) }) : plan;
};
