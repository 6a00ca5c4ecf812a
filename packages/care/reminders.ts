/**
 * Reminders of a visit, put with the step that settles it: the notifier keeps them until their time, and drops them
 * where somebody else has the visit by then, or nobody.
 */
import type { MemberId, VisitId } from '@time-bank/contracts/ids';
import { type Instant, civilDateOf, plusDays, plusMinutes, startOfDay } from '@time-bank/contracts/time';
import { type NoticeChange, tell } from './notice.ts';
import type { RequestRecord } from './request.ts';

/** Six in the evening of the day before: dinner is over, and there is time to find somebody else. */
const EVENING_MINUTE = 18 * 60;
/** For what was settled after that: so long before it begins. */
const SHORT_MINUTES = 2 * 60;

/** When to remind of a visit that is settled at `at`; undefined where it begins so soon that nobody forgets it. */
export const reminderAt = (plannedStartAt: Instant, at: Instant): Instant | undefined => {
  const evening = plusMinutes(startOfDay(plusDays(civilDateOf(plannedStartAt), -1)), EVENING_MINUTE);
  return [evening, plusMinutes(plannedStartAt, -SHORT_MINUTES)].find((reminder) => reminder > at);
};

/** The name of the reminder that belongs to a volunteer's part in a visit: one part, one reminder. */
export const reminderOf = (visitId: VisitId): string => `${visitId}.visit_soon`;

/** Reminds everybody of a visit that `visitId` has settled at `at`. */
export const remindersOf = (
  { requestId, plannedStartAt }: Pick<RequestRecord, 'requestId' | 'plannedStartAt'>,
  { visitId, at, people }: { visitId: VisitId; at: Instant; people: readonly MemberId[] },
): NoticeChange[] => {
  const notBefore = reminderAt(plannedStartAt, at);
  if (notBefore === undefined) return [];
  const told = { to: { people }, about: { requestId }, at, notBefore, until: plannedStartAt };
  return [tell(visitId, { kind: 'visit_soon', ...told })];
};
