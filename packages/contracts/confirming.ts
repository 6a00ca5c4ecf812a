/** What comes after a visit: the elder's side confirms, both sides rate, either side may dispute, and staff look twice. */
import * as z from 'zod/mini';
import { CardProof } from './card-proof.ts';
import { Cursor } from './cursor.ts';
import { ForWhom } from './helping.ts';
import { CommandId, RequestId, TransferId } from './ids.ts';
import { Gender, MaskedPerson, VisitCode } from './member.ts';
import { CommunityCode, RegionCode } from './region.ts';
import { RequestState, RequestView } from './request.ts';
import { CivilDate, Instant } from './time.ts';
import { CallbackReason, RatingLevel } from './visiting.ts';
import { Words, wholeCharacters } from './words.ts';

const text = (max: number) => z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(max));

/**
 * At a counter: the elder's card and PIN say that the visit took place. On the telephone: the elder reads the six digits
 * of the card aloud.
 */
export const ConfirmByCard = z.strictObject({
  transferId: TransferId,
  shown: z.union([CardProof, z.strictObject({ code: VisitCode })]),
});
export type ConfirmByCard = z.infer<typeof ConfirmByCard>;

/** Asks for a link with which somebody without a sign-in can confirm one visit, once. */
export const MakeConfirmLink = z.strictObject({ linkId: CommandId, forWhom: z.exactOptional(ForWhom) });
export type MakeConfirmLink = z.infer<typeof MakeConfirmLink>;

/**
 * What stands behind `#` in the link: 110 characters of ids, an end and a signature. It is sent in messages only, never
 * in an address that reaches a server.
 */
export const LinkToken = z
  .string()
  .check(
    z.regex(
      /^[0-7][0-9A-HJKMNP-TV-Z]{25}[0-7][0-9A-HJKMNP-TV-Z]{25}[0-7][0-9A-HJKMNP-TV-Z]{25}\d{10}[A-Za-z0-9_-]{22}$/,
    ),
  )
  .brand<'LinkToken'>();
export type LinkToken = z.infer<typeof LinkToken>;

/** A link, and when it ends. */
export const ConfirmLink = z.strictObject({ token: LinkToken, expiresAt: Instant });
export type ConfirmLink = z.infer<typeof ConfirmLink>;

/** Shows, or uses, a link. */
export const UseConfirmLink = z.strictObject({ token: LinkToken });
export type UseConfirmLink = z.infer<typeof UseConfirmLink>;

const Stranger = z.strictObject({ surname: z.string(), gender: Gender });

/** What whoever has the link sees before they say yes: what, when, how long, and two family names. */
export const ConfirmLinkView = z.strictObject({
  serviceWords: Words,
  plannedStartAt: Instant,
  servedMinutes: z.int(),
  receiver: Stranger,
  volunteer: Stranger,
  communityName: z.string(),
  expiresAt: Instant,
});
export type ConfirmLinkView = z.infer<typeof ConfirmLinkView>;

/** What a used link answers. */
export const ConfirmLinkReceipt = z.strictObject({ state: RequestState, at: Instant });
export type ConfirmLinkReceipt = z.infer<typeof ConfirmLinkReceipt>;

/** What the hotline heard when it called: it took place, it did not, or nobody answered. */
export const CallBackOutcome = z.enum(['confirmed', 'did_not_happen', 'no_answer']);
export type CallBackOutcome = z.infer<typeof CallBackOutcome>;

/** Writes down a call back. `commandId` also names the movement, or the dispute, that follows from it. */
export const CallBack = z.strictObject({
  commandId: CommandId,
  outcome: CallBackOutcome,
  words: z.exactOptional(text(200)),
});
export type CallBack = z.infer<typeof CallBack>;

/** Which visits of a community: those that wait for a word, or those that the hotline calls about. */
export const ConfirmationQuery = z.strictObject({
  community: CommunityCode,
  kind: z.enum(['waiting', 'call_back']),
});

/**
 * A visit that waits for a word. `since`: its check-out; `told`: how often the elder's side was reminded, or called in
 * vain. `isForgotten`: for two days and more.
 */
export const ConfirmationRow = z.strictObject({
  request: RequestView,
  since: Instant,
  told: z.int(),
  isForgotten: z.boolean(),
  reasons: z.array(CallbackReason),
});
export type ConfirmationRow = z.infer<typeof ConfirmationRow>;

