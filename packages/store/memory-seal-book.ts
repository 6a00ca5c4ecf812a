/** The seals in memory, under the conditions of `dynamo-seal-book.ts`. */
import type { TransferId } from '@time-bank/contracts/ids';
import type { Seal, SealBook, SealLog, SealSubject, SealWrite, SealedLink } from '@time-bank/desk/seal-book';
import type { Digest } from '@time-bank/seal/digest';
import { type AccountState, leafHashOf } from '@time-bank/seal/leaf';
import { emptyLog } from '@time-bank/seal/merkle-log';
import { decodeTime } from 'ulid';
import { answer } from './memory-answer.ts';

/** The table of seals. */
export interface SealsMemory {
  seals: Map<SealSubject, Seal>;
  links: Map<SealSubject, Map<TransferId, SealedLink>>;
  leaves: AccountState[];
  /** By level and index. */
  tiles: Map<string, readonly Digest[]>;
  log: SealLog;
  /** By size. */
  checkpoints: Map<number, string>;
}

/** Seals on nothing yet. */
export const sealsMemory = (): SealsMemory => ({
  seals: new Map(),
  links: new Map(),
  leaves: [],
  tiles: new Map(),
  log: { state: emptyLog() },
  checkpoints: new Map(),
});

const TILE = 256;

const isAsRead = (memory: SealsMemory, { links, seals, growth }: SealWrite): boolean =>
  links.every(({ subject, link }) => memory.links.get(subject)?.has(link.transferId) !== true) &&
  seals.every(({ before, after }) => {
    const there = memory.seals.get(after.subject);
    return there?.links === before?.links && there?.sealed?.sequence === before?.sealed?.sequence;
  }) &&
  (growth === undefined || memory.log.state.size === growth.before.state.size);

const write = (memory: SealsMemory, { links, seals, growth }: SealWrite): void => {
  for (const { subject, link } of links) {
    const own = memory.links.get(subject) ?? new Map<TransferId, SealedLink>();
    memory.links.set(subject, own.set(link.transferId, link));
  }
  for (const { after } of seals) memory.seals.set(after.subject, after);
  if (growth === undefined) return;
  for (const { index, state } of growth.leaves) memory.leaves[index] = state;
  for (const { level, index, hashes } of growth.tiles) {
    memory.tiles.set(`${String(level)} ${String(index)}`, hashes);
  }
  memory.log = growth.after;
  memory.checkpoints.set(growth.after.state.size, growth.after.note);
};

/** The seals in memory. */
export const memorySealBook = (memory: SealsMemory): SealBook => ({
  readLogNow: () => answer(() => memory.log),
  readSealsNow: (subjects) =>
    answer(
      () =>
        new Map(
          subjects.flatMap((subject): [SealSubject, Seal][] => {
            const seal = memory.seals.get(subject);
            return seal === undefined ? [] : [[subject, seal]];
          }),
        ),
    ),
  listLinkedNow: (subject, sinceMs = 0) =>
    answer(
      () =>
        new Set(
          [...(memory.links.get(subject)?.keys() ?? [])].filter(
            (transferId) => decodeTime(transferId.slice(4)) >= sinceMs,
          ),
        ),
    ),
  readLeaf: (index) => answer(() => memory.leaves[index]),
  readTile: (level, index) =>
    answer(() =>
      level === 0
        ? memory.leaves.slice(index * TILE, (index + 1) * TILE).map(leafHashOf)
        : memory.tiles.get(`${String(level)} ${String(index)}`),
    ),
  write: (wanted) =>
    answer(() => {
      if (!isAsRead(memory, wanted)) return false;
      write(memory, wanted);
      return true;
    }),
});
