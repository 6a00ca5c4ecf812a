/**
 * Leaves of people's files as items. What is personal is sealed as one `body`; beside it stand ids, a version, dates,
 * and the few attributes on which a condition is put.
 */
import { msOf } from '@time-bank/contracts/time';
import { undoUntil } from '@time-bank/desk/merge-records';
import type { AnyLeaf, LeafKind, Leaves } from '@time-bank/desk/person-leaf';
import * as z from 'zod/mini';
import type { Item } from './item.ts';
import { type Key, dueSort, leafSort, leavesAboutKey, personLeafKey, waitingLeavesKey } from './keys.ts';
import { leafSchemas } from './leaf-schemas.ts';
import { encodeSealed, openItem } from './sealed-item.ts';
import { BY_OPENING, BY_PERSON, EXPIRY } from './table.ts';
import type { Vault } from './vault.ts';

const Sealed = z.object({ body: z.record(z.string(), z.unknown()) });

/** What stands outside the body of every leaf. */
const everyPlain = ['memberId', 'fileId', 'version', 'at', 'otherId', 'waits', 'kind'];
/** What stands outside the body of a kind: conditions of other writes are put on it, and such a write may change it. */
const plainOf: Partial<Record<LeafKind, readonly string[]>> = { binding: ['state', 'spentMinutes'] };

const split = (leaf: AnyLeaf): { plain: object; body: object } => {
  const names = [...everyPlain, ...(plainOf[leaf.kind] ?? [])];
  const fields = Object.entries(leaf);
  return {
    plain: Object.fromEntries(fields.filter(([name]) => names.includes(name))),
    body: Object.fromEntries(fields.filter(([name]) => !names.includes(name))),
  };
};

/** For conditions only: the leaf itself has it in its body. */
const copiesOf = (leaf: AnyLeaf): object => {
  if (leaf.kind === 'binding') return { until: leaf.terms.until };
  // What both were before a merge is forgotten when it can no longer be taken back.
  return leaf.kind === 'merge' ? { [EXPIRY]: Math.ceil(msOf(undoUntil(leaf.at)) / 1000) } : {};
};

const keysOf = (leaf: AnyLeaf): Key & Record<string, string> => ({
  ...personLeafKey(leaf.memberId, leaf.kind, leaf.fileId),
  ...(leaf.otherId === undefined
    ? {}
    : {
        [BY_PERSON.partitionKey]: leavesAboutKey(leaf.kind, leaf.otherId),
        [BY_PERSON.sortKey]: leafSort(leaf.at, leaf.fileId),
      }),
  ...(leaf.waits === undefined
    ? {}
    : {
        [BY_OPENING.partitionKey]: waitingLeavesKey(leaf.kind, leaf.waits.region),
        [BY_OPENING.sortKey]: dueSort(leaf.waits.dueAt, leaf.fileId),
      }),
});

/** A leaf as an item. */
export const encodeLeaf = (vault: Vault, leaf: AnyLeaf): Item => {
  const { plain, body } = split(leaf);
  return encodeSealed(vault, keysOf(leaf), { plain: { ...plain, ...copiesOf(leaf) }, personal: { body } });
};

/** A leaf of a kind as it was stored; undefined where its data key was destroyed. Throws where the item is none. */
export const decodeLeaf = <K extends LeafKind>(vault: Vault, kind: K, item: Item): Leaves[K] | undefined => {
  const { plain, personal } = openItem(vault, item);
  return personal === undefined
    ? undefined
    : leafSchemas[kind].parse({ ...plain, ...Sealed.parse(personal).body, kind });
};
