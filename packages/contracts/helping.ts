/**
 * Acting for somebody else: a relative or a guardian who is bound to an elder, and staff to whom a caller has come.
 * Whoever acts, the act stands under the elder's name with who did it, by which way, and what was checked.
 */
import * as z from 'zod/mini';
import { CardProof } from './card-proof.ts';
import { Cursor } from './cursor.ts';
import { FileId, MemberId } from './ids.ts';
import { DocumentNumber } from './ledger.ts';
import { MaskedPerson, ReachablePerson } from './member.ts';
import { CommunityCode } from './region.ts';
import { CivilDate, Instant } from './time.ts';
import { wholeCharacters } from './words.ts';

/** What a helper may do for the elder: ask for help, confirm visits, see the balance, spend minutes up to a limit. */
export const HelperScope = z.enum(['order', 'confirm', 'see_balance', 'spend']);
export type HelperScope = z.infer<typeof HelperScope>;

/** A family helper acts within a scope; a guardian (监护人), by a document and for a time, within all of them. */
export const HelperKind = z.enum(['family_proxy', 'guardian']);
export type HelperKind = z.infer<typeof HelperKind>;

/** 待审核 -> 待老人确认 -> 已绑定 -> 已解除; or declined by staff or by the elder. */
export const BindingState = z.enum(['proposed', 'checked', 'bound', 'ended', 'declined']);
export type BindingState = z.infer<typeof BindingState>;

/** How an elder said yes: on their own phone, with their card, or by voice before a witness of the staff. */
export const ConfirmedBy = z.enum(['own_phone', 'card', 'voice']);
export type ConfirmedBy = z.infer<typeof ConfirmedBy>;

/** How staff made sure who a caller is. */
export const CallerCheck = z.enum(['card', 'id_document', 'call_back', 'known_in_person']);
export type CallerCheck = z.infer<typeof CallerCheck>;

/** The ways by which a member reaches staff who act for them. */
export const StaffedChannel = z.enum(['counter', 'hotline']);
export type StaffedChannel = z.infer<typeof StaffedChannel>;

const text = (max: number) => z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(max));

/** The number of a recording of a call, as the telephone system gives it: letters, digits, hyphens. */
export const RecordingNumber = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/));

/**
 * Staff act for a member who came to the counter or called: for whom, by which way, how the caller was checked,
 * why, and the number of the recording where there is one (letters, digits and hyphens). The statement names
 * whoever wrote it.
 */
export const OnBehalfOf = z.strictObject({
  memberId: MemberId,
  channel: StaffedChannel,
  check: CallerCheck,
  note: text(200),
  recording: z.exactOptional(RecordingNumber),
});
export type OnBehalfOf = z.infer<typeof OnBehalfOf>;

/** A bound helper acts for their elder. */
export const AsHelperOf = z.strictObject({ memberId: MemberId });
export type AsHelperOf = z.infer<typeof AsHelperOf>;

/** For whom a command is given, where that is not oneself: as their helper, or as staff. */
export const ForWhom = z.union([OnBehalfOf, AsHelperOf]);
export type ForWhom = z.infer<typeof ForWhom>;

/** What a binding allows: `scopes`, and up to `spendMinutesMax` minutes (whole, 0 to 12,000) altogether. */
export const HelperTerms = z
  .strictObject({
    kind: HelperKind,
    scopes: z.array(HelperScope).check(z.minLength(1), z.maxLength(4)),
    spendMinutesMax: z.int().check(z.gte(0), z.lte(12_000)),
    until: CivilDate,
    document: z.exactOptional(DocumentNumber),
    proof: text(200),
  })
  .check(
    z.refine(({ kind, document }) => kind !== 'guardian' || document !== undefined, {
      path: ['document'],
      error: 'a guardian has a document',
    }),
    z.refine(({ scopes, spendMinutesMax }) => scopes.includes('spend') || spendMinutesMax === 0, {
      path: ['spendMinutesMax'],
      error: 'goes with the scope spend only',
    }),
  );
export type HelperTerms = z.infer<typeof HelperTerms>;

