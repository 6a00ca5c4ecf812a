/** Who could make a visit, and why. */
import * as z from 'zod/mini';
import { MemberId } from './ids.ts';
import { Gender, Language, Phone } from './member.ts';
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
  z.strictObject({ code: z.literal('visits_planned'), count: z.int() }),
]);
export type Reason = z.infer<typeof Reason>;

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

/** `considered`: how many volunteers of the county were looked at, eligible or not. */
export const CandidateList = z.strictObject({ items: z.array(Candidate), considered: z.int() });
export type CandidateList = z.infer<typeof CandidateList>;
