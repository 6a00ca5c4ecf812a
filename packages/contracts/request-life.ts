/**
 * What moves a request along beside the visit itself: it is asked for and reviewed, somebody agrees to the person who
 * comes, a volunteer gives it back, somebody did not come, nobody was found. Source: packages/care/life.ts.
 */
import * as z from 'zod/mini';
import { ForWhom } from './helping.ts';
import { AccountId, CommandId, RequestId } from './ids.ts';
import { DocumentNumber } from './ledger.ts';
import { PlannedMinutes } from './minutes.ts';
import { CommunityCode } from './region.ts';
import { Note, Place, RequestView, ServiceCode, Wishes } from './request.ts';
import { Instant } from './time.ts';
import { ProofKind } from './visiting.ts';
import { Words, wholeCharacters } from './words.ts';

/** Why, for whoever reads it later: 1 to 200 characters. */
const Why = z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(200));

/** Of which community the services are asked for; one's own where it is left out. */
export const ServiceQuery = z.strictObject({ communityCode: z.exactOptional(CommunityCode) });

/**
 * A service as a community offers it. `risk` 1 to 3; minutes whole; `fromMinute` to `toMinute`: the hours of the day
 * within which it begins and ends; `levels`: the ability levels for which it is meant; `ratePercent`: what an hour of
 * it counts. `withHours`, `byCommunity`: who can pay for it when somebody asks for it. `needsLicence`: the law asks for
 * one of whoever makes it. `proofs`: what can show that it took place.
 */
export const ServiceRow = z.strictObject({
  code: ServiceCode,
  words: Words,
  risk: z.int().check(z.gte(1), z.lte(3)),
  madeBy: z.enum(['volunteer', 'group', 'professional']),
  persons: z.int().check(z.gte(1), z.lte(2)),
  defaultMinutes: z.int(),
  minMinutes: z.int(),
  maxMinutes: z.int(),
  fromMinute: z.int(),
  toMinute: z.int(),
  levels: z.tuple([z.int(), z.int()]),
  ratePercent: z.int(),
  isRemote: z.boolean(),
  withHours: z.boolean(),
  byCommunity: z.boolean(),
  needsLicence: z.boolean(),
  proofs: z.array(ProofKind),
});
export type ServiceRow = z.infer<typeof ServiceRow>;

/** The services of a community, in the order of their codes. */
export const ServiceList = z.strictObject({ communityCode: CommunityCode, items: z.array(ServiceRow) });
export type ServiceList = z.infer<typeof ServiceList>;

/**
 * An elder, or a helper for their elder, asks for help without hours: somebody on the staff looks at it first.
 * `isDraft`: it is kept and not handed in yet.
 */
export const AskForHelp = z.strictObject({
  requestId: RequestId,
  serviceCode: ServiceCode,
  plannedStartAt: Instant,
  plannedMinutes: PlannedMinutes,
  wishes: Wishes,
  note: z.exactOptional(Note),
  place: z.exactOptional(Place),
  isDraft: z.exactOptional(z.boolean()),
  forWhom: z.exactOptional(ForWhom),
});
export type AskForHelp = z.infer<typeof AskForHelp>;

/** Changes a request that is not published, and keeps it as a draft or hands it in. What is left out stays. */
export const ReviseRequest = z.strictObject({
  commandId: CommandId,
  to: z.enum(['draft', 'submitted']),
  serviceCode: z.exactOptional(ServiceCode),
  plannedStartAt: z.exactOptional(Instant),
  plannedMinutes: z.exactOptional(PlannedMinutes),
  wishes: z.exactOptional(Wishes),
  note: z.exactOptional(Note),
  forWhom: z.exactOptional(ForWhom),
});
export type ReviseRequest = z.infer<typeof ReviseRequest>;

/**
 * The staff publish what was handed in, send a provider out of the purchase of `document` where only a professional may
 * come, or turn it down and say why.
 */
export const ReviewRequest = z
  .strictObject({
    commandId: CommandId,
    decision: z.enum(['publish', 'to_provider', 'reject']),
    reason: z.exactOptional(Why),
    document: z.exactOptional(DocumentNumber),
  })
  .check(
    z.refine(({ decision, reason }) => decision !== 'reject' || reason !== undefined, {
      path: ['reason'],
      error: 'whoever asked is told why',
    }),
    z.refine(({ decision, document }) => (decision === 'to_provider') === (document !== undefined), {
      path: ['document'],
      error: 'goes with to_provider, and only with it',
    }),
  );
export type ReviewRequest = z.infer<typeof ReviewRequest>;

/** Which community's requests wait for a review. */
export const ReviewQuery = z.strictObject({ community: CommunityCode });

/** What waits for a review in a community, soonest due first, 100 at most. */
export const ReviewList = z.strictObject({ items: z.array(RequestView) });
export type ReviewList = z.infer<typeof ReviewList>;

/** The elder's side agrees to whoever is to come, or would rather have somebody else; no reason has to be given. */
export const AnswerPerson = z.strictObject({
  commandId: CommandId,
  answer: z.enum(['agree', 'somebody_else']),
  reason: z.exactOptional(Why),
  forWhom: z.exactOptional(ForWhom),
});
export type AnswerPerson = z.infer<typeof AnswerPerson>;

/** A volunteer cannot come after all. */
export const WithdrawVisit = z.strictObject({ commandId: CommandId, reason: Why });
export type WithdrawVisit = z.infer<typeof WithdrawVisit>;

/**
 * The desk has called and knows who was not there. That the elder was not met is looked into at once. `plannedStartAt`:
 * where a volunteer did not come, when somebody else is to come instead, with a request of its own that comes first.
 */
export const DecideNoShow = z
  .strictObject({
    commandId: CommandId,
    who: z.enum(['volunteer', 'elder']),
    reason: Why,
    plannedStartAt: z.exactOptional(Instant),
  })
  .check(
    z.refine(({ who, plannedStartAt }) => who === 'volunteer' || plannedStartAt === undefined, {
      path: ['plannedStartAt'],
      error: 'goes with volunteer',
    }),
  );
export type DecideNoShow = z.infer<typeof DecideNoShow>;

/** What looks for a volunteer once more. */
const looksAgain: readonly string[] = ['publish_again', 'wider', 'organisation'];

/**
 * What is done about a request that nobody took. It is published again for `plannedStartAt`: as it was; `wider`, so that
 * everybody of the county may come however far they live, and the most likely are asked at once; or an `organisation` of
 * the register is asked, by the id of its account. Or a paid provider comes, out of the purchase of `document`. Or an
 * apology, and the next request of the elder comes first.
 */
export const DecideUnfilled = z
  .strictObject({
    commandId: CommandId,
    then: z.enum(['publish_again', 'wider', 'organisation', 'fallback', 'apologise']),
    reason: Why,
    plannedStartAt: z.exactOptional(Instant),
    organisationId: z.exactOptional(AccountId),
    document: z.exactOptional(DocumentNumber),
  })
  .check(
    z.refine(({ then, document }) => (then === 'fallback') === (document !== undefined), {
      path: ['document'],
      error: 'goes with fallback, and only with it',
    }),
    z.refine(({ then, organisationId }) => (then === 'organisation') === (organisationId !== undefined), {
      path: ['organisationId'],
      error: 'goes with organisation, and only with it',
    }),
    z.refine(({ then, plannedStartAt }) => looksAgain.includes(then) === (plannedStartAt !== undefined), {
      path: ['plannedStartAt'],
      error: 'goes with whatever looks for somebody again, and only with that',
    }),
  );
export type DecideUnfilled = z.infer<typeof DecideUnfilled>;
