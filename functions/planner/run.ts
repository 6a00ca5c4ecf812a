/** One run of the schedule: what has to happen because time has passed. */
import { closeUnfilled } from '@time-bank/desk/close-unfilled';
import { keepAlarms } from '@time-bank/desk/keep-alarms';
import { type KeptBooks, keepBooks } from '@time-bank/desk/keep-books';
import { keepHonesty } from '@time-bank/desk/keep-honesty';
import { keepEmergencies } from '@time-bank/desk/keep-emergencies';
import { keepNumbers } from '@time-bank/desk/keep-numbers';
import { keepSeries } from '@time-bank/desk/keep-series';
import { keepVisits } from '@time-bank/desk/keep-visits';
import { keepWaves } from '@time-bank/desk/keep-waves';
import type { Ports } from '@time-bank/desk/ports';
import { warnUnfilled } from '@time-bank/desk/warn-unfilled';
import { keepPlans } from '@time-bank/desk/work-on-plan';

/** Climbs the ladders of calls for help, closes requests that nobody took, warns of those that nobody has taken, does what is due on the others, has more volunteers asked, works on plans that were left, posts the dates of series, keeps the books, counts the counties once a day, and looks at the visits of a county once a night. Gives what was done. Safe to run twice, and two at once. */
export const runSchedule = async (
  ports: Pick<
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
  >,
): Promise<
  {
    told: number;
    series: number;
    closed: number;
    warned: number;
    kept: number;
    alarms: number;
    waves: number;
    plans: number;
    counted: number;
    looked: number;
  } & KeptBooks
> => ({
  told: await keepEmergencies(ports),
  closed: await closeUnfilled(ports),
  warned: await warnUnfilled(ports),
  kept: await keepVisits(ports),
  alarms: await keepAlarms(ports),
  waves: await keepWaves(ports),
  plans: await keepPlans(ports),
  series: await keepSeries(ports),
  ...(await keepBooks(ports)),
  counted: await keepNumbers(ports),
  looked: await keepHonesty(ports),
});
