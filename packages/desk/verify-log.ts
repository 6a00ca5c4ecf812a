/** The log of seals: leaves, the tiles above them, every checkpoint, and those that are kept elsewhere. */
import { GENESIS } from '@time-bank/seal/chain';
import {
  type Checkpoint,
  checkpointDigest,
  readCheckpoint,
  verifyCheckpoint,
} from '@time-bank/seal/checkpoint';
import { type Digest, sameBytes } from '@time-bank/seal/digest';
import { leafHashOf } from '@time-bank/seal/leaf';
import { type LogState, appendLeaf, emptyLog, rootOf } from '@time-bank/seal/merkle-log';
import { TILE_WIDTH } from '@time-bank/seal/tile';
import { completeRoot } from '@time-bank/seal/tree-hash';
import type { SealBooks } from './book-record.ts';
import { mustHold } from './does-not-fit.ts';

const LOG = 'the log of seals';
const at = (size: number): string => `checkpoint ${String(size)}`;

const checkpointOf = (note: string, verifierKey: string, where: string): Checkpoint | undefined => {
  const verified = verifyCheckpoint(note, verifierKey);
  mustHold(
    verified.kind === 'done',
    where,
    `it does not hold: ${verified.kind === 'misfit' ? verified.misfit : ''}`,
  );
  return verified.kind === 'done' ? verified.value : undefined;
};

/** What the next checkpoint has to name. */
const digestOf = (note: string): Digest => {
  const read = readCheckpoint(note);
  return read.kind === 'done' ? checkpointDigest(read.value.text) : GENESIS;
};

/** Appends leaf by leaf and compares the root at every size that has a checkpoint. */
const walk = (seals: SealBooks, verifierKey: string): { state: LogState; hashes: Digest[] } => {
  let state = emptyLog();
  let previous: Digest = GENESIS;
  const hashes: Digest[] = [];
  let found = 0;
  for (let index = 0; index < seals.leaves.size; index += 1) {
    const leaf = seals.leaves.get(index);
    mustHold(leaf !== undefined, `leaf ${String(index)}`, 'it is missing from the log');
    if (leaf === undefined) continue;
    const hash = leafHashOf(leaf);
    hashes.push(hash);
    state = appendLeaf(state, hash);
    const note = seals.checkpoints.get(state.size);
    if (note === undefined) continue;
    found += 1;
    const checkpoint = checkpointOf(note, verifierKey, at(state.size));
    if (checkpoint === undefined) continue;
    mustHold(checkpoint.size === state.size, at(state.size), 'it was made for another size');
    mustHold(
      sameBytes(checkpoint.root, rootOf(state)),
      at(state.size),
      'the leaves of the log are not those that were signed',
    );
    mustHold(sameBytes(checkpoint.previous, previous), at(state.size), 'the checkpoint before it is missing');
    previous = digestOf(note);
  }
  mustHold(found === seals.checkpoints.size, LOG, 'there are checkpoints for leaves that are not there');
  return { state, hashes };
};

const verifyTiles = (seals: SealBooks, hashes: readonly Digest[]): void => {
  const expected = new Map<string, readonly Digest[]>();
  let below = hashes;
  for (let level = 1; below.length >= TILE_WIDTH; level += 1) {
    const roots: Digest[] = [];
    for (let start = 0; start + TILE_WIDTH <= below.length; start += TILE_WIDTH) {
      roots.push(completeRoot(below.slice(start, start + TILE_WIDTH)));
    }
    for (let start = 0; start < roots.length; start += TILE_WIDTH) {
      expected.set(`${String(level)}/${String(start / TILE_WIDTH)}`, roots.slice(start, start + TILE_WIDTH));
    }
    below = roots;
  }
  mustHold(seals.tiles.length === expected.size, LOG, 'its tiles are not as many as its leaves make');
  for (const { level, index, hashes: kept } of seals.tiles) {
    const name = `${String(level)}/${String(index)}`;
    const right = expected.get(name) ?? [];
    const same =
      kept.length === right.length && kept.every((hash, place) => sameBytes(hash, right[place] ?? GENESIS));
    mustHold(same, `tile ${name}`, 'it is not what the leaves below it make');
  }
};

const verifyNow = (seals: SealBooks, state: LogState, verifierKey: string): void => {
  const { log } = seals;
  if (log === undefined) {
    mustHold(seals.leaves.size === 0, LOG, 'its newest state is missing');
    return;
  }
  const sameFrontier =
    log.state.frontier.length === state.frontier.length &&
    log.state.frontier.every((hash, place) => sameBytes(hash, state.frontier[place] ?? GENESIS));
  mustHold(
    log.state.size === state.size && sameFrontier,
    LOG,
    'its newest state is not what its leaves make',
  );
  mustHold(
    log.note === seals.checkpoints.get(state.size),
    LOG,
    'its newest checkpoint is not the one that is kept',
  );
  mustHold(log.verifierKey === verifierKey, LOG, 'it shows another key than the one that signs');
};

const verifyOutside = (seals: SealBooks, outside: readonly string[], verifierKey: string): void => {
  for (const [index, note] of outside.entries()) {
    const where = `checkpoint ${String(index + 1)} of those kept outside`;
    const checkpoint = checkpointOf(note, verifierKey, where);
    if (checkpoint === undefined) continue;
    const kept = seals.checkpoints.get(checkpoint.size);
    mustHold(kept !== undefined, `${where} (size ${String(checkpoint.size)})`, 'the table does not have it');
    mustHold(kept === note, `${where} (size ${String(checkpoint.size)})`, 'the table has another one');
  }
};

/** Checks the log. Throws DoesNotFit. */
export const verifyLog = (
  seals: SealBooks,
  { outside, verifierKey }: { outside: readonly string[]; verifierKey: string | undefined },
): void => {
  if (verifierKey === undefined) {
    mustHold(
      seals.leaves.size === 0 && seals.seals.size === 0 && seals.links.size === 0 && outside.length === 0,
      LOG,
      'there are seals, and no key to check them with',
    );
    return;
  }
  const { state, hashes } = walk(seals, verifierKey);
  verifyTiles(seals, hashes);
  verifyNow(seals, state, verifierKey);
  verifyOutside(seals, outside, verifierKey);
};
