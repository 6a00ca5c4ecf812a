/**
 * The words of the ledger: what kinds of lines an account has, who stands on the other side of one, why it was
 * written. There is no word for money here, and no field for a price.
 */
import * as z from 'zod/mini';
import { AccountId, TransferId } from './ids.ts';
import { BalanceMinutes } from './minutes.ts';
import { Instant } from './time.ts';

/**
 * A pool of hours given to everybody: of a township, a county or a city, or a named project of one of them, e.g.
 * `pool:341302001` or `pool:341302:winter-visits`.
 */
export const PoolId = z
  .string()
  .check(z.regex(/^pool:(\d{4}|\d{6}|\d{9})(:[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?)?$/))
  .brand<'PoolId'>();
export type PoolId = z.infer<typeof PoolId>;

/** The region to which a pool belongs. */
export const regionOfPool = (poolId: PoolId): string => poolId.split(':')[1] ?? '';

/** The number of a document on paper: 4 to 40 letters, digits and hyphens, e.g. `SZ-2026-0117`. */
export const DocumentNumber = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9-]{2,38}[A-Za-z0-9]$/))
  .brand<'DocumentNumber'>();
export type DocumentNumber = z.infer<typeof DocumentNumber>;

/** A purchase of paid service by a fund, as an account: `fund:` and its document's number. */
export const FundId = z
  .string()
  .check(z.regex(/^fund:[A-Za-z0-9][A-Za-z0-9-]{2,38}[A-Za-z0-9]$/))
  .brand<'FundId'>();
export type FundId = z.infer<typeof FundId>;

/** The account of a fund's purchase. */
export const fundOf = (document: DocumentNumber): FundId => FundId.parse(`fund:${document}`);

/**
 * Who stands on the other side of a line. `issue` gives every banked minute and takes back what is spent without
 * a helper of the bank; `outside` is another bank.
 */
export const Counterpart = z.union([AccountId, PoolId, FundId, z.enum(['issue', 'outside'])]);
export type Counterpart = z.infer<typeof Counterpart>;

/**
 * The kinds of lines.
 *
 * In: `earned` for a visit, `gift_in` from family, `granted` from a pool, `restored` by a correction, `inherited`,
 * `moved_in` from another bank.
 * Out: `spent` for help, `gift_out`, `donated` to a pool, `lapsed` back to the pool, `reversed` by a correction,
 * `bequeathed` to an heir, `moved_out`, `forfeited`.
 * Within the account: `held` for a request, `released`.
 * Marks without minutes: `frozen`, `unfrozen`, `closed`, `bond_made`, `bond_ended`, `overflow_chosen`,
 * `sign_ins_ended` (what the member's sign-ins before it may move is over).
 */
export const EntryKind = z.enum([
  'earned',
  'gift_in',
  'granted',
  'restored',
  'inherited',
  'moved_in',
  'spent',
  'gift_out',
  'donated',
  'lapsed',
  'reversed',
  'bequeathed',
  'moved_out',
  'forfeited',
  'held',
  'released',
  'frozen',
  'unfrozen',
  'closed',
  'bond_made',
  'bond_ended',
  'overflow_chosen',
  'sign_ins_ended',
]);
export type EntryKind = z.infer<typeof EntryKind>;

/** Why a line was written. */
export const EntryReason = z.enum([
  'visit_confirmed',
  'set_aside',
  'request_cancelled',
  'nobody_came',
  'hold_lapsed',
  'gift',
  'donation',
  'grant',
  'period_over',
  'correction',
  'group_activity',
  'purchase',
  'benefit',
  'death',
  'closing',
  'move',
  'dispute',
  'choice',
  'family_tie',
  'sign_in',
]);
export type EntryReason = z.infer<typeof EntryReason>;

/** What is left of one grant, the pool it came from, and when it goes back there. */
export const Lot = z.strictObject({ minutes: BalanceMinutes, lapsesAt: Instant, poolId: PoolId });
export type Lot = z.infer<typeof Lot>;

/**
 * Minutes set aside, by where they were taken from; granted minutes by their grants. From `lapsesAt` on they can
 * only come back.
 */
export const Hold = z.strictObject({
  lapsesAt: Instant,
  earned: BalanceMinutes,
  gift: BalanceMinutes,
  lots: z.record(TransferId, Lot),
});
export type Hold = z.infer<typeof Hold>;

/** How family stands to the person who gives: `parent` is the giver's parent. */
export const Relation = z.enum(['spouse', 'parent', 'child', 'grandparent', 'grandchild', 'friend']);
export type Relation = z.infer<typeof Relation>;

/** `donate_only`: an organisation's account of group hours. `frozen`: nothing goes out. `closed`: nothing moves. */
export const AccountState = z.enum(['open', 'donate_only', 'frozen', 'closed']);
export type AccountState = z.infer<typeof AccountState>;
