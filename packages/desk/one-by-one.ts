/** The schedule's way through many things: one that breaks must not keep the others waiting for ever. */
import { Unavailable } from './ports.ts';

/**
 * Does the same to each, in order; gives how much was done. What breaks is told when all have had their turn.
 * Throws Unavailable at once, for then nothing can be done to the others either; AggregateError of whatever else broke.
 */
export const oneByOne = async <T>(
  things: Iterable<T>,
  work: (thing: T) => Promise<number | boolean>,
): Promise<number> => {
  let done = 0;
  const broken: unknown[] = [];
  for (const thing of things) {
    try {
      done += Number(await work(thing));
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      broken.push(error);
    }
  }
  if (broken.length > 0) throw new AggregateError(broken, `${String(broken.length)} could not be done`);
  return done;
};
