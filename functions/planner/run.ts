/** One run of the schedule: what has to happen because time has passed. */
import { closeUnfilled } from '@time-bank/desk/close-unfilled';
import type { Ports } from '@time-bank/desk/ports';

/** Closes requests that nobody took. Gives how many. Safe to run twice, and two at once. */
export const runSchedule = async (
  ports: Pick<Ports, 'clock' | 'journal' | 'careBook' | 'regions'>,
): Promise<{ closed: number }> => ({ closed: await closeUnfilled(ports) });
