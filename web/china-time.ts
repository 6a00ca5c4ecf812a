/** Instants as people in China read and write them. China is eight hours ahead of UTC, all year. */
import type { Catalogue, ShellWords } from './words/zh-hans.ts';

const OFFSET_MS = 8 * 60 * 60 * 1000;

const onTheWall = (instant: string): string => new Date(Date.parse(instant) + OFFSET_MS).toISOString();

/** The date on the wall, e.g. `2026-11-21`. */
export const dateOf = (instant: string): string => onTheWall(instant).slice(0, 10);

/** The time on the wall, e.g. `10:32`. */
export const clockOf = (instant: string): string => onTheWall(instant).slice(11, 16);

/** The instant of a date and a time as the browser's fields give them; nothing where they give none. */
export const instantAt = (date: string, clock: string): string | undefined => {
  const timeMs = Date.parse(`${date}T${clock.slice(0, 5)}:00+08:00`);
  return Number.isNaN(timeMs) ? undefined : new Date(timeMs).toISOString();
};

/** The instant now. */
export const now = (): string => new Date().toISOString();

/** All that a date needs of a language. */
type DateWords = Pick<ShellWords, 'dateLocale'>;

const formatted = (words: DateWords, instant: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(words.dateLocale, { timeZone: 'Asia/Shanghai', ...options }).format(
    new Date(instant),
  );

/** The day and month, without the year. */
export const dayWords = (words: DateWords, instant: string): string =>
  formatted(words, instant, { month: 'long', day: 'numeric' });

/** The last day before `instant`, the day and month: on which something that lapses then can still be used. */
export const lastDayWords = (words: DateWords, instant: string): string =>
  dayWords(words, new Date(Date.parse(instant) - 1).toISOString());

/** The weekday, short. */
export const weekdayWords = (words: DateWords, instant: string): string =>
  formatted(words, instant, { weekday: 'short' });

/** Day, month and time, for what has happened. */
export const momentWords = (words: DateWords, instant: string): string =>
  `${dayWords(words, instant)} ${clockOf(instant)}`;

const plusDay = (instant: string): string =>
  new Date(Date.parse(instant) + 24 * 60 * 60 * 1000).toISOString();

/** “Today” or “tomorrow”; empty on any other day. */
const nearWords = (words: Catalogue, instant: string, from: string): string => {
  const date = dateOf(instant);
  return date === dateOf(from) ? words.today : date === dateOf(plusDay(from)) ? words.tomorrow : '';
};

/** The day of what is to come, as short as it can be said: “today”, “tomorrow”, or day, month and weekday. */
export const shortDayWords = (words: Catalogue, instant: string, from: string = now()): string =>
  nearWords(words, instant, from) || `${dayWords(words, instant)} ${weekdayWords(words, instant)}`;

/** Day, month, weekday and time, with “today” and “tomorrow”, for what is to come. */
export const whenWords = (words: Catalogue, instant: string, from: string = now()): string => {
  const near = nearWords(words, instant, from);
  const full = `${dayWords(words, instant)} ${weekdayWords(words, instant)} ${clockOf(instant)}`;
  return near === '' ? full : `${near} ${full}`;
};
