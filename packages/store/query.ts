/** Queries: always with a limit, always with a cursor, one page at a time. */
import { BatchGetItemCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { InvalidCursor, type Page } from '@time-bank/desk/ports';
import { type Connection, reaching } from './client.ts';
import { type Item, readCursor, values, writeCursor } from './item.ts';
import { type IndexShape, PARTITION_KEY, SORT_KEY } from './table.ts';

/** What to read: one partition of a table or an index, within bounds of the sort key. */
export interface Reading {
  table: keyof Connection['tables'];
  index?: IndexShape;
  partition: string;
  from?: string;
  /** First sort value that no longer belongs. */
  before?: string;
  prefix?: string;
  newestFirst?: boolean;
  /** A read of a table that may be a moment behind, at half the price. */
  isEventual?: true;
  limit: number;
  cursor?: string | undefined;
}

/**
 * Where to go on in this very list. A place that time has moved out of the list's bounds is its beginning:
 * undefined. Throws InvalidCursor where the cursor is of another list.
 */
const startOf = (reading: Reading, cursor: string): Item | undefined => {
  const { index, partition, from } = reading;
  const key = readCursor(cursor);
  const own = [PARTITION_KEY, SORT_KEY];
  const names = index === undefined ? own : [...own, index.partitionKey, index.sortKey];
  const isWhole =
    Object.keys(key).length === names.length && names.every((name) => (key[name]?.S ?? '') !== '');
  if (!isWhole || key[index?.partitionKey ?? PARTITION_KEY]?.S !== partition) {
    throw new InvalidCursor('the cursor belongs to another list');
  }
  const place = key[index?.sortKey ?? SORT_KEY]?.S ?? '';
  return from !== undefined && reading.newestFirst !== true && place < from ? undefined : key;
};

const inputOf = ({ tables }: Connection, reading: Reading): QueryCommandInput => {
  const start = reading.cursor === undefined ? undefined : startOf(reading, reading.cursor);
  const names = {
    '#p': reading.index?.partitionKey ?? PARTITION_KEY,
    ...(reading.from === undefined && reading.before === undefined && reading.prefix === undefined
      ? {}
      : { '#s': reading.index?.sortKey ?? SORT_KEY }),
  };
  const bounds = [
    '#p = :p',
    // A query takes one condition on the sort key. BETWEEN includes its end; no sort value equals a bare instant, for an id follows it.
    reading.prefix !== undefined
      ? 'begins_with(#s, :prefix)'
      : reading.from !== undefined && reading.before !== undefined
        ? '#s BETWEEN :from AND :before'
        : reading.from !== undefined
          ? '#s >= :from'
          : reading.before !== undefined
            ? '#s < :before'
            : undefined,
  ].filter((bound) => bound !== undefined);
  return {
    TableName: tables[reading.table],
    ...(reading.index === undefined
      ? { ConsistentRead: reading.isEventual !== true }
      : { IndexName: reading.index.name }),
    KeyConditionExpression: bounds.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values({
      ':p': reading.partition,
      ':from': reading.from,
      ':before': reading.before,
      ':prefix': reading.prefix,
    }),
    ScanIndexForward: reading.newestFirst !== true,
    Limit: reading.limit,
    ...(start === undefined ? {} : { ExclusiveStartKey: start }),
  };
};

/** One page of items. Reads of a table are strongly consistent, reads of an index cannot be. */
export const queryPage = async (connection: Connection, reading: Reading): Promise<Page<Item>> => {
  try {
    const answer = await reaching(() =>
      connection.client.send(new QueryCommand(inputOf(connection, reading))),
    );
    const cursor = writeCursor(answer.LastEvaluatedKey);
    return { items: answer.Items ?? [], ...(cursor === undefined ? {} : { cursor }) };
  } catch (error) {
    if (reading.cursor !== undefined && error instanceof Error && error.name === 'ValidationException') {
      throw new InvalidCursor('the cursor belongs to another list', { cause: error });
    }
    throw error;
  }
};

/** More than the megabyte of a page holds. */
const PAGE_MAX = 100_000;

/** All items of a partition that is small by its nature, page by page, at most `max`. */
export const queryAll = async (
  connection: Connection,
  reading: Omit<Reading, 'limit' | 'cursor'>,
  max: number,
): Promise<Item[]> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const limit = Math.min(PAGE_MAX, max - items.length);
    const page = await queryPage(connection, { ...reading, limit, cursor });
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined && items.length < max);
  return items;
};

/** DynamoDB's most for one call. */
const BATCH = 100;

/**
 * Items of a table by their keys, each once and in no particular order; those that are not there are left
 * out. DynamoDB takes no key twice.
 */
export const readAll = async (
  connection: Connection,
  from: keyof Connection['tables'],
  wantedKeys: readonly Record<string, string>[],
  consistent = false,
): Promise<Item[]> => {
  const found: Item[] = [];
  const table = connection.tables[from];
  const keys = [...new Map(wantedKeys.map((key) => [JSON.stringify(key), key])).values()];
  for (let start = 0; start < keys.length; start += BATCH) {
    let wanted: Item[] = keys.slice(start, start + BATCH).map((key) => values(key));
    while (wanted.length > 0) {
      const request = { RequestItems: { [table]: { Keys: wanted, ConsistentRead: consistent } } };
      const answer = await reaching(() => connection.client.send(new BatchGetItemCommand(request)));
      found.push(...(answer.Responses?.[table] ?? []));
      wanted = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    }
  }
  return found;
};
