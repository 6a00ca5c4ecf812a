/** Hours that are given away: to family, to a pool for everybody, and what is above a cap. */
import * as z from 'zod/mini';
import { OnBehalfOf } from './helping.ts';
import { MemberId, TransferId } from './ids.ts';
import { DocumentNumber, PoolId, Relation } from './ledger.ts';
import { MaskedPerson } from './member.ts';
import { AmountMinutes, BalanceMinutes } from './minutes.ts';
import { CivilDate } from './time.ts';
import { wholeCharacters } from './words.ts';

/** Why, or on what proof: 1 to 200 characters. It stands on the statement. */
export const RecordedNote = z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(200));

/** Gives earned minutes to a bound relative: final, and never passed on. */
export const GiveHours = z.strictObject({
  transferId: TransferId,
  receiverId: MemberId,
  amountMinutes: AmountMinutes,
  forWhom: z.exactOptional(OnBehalfOf),
});
export type GiveHours = z.infer<typeof GiveHours>;

/** Gives minutes to a pool of one's home: its township, its county, or a named project of either. */
export const DonateHours = z.strictObject({
  transferId: TransferId,
  poolId: PoolId,
  amountMinutes: AmountMinutes,
  forWhom: z.exactOptional(OnBehalfOf),
});
export type DonateHours = z.infer<typeof DonateHours>;

/** Chooses where minutes above a cap go from now on: `honour`, or a pool of one's home. */
export const ChooseOverflow = z.strictObject({
  transferId: TransferId,
  overflowTo: z.union([z.literal('honour'), PoolId]),
  forWhom: z.exactOptional(OnBehalfOf),
});
export type ChooseOverflow = z.infer<typeof ChooseOverflow>;

/** Binds a relative to a giver. `relation` is seen from the giver; `proof` says what was shown, `document` which one. */
export const BindFamily = z.strictObject({
  transferId: TransferId,
  giverId: MemberId,
  receiverId: MemberId,
  relation: Relation,
  proof: RecordedNote,
  document: z.exactOptional(DocumentNumber),
});
export type BindFamily = z.infer<typeof BindFamily>;

/** Ends a family tie, with the reason. What was given stays given. */
export const EndFamily = z.strictObject({
  transferId: TransferId,
  giverId: MemberId,
  receiverId: MemberId,
  reason: RecordedNote,
});
export type EndFamily = z.infer<typeof EndFamily>;

/** Whose ties; one's own where it is left out. */
export const FamilyQuery = z.strictObject({ memberId: z.exactOptional(MemberId) });

/** A relative to whom hours can be given from `from` on; `canReceive`: today, under the rules of the region. */
export const FamilyTie = z.strictObject({
  ...MaskedPerson.shape,
  relation: Relation,
  from: CivilDate,
  canReceive: z.boolean(),
});
export type FamilyTie = z.infer<typeof FamilyTie>;

/** The ties of one member. */
export const FamilyList = z.strictObject({ items: z.array(FamilyTie) });
export type FamilyList = z.infer<typeof FamilyList>;

/**
 * What moved a pool. In: `donated`, `overflow` (above somebody's cap), `left_over` (of a closed account),
 * `returned` (granted and not used in time). Out: `granted`. Anything else is `corrected`.
 */
export const PoolLineKind = z.enum(['donated', 'overflow', 'left_over', 'returned', 'granted', 'corrected']);
export type PoolLineKind = z.infer<typeof PoolLineKind>;

/** A line of a pool as everybody may see it: nobody's name, and no hour of the day. Out is below zero. */
export const PoolLine = z.strictObject({
  on: CivilDate,
  kind: PoolLineKind,
  changeMinutes: z.int(),
});
export type PoolLine = z.infer<typeof PoolLine>;

/** A pool: what can be granted now, and its newest lines. What has just come in can be granted a little later. */
export const PoolView = z.strictObject({
  poolId: PoolId,
  regionName: z.string(),
  availableMinutes: BalanceMinutes,
  lines: z.array(PoolLine),
});
export type PoolView = z.infer<typeof PoolView>;
