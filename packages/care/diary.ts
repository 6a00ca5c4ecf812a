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

/** `version` grows by one with every change; 0 where nothing was written yet. */
export interface Diary {
  volunteerId: MemberId;
  version: number;
  entries: DiaryEntry[];
}

/** A diary with its next version to be written over the one that was read. */
export interface DiaryChange {
  change: 'put_diary';
  diary: Diary;
  fromVersion: number;
}

/** How long a past visit is remembered here: as long as it can count towards a week's limit anywhere. */
const REMEMBERED_MINUTES = 8 * 24 * 60;

const next = (diary: Diary, entries: DiaryEntry[]): DiaryChange => ({
  change: 'put_diary',
  fromVersion: diary.version,
  diary: { ...diary, version: diary.version + 1, entries },
});

/** Writes a visit in, and lets go of what is long past at `now`. */
export const noteVisit = (diary: Diary, entry: DiaryEntry, now: Instant): DiaryChange => {
  const since = msOf(plusMinutes(now, -REMEMBERED_MINUTES));
  const kept = diary.entries.filter(
    ({ requestId, plannedStartAt }) => requestId !== entry.requestId && msOf(plannedStartAt) >= since,
  );
  return next(diary, [...kept, entry]);
};

/** Strikes a visit out that will not take place. */
export const strikeVisit = (diary: Diary, requestId: RequestId): DiaryChange =>
  next(
    diary,
    diary.entries.filter((entry) => entry.requestId !== requestId),
  );
