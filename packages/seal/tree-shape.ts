/**
 * Where the nodes of a Merkle tree stand. Counts go up to 2^53-1, so powers of two are found by doubling:
 * bit operators of the language see 32 bits only.
 */
import type { Digest } from './digest.ts';

/** The most leaves a log may have: 2^53-1. */
export const SIZE_MAX = Number.MAX_SAFE_INTEGER;

/** The most hashes in a proof: one for each level of a log of 2^53-1 leaves. */
export const PATH_LENGTH_MAX = 53;

/** A complete subtree: the leaves from `index` * 2^`level` up to, without, (`index` + 1) * 2^`level`. */
export interface Subtree {
  level: number;
  index: number;
}

/** Gives the hash of a complete subtree. Asked only for such as lie within the log. Throws if it is not kept. */
export type ReadHash = (level: number, index: number) => Promise<Digest>;

/** The largest power of two below `count` (2 or more). Source: RFC 9162, section 2.1.1, "k". */
export const splitOf = (count: number): number => {
  let split = 1;
  while (split < count / 2) split *= 2;
  return split;
};

/**
 * The fewest complete subtrees that cover the leaves from `start` up to, without, `end`, largest first.
 * `start` is a multiple of the largest one, as in every range that a proof needs.
 */
export const peaksOf = ({ start, end }: { start: number; end: number }): Subtree[] => {
  const peaks: Subtree[] = [];
  let from = start;
  let width = 1;
  let level = 0;
  while (width <= (end - start) / 2) {
    width *= 2;
    level += 1;
  }
  for (; level >= 0; level -= 1, width /= 2) {
    if (from + width <= end) {
      peaks.push({ level, index: from / width });
      from += width;
    }
  }
  return peaks;
};

/** Whether `value` is a count of leaves: whole, 0 to 2^53-1. */
export const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** Whether `value`, a whole number from 0 on, has its lowest bit set. */
export const isOdd = (value: number): boolean => value % 2 === 1;

/** `value`, a whole number from 0 on, without its lowest bit. */
export const halfOf = (value: number): number => Math.floor(value / 2);
