/** What a member sees of the ledger. */
import * as z from 'zod/mini';
import { Cursor } from './cursor.ts';
import { ActedBy } from './helping.ts';
import { AccountId, RequestId, TransferId } from './ids.ts';
import { BalanceMinutes } from './minutes.ts';
import { AccountState, EntryKind, EntryReason, PoolId } from './ledger.ts';
import { Channel, ServiceCode } from './request.ts';
import { Instant } from './time.ts';
import { Words } from './words.ts';

/**
 * Whole minutes: `availableMinutes` can be used now, `heldMinutes` are set aside for requests that run. Of the
 * available ones `grantedMinutes` lapse, the first of them at `nextLapseAt`, and `earnedMinutes` can be given to
 * family. `honourMinutes` count for stars and are not spent; `debtMinutes` are repaid by what is earned next.
 */
export const Balance = z.strictObject({
  accountId: AccountId,
  state: AccountState,
  availableMinutes: BalanceMinutes,
  heldMinutes: BalanceMinutes,
  earnedMinutes: BalanceMinutes,
  grantedMinutes: BalanceMinutes,
  nextLapseAt: z.exactOptional(Instant),
  honourMinutes: BalanceMinutes,
  debtMinutes: BalanceMinutes,
  overflowPool: z.exactOptional(PoolId),
  asOf: Instant,
});
export type Balance = z.infer<typeof Balance>;

/**
 * A line of the statement. `changeMinutes`: what it adds to what can be spent, below zero where it takes away;
 * `heldMinutes`: the same for what is set aside. `amountMinutes`: what the line is about, 0 for a mark.
 * `resolves`: the hold that ends with it. `corrects`: the line that it takes back or replaces.
 * `by`: who acted in the owner's name, where that was not the owner.
 */
export const EntryView = z.strictObject({
  transferId: TransferId,
  kind: EntryKind,
  reason: EntryReason,
  amountMinutes: BalanceMinutes,
  changeMinutes: z.int(),
  heldMinutes: z.int(),
  honourMinutes: z.int(),
  debtMinutes: z.int(),
  at: Instant,
  channel: Channel,
  policyVersion: z.string(),
  requestId: z.exactOptional(RequestId),
  serviceCode: z.exactOptional(ServiceCode),
  serviceWords: z.exactOptional(Words),
  resolves: z.exactOptional(TransferId),
  corrects: z.exactOptional(TransferId),
  poolId: z.exactOptional(PoolId),
  overflowMinutes: z.exactOptional(BalanceMinutes),
  lapsesAt: z.exactOptional(Instant),
  note: z.exactOptional(z.string()),
  by: z.exactOptional(ActedBy),
});
export type EntryView = z.infer<typeof EntryView>;

/** From where on to read the statement. */
export const StatementQuery = z.strictObject({ cursor: z.exactOptional(Cursor) });

/** A page of the statement, newest first; `cursor` is absent on the last. */
export const StatementPage = z.strictObject({
  items: z.array(EntryView),
  cursor: z.exactOptional(z.string()),
});
export type StatementPage = z.infer<typeof StatementPage>;

/** What a movement of the ledger answers; the same command answers the same for ever. */
export const TransferReceipt = z.strictObject({
  transferId: TransferId,
  kind: EntryKind,
  amountMinutes: BalanceMinutes,
  at: Instant,
});
export type TransferReceipt = z.infer<typeof TransferReceipt>;
