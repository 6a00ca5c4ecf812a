/** Who could make a visit, and why. */
import * as z from 'zod/mini';
import { MemberId } from './ids.ts';
import { Gender, Language, Phone } from './member.ts';
import { Instant } from './time.ts';
import { NotReady } from './volunteering.ts';
import { Words } from './words.ts';

/** A ground for a candidate's place in the list, with its figure where it has one. */
export const Reason = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('same_community') }),
  z.strictObject({ code: z.literal('same_township') }),
  z.strictObject({ code: z.literal('same_county') }),
  z.strictObject({ code: z.literal('distance'), km: z.number() }),
  z.strictObject({ code: z.literal('free_then') }),
  z.strictObject({ code: z.literal('free_time_unknown') }),
  z.strictObject({ code: z.literal('not_usually_free') }),
  z.strictObject({ code: z.literal('speaks'), language: Language }),
  z.strictObject({ code: z.literal('gender_wish_met') }),
  z.strictObject({ code: z.literal('gender_wish_not_met') }),
  z.strictObject({ code: z.literal('visited_before'), times: z.int() }),
  z.strictObject({ code: z.literal('first_time') }),
  z.strictObject({ code: z.literal('two_go') }),
  z.strictObject({ code: z.literal('somebody_along') }),
  z.strictObject({ code: z.literal('kept_visits'), kept: z.int(), missed: z.int() }),
  z.strictObject({ code: z.literal('visits_planned'), count: z.int() }),
]);
export type Reason = z.infer<typeof Reason>;

/**
 * Why somebody is not asked for a visit, in order of precedence: they receive it, they are family of the elder (whose
 * help is not counted), they are not ready to serve (`NotReady`), or they do not fit this visit or this hour.
 */
export const WhyNot = z.enum([
  'own_request',
  'kin',
  ...NotReady.options,
  'under_age',
  'out_of_reach',
  'no_common_language',
  'gender_required',
  'two_needed',
  'overlapping',
  'no_time_for_the_way',
  'daily_limit',
]);
export type WhyNot = z.infer<typeof WhyNot>;

/** One candidate. `score` is 0 to 1,000, higher is better; the list is in its order. */
export const Candidate = z.strictObject({
  volunteerId: MemberId,
  name: z.string(),
  gender: Gender,
  age: z.int(),
  phone: z.exactOptional(Phone),
  score: z.int().check(z.gte(0), z.lte(1000)),
  reasons: z.array(z.strictObject({ reason: Reason, words: Words })),
});
export type Candidate = z.infer<typeof Candidate>;

/**
 * Somebody about whom was asked: as a candidate, with the place in the list by points (1 the best; after its end where
 * they are not in it), or every reason why not. Volunteers of the county only.
 */
export const AboutCandidate = z.strictObject({
  ...z.omit(Candidate, { score: true, reasons: true }).shape,
  place: z.exactOptional(z.int().check(z.gte(1))),
  score: z.exactOptional(Candidate.shape.score),
  reasons: Candidate.shape.reasons,
  against: z.array(z.strictObject({ reason: WhyNot, words: Words })),
});
export type AboutCandidate = z.infer<typeof AboutCandidate>;

/**
 * Who was asked for a visit up to the wave that was sent last, the first first, when that was, and when more will be
 * asked unless somebody takes it; absent where nobody else will be.
 */
export const AskedSoFar = z.strictObject({
  wave: z.int().check(z.gte(1)),
  at: Instant,
  nextAt: z.exactOptional(Instant),
  people: z.array(z.strictObject({ volunteerId: MemberId, name: z.string() })),
});
export type AskedSoFar = z.infer<typeof AskedSoFar>;

/**
 * `considered`: how many volunteers were looked at, eligible or not: the nearest, and those whom the elder knows.
 * `asked`: absent before anybody was. `about`: whom the question named.
 */
export const CandidateList = z.strictObject({
  items: z.array(Candidate),
  considered: z.int(),
  asked: z.exactOptional(AskedSoFar),
  about: z.exactOptional(AboutCandidate),
});
export type CandidateList = z.infer<typeof CandidateList>;

/** About whom the list is to say something whatever their place in it. */
export const CandidateQuery = z.strictObject({ about: z.exactOptional(MemberId) });
