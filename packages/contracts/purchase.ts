/**
 * Hours of paid service that a fund has bought for visits that nobody makes, entered by the number of their document.
 * What was paid stands in the fund's books and nowhere here.
 */
import * as z from 'zod/mini';
import { RequestId, TransferId } from './ids.ts';
import { DocumentNumber } from './ledger.ts';
import { BalanceMinutes } from './minutes.ts';
import { CommunityCode } from './region.ts';
import { Instant } from './time.ts';
import { nameCharacters } from './words.ts';

/** Who serves, 1 to 60 characters. */
export const ProviderName = z.string().check(z.trim(), nameCharacters, z.minLength(1), z.maxLength(60));

/** A purchase of 1 to 1,000,000 minutes, for the requests within reach of who entered it. Once for each document. */
export const EnterPurchase = z.strictObject({
  document: DocumentNumber,
  provider: ProviderName,
  totalMinutes: z.int().check(z.gte(1), z.lte(1_000_000)),
  communityCode: CommunityCode,
});
export type EnterPurchase = z.infer<typeof EnterPurchase>;

/** A purchase and what is left of it. */
export const PurchaseView = z.strictObject({
  document: DocumentNumber,
  provider: ProviderName,
  totalMinutes: BalanceMinutes,
  leftMinutes: BalanceMinutes,
  communityCode: CommunityCode,
  enteredAt: Instant,
});
export type PurchaseView = z.infer<typeof PurchaseView>;

/** What entering a purchase answers, the same for ever. */
export const PurchaseReceipt = z.omit(PurchaseView, { leftMinutes: true });
export type PurchaseReceipt = z.infer<typeof PurchaseReceipt>;

/** A provider has served a request that no volunteer took: its hours go to the purchase. */
export const UsePurchase = z.strictObject({ transferId: TransferId, requestId: RequestId });
export type UsePurchase = z.infer<typeof UsePurchase>;
