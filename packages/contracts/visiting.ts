/** What happens at a visit and after it: how presence is shown, what was found, what people say of it. */
import * as z from 'zod/mini';
import { CommandId, MemberId } from './ids.ts';
import { Instant } from './time.ts';
import { wholeCharacters } from './words.ts';

/**
 * How it was shown that somebody was there: the six digits of the elder's card or its QR, a one-time code that the
 * elder read aloud, a call back by the hotline, roughly where the phone was (with consent), a picture (with consent).
 */
export const ProofKind = z.enum(['code', 'card', 'spoken_code', 'call_back', 'gps', 'photo']);
export type ProofKind = z.infer<typeof ProofKind>;

/** What stands for a picture, which is itself kept nowhere: the SHA-256 of its file, in hexadecimal. */
export const PictureDigest = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/**
 * A proof: when, at which end of the visit, and whether it speaks for the visit; a place too far away does not.
 * `digest`: of a picture, so that whoever has it can show that it is the one.
 */
export const Proof = z.strictObject({
  kind: ProofKind,
  at: Instant,
  moment: z.enum(['check_in', 'check_out', 'afterwards']),
  isGood: z.boolean(),
  digest: z.exactOptional(PictureDigest),
});
export type Proof = z.infer<typeof Proof>;

/** One volunteer's part in a request, and how it stands. */
export const VisitPartState = z.enum([
  'joined',
  'chosen',
  'checked_in',
  'checked_out',
  'credited',
  'withdrawn',
  'no_show',
]);
export type VisitPartState = z.infer<typeof VisitPartState>;

/** What a visitor looks at: health and mind, home safety, hygiene and surroundings, family and neighbours, needs. */
export const checklistGroups = ['health', 'safety', 'hygiene', 'family', 'needs'] as const;
/** One of the five groups of the checklist. */
export const ChecklistGroup = z.enum(checklistGroups);
export type ChecklistGroup = z.infer<typeof ChecklistGroup>;

/** What was found in a group. */
export const Finding = z.enum(['fine', 'watch', 'problem', 'not_seen']);
export type Finding = z.infer<typeof Finding>;

/** How a visit went: nothing to do, somebody should look into it, danger now, or the elder was not met. */
export const VisitResult = z.enum(['normal', 'referral', 'danger', 'not_met']);
export type VisitResult = z.infer<typeof VisitResult>;

/** The report of a visit: all five groups, the result, and a word where it is not `normal`; at most 200 characters. */
export const VisitReport = z.strictObject({
  findings: z.record(ChecklistGroup, Finding),
  result: VisitResult,
  note: z.exactOptional(z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(200))),
  by: MemberId,
  at: Instant,
});
export type VisitReport = z.infer<typeof VisitReport>;

/** Something great that has happened to an elder: somebody comes within a day. */
export const MajorEventKind = z.enum(['discharge', 'fall', 'bereavement', 'other']);
export type MajorEventKind = z.infer<typeof MajorEventKind>;

/** Why the hotline calls before a visit counts. */
export const CallbackReason = z.enum([
  'proof_missing',
  'no_answer',
  'overlapping',
  'too_long',
  'aborted',
  'flagged',
  'back_entry',
  'not_ended',
]);
export type CallbackReason = z.infer<typeof CallbackReason>;

/** 非常满意、满意、基本满意、不满意、非常不满意: 5 to 1; the last two are bad. */
export const RatingLevel = z.int().check(z.gte(1), z.lte(5));
export type RatingLevel = z.infer<typeof RatingLevel>;

/** What one side says of a visit; `words` at most 200 characters. `round` 2 is the one follow-up after a bad rating. */
export const Rating = z.strictObject({
  by: z.enum(['receiver', 'volunteer']),
  level: RatingLevel,
  words: z.exactOptional(z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(200))),
  round: z.int().check(z.gte(1), z.lte(2)),
  at: Instant,
});
export type Rating = z.infer<typeof Rating>;

/**
 * Who was asked to take a request: the wave that was sent last, when, and everybody up to it. `by`: the last command
 * with which somebody at the desk had it sent; waves that the clock sends have none of their own.
 */
export const Asked = z.strictObject({
  wave: z.int().check(z.gte(1), z.lte(20)),
  at: Instant,
  to: z.array(MemberId).check(z.maxLength(60)),
  by: z.exactOptional(CommandId),
});
export type Asked = z.infer<typeof Asked>;
