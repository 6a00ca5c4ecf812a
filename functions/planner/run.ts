/** One run of the schedule: what has to happen because time has passed. */
import { closeUnfilled } from '@time-bank/desk/close-unfilled';
import { type KeptBooks, keepBooks } from '@time-bank/desk/keep-books';
import { keepNumbers } from '@time-bank/desk/keep-numbers';
import type { Ports } from '@time-bank/desk/ports';

/** Closes requests that nobody took, keeps the books, and counts the counties once a day. Gives what was done. Safe to run twice, and two at once. */
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
  >,
): Promise<{ closed: number; counted: number } & KeptBooks> => ({
  closed: await closeUnfilled(ports),
  ...(await keepBooks(ports)),
  counted: await keepNumbers(ports),
});
