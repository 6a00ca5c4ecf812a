/** What can be written on an account that nobody has looked at. */
import type { Posting } from '@time-bank/ledger/change';

/**
 * Throws where a line does more to an account that nobody has looked at than a write can add: marks, and lots that
 * have to be joined with those that are there.
 */
export const assertPlain = ({ entries }: Posting): void => {
  const [entry, ...others] = entries;
  const more = [entry.lots, entry.returned, entry.state, entry.bond].some((part) => part !== undefined);
  if (others.length > 0 || more || entry.kind === 'overflow_chosen') {
    throw new Error('an account must be seen before this can be written on it');
  }
};
