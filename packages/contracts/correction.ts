/** Mistakes on a statement, put right by new lines; large ones by two people. */
import * as z from 'zod/mini';
import { Cursor } from './cursor.ts';
import { RecordedNote } from './giving.ts';
import { AccountId, CommandId, MemberId, TransferId } from './ids.ts';
import { AmountMinutes, BalanceMinutes } from './minutes.ts';
import { RefusalCode } from './refusals.ts';
import { RegionCode } from './region.ts';
import { Instant } from './time.ts';

/**
 * Takes a line of an account back. `insteadMinutes`: what was meant; left out where nothing is due. `reason` stands
 * on the statements of both sides. `transferId` becomes the id of the line that takes back, and of its case.
 */
export const ProposeCorrection = z.strictObject({
  transferId: TransferId,
  accountId: AccountId,
  lineId: TransferId,
  insteadMinutes: z.exactOptional(AmountMinutes),
  reason: RecordedNote,
});
export type ProposeCorrection = z.infer<typeof ProposeCorrection>;

/** A second person's word on what somebody has proposed; it is said once. */
export const DecideCase = z.strictObject({
  commandId: CommandId,
  decision: z.enum(['approve', 'decline']),
});
export type DecideCase = z.infer<typeof DecideCase>;

/**
 * Where a correction stands. proposed -> approved -> carried_out | refused (by the ledger, once it was tried);
 * proposed -> declined.
 */
export const CorrectionState = z.enum(['proposed', 'approved', 'carried_out', 'refused', 'declined']);
export type CorrectionState = z.infer<typeof CorrectionState>;

/** What a command on a correction answers, the same for ever. `amountMinutes`: what the line brought, or what was taken back of it. */
export const CorrectionReceipt = z.strictObject({
  correctionId: TransferId,
  state: CorrectionState,
  amountMinutes: BalanceMinutes,
  at: Instant,
});
export type CorrectionReceipt = z.infer<typeof CorrectionReceipt>;

/** A correction that a second person decides, as the coordinators of its home see it. */
export const CorrectionView = z.strictObject({
  correctionId: TransferId,
  accountId: AccountId,
  lineId: TransferId,
  insteadMinutes: z.exactOptional(AmountMinutes),
  amountMinutes: BalanceMinutes,
  reason: RecordedNote,
  state: CorrectionState,
  openedBy: MemberId,
  openedAt: Instant,
  decidedBy: z.exactOptional(MemberId),
  decidedAt: z.exactOptional(Instant),
  refusal: z.exactOptional(RefusalCode),
});
export type CorrectionView = z.infer<typeof CorrectionView>;

/** The corrections that wait to be decided or carried out. */
export const CorrectionList = z.strictObject({
  items: z.array(CorrectionView),
  cursor: z.exactOptional(z.string()),
});
export type CorrectionList = z.infer<typeof CorrectionList>;

/**
 * Which region's open cases, and from where on: a township or a community for corrections, the round's own region
 * for grants.
 */
export const CaseQuery = z.strictObject({
  region: RegionCode,
  cursor: z.exactOptional(Cursor),
});
