/**
 * When a rule of RFC 5545 has its dates. China keeps one time without daylight saving, so a rule is unrolled as if its
 * wall were UTC, and each date then becomes the instant at which it is that time in China.
 */
import type { RepeatRule } from '@time-bank/contracts/series';
import { type CivilDate, type Instant, plusDays, plusMinutes, startOfDay } from '@time-bank/contracts/time';
import rrule from 'rrule';

/** A rule and from when on it counts: the first day, and minutes since midnight in China. */
export interface Repeats {
  rule: RepeatRule;
  from: CivilDate;
  startMinute: number;
}

/** Nobody plans further ahead than this: a rule without an end is unrolled so far from any day, and no further. */
export const AHEAD_DAYS_MAX = 2 * 366;

const wallOf = (date: CivilDate, minute = 0): Date =>
  new Date(Date.parse(`${date}T00:00:00Z`) + minute * 60_000);

const ruleOf = ({ rule, from, startMinute }: Repeats): InstanceType<typeof rrule.RRule> => {
  const options = rrule.RRule.parseString(rule);
  return new rrule.RRule({
    ...options,
    dtstart: wallOf(from, startMinute),
    // The last day belongs to it.
    ...(options.until instanceof Date
      ? { until: new Date(options.until.getTime() + 24 * 60 * 60_000 - 1) }
      : {}),
  });
};

/** The last day on which anybody looks from `from` on. */
const furthestFrom = (repeats: Repeats, from: CivilDate): CivilDate =>
  plusDays(from < repeats.from ? repeats.from : from, AHEAD_DAYS_MAX);

/** The days of a rule from `from` to `until`, both included, in order; of two years at most, however long it has gone on. */
export const datesBetween = (repeats: Repeats, from: CivilDate, until: CivilDate): CivilDate[] => {
  const last = furthestFrom(repeats, from);
  const to = until < last ? until : last;
  if (to < from) return [];
  return ruleOf(repeats)
    .between(wallOf(from), new Date(wallOf(to).getTime() + 24 * 60 * 60_000 - 1), true)
    .map((date) => date.toISOString().slice(0, 10));
};

/** The first `count` days of a rule from `from` on. */
export const nextDates = (repeats: Repeats, from: CivilDate, count: number): CivilDate[] =>
  datesBetween(repeats, from, furthestFrom(repeats, from)).slice(0, count);

/** The last day of a rule that has an end, also where that is years away; undefined for one that goes on. */
export const lastDateOf = (repeats: Repeats): CivilDate | undefined =>
  /;(?:COUNT|UNTIL)=/.test(repeats.rule)
    ? ruleOf(repeats).all().at(-1)?.toISOString().slice(0, 10)
    : undefined;

/** When a day of a rule begins, by the clock of China. */
export const startOn = (date: CivilDate, startMinute: number): Instant =>
  plusMinutes(startOfDay(date), startMinute);
