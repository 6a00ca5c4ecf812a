/** One run of the schedule: what has to happen because time has passed. */
import { closeUnfilled } from '@time-bank/desk/close-unfilled';
import { keepAlarms } from '@time-bank/desk/keep-alarms';
import { type KeptBooks, keepBooks } from '@time-bank/desk/keep-books';
import { keepHonesty } from '@time-bank/desk/keep-honesty';
import { keepEmergencies } from '@time-bank/desk/keep-emergencies';
import { keepHomes } from '@time-bank/desk/keep-homes';
import { keepNumbers } from '@time-bank/desk/keep-numbers';
import { keepSeries } from '@time-bank/desk/keep-series';
import { keepVisits } from '@time-bank/desk/keep-visits';
import { keepWaves } from '@time-bank/desk/keep-waves';
import { oneByOne } from '@time-bank/desk/one-by-one';
import type { Ports } from '@time-bank/desk/ports';
import { warnUnfilled } from '@time-bank/desk/warn-unfilled';
import { keepPlans } from '@time-bank/desk/work-on-plan';

type Schedule = Pick<
  Ports,
  | 'clock'
  | 'journal'
  | 'careBook'
  | 'people'
  | 'regions'
  | 'weekBook'
  | 'policies'
  | 'caseBook'
  | 'numbersBook'
  | 'personFiles'
>;

/** In this order: whoever calls for help first, what can wait for the night last. */
const jobs = {
  told: keepEmergencies,
  closed: closeUnfilled,
  warned: warnUnfilled,
  kept: keepVisits,
  alarms: keepAlarms,
  waves: keepWaves,
  plans: keepPlans,
  series: keepSeries,
  books: keepBooks,
  counted: keepNumbers,
  looked: keepHonesty,
  placed: keepHomes,
} satisfies Record<string, (ports: Schedule) => Promise<number | KeptBooks>>;

type Job = keyof typeof jobs;

/** How much each job has done. */
export type ScheduleReport = Record<Exclude<Job, 'books'>, number> & KeptBooks;

const nothingDone: ScheduleReport = {
  told: 0,
  closed: 0,
  warned: 0,
  kept: 0,
  alarms: 0,
  waves: 0,
  plans: 0,
  series: 0,
  collected: 0,
  rounds: 0,
  lapsed: 0,
  settled: 0,
  counted: 0,
  looked: 0,
  placed: 0,
};

/**
 * Climbs the ladders of calls for help, closes requests that nobody took, warns of those that nobody has taken, does what
 * is due on the others, has more volunteers asked, works on plans that were left, posts the dates of series, keeps the
 * books, counts the counties once a day, looks at the visits of a county once a night, and lists volunteers by their
 * homes who are not. Gives what was done. Safe to run twice, and two at once.
 * A job that breaks keeps no other from its turn. Throws Unavailable at once; AggregateError of whatever else broke.
 */
export const runSchedule = async (ports: Schedule): Promise<ScheduleReport> => {
  const report = { ...nothingDone };
  await oneByOne(Object.entries(jobs), async ([name, job]) => {
    const done = await job(ports);
    Object.assign(report, typeof done === 'number' ? { [name]: done } : done);
    return 1;
  });
  return report;
};
