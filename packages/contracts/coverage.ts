/** Which elders were visited in a week, and which were not. */
import * as z from 'zod/mini';
import { VisitTier } from './elder-file.ts';
import { MemberId, RequestId } from './ids.ts';
import { AbilityLevel, Gender, LivingSituation } from './member.ts';
import { CommunityCode } from './region.ts';
import { RequestState, ServiceCode } from './request.ts';
import { CivilDate, Instant, IsoWeek } from './time.ts';

/** A request of the week, as far as the board shows it. */
export const CoverageVisit = z.strictObject({
  requestId: RequestId,
  state: RequestState,
  plannedStartAt: Instant,
  serviceCode: ServiceCode,
});
export type CoverageVisit = z.infer<typeof CoverageVisit>;

/** Why a visit is wanted: the elder's group, something great that happened, extreme weather. */
export const WantedCause = z.enum(['tier', 'event', 'weather']);
export type WantedCause = z.infer<typeof WantedCause>;

/** Why nobody comes: nobody has been asked, nobody has said yes yet, nobody came or it was called off. */
export const GapReason = z.enum(['not_asked', 'nobody_yet', 'fell_through']);
export type GapReason = z.infer<typeof GapReason>;

/**
 * An elder in a week. `visited` counts visits with a check-out, `planned` those that are to come, `open` those that wait
 * for a volunteer. `wanted`: visits that the week is to bring at least; `missing`: those of them for which nobody is on
 * the way yet, with the first cause, by when the first is due, and why. `daysSinceContact`: since somebody last saw or
 * spoke to them, whole, as far back as the board reaches; absent where it does not know. `counts`: in the week's rate.
 * `since`: the day of this week on which they came to live here.
 */
export const CoverageRow = z.strictObject({
  elderId: MemberId,
  name: z.string(),
  gender: Gender,
  age: z.int(),
  communityCode: CommunityCode,
  livingSituation: z.exactOptional(LivingSituation),
  abilityLevel: z.exactOptional(AbilityLevel),
  tier: VisitTier,
  counts: z.boolean(),
  wanted: z.int(),
  missing: z.int(),
  dueBy: z.exactOptional(Instant),
  cause: z.exactOptional(WantedCause),
  gap: z.exactOptional(GapReason),
  since: z.exactOptional(CivilDate),
  mayBePhone: z.boolean(),
  daysSinceContact: z.exactOptional(z.int()),
  visited: z.int(),
  planned: z.int(),
  open: z.int(),
  visits: z.array(CoverageVisit),
});
export type CoverageRow = z.infer<typeof CoverageRow>;

/** An elder who has moved to another community; their visits here up to then stay counted here. */
export const MovedAway = z.strictObject({
  elderId: MemberId,
  name: z.string(),
  movedTo: z.string(),
  visited: z.int(),
});
export type MovedAway = z.infer<typeof MovedAway>;

/**
 * A community's week, gaps first. `wanted` and `done`: visits of all elders, for the bar. `movedAway`: whoever had visits
 * here in this week and lives elsewhere now; those who were visited here count among `elders` and `eldersVisited`.
 */
export const CoverageWeek = z.strictObject({
  week: IsoWeek,
  communityCode: CommunityCode,
  communityName: z.string(),
  from: Instant,
  to: Instant,
  elders: z.int(),
  eldersVisited: z.int(),
  wanted: z.int(),
  missing: z.int(),
  rows: z.array(CoverageRow),
  movedAway: z.exactOptional(z.array(MovedAway)),
});
export type CoverageWeek = z.infer<typeof CoverageWeek>;

/** A month of China, e.g. `2026-11`. */
export const CivilMonth = z.string().check(z.regex(/^2\d{3}-(0[1-9]|1[0-2])$/));
export type CivilMonth = z.infer<typeof CivilMonth>;

/** Which week or which month (this week where both are left out) of which community. */
export const RatesQuery = z
  .strictObject({
    week: z.exactOptional(IsoWeek),
    month: z.exactOptional(CivilMonth),
    community: z.exactOptional(CommunityCode),
  })
  .check(
    z.refine(({ week, month }) => week === undefined || month === undefined, {
      path: ['month'],
      error: 'goes without a week',
    }),
  );

/** How many of how many, and the share, 0 to 1; no share where there is nobody. */
export const Rate = z.strictObject({ met: z.int(), of: z.int(), share: z.exactOptional(z.number()) });
export type Rate = z.infer<typeof Rate>;

/**
 * The rates of a community over a stretch of days, both included. `visited`: elders who count and had a visit that was
 * made (周探访率, 月探访率). `inHardship`: the same of those in special hardship or with a disability. `helped`: of these,
 * visited and, where a need was found, helped by a visit that followed (探访帮扶率). Source: Suzhou (Anhui) 2023, annex.
 */
export const CoverageRates = z.strictObject({
  communityCode: CommunityCode,
  communityName: z.string(),
  from: CivilDate,
  until: CivilDate,
  visited: Rate,
  inHardship: Rate,
  helped: Rate,
});
export type CoverageRates = z.infer<typeof CoverageRates>;
