/** Items of which a part is sealed: the keys and what is not personal in plain, the rest under a data key of its own. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { type Item, encode } from './item.ts';
import { PARTITION_KEY, SORT_KEY } from './table.ts';
import type { DataKey, SealedPlace, Vault } from './vault.ts';

/** The attribute that holds a record's wrapped data key: to remove it is to forget what the record says. */
export const DATA_KEY = 'dataKey';
/** The attribute that holds what is sealed, field by field. */
export const SEALED = 'sealed';

const Bytes = z.instanceof(Uint8Array);
const Sealed = z.looseObject({
  [DATA_KEY]: z.exactOptional(z.object({ kid: z.string(), key: Bytes })),
  [SEALED]: z.exactOptional(z.record(z.string(), Bytes)),
});

/** Where an item of the care table stands. */
export const placeOf = (item: Item): SealedPlace => ({
  table: 'care',
  pk: item[PARTITION_KEY]?.S ?? '',
  sk: item[SORT_KEY]?.S ?? '',
});

/** An item with a personal part; `key` is left out for a new data key. */
export const encodeSealed = (
  vault: Vault,
  keys: Record<string, string> & { pk: string; sk: string },
  parts: { plain: object; personal: Readonly<Record<string, unknown>> },
  key?: DataKey,
): Item => {
  const { pk, sk } = keys;
  return encode(keys, { ...parts.plain, ...vault.seal({ table: 'care', pk, sk }, parts.personal, key) });
};

/** The data key of an item; undefined where it was destroyed. Throws BrokenSeal. */
export const dataKeyOf = (vault: Vault, item: Item): DataKey | undefined => {
  const { [DATA_KEY]: wrapped } = Sealed.parse(unmarshall(item));
  return wrapped === undefined ? undefined : vault.unwrap(placeOf(item), wrapped);
};

/**
 * An item with its personal part opened and put among its other attributes; `personal` is undefined where the data
 * key was destroyed. Throws BrokenSeal.
 */
export const openItem = (
  vault: Vault,
  item: Item,
): { plain: Record<string, unknown>; personal: Record<string, unknown> | undefined } => {
  const { [DATA_KEY]: dataKey, [SEALED]: sealed = {}, ...plain } = Sealed.parse(unmarshall(item));
  return { plain, personal: vault.open(placeOf(item), { dataKey, sealed }) };
};
