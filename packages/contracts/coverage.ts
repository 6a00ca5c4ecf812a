/** Which elders were visited in a week, and which were not. */
import * as z from 'zod/mini';
import { MemberId, RequestId } from './ids.ts';
import { AbilityLevel, Gender, LivingSituation } from './member.ts';
import { CommunityCode } from './region.ts';
import { RequestState } from './request.ts';
import { Instant, IsoWeek } from './time.ts';

/** A request of the week, as far as the board shows it. */
export const CoverageVisit = z.strictObject({
  requestId: RequestId,
  state: RequestState,
  plannedStartAt: Instant,
});
export type CoverageVisit = z.infer<typeof CoverageVisit>;

/** An elder in a week. `visited` counts visits with a check-out, `planned` those that are to come. */
export const CoverageRow = z.strictObject({
  elderId: MemberId,
  name: z.string(),
  gender: Gender,
  age: z.int(),
  communityCode: CommunityCode,
  livingSituation: z.exactOptional(LivingSituation),
  abilityLevel: z.exactOptional(AbilityLevel),
  visited: z.int(),
  planned: z.int(),
  open: z.int(),
  visits: z.array(CoverageVisit),
});
export type CoverageRow = z.infer<typeof CoverageRow>;

/** A community's week, gaps first. */
export const CoverageWeek = z.strictObject({
  week: IsoWeek,
  communityCode: CommunityCode,
  communityName: z.string(),
  from: Instant,
  to: Instant,
  elders: z.int(),
  eldersVisited: z.int(),
  rows: z.array(CoverageRow),
});
export type CoverageWeek = z.infer<typeof CoverageWeek>;
