/** An account is frozen, freed, closed, or moves away. Written by a coordinator. */
import * as z from 'zod/mini';
import { RecordedNote } from './giving.ts';
import { MemberId, TransferId } from './ids.ts';
import { DocumentNumber, PoolId } from './ledger.ts';
import { BalanceMinutes } from './minutes.ts';
import { CommunityCode } from './region.ts';
import { Instant } from './time.ts';

/** Nothing goes out of the account any more. After a death the heirs have some months to say where its hours go. */
export const FreezeAccount = z.strictObject({
  transferId: TransferId,
  reason: z.enum(['death', 'dispute']),
  note: RecordedNote,
});
export type FreezeAccount = z.infer<typeof FreezeAccount>;

/** The account is free again. */
export const UnfreezeAccount = z.strictObject({ transferId: TransferId, note: RecordedNote });
export type UnfreezeAccount = z.infer<typeof UnfreezeAccount>;

/** Where what is left goes: to a pool of the home, to an heir who is bound as family, or, as the member has confirmed in writing, to nobody. */
export const RemainderTo = z.union([
  z.strictObject({ to: z.literal('pool'), poolId: PoolId }),
  z.strictObject({ to: z.literal('heir'), heirId: MemberId }),
  z.strictObject({ to: z.literal('nobody'), document: DocumentNumber }),
]);
export type RemainderTo = z.infer<typeof RemainderTo>;

/** Closes an account for ever. */
export const CloseAccount = z.strictObject({
  transferId: TransferId,
  remainder: RemainderTo,
  note: RecordedNote,
});
export type CloseAccount = z.infer<typeof CloseAccount>;

/**
 * The member moves to `toCommunity`. Inside the area in which hours are interchanged nothing moves; outside it the
 * account is closed and what is on it leaves with a signed document of this number.
 */
export const MoveAccount = z.strictObject({
  transferId: TransferId,
  toCommunity: CommunityCode,
  document: DocumentNumber,
  note: RecordedNote,
});
export type MoveAccount = z.infer<typeof MoveAccount>;

/** A compact JWS (RFC 7515), at most 4,096 characters. */
export const SignedDocument = z
  .string()
  .check(z.maxLength(4096), z.regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/));
export type SignedDocument = z.infer<typeof SignedDocument>;

/** A bank, as it is called in its documents: 1 to 60 characters. */
export const BankName = z.string().check(z.minLength(1), z.maxLength(60));

/** The most characters of a bank's name that tell it from another bank's. */
const MARK_CHARACTERS = 60;

/** What tells the documents of one bank from another's: its name in one spelling. */
export const BankMark = z
  .string()
  .check(z.maxLength(2 * MARK_CHARACTERS))
  .brand<'BankMark'>();
export type BankMark = z.infer<typeof BankMark>;

/** The mark of a bank: width, case and spaces of its name make no difference; at most 60 characters (Unicode NFKC). */
export const bankMark = (name: string): BankMark => {
  const plain = name.normalize('NFKC').toLowerCase().normalize('NFKC').replaceAll(/\s+/g, ' ').trim();
  return BankMark.parse(Array.from(plain).slice(0, MARK_CHARACTERS).join(''));
};

/** What a document of hours says: whole minutes by kind, of which bank's account, under a name that tells nobody who it is. */
export const HoursDocument = z.strictObject({
  document: DocumentNumber,
  bank: BankName,
  account: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
  earnedMinutes: BalanceMinutes,
  giftMinutes: BalanceMinutes,
  honourMinutes: BalanceMinutes,
  issuedAt: Instant,
});
export type HoursDocument = z.infer<typeof HoursDocument>;

/** How a move ended: the account stays, or is closed and its hours stand in `signed`. */
export const MoveReceipt = z.union([
  z.strictObject({ stays: z.literal(true) }),
  z.strictObject({
    stays: z.literal(false),
    transferId: TransferId,
    at: Instant,
    hours: HoursDocument,
    signed: SignedDocument,
  }),
]);
export type MoveReceipt = z.infer<typeof MoveReceipt>;

/** Brings in what stands in another bank's document, once. */
export const BringHours = z.strictObject({ transferId: TransferId, signed: SignedDocument });
export type BringHours = z.infer<typeof BringHours>;
