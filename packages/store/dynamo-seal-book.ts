/** The seals on DynamoDB. Nothing is written over: every write names what it found. */
import { GetItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Seal, SealBook, SealWrite } from '@time-bank/desk/seal-book';
import { leafHashOf } from '@time-bank/seal/leaf';
import { emptyLog } from '@time-bank/seal/merkle-log';
import { type Connection, reaching } from './client.ts';
import { writePieces } from './dynamo-journal.ts';
import { type Item, values } from './item.ts';
import {
  type Key,
  LINKS_END,
  LOG_KEY,
  leafKey,
  leavesPartition,
  linkPrefix,
  linksFrom,
  sealKey,
  sealPartition,
  tileKey,
  transferOfSort,
} from './keys.ts';
import type { Piece } from './piece.ts';
import { queryAll, readAll } from './query.ts';
import {
  checkpointItem,
  decodeLeaf,
  decodeLog,
  decodeSeal,
  decodeTile,
  leafItem,
  linkItem,
  logItem,
  sealItem,
  tileItem,
} from './seal-item.ts';
import { SORT_KEY } from './table.ts';

const LINKS_MAX = 10_000_000;
const TILE = 256;

const notSeen = 'attribute_not_exists(pk)';

/** A put, and what must be there before it: nothing, or what was read. */
const put = (
  TableName: string,
  Item: Item,
  condition: { text: string; names?: Record<string, string>; values?: Record<string, unknown> } = {
    text: notSeen,
  },
): Piece => {
  const item: TransactWriteItem = {
    Put: {
      TableName,
      Item,
      ConditionExpression: condition.text,
      ...(condition.names === undefined ? {} : { ExpressionAttributeNames: condition.names }),
      ...(condition.values === undefined ? {} : { ExpressionAttributeValues: values(condition.values) }),
    },
  };
  return { item, failed: () => ({ kind: 'stale' }) };
};

const asRead = ({ links, sealed }: Seal) => ({
  text: sealed === undefined ? '#n = :n AND attribute_not_exists(#q)' : '#n = :n AND #q = :q',
  names: { '#n': 'n', '#q': 'q' },
  values: { ':n': links, ...(sealed === undefined ? {} : { ':q': sealed.sequence }) },
});

const growthPieces = (table: string, { before, after, leaves, tiles }: NonNullable<SealWrite['growth']>) => [
  put(
    table,
    logItem(after),
    before.note === undefined
      ? undefined
      : { text: '#n = :n', names: { '#n': 'n' }, values: { ':n': before.state.size } },
  ),
  put(table, checkpointItem(after.state.size, after.note)),
  ...leaves.map(({ index, state }) => put(table, leafItem(index, state))),
  ...tiles.map(({ level, index, hashes }) => {
    const item = tileItem(tileKey(level, index), hashes);
    return put(table, item, {
      text: `${notSeen} OR size(#h) < :size`,
      names: { '#h': 'h' },
      values: { ':size': item['h']?.B?.length ?? 0 },
    });
  }),
];

/** The seals on a connection. `jitter` as in `writePieces`. */
export const dynamoSealBook = (connection: Connection, jitter: () => number): SealBook => {
  const table = connection.tables.seals;
  const get = async (key: Key, consistent: boolean): Promise<Item | undefined> => {
    const command = { TableName: table, Key: values({ ...key }), ConsistentRead: consistent };
    return (await reaching(() => connection.client.send(new GetItemCommand(command)))).Item;
  };
  return {
    readLogNow: async () => {
      const item = await get(LOG_KEY, true);
      return item === undefined ? { state: emptyLog() } : decodeLog(item);
    },
    readSealsNow: async (subjects) => {
      const keys = subjects.map((subject) => ({ ...sealKey(subject) }));
      const seals = (await readAll(connection, 'seals', keys, true)).map(decodeSeal);
      return new Map(seals.map((seal) => [seal.subject, seal]));
    },
    listLinkedNow: async (subject, sinceMs) => {
      const partition = sealPartition(subject);
      const bounds =
        sinceMs === undefined
          ? { prefix: linkPrefix }
          : { from: linksFrom(Math.max(0, sinceMs)), before: LINKS_END };
      const items = await queryAll(connection, { table: 'seals', partition, ...bounds }, LINKS_MAX);
      return new Set(items.map((item) => transferOfSort(item[SORT_KEY]?.S ?? '')));
    },
    readLeaf: async (index) => {
      const item = await get(leafKey(index), false);
      return item === undefined ? undefined : decodeLeaf(item);
    },
    readTile: async (level, index) => {
      if (level === 0) {
        const partition = leavesPartition(index);
        const items = await queryAll(connection, { table: 'seals', partition }, TILE);
        return items.map((item) => leafHashOf(decodeLeaf(item)));
      }
      const item = await get(tileKey(level, index), true);
      return item === undefined ? undefined : decodeTile(item);
    },
    write: async ({ links, seals, growth }) => {
      const pieces = [
        ...links.map(({ subject, link }) => put(table, linkItem(subject, link))),
        ...seals.map(({ before, after }) =>
          put(table, sealItem(after), before === undefined ? undefined : asRead(before)),
        ),
        ...(growth === undefined ? [] : growthPieces(table, growth)),
      ];
      return (await writePieces(connection, pieces, jitter)).kind === 'done';
    },
  };
};
