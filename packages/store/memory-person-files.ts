/** The leaves of people's files in memory. */
import type { MemberId } from '@time-bank/contracts/ids';
import type { Refusal } from '@time-bank/contracts/refusals';
import type { AnyLeaf, BindingLeaf, LeafKind, Leaves } from '@time-bank/desk/person-leaf';
import type { PersonFiles } from '@time-bank/desk/ports';
import { type HelperSpending, refusedSpending } from '@time-bank/identity/binding';
import {
  dueSort,
  leafSort,
  leavesAboutKey,
  memberPartition,
  personLeafKey,
  personLeafPrefix,
  waitingLeavesKey,
} from './keys.ts';
import { leafSchemas } from './leaf-schemas.ts';
import { answer } from './memory-answer.ts';
import { sortedLists } from './memory-lists.ts';
import { kept } from './memory-value.ts';

const nameOf = ({ memberId, kind, fileId }: Pick<AnyLeaf, 'memberId' | 'kind' | 'fileId'>): string =>
  Object.values(personLeafKey(memberId, kind, fileId)).join(' ');
const ownList = (kind: LeafKind, memberId: MemberId): string =>
  `${memberPartition(memberId)} ${personLeafPrefix(kind)}`;

/** The lists in which a leaf stands, each with its place there. */
const placesOf = (leaf: AnyLeaf): { list: string; sort: string }[] => {
  const { kind, fileId, otherId, waits } = leaf;
  return [
    { list: ownList(kind, leaf.memberId), sort: fileId },
    ...(otherId === undefined
      ? []
      : [{ list: leavesAboutKey(kind, otherId), sort: leafSort(leaf.at, fileId) }]),
    ...(waits === undefined
      ? []
      : [{ list: waitingLeavesKey(kind, waits.region), sort: dueSort(waits.dueAt, fileId) }]),
  ];
};

/** The leaves by the names of their items, and the lists in which they stand. */
export interface LeafMemory {
  leaves: Map<string, AnyLeaf>;
  lists: ReturnType<typeof sortedLists<string>>;
}

/** No leaves. */
export const leafMemory = (): LeafMemory => ({ leaves: new Map(), lists: sortedLists<string>() });

const writeLeaf = ({ leaves, lists }: LeafMemory, leaf: AnyLeaf): void => {
  const name = nameOf(leaf);
  const before = leaves.get(name);
  if (before !== undefined) for (const { list, sort } of placesOf(before)) lists.remove(list, sort);
  leaves.set(name, kept(leaf));
  for (const { list, sort } of placesOf(leaf)) lists.put(list, sort, name);
};

const bindingOf = (
  { leaves }: LeafMemory,
  { elderId, bindingId }: HelperSpending,
): BindingLeaf | undefined => {
  const leaf = leaves.get(nameOf({ memberId: elderId, kind: 'binding', fileId: bindingId }));
  return leaf?.kind === 'binding' ? leaf : undefined;
};

/** Why a helper cannot spend; undefined where they can. */
export const refusedInMemory = (memory: LeafMemory, change: HelperSpending): Refusal | undefined => {
  const leaf = bindingOf(memory, change);
  const code = refusedSpending(leaf && { ...leaf, until: leaf.terms.until }, change);
  return code === undefined ? undefined : { code };
};

/** Counts what a helper spends. */
export const spendInMemory = (memory: LeafMemory, change: HelperSpending): void => {
  const leaf = bindingOf(memory, change);
  if (leaf === undefined) throw new Error('the binding was there a moment ago');
  const spentMinutes = leaf.spentMinutes + change.amountMinutes;
  writeLeaf(memory, { ...leaf, version: leaf.version + 1, spentMinutes });
};

/** Takes every leaf out of a person's file, and merges that tell of them out of the files of others. */
export const forgetLeaves = (memory: LeafMemory, memberId: MemberId): void => {
  for (const [name, leaf] of memory.leaves) {
    if (leaf.memberId !== memberId && !(leaf.kind === 'merge' && leaf.otherId === memberId)) continue;
    for (const { list, sort } of placesOf(leaf)) memory.lists.remove(list, sort);
    memory.leaves.delete(name);
  }
};

/** People's files in memory. */
export const memoryPersonFiles = (memory: LeafMemory): PersonFiles => {
  const { leaves, lists } = memory;
  const write = (leaf: AnyLeaf): void => {
    writeLeaf(memory, leaf);
  };
  const read = <K extends LeafKind>(kind: K, name: string): Leaves[K] | undefined => {
    const leaf = leaves.get(name);
    return leaf === undefined ? undefined : leafSchemas[kind].parse(leaf);
  };
  const readEach = <K extends LeafKind>(kind: K, names: readonly string[]): Leaves[K][] =>
    names.map((name) => read(kind, name)).filter((leaf) => leaf !== undefined);
  const readList = <K extends LeafKind>(kind: K, list: string): Leaves[K][] =>
    readEach(kind, lists.read(list, { limit: Infinity }));
  return {
    put: (leaf) =>
      answer(() => {
        if (leaves.has(nameOf(leaf))) return false;
        write(leaf);
        return true;
      }),
    move: (leaf) =>
      answer(() => {
        if (leaves.get(nameOf(leaf))?.version !== leaf.version - 1) return false;
        write(leaf);
        return true;
      }),
    readNow: (kind, memberId, fileId) => answer(() => read(kind, nameOf({ memberId, kind, fileId }))),
    listNow: (kind, memberId) => answer(() => readList(kind, ownList(kind, memberId))),
    listAbout: (kind, otherId) => answer(() => readList(kind, leavesAboutKey(kind, otherId))),
    listWaiting: (kind, region, page) =>
      answer(() => {
        const { items, ...rest } = lists.page(waitingLeavesKey(kind, region), page);
        return { ...rest, items: readEach(kind, items) };
      }),
  };
};
