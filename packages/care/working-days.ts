/**
 * Deadlines on working days, by the calendar that the State Council publishes each autumn for the year that follows:
 * public holidays, and the Saturdays and Sundays on which work is made up (调休). A year that is not published yet is
 * counted by its weekdays alone, so a deadline across a Spring Festival that is not announced is too early, never too
 * late. The list is read as it is: the library's own functions count by the zone of the machine.
 */
import { type CivilDate, type Instant, civilDateOf, plusDays, startOfDay } from '@time-bank/contracts/time';
import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' };

const holidays: ReadonlySet<string> = new Set(Object.keys(calendar.holidays));
const madeUp: ReadonlySet<string> = new Set(Object.keys(calendar.workdays));

/** True where offices of the state are open. */
export const isWorkingDay = (date: CivilDate): boolean => {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return madeUp.has(date) || (weekday >= 1 && weekday <= 5 && !holidays.has(date));
};

const lastInstantOf = (date: CivilDate): Instant =>
  new Date(Date.parse(startOfDay(plusDays(date, 1))) - 1).toISOString();

/**
 * The last instant of the `days`-th working day after the day of `at` in China (whole days, 1 or more): the day itself
 * does not count.
 */
export const workingDaysAfter = (at: Instant, days: number): Instant => {
  let date = civilDateOf(at);
  for (let left = days; left > 0;) {
    date = plusDays(date, 1);
    if (isWorkingDay(date)) left -= 1;
  }
  return lastInstantOf(date);
};

/** The last instant of the `days`-th day after the day of `at` in China, working or not; 0 is the day itself. */
export const daysAfter = (at: Instant, days: number): Instant =>
  lastInstantOf(plusDays(civilDateOf(at), days));
