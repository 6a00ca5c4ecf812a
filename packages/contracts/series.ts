/**
 * Help that comes again and again: every week, every second week, a weekday of a month. A series posts ordinary requests
 * some days ahead; each of its dates can be moved or left out, and the whole can rest.
 */
import * as z from 'zod/mini';
import { Cursor } from './cursor.ts';
import { CommandId, MemberId, RequestId } from './ids.ts';
import { MaskedPerson } from './member.ts';
import { PlannedMinutes } from './minutes.ts';
import { CommunityCode } from './region.ts';
import { Note, ServiceCode, Wishes } from './request.ts';
import { CivilDate, Instant } from './time.ts';
import { Words } from './words.ts';

const days = '(MO|TU|WE|TH|FR|SA|SU)';
const end = '(;COUNT=([1-9]|[1-9]\\d|10[0-4])|;UNTIL=20\\d{6})?';
const weekly = `FREQ=WEEKLY(;INTERVAL=[1-4])?;BYDAY=${days}(,${days}){0,6}`;
const monthly = `FREQ=MONTHLY(;INTERVAL=[1-6])?;BYDAY=(-1|[1-5])${days}`;

/**
 * How often, as RFC 5545 writes it (RRULE), as far as everyday help needs it: `FREQ=WEEKLY` on weekdays, every 1 to 4
 * weeks; `FREQ=MONTHLY` on the first to fifth or last (-1) of a weekday, every 1 to 6 months; to its end by `COUNT` (1 to
 * 104) or `UNTIL` (the last day, in China), or open. Dates are those on the wall in China, which keeps one time.
 */
export const RepeatRule = z
  .string()
  .check(
    z.regex(new RegExp(`^(${weekly}|${monthly})${end}$`), 'Invalid rule: not of the kinds that are served'),
  );
export type RepeatRule = z.infer<typeof RepeatRule>;

const shape = {
  serviceCode: ServiceCode,
  rule: RepeatRule,
  from: CivilDate,
  startMinute: z.int().check(z.gte(0), z.lte(1439)),
  plannedMinutes: PlannedMinutes,
  wishes: Wishes,
  note: z.exactOptional(Note),
};

/**
 * Begins a series for an elder: from day `from` on by `rule`, at `startMinute` (minutes since midnight in China).
 * `paidBy`: each date is paid with the elder's hours, set aside when it is posted, or by the community.
 */
export const OpenSeries = z.strictObject({
  caseId: CommandId,
  receiverId: MemberId,
  paidBy: z.enum(['community', 'hours']),
  ...shape,
});
export type OpenSeries = z.infer<typeof OpenSeries>;

/** Asks when a rule would fire: the first dates of it, and how it is said in words. Nothing is written. */
export const PreviewSeries = z.strictObject({
  serviceCode: ServiceCode,
  rule: RepeatRule,
  from: CivilDate,
  startMinute: shape.startMinute,
  plannedMinutes: PlannedMinutes,
});
export type PreviewSeries = z.infer<typeof PreviewSeries>;

/** The next dates of a rule, eight at most, and the rule in words: no page shows the rule itself. */
export const SeriesPreview = z.strictObject({ words: Words, next: z.array(Instant) });
export type SeriesPreview = z.infer<typeof SeriesPreview>;

/** What each change of a series needs to be said with it, and nothing else. */
const saidWith = {
  move_date: ['date', 'to'],
  skip_date: ['date'],
  pause: ['from', 'until'],
  end: [],
} as const;

/**
 * Changes a series: one date is moved to another time (`date`, `to`) or left out (`date`); it rests from a day to a day,
 * both included (`from`, `until`); it ends. `date`: the day on which the rule has it.
 */
export const ChangeSeries = z
  .strictObject({
    commandId: CommandId,
    change: z.enum(['move_date', 'skip_date', 'pause', 'end']),
    date: z.exactOptional(CivilDate),
    to: z.exactOptional(Instant),
    from: z.exactOptional(CivilDate),
    until: z.exactOptional(CivilDate),
  })
  .check(
    z.refine(
      ({ commandId: _, change, ...said }) =>
        Object.keys(said).sort().join() === [...saidWith[change]].sort().join(),
      { path: ['change'], error: 'goes with other fields' },
    ),
    z.refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
      path: ['until'],
      error: 'ends before it begins',
    }),
  );
export type ChangeSeries = z.infer<typeof ChangeSeries>;

/** open -> ended, by its rule or by somebody; or stopped, since it can no longer go on. */
export const SeriesState = z.enum(['open', 'ended', 'stopped']);
export type SeriesState = z.infer<typeof SeriesState>;

/** Why a series stopped: the elder has died, has moved away, is no longer served, or their account is closed. */
export const StopReason = z.enum(['died', 'moved_away', 'not_receiving_care', 'account_closed']);
export type StopReason = z.infer<typeof StopReason>;

/** What a command on a series answers, the same for ever. */
export const SeriesReceipt = z.strictObject({ caseId: CommandId, state: SeriesState, at: Instant });
export type SeriesReceipt = z.infer<typeof SeriesReceipt>;

/**
 * A date of a series: `date`, the day on which the rule has it; when it is, where it was moved; `requestId` once it is
 * posted; `short`: there were not enough hours on the account.
 */
export const SeriesDate = z.strictObject({
  date: CivilDate,
  at: Instant,
  is: z.enum(['to_come', 'posted', 'moved', 'skipped', 'paused', 'short']),
  requestId: z.exactOptional(RequestId),
});
export type SeriesDate = z.infer<typeof SeriesDate>;

/** A series as staff, the elder and helpers see it: in words, with its dates of the coming eight weeks. */
export const SeriesView = z.strictObject({
  caseId: CommandId,
  state: SeriesState,
  receiver: MaskedPerson,
  communityCode: CommunityCode,
  serviceCode: ServiceCode,
  serviceWords: Words,
  words: Words,
  plannedMinutes: PlannedMinutes,
  paidBy: z.enum(['community', 'hours']),
  from: CivilDate,
  pauses: z.array(z.strictObject({ from: CivilDate, until: CivilDate })),
  dates: z.array(SeriesDate),
  stopReason: z.exactOptional(StopReason),
});
export type SeriesView = z.infer<typeof SeriesView>;

/** Of which community. */
export const SeriesQuery = z.strictObject({ community: CommunityCode, cursor: z.exactOptional(Cursor) });
/** The series of a community that go on. */
export const SeriesList = z.strictObject({
  items: z.array(SeriesView),
  cursor: z.exactOptional(z.string()),
});
export type SeriesList = z.infer<typeof SeriesList>;
