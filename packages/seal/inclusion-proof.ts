/** That a leaf stands at its place in a log: the hashes beside its way to the root. */
import { type Digest, sameBytes } from './digest.ts';
import { type LeafRange, rangeHashes } from './range-hash.ts';
import { nodeHash } from './tree-hash.ts';
import { type ReadHash, halfOf, isOdd, isSize, splitOf } from './tree-shape.ts';

/** The subtrees beside the way from leaf `index` to the root of `range`, lowest first. */
const besideWay = (index: number, { start, end }: LeafRange): LeafRange[] => {
  if (end - start === 1) return [];
  const middle = start + splitOf(end - start);
  const left = { start, end: middle };
  const right = { start: middle, end };
  return index < middle ? [...besideWay(index, left), right] : [...besideWay(index, right), left];
};

/**
 * The proof that leaf `index` (from 0) stands in the log of its first `size` leaves: at most 53 hashes, lowest
 * first. The log may have grown since. Throws on an index outside the log and when `readHash` throws.
 * Source: RFC 9162, section 2.1.3.1.
 */
export const inclusionProof = async (
  readHash: ReadHash,
  { index, size }: { index: number; size: number },
): Promise<Digest[]> => {
  if (!isSize(size) || !isSize(index) || index >= size) {
    throw new Error(`leaf ${index} is not in a log of ${size}`);
  }
  return rangeHashes(readHash, besideWay(index, { start: 0, end: size }));
};

/** What an inclusion proof claims: that `leaf` (a leaf hash) is number `index` of the `size` leaves under `root`. */
export interface InclusionClaim {
  leaf: Digest;
  index: number;
  size: number;
  path: readonly Digest[];
  root: Digest;
}

/**
 * Whether the path leads from the leaf at its place to the root. False for whatever does not fit; never throws.
 * The size decides only the shape of the way, and two sizes can give one leaf the same shape: the size has to come
 * from where the root comes from, a signed checkpoint. Source: RFC 9162, section 2.1.3.2.
 */
export const verifyInclusion = ({ leaf, index, size, path, root }: InclusionClaim): boolean => {
  if (!isSize(size) || !isSize(index) || index >= size) return false;
  if ([leaf, root, ...path].some(({ length }) => length !== 32)) return false;
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const beside of path) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      hash = nodeHash(beside, hash);
      // A leaf at the right edge has no neighbour on the levels below this one.
      while (!isOdd(at) && at !== 0) {
        at = halfOf(at);
        last = halfOf(last);
      }
    } else {
      hash = nodeHash(hash, beside);
    }
    at = halfOf(at);
    last = halfOf(last);
  }
  return last === 0 && sameBytes(hash, root);
};
