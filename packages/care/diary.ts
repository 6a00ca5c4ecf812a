/**
 * A volunteer's diary: the visits that they have taken on. It is written with every acceptance under the version
 * that was read, so two visits at one time cannot be taken, not even in the same moment.
 */
import type { MemberId, RequestId } from '@time-bank/contracts/ids';
import { type Instant, msOf, plusMinutes } from '@time-bank/contracts/time';

/** A visit in the diary. */
export interface DiaryEntry {
  requestId: RequestId;
  plannedStartAt: Instant;
  plannedMinutes: number;
}

/**
 * `version` grows by one with every change; 0 where nothing was written yet. `kept`, `missed`: visits of old that were
 * kept, and all that were neither made nor given back in time; none where they are left out. `asks`: when the volunteer
 * was asked of late to take a visit.
 */
export interface Diary {
  volunteerId: MemberId;
  version: number;
  entries: DiaryEntry[];
  kept?: number;
  missed?: number;
  asks?: Instant[];
}

/** A diary with its next version to be written over the one that was read. */
export interface DiaryChange {
  change: 'put_diary';
  diary: Diary;
  fromVersion: number;
}

/** How long a past visit is remembered here: as long as it can count towards a week's limit anywhere. */
const REMEMBERED_MINUTES = 8 * 24 * 60;
const WEEK_MINUTES = 7 * 24 * 60;

const next = (diary: Diary, also: Partial<Omit<Diary, 'volunteerId' | 'version'>>): DiaryChange => ({
  change: 'put_diary',
  fromVersion: diary.version,
  diary: { ...diary, version: diary.version + 1, ...also },
});

/** Writes a visit in, and lets go of what is long past at `now`: what stood until then was kept, and is counted. */
export const noteVisit = (diary: Diary, entry: DiaryEntry, now: Instant): DiaryChange => {
  const since = msOf(plusMinutes(now, -REMEMBERED_MINUTES));
  const others = diary.entries.filter(({ requestId }) => requestId !== entry.requestId);
  const entries = others.filter(({ plannedStartAt }) => msOf(plannedStartAt) >= since);
  const gone = others.length - entries.length;
  return next(diary, {
    entries: [...entries, entry],
    ...(gone === 0 ? {} : { kept: (diary.kept ?? 0) + gone }),
  });
};

const without = (diary: Diary, requestId: RequestId): DiaryEntry[] =>
  diary.entries.filter((entry) => entry.requestId !== requestId);

/** Strikes a visit out that will not take place. */
export const strikeVisit = (diary: Diary, requestId: RequestId): DiaryChange =>
  next(diary, { entries: without(diary, requestId) });

/** Strikes a visit out to which its volunteer did not come, and remembers it. */
export const missVisit = (diary: Diary, requestId: RequestId): DiaryChange =>
  next(diary, { entries: without(diary, requestId), missed: (diary.missed ?? 0) + 1 });

/** Remembers that the volunteer was asked at `now`, and forgets what is of no week any more. */
export const noteAsk = (diary: Diary, now: Instant): DiaryChange => {
  const since = msOf(plusMinutes(now, -REMEMBERED_MINUTES));
  return next(diary, { asks: [...(diary.asks ?? []).filter((at) => msOf(at) >= since), now] });
};

/** How often the volunteer was asked in the seven days before `now`. */
export const asksInWeek = ({ asks = [] }: Diary, now: Instant): number =>
  asks.filter((at) => msOf(at) > msOf(plusMinutes(now, -WEEK_MINUTES))).length;

/** How the volunteer's visits ended by `now`: what is past and was not struck out was kept. */
export const keptAndMissed = (
  { kept = 0, missed = 0, entries }: Diary,
  now: Instant,
): { kept: number; missed: number } => {
  const past = entries.filter(
    ({ plannedStartAt, plannedMinutes }) => msOf(plusMinutes(plannedStartAt, plannedMinutes)) <= msOf(now),
  );
  return { kept: kept + past.length, missed };
};
