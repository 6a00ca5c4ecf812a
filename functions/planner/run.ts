/** One run of the schedule: what has to happen because time has passed. */
import { closeUnfilled } from '@time-bank/desk/close-unfilled';
import { type KeptBooks, keepBooks } from '@time-bank/desk/keep-books';
import type { Ports } from '@time-bank/desk/ports';

/** Closes requests that nobody took, and keeps the books. Gives what was done. Safe to run twice, and two at once. */
export const runSchedule = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'regions' | 'policies' | 'caseBook'>,
): Promise<{ closed: number } & KeptBooks> => ({
  closed: await closeUnfilled(ports),
  ...(await keepBooks(ports)),
});
