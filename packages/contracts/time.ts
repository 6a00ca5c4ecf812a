/**
 * Instants are UTC, civil dates are dates on the wall in China. China keeps one time zone, Asia/Shanghai,
 * eight hours ahead of UTC, without daylight saving since 1991; weeks are ISO weeks of that zone.
 */
import * as z from 'zod/mini';

/** An instant: ISO 8601 in UTC, to the millisecond at most, e.g. `2026-11-21T02:30:00.000Z`. */
export const Instant = z.iso.datetime().check(z.maxLength(24));
export type Instant = z.infer<typeof Instant>;

/** A civil date, e.g. `1951-03-08`. */
export const CivilDate = z.iso.date();
export type CivilDate = z.infer<typeof CivilDate>;

/** An ISO week in Asia/Shanghai from the year 2000 on, e.g. `2026-W47`. */
export const IsoWeek = z.string().check(
  z.regex(/^2\d{3}-W(0[1-9]|[1-4]\d|5[0-3])$/, { abort: true }),
  z.refine((week) => isoWeekOf(boundsOfWeek(week).from) === week, 'that year has no week 53'),
);
export type IsoWeek = z.infer<typeof IsoWeek>;

const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The canonical text of an instant, to the millisecond. */
export const instantOf = (timeMs: number): Instant => new Date(timeMs).toISOString();

/** Milliseconds since 1970 of an instant. */
export const msOf = (instant: Instant): number => Date.parse(instant);

/** `instant` moved by `minutes`, which may be negative. */
export const plusMinutes = (instant: Instant, minutes: number): Instant =>
  instantOf(msOf(instant) + minutes * 60_000);

/** Whole minutes from `start` to `end`, seconds dropped. */
export const wholeMinutesBetween = (start: Instant, end: Instant): number =>
  Math.floor((msOf(end) - msOf(start)) / 60_000);

const chinaClock = (instant: Instant): Date => new Date(msOf(instant) + CHINA_OFFSET_MS);

/** The date on the wall in China at `instant`. */
export const civilDateOf = (instant: Instant): CivilDate => chinaClock(instant).toISOString().slice(0, 10);

/** Minutes since midnight on the wall in China, 0 to 1,439. */
export const minuteOfDay = (instant: Instant): number => {
  const clock = chinaClock(instant);
  return clock.getUTCHours() * 60 + clock.getUTCMinutes();
};

/** The ISO weekday in China: 1 Monday to 7 Sunday. */
export const weekdayOf = (instant: Instant): number => chinaClock(instant).getUTCDay() || 7;

/** The instant at which civil date `date` begins in China. */
export const startOfDay = (date: CivilDate): Instant =>
  instantOf(Date.parse(`${date}T00:00:00Z`) - CHINA_OFFSET_MS);

/** `date` moved by whole days, which may be negative. */
export const plusDays = (date: CivilDate, days: number): CivilDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

const mondayOfWeekOne = (year: number): number => {
  const fourth = Date.UTC(year, 0, 4);
  return fourth - ((new Date(fourth).getUTCDay() || 7) - 1) * DAY_MS;
};

/** The ISO week of `instant` in China: weeks begin on Monday, week 1 holds 4 January. */
export const isoWeekOf = (instant: Instant): IsoWeek => {
  const day = Date.parse(`${civilDateOf(instant)}T00:00:00Z`);
  const thursday = day + (4 - weekdayOf(instant)) * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - mondayOfWeekOne(year)) / (7 * DAY_MS)) + 1;
  return `${String(year)}-W${String(week).padStart(2, '0')}`;
};

/** The first instant of an ISO week and the first instant after it. */
export const boundsOfWeek = (week: IsoWeek): { from: Instant; to: Instant } => {
  const monday =
    mondayOfWeekOne(Number(week.slice(0, 4))) + (Number(week.slice(6)) - 1) * 7 * DAY_MS - CHINA_OFFSET_MS;
  return { from: instantOf(monday), to: instantOf(monday + 7 * DAY_MS) };
};

/** The day on which somebody completes `years` (whole, 0 or more); born on 29 February: 1 March in common years. */
export const dateOfAge = (birthDate: CivilDate, years: number): CivilDate => {
  const year = Number(birthDate.slice(0, 4)) + years;
  return new Date(Date.UTC(year, Number(birthDate.slice(5, 7)) - 1, Number(birthDate.slice(8))))
    .toISOString()
    .slice(0, 10);
};

/** Completed years from `birthDate` to `on`; born on 29 February counts on 1 March in common years. */
export const ageOn = (birthDate: CivilDate, on: CivilDate): number => {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
};
