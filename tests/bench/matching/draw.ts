/** Draws from stated distributions by a seed. */
import { type Chance, chanceOf, seedOf } from '../../sim/random.ts';
import type { Shares } from './town-law.ts';

/** Parts of a town have chances of their own: to change one leaves the others as they were. */
export const partOf = (seed: number, part: number): Chance => chanceOf(seedOf(seed, part));

/** An outcome by its share in a thousand. */
export const drawn = <T>(chance: Chance, shares: Shares<T>): T => {
  let left = chance.next() * shares.reduce((sum, [, share]) => sum + share, 0);
  for (const [outcome, share] of shares) {
    left -= share;
    if (left < 0) return outcome;
  }
  const last = shares.at(-1);
  if (last === undefined) throw new Error('nothing to draw from');
  return last[0];
};

/** A draw of the normal law with mean 0 and deviation 1 (Box and Muller 1958). */
export const normal = (chance: Chance): number =>
  Math.sqrt(-2 * Math.log(1 - chance.next())) * Math.cos(2 * Math.PI * chance.next());

/** A whole number of 1 or more of the geometric law with this mean. */
export const geometric = (chance: Chance, mean: number): number =>
  1 + Math.floor(Math.log(1 - chance.next()) / Math.log(1 - 1 / mean));

/** `count` different ones by weight, in the order in which they stand; fewer where there are not so many. */
export const chosen = <T>(
  chance: Chance,
  from: readonly T[],
  count: number,
  weightOf: (one: T) => number = () => 1,
): T[] => {
  const left = new Set(from);
  while (left.size > 0 && left.size > from.length - count) {
    const all = [...left];
    left.delete(
      drawn(
        chance,
        all.map((one) => [one, weightOf(one)] as const),
      ),
    );
  }
  return from.filter((one) => !left.has(one));
};
