/**
 * The one source of chance of a simulation: mulberry32 by Tommy Ettinger (public domain), 32 bits of state. Whoever
 * knows the seed knows every choice.
 */

/** A source of chance. `next`: in [0, 1). */
export interface Chance {
  next: () => number;
  /** A whole number in [0, count). */
  below: (count: number) => number;
  /** True so many times in a thousand. */
  perMille: (times: number) => boolean;
  pick: <T>(from: readonly T[]) => T;
}

/** Chance by its seed. */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    perMille: (times) => next() * 1000 < times,
    pick: (from) => {
      const found = from[below(from.length)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
  };
};

/** A seed for part `part` of a run: parts of one run have nothing in common. */
export const seedOf = (seed: number, part: number): number =>
  Math.floor(chanceOf((seed ^ Math.imul(part + 1, 0x9e3779b1)) >>> 0).next() * 4_294_967_296);
