/** Requests for help and the commands that move them along. */
import * as z from 'zod/mini';
import { CardToken } from './card-proof.ts';
import { ActedBy, ForWhom } from './helping.ts';
import { CommandId, MemberId, RequestId, TransferId, VisitId } from './ids.ts';
import {
  Address,
  Gender,
  Language,
  MaskedPerson,
  Phone,
  Point,
  ReachablePerson,
  VisitCode,
} from './member.ts';
import { PlannedMinutes } from './minutes.ts';
import { CommunityCode } from './region.ts';
import { Instant } from './time.ts';
import { wholeCharacters } from './words.ts';

/** What is asked for: B01 a home visit (居家探访), C01 company and talk (陪聊). The catalogue grows with the care room. */
export const ServiceCode = z.enum(['B01', 'C01']);
export type ServiceCode = z.infer<typeof ServiceCode>;

/** Where the visit takes place. */
export const Place = z.strictObject({ address: Address, point: z.exactOptional(Point) });
export type Place = z.infer<typeof Place>;

/** What the receiver would like. A gender wish is strict for nobody in this catalogue; it ranks. */
export const Wishes = z.strictObject({
  languages: z.array(Language).check(z.maxLength(4)),
  gender: z.exactOptional(Gender),
});
export type Wishes = z.infer<typeof Wishes>;

/** A word to the volunteer, 200 characters at most; shown after acceptance only. */
export const Note = z.string().check(z.trim(), wholeCharacters, z.maxLength(200));

const wanted = {
  requestId: RequestId,
  serviceCode: ServiceCode,
  plannedStartAt: Instant,
  plannedMinutes: PlannedMinutes,
  wishes: Wishes,
  note: z.exactOptional(Note),
};

/**
 * A coordinator, or a helper for their elder, asks for a visit. Without `place` it is the elder's home. `forWhom`, the
 * receiver: said by helpers, and by staff at a counter or on the telephone.
 */
export const PostRequest = z
  .strictObject({
    ...wanted,
    receiverId: MemberId,
    place: z.exactOptional(Place),
    forWhom: z.exactOptional(ForWhom),
  })
  .check(
    z.refine(({ receiverId, forWhom }) => forWhom === undefined || forWhom.memberId === receiverId, {
      path: ['forWhom', 'memberId'],
      error: 'is the receiver',
    }),
  );
export type PostRequest = z.infer<typeof PostRequest>;

/**
 * A member asks for help of their own and pays with hours: the planned minutes are held at once. With `forWhom` a
 * helper or staff ask for somebody else, who pays.
 */
export const RedeemHours = z.strictObject({
  ...wanted,
  place: z.exactOptional(Place),
  forWhom: z.exactOptional(ForWhom),
});
export type RedeemHours = z.infer<typeof RedeemHours>;

/** A volunteer takes a request. `visitId` becomes the id of their visit. */
export const AcceptRequest = z.strictObject({ visitId: VisitId });
export type AcceptRequest = z.infer<typeof AcceptRequest>;

/** The volunteer is there; `code`: the six digits on the elder's card, or the text of its QR. */
export const CheckIn = z.strictObject({ commandId: CommandId, code: z.union([VisitCode, CardToken]) });
export type CheckIn = z.infer<typeof CheckIn>;

/** The volunteer leaves. */
export const CheckOut = z.strictObject({ commandId: CommandId });
export type CheckOut = z.infer<typeof CheckOut>;

/** Says that the visit took place as recorded. `transferId` becomes the id of the ledger's entry. */
export const ConfirmVisit = z.strictObject({ transferId: TransferId, forWhom: z.exactOptional(ForWhom) });
export type ConfirmVisit = z.infer<typeof ConfirmVisit>;

/** Takes a request back, with a reason of 1 to 200 characters. */
export const CancelRequest = z.strictObject({
  commandId: CommandId,
  reason: z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(200)),
  forWhom: z.exactOptional(ForWhom),
});
export type CancelRequest = z.infer<typeof CancelRequest>;

/**
 * Where a request stands.
 * published -> accepted -> in_service -> pending_confirm -> settled; from published also unfilled;
 * from published or accepted also cancelled.
 */
export const RequestState = z.enum([
  'published',
  'accepted',
  'in_service',
  'pending_confirm',
  'settled',
  'cancelled',
  'unfilled',
]);
export type RequestState = z.infer<typeof RequestState>;

/** By which way an act reached us. */
export const Channel = z.enum(['web', 'counter', 'hotline', 'family', 'device', 'job']);
export type Channel = z.infer<typeof Channel>;

/**
 * What a command answers. It is made from the event that the command wrote, so the same command answers the
 * same for ever, however far the request has moved on. All minutes are whole.
 */
export const Receipt = z.strictObject({
  requestId: RequestId,
  state: RequestState,
  at: Instant,
  visitId: z.exactOptional(VisitId),
  transferId: z.exactOptional(TransferId),
  heldMinutes: z.exactOptional(z.int()),
  releasedMinutes: z.exactOptional(z.int()),
  servedMinutes: z.exactOptional(z.int()),
  creditedMinutes: z.exactOptional(z.int()),
});
export type Receipt = z.infer<typeof Receipt>;

/** A visit as those see it who may see the request. */
export const VisitView = z.strictObject({
  visitId: VisitId,
  volunteer: ReachablePerson,
  acceptedAt: Instant,
  checkedInAt: z.exactOptional(Instant),
  checkedOutAt: z.exactOptional(Instant),
  servedMinutes: z.exactOptional(z.int()),
  creditedMinutes: z.exactOptional(z.int()),
});
export type VisitView = z.infer<typeof VisitView>;

/** A step of a request's life. `by`: who took it in the receiver's name, where that was not the receiver. */
export const RequestStep = z.strictObject({
  state: RequestState,
  at: Instant,
  channel: Channel,
  by: z.exactOptional(ActedBy),
});
export type RequestStep = z.infer<typeof RequestStep>;

/**
 * A request as the person asking may see it. `receiver` is masked and `address` absent for a volunteer who has
 * not accepted, and again once the request is closed. `distanceKm` is from one's own home, to 100 m. `steps` are for
 * the receiver, their helpers and the staff.
 */
export const RequestView = z.strictObject({
  requestId: RequestId,
  serviceCode: ServiceCode,
  state: RequestState,
  communityCode: CommunityCode,
  communityName: z.string(),
  plannedStartAt: Instant,
  plannedMinutes: PlannedMinutes,
  wishes: Wishes,
  receiver: z.union([ReachablePerson, MaskedPerson]),
  paidWithHours: z.boolean(),
  mine: z.enum(['receiver', 'helper', 'volunteer', 'coordinator', 'none']),
  address: z.exactOptional(Address),
  receiverPhone: z.exactOptional(Phone),
  note: z.exactOptional(Note),
  elderWishes: z.exactOptional(z.string()),
  homeNotes: z.exactOptional(z.string()),
  distanceKm: z.exactOptional(z.number()),
  visit: z.exactOptional(VisitView),
  steps: z.exactOptional(z.array(RequestStep)),
});
export type RequestView = z.infer<typeof RequestView>;

/** Which requests: open ones near me, those I receive, those I visit, those of the communities I coordinate. */
export const RequestScope = z.enum(['open', 'received', 'visits', 'community']);
export type RequestScope = z.infer<typeof RequestScope>;

/** A page of requests; `cursor` is absent on the last. */
export const RequestPage = z.strictObject({
  items: z.array(RequestView),
  cursor: z.exactOptional(z.string()),
});
export type RequestPage = z.infer<typeof RequestPage>;
