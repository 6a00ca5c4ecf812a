/** Sessions on DynamoDB: one item each in their person's partition. Whose refresh token is good stands in the condition. */
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Sessions } from '@time-bank/desk/ports';
import type { Connection } from './client.ts';
import { isWritten } from './condition.ts';
import { values } from './item.ts';
import { memberPartition, sessionKey, sessionPrefix } from './keys.ts';
import { queryAll, readAll } from './query.ts';
import { decodeSession, encodeSession } from './session-item.ts';

const isNew = 'attribute_not_exists(pk)';
const isThere = 'attribute_exists(pk)';
const isOpen = 'attribute_not_exists(endedAt)';
const isFromHash = 'refreshHash = :from';

/** Sessions on a connection. */
export const dynamoSessions = (connection: Connection): Sessions => {
  const TableName = connection.tables.care;
  return {
    start: async (session) => {
      const command = new PutItemCommand({
        TableName,
        Item: encodeSession(session),
        ConditionExpression: isNew,
      });
      // Where it is there already, this is the second try of a call whose answer was lost.
      await isWritten(() => connection.client.send(command));
    },
    readNow: async (memberId, sessionId) => {
      const [item] = await readAll(connection, 'care', [{ ...sessionKey(memberId, sessionId) }], true);
      return item === undefined ? undefined : decodeSession(item);
    },
    listNow: async (memberId) => {
      const own = {
        table: 'care',
        partition: memberPartition(memberId),
        prefix: sessionPrefix,
        newestFirst: true,
      } as const;
      // Without a bound: a session that was left out would not end with the rest.
      return (await queryAll(connection, own, Infinity)).map(decodeSession);
    },
    rotate: (session, fromHash) => {
      const command = new PutItemCommand({
        TableName,
        Item: encodeSession(session),
        ConditionExpression: [isFromHash, isOpen].join(' AND '),
        ExpressionAttributeValues: values({ ':from': fromHash }),
      });
      return isWritten(() => connection.client.send(command));
    },
    end: (memberId, sessionId, { at, reason }) => {
      const command = new UpdateItemCommand({
        TableName,
        Key: values({ ...sessionKey(memberId, sessionId) }),
        UpdateExpression: 'SET endedAt = :at, endReason = :reason',
        ConditionExpression: [isThere, isOpen].join(' AND '),
        ExpressionAttributeValues: values({ ':at': at, ':reason': reason }),
      });
      return isWritten(() => connection.client.send(command));
    },
  };
};
