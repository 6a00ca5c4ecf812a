/** The audit log on DynamoDB: an item for each event, put once. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { RegionCode } from '@time-bank/contracts/region';
import type { AuditEvent } from '@time-bank/desk/audit-event';
import type { AuditLog, Page } from '@time-bank/desk/ports';
import { decodeEvent, encodeEvent } from './audit-item.ts';
import type { Connection } from './client.ts';
import { isWritten } from './condition.ts';
import { type Item, writeCursor } from './item.ts';
import { auditPartition, auditedKey, regionOfAudited } from './keys.ts';
import { queryPage, readAll } from './query.ts';
import { BY_REGION, PARTITION_KEY, SORT_KEY } from './table.ts';

/** Keys of a county's day that are looked through at a time for those of a smaller region: an index page is 64 KB. */
const LOOK_THROUGH = 250;
/** Looks for one call: a page may hold fewer events than were asked for, and then says where to go on. */
const LOOKS_MAX = 8;

const keyOf = (item: Item) => ({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' });
const nameOf = (item: Item): string => Object.values(keyOf(item)).join(' ');

/** Where a list goes on after this key of the index. */
const cursorAfter = (item: Item): string | undefined =>
  writeCursor(
    Object.fromEntries(
      [PARTITION_KEY, SORT_KEY, BY_REGION.partitionKey, BY_REGION.sortKey].flatMap((name) => {
        const value = item[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  );

/** The audit log on a connection. */
export const dynamoAuditLog = (connection: Connection): AuditLog => {
  /** The keys of a day within a region; all that has none lies within the empty one. */
  const keysOfDay = async (
    partition: string,
    region: RegionCode,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<Item>> => {
    const found: Item[] = [];
    let next = cursor;
    for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
      const page = await queryPage(connection, {
        table: 'care',
        index: BY_REGION,
        partition,
        limit: region.length > 6 ? LOOK_THROUGH : limit,
        cursor: next,
      });
      for (const item of page.items) {
        if (!regionOfAudited(item[BY_REGION.sortKey]?.S ?? '').startsWith(region)) continue;
        found.push(item);
        if (found.length === limit) {
          const after = cursorAfter(item);
          return { items: found, ...(after === undefined ? {} : { cursor: after }) };
        }
      }
      next = page.cursor;
      if (next === undefined) break;
    }
    return { items: found, ...(next === undefined ? {} : { cursor: next }) };
  };
  const readInOrder = async (keys: readonly Item[]): Promise<AuditEvent[]> => {
    const items = new Map(
      (await readAll(connection, 'care', keys.map(keyOf))).map((item) => [nameOf(item), decodeEvent(item)]),
    );
    return keys.flatMap((key) => items.get(nameOf(key)) ?? []);
  };
  return {
    append: async (event, keptDays) => {
      const command = new PutItemCommand({
        TableName: connection.tables.care,
        Item: encodeEvent(event, keptDays),
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      // Where it is there already, this is the second try of a call whose answer was lost: the first one stays.
      await isWritten(() => connection.client.send(command));
    },
    listAbout: async (about, { limit, cursor }) => {
      const { items, ...rest } = await queryPage(connection, {
        table: 'care',
        partition: auditPartition(about),
        newestFirst: true,
        limit,
        cursor,
      });
      return { ...rest, items: items.map(decodeEvent) };
    },
    listOfDay: async (day, region, page) => {
      const { items, ...rest } = await keysOfDay(auditedKey(region, day), region ?? '', page);
      return { ...rest, items: await readInOrder(items) };
    },
  };
};
