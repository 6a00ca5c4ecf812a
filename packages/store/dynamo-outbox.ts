/**
 * What is to be told, on DynamoDB: notices in the sorted parts of the outbox. When a notice is due stands in its sort
 * value, and a claim moves it: whoever finds another value than they have read was too late.
 */
import { UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { msOf } from '@time-bank/contracts/time';
import type { Outbox, WaitingNotice } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import type { Connection } from './client.ts';
import { isWritten } from './condition.ts';
import { type Item, values } from './item.ts';
import { OUTBOX_SHARDS, noticeKey, outboxKey, startSort } from './keys.ts';
import { decodeNotice } from './notice-item.ts';
import { queryPage, readAll } from './query.ts';
import { BY_OPENING, EXPIRY } from './table.ts';

/** So long it is known that a notice was told: a step that is carried out again is known by itself. */
const KEPT_DAYS = 180;

const Waiting = z.object({
  [BY_OPENING.sortKey]: z.string(),
  tries: z._default(z.int(), 0),
});

const sortOf = ({ notice, dueAt }: WaitingNotice): string => startSort(dueAt, notice.noticeId);

/** A notice as it waits; undefined where it no longer does. */
const waitingOf = (item: Item): WaitingNotice | undefined => {
  const waits = Waiting.safeParse(unmarshall(item));
  if (!waits.success) return undefined;
  const { openSort, tries } = waits.data;
  return { notice: decodeNotice(item), dueAt: openSort.slice(0, openSort.indexOf('#')), tries };
};

const isAsSeen = '#sort = :seen';

/** The outbox on a connection. */
export const dynamoOutbox = (connection: Connection): Outbox => {
  const write = (
    seen: WaitingNotice,
    update: Pick<UpdateItemCommandInput, 'UpdateExpression'> & {
      names?: Record<string, string>;
      given: Record<string, unknown>;
    },
  ): Promise<boolean> => {
    const command = new UpdateItemCommand({
      TableName: connection.tables.care,
      Key: values({ ...noticeKey(seen.notice.noticeId) }),
      UpdateExpression: update.UpdateExpression,
      ConditionExpression: isAsSeen,
      ExpressionAttributeNames: { '#sort': BY_OPENING.sortKey, ...update.names },
      ExpressionAttributeValues: values({ ':seen': sortOf(seen), ...update.given }),
    });
    return isWritten(() => connection.client.send(command));
  };
  const keysOf = async (shard: number, before: string, limit: number) => {
    const partition = outboxKey(shard);
    const { items } = await queryPage(connection, {
      table: 'care',
      index: BY_OPENING,
      partition,
      before,
      limit,
    });
    return items.map((item) => ({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' }));
  };
  return {
    listDue: async (now, limit) => {
      const parts = await Promise.all(
        Array.from({ length: OUTBOX_SHARDS }, (_, shard) =>
          keysOf(shard, now, Math.ceil(limit / OUTBOX_SHARDS)),
        ),
      );
      // The index may be a moment behind: as they are now.
      const items = await readAll(connection, 'care', parts.flat(), true);
      return items
        .map(waitingOf)
        .filter((waiting) => waiting !== undefined)
        .filter(({ dueAt }) => dueAt < now)
        .sort((one, other) => (sortOf(one) < sortOf(other) ? -1 : 1));
    },
    claim: async (seen, until) => {
      const claimed = { ...seen, dueAt: until, tries: seen.tries + 1 };
      const given = { ':next': sortOf(claimed), ':tries': claimed.tries };
      const UpdateExpression = 'SET #sort = :next, #tries = :tries';
      return (await write(seen, { UpdateExpression, names: { '#tries': 'tries' }, given }))
        ? claimed
        : undefined;
    },
    putBack: (claimed, at) =>
      write(claimed, {
        UpdateExpression: 'SET #sort = :next',
        given: { ':next': sortOf({ ...claimed, dueAt: at }) },
      }),
    end: (claimed, how, at) =>
      write(claimed, {
        UpdateExpression: 'SET #end = :end, #endedAt = :at, #expiry = :expiry REMOVE #sort, #open',
        names: { '#end': 'end', '#endedAt': 'endedAt', '#expiry': EXPIRY, '#open': BY_OPENING.partitionKey },
        given: { ':end': how, ':at': at, ':expiry': Math.ceil(msOf(at) / 1000) + KEPT_DAYS * 24 * 60 * 60 },
      }),
  };
};
