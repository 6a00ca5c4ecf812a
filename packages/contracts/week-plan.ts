/** The week's plan of a community: who visits whom, seen by the coordinator before anybody is told. */
import * as z from 'zod/mini';
import { Reason } from './candidate.ts';
import { CommandId, MemberId, RequestId } from './ids.ts';
import { Gender, Language } from './member.ts';
import { CommunityCode } from './region.ts';
import { ServiceCode } from './request.ts';
import { Instant, IsoWeek } from './time.ts';
import { Words } from './words.ts';

/**
 * queued -> planning -> ready | stopped | failed; ready -> sending -> sent; from each of them queued again, except
 * while it is being made or sent.
 */
export const WeekPlanState = z.enum(['queued', 'planning', 'ready', 'stopped', 'failed', 'sending', 'sent']);
export type WeekPlanState = z.infer<typeof WeekPlanState>;

/**
 * What is being done while a plan is made: visits are given to volunteers, then conflicts and gaps are mended, a small
 * week is searched to the end, and the hours are set.
 */
export const PlanPhase = z.enum(['arranging', 'improving', 'searching', 'timing']);
export type PlanPhase = z.infer<typeof PlanPhase>;

/** How far the making or sending of a plan is: `done` of `all`, of visits, but in the later phases of the making. */
export const PlanProgress = z.strictObject({
  done: z.int(),
  all: z.int(),
  phase: z.exactOptional(PlanPhase),
});
export type PlanProgress = z.infer<typeof PlanProgress>;

/** A visit of the plan is named by its request where there is one, else by the elder and a number. */
export const VisitKey = z.string().check(z.minLength(1), z.maxLength(40), z.regex(/^[\w.]+$/));
export type VisitKey = z.infer<typeof VisitKey>;

const pairs = z.array(z.strictObject({ elderId: MemberId, volunteerId: MemberId })).check(z.maxLength(200));

/**
 * Asks for a plan of a community's week, or for another one. `locked`: elders who are to keep or get this volunteer;
 * `forbidden`: pairs that are not to be. Both replace those of the plan before.
 */
export const MakeWeekPlan = z.strictObject({
  commandId: CommandId,
  communityCode: CommunityCode,
  week: IsoWeek,
  locked: pairs,
  forbidden: pairs,
});
export type MakeWeekPlan = z.infer<typeof MakeWeekPlan>;

/** Stops the making of a plan, or sends a plan that is ready. */
export const MoveWeekPlan = z.strictObject({ commandId: CommandId });
export type MoveWeekPlan = z.infer<typeof MoveWeekPlan>;

/** What a command on a plan answers. */
export const WeekPlanReceipt = z.strictObject({ caseId: CommandId, state: WeekPlanState, at: Instant });
export type WeekPlanReceipt = z.infer<typeof WeekPlanReceipt>;

/** Which plan. */
export const WeekPlanQuery = z.strictObject({ community: CommunityCode, week: IsoWeek });

/** How a planned visit went out: not yet, done, or why it could not be sent. */
export const SentState = z.enum(['waiting', 'sent', 'taken_otherwise', 'not_possible']);
export type SentState = z.infer<typeof SentState>;

/** One volunteer's planned visit, with the grounds for this pair. */
export const PlannedVisitView = z.strictObject({
  visitKey: VisitKey,
  requestId: z.exactOptional(RequestId),
  elderId: MemberId,
  elderName: z.string(),
  volunteerId: MemberId,
  volunteerName: z.string(),
  serviceCode: ServiceCode,
  serviceWords: Words,
  plannedStartAt: Instant,
  plannedMinutes: z.int(),
  isLocked: z.boolean(),
  sent: SentState,
  reasons: z.array(z.strictObject({ reason: Reason, words: Words })),
});
export type PlannedVisitView = z.infer<typeof PlannedVisitView>;

/** Why nobody can make a visit. */
export const UncoveredReason = z.enum([
  'nobody_in_reach',
  'no_papers',
  'kept_apart',
  'language',
  'gender',
  'nobody_free_then',
  'second_person_missing',
  'all_taken',
]);
export type UncoveredReason = z.infer<typeof UncoveredReason>;

/** One more volunteer of this kind would cover the visit. Minutes of the day; `weekday` 1 Monday to 7 Sunday. */
export const WouldCover = z.strictObject({
  languages: z.array(Language),
  gender: z.exactOptional(Gender),
  weekday: z.int().check(z.gte(1), z.lte(7)),
  fromMinute: z.int(),
  toMinute: z.int(),
});
export type WouldCover = z.infer<typeof WouldCover>;

/** A visit that nobody can make, why, and what would help, both in words. */
export const UncoveredView = z.strictObject({
  visitKey: VisitKey,
  elderId: MemberId,
  elderName: z.string(),
  reason: UncoveredReason,
  words: Words,
  would: WouldCover,
  wouldWords: Words,
});
export type UncoveredView = z.infer<typeof UncoveredView>;

/** How good the plan is. Shares 0 to 1; `bound`: the most visits that any plan could cover. */
export const PlanFigures = z.strictObject({
  wanted: z.int(),
  covered: z.int(),
  bound: z.int(),
  continuity: z.number(),
  wishesMet: z.number(),
  travelKm: z.number(),
  loadGini: z.number(),
});
export type PlanFigures = z.infer<typeof PlanFigures>;

/** A plan as the coordinator sees it. */
export const WeekPlanView = z.strictObject({
  caseId: CommandId,
  communityCode: CommunityCode,
  week: IsoWeek,
  state: WeekPlanState,
  progress: PlanProgress,
  askedAt: Instant,
  figures: z.exactOptional(PlanFigures),
  pairs: z.array(PlannedVisitView),
  uncovered: z.array(UncoveredView),
  locked: z.array(z.strictObject({ elderId: MemberId, volunteerId: MemberId })),
  forbidden: z.array(z.strictObject({ elderId: MemberId, volunteerId: MemberId })),
});
export type WeekPlanView = z.infer<typeof WeekPlanView>;
