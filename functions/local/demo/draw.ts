/** Chance that can be repeated. */

/** Draws that follow from a seed. */
export interface Draw {
  /** A number in [0, 1). */
  next: () => number;
  /** A whole number, both ends included. */
  between: (least: number, most: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(list: readonly T[]) => T;
  /** `count` of the list, or all, in random order. */
  some: <T>(list: readonly T[], count?: number) => T[];
}

/** Mulberry32: small, fast, the same on every machine; not for secrets. */
export const drawFrom = (seed: number): Draw => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[between(0, list.length - 1)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  };
  const some = <T>(list: readonly T[], count = list.length): T[] =>
    list
      .map((value) => ({ value, order: next() }))
      .sort((a, b) => a.order - b.order)
      .slice(0, count)
      .map(({ value }) => value);
  return { next, between, chance: (probability) => next() < probability, pick, some };
};
