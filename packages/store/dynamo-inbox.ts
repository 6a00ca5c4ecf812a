/** People's inboxes on DynamoDB: a partition for each person; what is unread or to be told stands in an index beside. */
import {
  ConditionalCheckFailedException,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Inbox, InboxKey } from '@time-bank/desk/ports';
import { type Connection, reaching } from './client.ts';
import { isWritten } from './condition.ts';
import { decodeInboxItem, inboxItem } from './inbox-item.ts';
import { values } from './item.ts';
import { inboxKey, inboxPartition, toTellKey, unreadKey } from './keys.ts';
import { queryPage, readAll } from './query.ts';
import { BY_OPENING } from './table.ts';

const UNREAD_MAX = 100;

const isThere = 'attribute_exists(pk)';
const isUnread = 'attribute_exists(pk) AND attribute_not_exists(#readAt)';

/** Inboxes on a connection. */
export const dynamoInbox = (connection: Connection): Inbox => {
  const { care } = connection.tables;
  const change = (
    key: InboxKey,
    update: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>,
  ): Promise<boolean> =>
    isWritten(() =>
      connection.client.send(
        new UpdateItemCommand({ TableName: care, Key: values({ ...inboxKey(key) }), ...update }),
      ),
    );
  return {
    put: async (item) => {
      const command = new PutItemCommand({
        TableName: care,
        Item: inboxItem(item),
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await reaching(() => connection.client.send(command));
        return item;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
        return decodeInboxItem(error.Item);
      }
    },
    markSent: async (key, channel, at) => {
      await change(key, {
        UpdateExpression: 'SET #sent.#channel = :at',
        ConditionExpression: isThere,
        ExpressionAttributeNames: { '#sent': 'sent', '#channel': channel },
        ExpressionAttributeValues: values({ ':at': at }),
      });
    },
    waitFor: async (key, communityCode) => {
      await change(key, {
        UpdateExpression: 'SET #waitsIn = :community, #open = :list',
        ConditionExpression: isUnread,
        ExpressionAttributeNames: {
          '#waitsIn': 'waitsIn',
          '#open': BY_OPENING.partitionKey,
          '#readAt': 'readAt',
        },
        ExpressionAttributeValues: values({ ':community': communityCode, ':list': toTellKey(communityCode) }),
      });
    },
    markRead: (key, at) =>
      change(key, {
        UpdateExpression: 'SET #readAt = :at REMOVE #open, #openSort',
        ConditionExpression: isUnread,
        ExpressionAttributeNames: {
          '#readAt': 'readAt',
          '#open': BY_OPENING.partitionKey,
          '#openSort': BY_OPENING.sortKey,
        },
        ExpressionAttributeValues: values({ ':at': at }),
      }),
    list: async (memberId, { limit, cursor, from }) => {
      const { items, ...rest } = await queryPage(connection, {
        table: 'care',
        partition: inboxPartition(memberId),
        newestFirst: true,
        limit,
        cursor,
        ...(from === undefined ? {} : { from }),
      });
      return { ...rest, items: items.map(decodeInboxItem) };
    },
    countUnread: async (memberId) => {
      const unread = { table: 'care', index: BY_OPENING, partition: unreadKey(memberId) } as const;
      return (await queryPage(connection, { ...unread, limit: UNREAD_MAX })).items.length;
    },
    listToTell: async (communityCode, { limit, cursor }) => {
      const { items, ...rest } = await queryPage(connection, {
        table: 'care',
        index: BY_OPENING,
        partition: toTellKey(communityCode),
        limit,
        cursor,
      });
      const keys = items.map((item) => ({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' }));
      // The index may be a moment behind: as they are now, in its order.
      const found = (await readAll(connection, 'care', keys, true)).map(decodeInboxItem);
      const waiting = found.filter((item) => item.readAt === undefined && item.waitsIn === communityCode);
      return { ...rest, items: waiting.sort((one, other) => (sortOf(one) < sortOf(other) ? -1 : 1)) };
    },
  };
};

const sortOf = ({ at, noticeId, memberId }: InboxKey): string => `${at}#${noticeId}#${memberId}`;