/** Visits that wait for a word, the longest first; 200 at most. */
export const ConfirmationList = z.strictObject({ items: z.array(ConfirmationRow) });
export type ConfirmationList = z.infer<typeof ConfirmationList>;

/** One side says how it was: 5 very satisfied, 4, 3 satisfied enough, 2, 1; with words of 200 characters at most. */
export const RateVisit = z.strictObject({
  commandId: CommandId,
  level: RatingLevel,
  words: z.exactOptional(text(200)),
  forWhom: z.exactOptional(ForWhom),
});
export type RateVisit = z.infer<typeof RateVisit>;

/** Which side of a visit somebody is on. */
export const VisitSide = z.enum(['receiver', 'volunteer']);
export type VisitSide = z.infer<typeof VisitSide>;

/** A work order after a bad rating. open -> contacted -> ended; whoever puts it right at once goes from open to ended. */
export const WorkOrderState = z.enum(['open', 'contacted', 'ended']);
export type WorkOrderState = z.infer<typeof WorkOrderState>;

/** What was done about it: whoever complained was spoken to, or it was put right. */
export const WorkOrderStep = z.enum(['contacted', 'fixed']);
export type WorkOrderStep = z.infer<typeof WorkOrderStep>;

/** Writes down what was done about a bad rating. */
export const StepWorkOrder = z.strictObject({ commandId: CommandId, step: WorkOrderStep, words: text(200) });
export type StepWorkOrder = z.infer<typeof StepWorkOrder>;

/** What a step on a work order answers, the same for ever. */
export const WorkOrderReceipt = z.strictObject({ caseId: CommandId, state: WorkOrderState, at: Instant });
export type WorkOrderReceipt = z.infer<typeof WorkOrderReceipt>;

/** A work order as staff see it; `contactBy` and `fixBy` are the last instants of their days. */
export const WorkOrderView = z.strictObject({
  caseId: CommandId,
  requestId: RequestId,
  communityCode: CommunityCode,
  by: VisitSide,
  level: RatingLevel,
  words: z.exactOptional(z.string()),
  state: WorkOrderState,
  openedAt: Instant,
  contactBy: Instant,
  fixBy: Instant,
  isOverdue: z.boolean(),
  steps: z.array(z.strictObject({ step: WorkOrderStep, words: z.string(), by: MaskedPerson, at: Instant })),
});
export type WorkOrderView = z.infer<typeof WorkOrderView>;

/** The open work orders of a community. */
export const WorkOrderQuery = z.strictObject({ community: CommunityCode, cursor: z.exactOptional(Cursor) });
/** A page of work orders, the soonest due first. */
export const WorkOrderList = z.strictObject({
  items: z.array(WorkOrderView),
  cursor: z.exactOptional(z.string()),
});
export type WorkOrderList = z.infer<typeof WorkOrderList>;

/** Which community, and which month of China, e.g. `2026-11`. */
export const SatisfactionQuery = z.strictObject({
  community: CommunityCode,
  month: z.string().check(z.regex(/^2\d{3}-(0[1-9]|1[0-2])$/)),
});

/**
 * What receivers said of the visits that were planned in a month: how many were made, how many rated, how many of these
 * at 3 or better; `byLevel` counts levels 1 to 5. A follow-up takes the place of the first rating.
 */
export const Satisfaction = z.strictObject({
  community: CommunityCode,
  month: z.string(),
  visits: z.int(),
  rated: z.int(),
  satisfied: z.int(),
  byLevel: z.array(z.int()),
});
export type Satisfaction = z.infer<typeof Satisfaction>;

/** What somebody complains of. */
export const ComplaintKind = z.enum(['did_not_happen', 'wrong_time', 'conduct', 'other']);
export type ComplaintKind = z.infer<typeof ComplaintKind>;

/** Disputes a visit; `commandId` becomes the id of the case. */
export const OpenDispute = z.strictObject({
  commandId: CommandId,
  kind: ComplaintKind,
  words: text(500),
  forWhom: z.exactOptional(ForWhom),
});
export type OpenDispute = z.infer<typeof OpenDispute>;

/** The other side's word, or a word against a decision. */
export const SayInDispute = z.strictObject({
  commandId: CommandId,
  words: text(500),
  forWhom: z.exactOptional(ForWhom),
});
export type SayInDispute = z.infer<typeof SayInDispute>;

/** The visit stands and counts, or it does not. */
export const DisputeOutcome = z.enum(['stands', 'reversed']);
export type DisputeOutcome = z.infer<typeof DisputeOutcome>;

