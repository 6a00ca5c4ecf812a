/**
 * An append-only log as a Merkle tree. To append and to know the root, only the frontier is needed: the roots of
 * the complete subtrees along the right edge, one for each set bit of the size, at most 53 hashes.
 *
 *   size 7        frontier [ABCD] [EF] [G]
 *     ABCD
 *    AB  CD   EF
 *   A B C D  E F  G
 */
import * as z from 'zod/mini';
import { type Digest, DigestText, assertDigest } from './digest.ts';
import { joinPeaks, nodeHash } from './tree-hash.ts';
import { PATH_LENGTH_MAX, SIZE_MAX, halfOf, isOdd, peaksOf } from './tree-shape.ts';

/**
 * The state of a log. `size`: how many leaves, 0 to 2^53-1. `frontier`: the roots of its complete subtrees, largest
 * first, as many as `size` has set bits. Digests are 43 characters outside and 32 bytes inside.
 */
export const LogState = z
  .strictObject({
    size: z.int().check(z.gte(0)),
    frontier: z.array(DigestText).check(z.maxLength(PATH_LENGTH_MAX)),
  })
  .check(
    z.refine(({ size, frontier }) => frontier.length === peaksOf({ start: 0, end: size }).length, {
      message: 'a frontier has a hash for each set bit of the size',
    }),
  );
export type LogState = z.output<typeof LogState>;

/** The state of a log as it is kept: digests as 43 characters of base64url. */
export type WrittenLogState = z.input<typeof LogState>;

/** Outside to inside. Throws ZodError on unknown fields and where frontier and size do not agree. */
export const parseLogState = (written: unknown): LogState => z.parse(LogState, written);

/** Inside to outside. Throws ZodError on a state that `parseLogState` would refuse. */
export const presentLogState = (state: LogState): WrittenLogState => z.encode(LogState, state);

/** A log without leaves. */
export const emptyLog = (): LogState => ({ size: 0, frontier: [] });

/**
 * The log with one leaf more; the state that came in is not changed. At most 53 hashes are computed.
 * Throws on a full log, on a frontier that does not fit the size and on a leaf hash not of 32 bytes.
 */
export const appendLeaf = (state: LogState, leaf: Digest): LogState => {
  if (state.size >= SIZE_MAX) throw new Error('the log is full');
  const frontier = [...state.frontier];
  let hash = assertDigest(leaf, 'a leaf hash');
  for (let size = state.size; isOdd(size); size = halfOf(size)) {
    const left = frontier.pop();
    if (left === undefined) throw new Error('the frontier is shorter than the size says');
    hash = nodeHash(left, hash);
  }
  return { size: state.size + 1, frontier: [...frontier, hash] };
};

/** The root over all leaves of a log, 32 bytes. Source: RFC 9162, section 2.1.1. */
export const rootOf = ({ frontier }: LogState): Digest => joinPeaks(frontier);
