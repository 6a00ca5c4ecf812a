/** The two hashes of the Merkle tree. Their first byte differs, so a node can never be shown as a leaf. */
import { type Digest, assertDigest, sha256 } from './digest.ts';

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

/** The hash of a leaf: SHA-256(0x00 || bytes). Source: RFC 9162, section 2.1.1. */
export const leafHash = (bytes: Uint8Array): Digest => sha256(LEAF, bytes);

/** The hash of an inner node: SHA-256(0x01 || left || right). Source: RFC 9162, section 2.1.1. */
export const nodeHash = (left: Digest, right: Digest): Digest =>
  sha256(NODE, assertDigest(left, 'the left child'), assertDigest(right, 'the right child'));

/** The root of the tree without leaves: SHA-256 of nothing. Source: RFC 9162, section 2.1.1. */
export const emptyRoot = (): Digest => sha256();

/**
 * The hash over neighbouring complete subtrees, the largest and leftmost first: the right ones are joined first.
 * No subtree gives the root of the empty tree. Source: RFC 9162, section 2.1.1, read from the right edge.
 */
export const joinPeaks = (peaks: readonly Digest[]): Digest =>
  peaks.length === 0 ? emptyRoot() : peaks.reduceRight((right, left) => nodeHash(left, right));

/**
 * The root over exactly 1, 2, 4, ... leaves or equal subtrees, e.g. over a full tile of 256.
 * Throws if their count is not a power of two.
 */
export const completeRoot = (hashes: readonly Digest[]): Digest => {
  const [first, second, ...rest] = hashes;
  if (first === undefined) throw new Error('a complete subtree has at least one leaf');
  if (second === undefined) return assertDigest(first, 'a leaf hash');
  if (rest.length % 2 === 1) throw new Error('the leaves of a complete subtree are a power of two');
  const half = hashes.length / 2;
  return nodeHash(completeRoot(hashes.slice(0, half)), completeRoot(hashes.slice(half)));
};