/** Decides a dispute, with a reason that both sides read. */
export const DecideDispute = z.strictObject({
  commandId: CommandId,
  outcome: DisputeOutcome,
  reason: text(500),
});
export type DecideDispute = z.infer<typeof DecideDispute>;

/** open -> decided (by the community) -> appealed -> ended (by the county); or decided -> ended, where nobody appeals. */
export const DisputeState = z.enum(['open', 'decided', 'appealed', 'ended']);
export type DisputeState = z.infer<typeof DisputeState>;

/** What a step of a dispute answers, the same for ever. */
export const DisputeReceipt = z.strictObject({ caseId: CommandId, state: DisputeState, at: Instant });
export type DisputeReceipt = z.infer<typeof DisputeReceipt>;

/**
 * A dispute as both sides and the staff see it. `disputedMinutes`: what the visit brought; `frozenMinutes`: how many of
 * them were still there to be held on the volunteer's account (0 where the visit had not been credited yet). `dueBy`: by
 * when somebody decides, or until when either side may appeal.
 */
export const DisputeView = z.strictObject({
  caseId: CommandId,
  requestId: RequestId,
  communityCode: CommunityCode,
  state: DisputeState,
  level: z.int(),
  kind: ComplaintKind,
  by: VisitSide,
  words: z.string(),
  openedAt: Instant,
  dueBy: Instant,
  isOverdue: z.boolean(),
  disputedMinutes: z.int(),
  frozenMinutes: z.int(),
  answer: z.exactOptional(z.strictObject({ words: z.string(), at: Instant })),
  appeal: z.exactOptional(z.strictObject({ by: VisitSide, words: z.string(), at: Instant })),
  decisions: z.array(
    z.strictObject({ level: z.int(), outcome: DisputeOutcome, reason: z.string(), at: Instant }),
  ),
  request: z.exactOptional(RequestView),
});
export type DisputeView = z.infer<typeof DisputeView>;

/** The open disputes of a community, or those on which its county decides. */
export const DisputeQuery = z.strictObject({
  region: RegionCode.check(z.regex(/^(\d{6}|\d{12})$/)),
  cursor: z.exactOptional(Cursor),
});
/** A page of disputes, the soonest due first. */
export const DisputeList = z.strictObject({
  items: z.array(DisputeView),
  cursor: z.exactOptional(z.string()),
});
export type DisputeList = z.infer<typeof DisputeList>;

/** What a look at many visits may find. Each is a question, not a verdict. */
export const HonestyKind = z.enum([
  'overlapping',
  'impossible_travel',
  'ping_pong',
  'ring',
  'round_numbers',
  'near_cap',
  'own_dealings',
  'same_place',
  'same_device',
  'confirmed_on_device',
]);
export type HonestyKind = z.infer<typeof HonestyKind>;

/** What staff made of it: nothing, or a matter that somebody looks into. */
export const ReviewOutcome = z.enum(['dismissed', 'followed_up']);
export type ReviewOutcome = z.infer<typeof ReviewOutcome>;

/** Says what was made of an item, and why. */
export const ReviewItem = z.strictObject({ commandId: CommandId, outcome: ReviewOutcome, reason: text(200) });
export type ReviewItem = z.infer<typeof ReviewItem>;

/** What a review answers, the same for ever. */
export const ReviewReceipt = z.strictObject({ caseId: CommandId, outcome: ReviewOutcome, at: Instant });
export type ReviewReceipt = z.infer<typeof ReviewReceipt>;

/** An item for review: what was found, in figures and in words, about whom, on which visits. */
export const HonestyItem = z.strictObject({
  caseId: CommandId,
  kind: HonestyKind,
  region: RegionCode,
  subjects: z.array(MaskedPerson),
  requestIds: z.array(RequestId),
  figures: z.record(z.string(), z.int()),
  why: Words,
  from: CivilDate,
  until: CivilDate,
  openedAt: Instant,
});
export type HonestyItem = z.infer<typeof HonestyItem>;

/** The items of a community, or those that its county looks at. */
export const HonestyQuery = z.strictObject({
  region: RegionCode.check(z.regex(/^(\d{6}|\d{12})$/)),
  cursor: z.exactOptional(Cursor),
});
/** A page of items, the oldest first. */
export const HonestyList = z.strictObject({
  items: z.array(HonestyItem),
  cursor: z.exactOptional(z.string()),
});
export type HonestyList = z.infer<typeof HonestyList>;
