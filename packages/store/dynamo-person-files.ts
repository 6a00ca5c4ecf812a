/** The leaves of people's files on DynamoDB: one item each, written over the version before. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { AnyLeaf, LeafKind, Leaves } from '@time-bank/desk/person-leaf';
import type { PersonFiles } from '@time-bank/desk/ports';
import type { Connection } from './client.ts';
import { isWritten } from './condition.ts';
import { type Item, values } from './item.ts';
import {
  leavesAboutKey,
  memberPartition,
  personLeafKey,
  personLeafPrefix,
  waitingLeavesKey,
} from './keys.ts';
import { decodeLeaf, encodeLeaf } from './leaf-item.ts';
import { queryAll, queryPage, readAll } from './query.ts';
import { BY_OPENING, BY_PERSON } from './table.ts';
import type { Vault } from './vault.ts';

/** Leaves of one kind in one file, or about one person: bounds of a read, far above what anybody has. */
const LEAVES_MAX = 1000;

const isNew = 'attribute_not_exists(pk)';
const isVersionBefore = '#version = :before';

const keyOf = (item: Item) => ({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' });
const nameOf = (item: Item): string => Object.values(keyOf(item)).join(' ');

/** People's files on a connection. */
export const dynamoPersonFiles = (connection: Connection, vault: Vault): PersonFiles => {
  const write = (
    leaf: AnyLeaf,
    condition: Pick<
      PutItemCommand['input'],
      'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
    >,
  ): Promise<boolean> => {
    const command = new PutItemCommand({
      TableName: connection.tables.care,
      Item: encodeLeaf(vault, leaf),
      ...condition,
    });
    return isWritten(() => connection.client.send(command));
  };
  const decodeAll = <K extends LeafKind>(kind: K, items: readonly Item[]): Leaves[K][] =>
    items.map((item) => decodeLeaf(vault, kind, item)).filter((leaf) => leaf !== undefined);
  /** What an index found, in its order, as it is now: the index may be a moment behind. */
  const asNow = async <K extends LeafKind>(kind: K, found: readonly Item[]): Promise<Leaves[K][]> => {
    const items = new Map(
      (await readAll(connection, 'care', found.map(keyOf), true)).map((item) => [nameOf(item), item]),
    );
    const stillThere = found.map((item) => items.get(nameOf(item))).filter((item) => item !== undefined);
    return decodeAll(kind, stillThere);
  };
  return {
    put: (leaf) => write(leaf, { ConditionExpression: isNew }),
    move: (leaf) =>
      write(leaf, {
        ConditionExpression: isVersionBefore,
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: values({ ':before': leaf.version - 1 }),
      }),
    readNow: async (kind, memberId, fileId) => {
      const [item] = await readAll(connection, 'care', [{ ...personLeafKey(memberId, kind, fileId) }], true);
      return item === undefined ? undefined : decodeLeaf(vault, kind, item);
    },
    listNow: async (kind, memberId) => {
      const own = {
        table: 'care',
        partition: memberPartition(memberId),
        prefix: personLeafPrefix(kind),
      } as const;
      return decodeAll(kind, await queryAll(connection, own, LEAVES_MAX));
    },
    listAbout: async (kind, otherId) => {
      const about = { table: 'care', index: BY_PERSON, partition: leavesAboutKey(kind, otherId) } as const;
      const leaves = await asNow(kind, await queryAll(connection, about, LEAVES_MAX));
      return leaves.filter((leaf) => leaf.otherId === otherId);
    },
    listWaiting: async (kind, region, { limit, cursor }) => {
      const { items, ...rest } = await queryPage(connection, {
        table: 'care',
        index: BY_OPENING,
        partition: waitingLeavesKey(kind, region),
        limit,
        cursor,
      });
      const leaves = await asNow(kind, items);
      return { ...rest, items: leaves.filter(({ waits }) => waits?.region === region) };
    },
  };
};
