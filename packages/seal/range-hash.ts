/** The hash over a range of leaves, put together from complete subtrees that are kept. */
import type { Digest } from './digest.ts';
import { joinPeaks } from './tree-hash.ts';
import { type ReadHash, peaksOf } from './tree-shape.ts';

/** A range of leaves: from `start` up to, without, `end`. */
export interface LeafRange {
  start: number;
  end: number;
}

/** The hash of the subtree over each range, in the same order. Reads all at once. */
export const rangeHashes = (readHash: ReadHash, ranges: readonly LeafRange[]): Promise<Digest[]> =>
  Promise.all(
    ranges.map(async (range) =>
      joinPeaks(await Promise.all(peaksOf(range).map(({ level, index }) => readHash(level, index)))),
    ),
  );