/** Proposes a binding: by the helper, or by staff for either. `bindingId` is made by whoever proposes. */
export const ProposeBinding = z.strictObject({
  bindingId: FileId,
  elderId: MemberId,
  helperId: MemberId,
  terms: HelperTerms,
});
export type ProposeBinding = z.infer<typeof ProposeBinding>;

/** In which capacity somebody acted for the person whose affair it was. */
export const ActedAs = z.enum(['family_proxy', 'guardian', 'counter', 'hotline', 'coordinator']);
export type ActedAs = z.infer<typeof ActedAs>;

/** Who did something in the name of another (由…代办), as that other sees them. */
export const ActedBy = z.strictObject({ ...MaskedPerson.shape, as: ActedAs });
export type ActedBy = z.infer<typeof ActedBy>;

/** Staff look at a proposed binding and its proof, and let it go on to the elder or decline it. */
export const CheckBinding = z.strictObject({ decision: z.enum(['accept', 'decline']) });
export type CheckBinding = z.infer<typeof CheckBinding>;

/**
 * The elder says yes or no: on their own phone; with their card, at a counter; or by voice, before a witness of the
 * staff who writes it down under their own name.
 */
export const ConfirmBinding = z
  .strictObject({
    by: ConfirmedBy,
    decision: z.enum(['accept', 'decline']),
    card: z.exactOptional(CardProof),
  })
  .check(
    z.refine(({ by, card }) => (by === 'card') === (card !== undefined), {
      path: ['card'],
      error: 'goes with by=card, and by=card with it',
    }),
  );
export type ConfirmBinding = z.infer<typeof ConfirmBinding>;

/** Ends a binding at once, or takes its proposal back. Staff say who called and how they made sure of it. */
export const EndBinding = z.strictObject({ reason: text(200), forWhom: z.exactOptional(OnBehalfOf) });
export type EndBinding = z.infer<typeof EndBinding>;

/** What a command on a binding answers. */
export const BindingReceipt = z.strictObject({ bindingId: FileId, state: BindingState, at: Instant });
export type BindingReceipt = z.infer<typeof BindingReceipt>;

const binding = {
  bindingId: FileId,
  state: BindingState,
  kind: HelperKind,
  scopes: z.array(HelperScope),
  spendMinutesMax: z.int(),
  spentMinutes: z.int(),
  until: CivilDate,
  proposedAt: Instant,
};

/**
 * A binding as the elder, the helper and the staff see it. `isInForce`: the helper may act today. `proof` and
 * `document` are for staff, and so is a helper's number.
 */
export const BindingView = z.strictObject({
  ...binding,
  isInForce: z.boolean(),
  elder: MaskedPerson,
  helper: z.union([ReachablePerson, MaskedPerson]),
  checkedAt: z.exactOptional(Instant),
  confirmedBy: z.exactOptional(ConfirmedBy),
  confirmedAt: z.exactOptional(Instant),
  endedAt: z.exactOptional(Instant),
  proof: z.exactOptional(z.string()),
  document: z.exactOptional(DocumentNumber),
});
export type BindingView = z.infer<typeof BindingView>;

/** Bindings; `cursor` is absent on the last page. */
export const BindingList = z.strictObject({
  items: z.array(BindingView),
  cursor: z.exactOptional(z.string()),
});
export type BindingList = z.infer<typeof BindingList>;

/** Which community's bindings wait, and from where on. */
export const BindingQuery = z.strictObject({ community: CommunityCode, cursor: z.exactOptional(Cursor) });

/** An elder whom I help, and what I may do. `elder` and where they live are absent until the binding is in force. */
export const HelpedRow = z.strictObject({
  ...binding,
  isInForce: z.boolean(),
  elderId: MemberId,
  elder: z.exactOptional(ReachablePerson),
  communityCode: z.exactOptional(CommunityCode),
});
export type HelpedRow = z.infer<typeof HelpedRow>;

/** The elders whom I help, and those who have not said yes yet. */
export const HelpedList = z.strictObject({ items: z.array(HelpedRow) });
export type HelpedList = z.infer<typeof HelpedList>;
