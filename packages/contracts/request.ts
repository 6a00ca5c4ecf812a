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
import { PictureDigest } from './visiting.ts';
import { Words, wholeCharacters } from './words.ts';

/** What is asked for: the codes of the catalogue, and Z01 to Z12, which a region fills with services of its own. */
export const ServiceCode = z.enum([
  'A01',
  'A02',
  'A03',
  'A04',
  'A05',
  'A06',
  'B01',
  'B02',
  'B03',
  'C01',
  'C02',
  'C03',
  'C04',
  'D01',
  'D02',
  'E01',
  'E02',
  'E03',
  'F01',
  'F02',
  'G01',
  'G02',
  'G03',
  'H01',
  'H02',
  'H03',
  'J01',
  'J02',
  'K01',
  'K02',
  'Z01',
  'Z02',
  'Z03',
  'Z04',
  'Z05',
  'Z06',
  'Z07',
  'Z08',
  'Z09',
  'Z10',
  'Z11',
  'Z12',
]);
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
 * receiver: said by helpers, and by staff at a counter or on the telephone. `follows`: the visit after which it is
 * needed, of the same receiver or nobody's.
 */
export const PostRequest = z
  .strictObject({
    ...wanted,
    receiverId: MemberId,
    place: z.exactOptional(Place),
    follows: z.exactOptional(RequestId),
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

/**
 * What a volunteer may show beside a code: where the telephone is (kept to about a kilometre, and only with their
 * consent), and what stands for a picture (with the elder's consent; the picture itself is sent nowhere).
 */
const beside = { point: z.exactOptional(Point), photo: z.exactOptional(PictureDigest) };

/**
 * The volunteer is there; `code`: the six digits on the elder's card, the text of its QR, or the six digits that the
 * elder reads aloud.
 */
export const CheckIn = z.strictObject({
  commandId: CommandId,
  code: z.union([VisitCode, CardToken]),
  ...beside,
});
export type CheckIn = z.infer<typeof CheckIn>;

/** The volunteer leaves; a code once more where the visit needs two proofs. */
export const CheckOut = z.strictObject({
  commandId: CommandId,
  code: z.exactOptional(z.union([VisitCode, CardToken])),
  ...beside,
});
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
 * Where a request stands; which state leads to which stands in one table, `packages/care/life.ts`. `cancelled`: by the
 * receiver's side or the desk, `cancelled_by_volunteer`: too late to find somebody else, `cancelled_by_service`: since
 * time has passed.
 */
export const RequestState = z.enum([
  'draft',
  'void',
  'submitted',
  'rejected',
  'published',
  'accepted',
  'confirmed',
  'in_service',
  'aborted',
  'pending_confirm',
  'callback',
  'settled',
  'rated',
  'rectify',
  'disputed',
  'reversed',
  'unfilled',
  'fallback',
  'no_show_volunteer',
  'no_show_elder',
  'cancelled',
  'cancelled_by_volunteer',
  'cancelled_by_service',
  'closed',
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
 * not accepted, and again once the request is closed. `persons`: two go together; whoever goes sees their own part as
 * `visit` and the other's as `second`, and whoever might join is shown who goes as `companion`. `reason`: why it last
 * moved, for those who see the steps. `distanceKm` is from one's own home, to 100 m. `steps` are for the receiver, their
 * helpers and the staff.
 */
export const RequestView = z.strictObject({
  requestId: RequestId,
  serviceCode: ServiceCode,
  serviceWords: Words,
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
  second: z.exactOptional(VisitView),
  persons: z.exactOptional(z.literal(2)),
  companion: z.exactOptional(MaskedPerson),
  priority: z.exactOptional(z.int()),
  reason: z.exactOptional(z.string()),
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
