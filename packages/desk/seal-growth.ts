/** How the log grows by leaves: the frontier, the tiles above the leaves, and a checkpoint over all of it. */
import type { Instant } from '@time-bank/contracts/time';
import { GENESIS } from '@time-bank/seal/chain';
import { checkpointDigest, readCheckpoint, writeCheckpoint } from '@time-bank/seal/checkpoint';
import type { Digest } from '@time-bank/seal/digest';
import { type AccountState, leafHashOf } from '@time-bank/seal/leaf';
import { appendLeaf, rootOf } from '@time-bank/seal/merkle-log';
import { signedNote } from '@time-bank/seal/signed-note';
import { type Signer, signatureBy } from '@time-bank/seal/signer';
import { TILE_WIDTH } from '@time-bank/seal/tile';
import { completeRoot } from '@time-bank/seal/tree-hash';
import { printVerifierKey } from '@time-bank/seal/verifier-key';
import type { LogGrowth, SealBook, SealLog, SealedTile } from './seal-book.ts';

/** What the next checkpoint names as the one before it. Throws on a kept note that is none. */
export const digestOfNote = (note: string | undefined): Digest => {
  if (note === undefined) return GENESIS;
  const read = readCheckpoint(note);
  if (read.kind === 'misfit') throw new Error(`the newest checkpoint cannot be read: ${read.misfit}`);
  return checkpointDigest(read.value.text);
};

/**
 * The tiles of `level` and above that grow when `added` hashes are put behind the `size` hashes of the level below.
 * Only tiles that are full rise, so most batches give none.
 */
const risen = async (
  readTile: SealBook['readTile'],
  level: number,
  size: number,
  added: readonly Digest[],
): Promise<SealedTile[]> => {
  const roots: Digest[] = [];
  const first = Math.floor(size / TILE_WIDTH);
  let hashes =
    (size % TILE_WIDTH) + added.length < TILE_WIDTH
      ? []
      : [...((await readTile(level - 1, first)) ?? [])].slice(0, size % TILE_WIDTH);
  for (const hash of added) {
    hashes.push(hash);
    if (hashes.length === TILE_WIDTH) {
      roots.push(completeRoot(hashes));
      hashes = [];
    }
  }
  if (roots.length === 0) return [];
  const place = first % TILE_WIDTH;
  const index = Math.floor(first / TILE_WIDTH);
  const there = [...((await readTile(level, index)) ?? [])].slice(0, place);
  const all = [...there, ...roots];
  const tiles: SealedTile[] = [];
  for (let start = 0; start < all.length; start += TILE_WIDTH) {
    tiles.push({
      level,
      index: index + start / TILE_WIDTH,
      hashes: all.slice(start, start + TILE_WIDTH),
    });
  }
  return [...tiles, ...(await risen(readTile, level + 1, first, roots))];
};

/** The log with these states as its newest leaves, and its signed checkpoint. */
export const growLog = async (
  readTile: SealBook['readTile'],
  signer: Signer,
  before: SealLog,
  { states, at }: { states: readonly AccountState[]; at: Instant },
): Promise<LogGrowth> => {
  const hashes = states.map(leafHashOf);
  const state = hashes.reduce(appendLeaf, before.state);
  const text = writeCheckpoint({
    origin: signer.name,
    size: state.size,
    root: rootOf(state),
    at,
    previous: digestOfNote(before.note),
  });
  const note = signedNote(text, [await signatureBy(signer, text)]);
  return {
    before,
    after: { state, note, verifierKey: printVerifierKey(signer) },
    leaves: states.map((each, index) => ({ index: before.state.size + index, state: each })),
    tiles: await risen(readTile, 1, before.state.size, hashes),
  };
};
