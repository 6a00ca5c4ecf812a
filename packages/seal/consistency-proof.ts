/** That a log only grew: what was under the earlier root is, unchanged and in order, the beginning of the later. */
import { type Digest, sameBytes } from './digest.ts';
import { type LeafRange, rangeHashes } from './range-hash.ts';
import { emptyRoot, nodeHash } from './tree-hash.ts';
import { type ReadHash, halfOf, isOdd, isSize, peaksOf, splitOf } from './tree-shape.ts';

/** The subtrees that show the first `first` leaves of `range` to be its beginning. `known`: their root is known. */
const shownBy = (first: number, { start, end }: LeafRange, known: boolean): LeafRange[] => {
  if (first === end - start) return known ? [] : [{ start, end }];
  const split = splitOf(end - start);
  const left = { start, end: start + split };
  const right = { start: start + split, end };
  return first <= split
    ? [...shownBy(first, left, known), right]
    : [...shownBy(first - split, right, false), left];
};

/**
 * The proof that the log of `first` leaves is the beginning of the log of `second`: at most 54 hashes, none if the
 * sizes are equal or `first` is 0. Throws if `first` is more than `second` and when `readHash` throws.
 * Source: RFC 9162, section 2.1.4.1.
 */
export const consistencyProof = async (
  readHash: ReadHash,
  { first, second }: { first: number; second: number },
): Promise<Digest[]> => {
  if (!isSize(first) || !isSize(second) || first > second) {
    throw new Error(`a log of ${first} cannot grow into one of ${second}`);
  }
  return first === 0 ? [] : rangeHashes(readHash, shownBy(first, { start: 0, end: second }, true));
};

/** What a consistency proof claims: that the log under `firstRoot` is the beginning of the one under `secondRoot`. */
export interface ConsistencyClaim {
  first: number;
  second: number;
  firstRoot: Digest;
  secondRoot: Digest;
  path: readonly Digest[];
}

/** Both roots from one path; undefined where the path has another length than the sizes ask for. */
const rootsOf = (
  { first, second }: { first: number; second: number },
  [seed, ...path]: readonly Digest[],
): { firstRoot: Digest; secondRoot: Digest } | undefined => {
  if (seed === undefined) return undefined;
  let at = first - 1;
  let last = second - 1;
  while (isOdd(at)) {
    at = halfOf(at);
    last = halfOf(last);
  }
  let firstRoot = seed;
  let secondRoot = seed;
  for (const beside of path) {
    if (last === 0) return undefined;
    if (isOdd(at) || at === last) {
      firstRoot = nodeHash(beside, firstRoot);
      secondRoot = nodeHash(beside, secondRoot);
      while (!isOdd(at) && at !== 0) {
        at = halfOf(at);
        last = halfOf(last);
      }
    } else {
      secondRoot = nodeHash(secondRoot, beside);
    }
    at = halfOf(at);
    last = halfOf(last);
  }
  return last === 0 ? { firstRoot, secondRoot } : undefined;
};

/**
 * Whether the later log begins with the earlier one. False for whatever does not fit; never throws.
 * Every log begins with the empty one: then, and for equal sizes, the path is empty. As with inclusion, sizes have
 * to come from where the roots come from. Source: RFC 9162, section 2.1.4.2; RFC 6962, section 2.1.2.
 */
export const verifyConsistency = ({
  first,
  second,
  firstRoot,
  secondRoot,
  path,
}: ConsistencyClaim): boolean => {
  if (!isSize(first) || !isSize(second) || first > second) return false;
  if ([firstRoot, secondRoot, ...path].some(({ length }) => length !== 32)) return false;
  if (second === 0 && !sameBytes(secondRoot, emptyRoot())) return false;
  if (first === 0) return path.length === 0 && sameBytes(firstRoot, emptyRoot());
  if (first === second) return path.length === 0 && sameBytes(firstRoot, secondRoot);
  if (path.length === 0) return false;
  // A complete earlier tree is a node of the later one: its root opens the path and is not sent.
  const complete = peaksOf({ start: 0, end: first }).length === 1;
  const roots = rootsOf({ first, second }, complete ? [firstRoot, ...path] : path);
  return (
    roots !== undefined && sameBytes(roots.firstRoot, firstRoot) && sameBytes(roots.secondRoot, secondRoot)
  );
};
