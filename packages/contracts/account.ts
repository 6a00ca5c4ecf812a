/** What a member sees of the ledger. */
import * as z from 'zod/mini';
import { AccountId, RequestId, TransferId } from './ids.ts';
import { BalanceMinutes } from './minutes.ts';
import { ServiceCode } from './request.ts';
import { Instant } from './time.ts';

/** Whole minutes: `availableMinutes` can be used now, `heldMinutes` are set aside for requests that run. */
export const Balance = z.strictObject({
  accountId: AccountId,
  availableMinutes: BalanceMinutes,
  heldMinutes: BalanceMinutes,
  asOf: Instant,
});
export type Balance = z.infer<typeof Balance>;

/**
 * A line of the statement. `earned`: banked for a visit; `received`: from another member's hours;
 * `hold`: set aside for a request of one's own: pending, then posted (with what was used) or voided.
 */
export const EntryView = z.strictObject({
  transferId: TransferId,
  kind: z.enum(['earned', 'received', 'hold']),
  state: z.enum(['posted', 'pending', 'voided']),
  amountMinutes: z.int().check(z.gte(1)),
  usedMinutes: z.exactOptional(z.int().check(z.gte(0))),
  at: Instant,
  resolvedAt: z.exactOptional(Instant),
  requestId: RequestId,
  serviceCode: ServiceCode,
});
export type EntryView = z.infer<typeof EntryView>;

/** A page of the statement, newest first; `cursor` is absent on the last. */
export const StatementPage = z.strictObject({
  items: z.array(EntryView),
  cursor: z.exactOptional(z.string()),
});
export type StatementPage = z.infer<typeof StatementPage>;
