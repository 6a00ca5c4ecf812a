/**
 * What the service keeps of a person beside their particulars, hours and visits, as it stands in the copy of their data:
 * what comes again and again, calls for help, activities, what they were told, what was planned with them.
 */
import * as z from 'zod/mini';
import { ActivityPart, ActivityRecordView } from './activity.ts';
import { EmergencySource, EmergencyState, EmergencyStep } from './emergency.ts';
import { CommandId, MemberId } from './ids.ts';
import { NoticeKind } from './notice.ts';
import { PortraitJpeg } from './portrait.ts';
import { ServiceCode } from './request.ts';
import { SeriesState } from './series.ts';
import { CivilDate, Instant, IsoWeek } from './time.ts';
import { SentState } from './week-plan.ts';
import { Words } from './words.ts';

/** Help that comes again and again, in words. */
export const OwnSeries = z.strictObject({
  caseId: CommandId,
  state: SeriesState,
  words: Words,
  from: CivilDate,
});

/** A call for help and what became of it; not who came, which is theirs. `calls`: how often it was called, whole. */
export const OwnCall = z.strictObject({
  caseId: CommandId,
  state: EmergencyState,
  source: EmergencySource,
  openedAt: Instant,
  calls: z.int(),
  words: z.exactOptional(z.string()),
  steps: z.array(z.pick(EmergencyStep, { step: true, at: true })),
});

/** An activity to come for which one has put one's name down. */
export const OwnActivity = z.strictObject({
  caseId: CommandId,
  title: z.string(),
  startAt: Instant,
  part: ActivityPart,
  standing: z.enum(['in', 'waiting']),
});

/** Something that one was told. */
export const OwnNotice = z.strictObject({
  kind: NoticeKind,
  words: Words,
  at: Instant,
  readAt: z.exactOptional(Instant),
});

/** A visit that the plan of a week has for one, as the elder or as the volunteer, with whom. `minutes` whole. */
export const OwnPlannedVisit = z.strictObject({
  week: IsoWeek,
  as: z.enum(['elder', 'volunteer']),
  otherId: MemberId,
  serviceCode: ServiceCode,
  serviceWords: Words,
  plannedStartAt: Instant,
  plannedMinutes: z.int(),
  sent: SentState,
});
export type OwnPlannedVisit = z.infer<typeof OwnPlannedVisit>;

/**
 * All of it: the newest 100 series and calls, the newest 200 notices, the plans of one's own community from two weeks
 * ago to two weeks from now. `activities`: to come; `served`: those at which one served.
 */
export const OwnRecords = z.strictObject({
  series: z.array(OwnSeries),
  calls: z.array(OwnCall),
  activities: z.array(OwnActivity),
  served: z.array(ActivityRecordView),
  notices: z.array(OwnNotice),
  planned: z.array(OwnPlannedVisit),
  portrait: z.exactOptional(PortraitJpeg),
});
export type OwnRecords = z.infer<typeof OwnRecords>;
