/** What was counted of counties, on DynamoDB: one item each, the latest. */
import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { RegionNumbers } from '@time-bank/contracts/linkage';
import type { NumbersBook } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import { type Connection, reaching } from './client.ts';
import { decode, encode, values } from './item.ts';
import { numbersKey } from './keys.ts';

const StoredNumbers = z.object(RegionNumbers.shape);

const isNewer = 'attribute_not_exists(pk) OR #day < :day';

/** The numbers book on a connection. */
export const dynamoNumbersBook = (connection: Connection): NumbersBook => {
  const TableName = connection.tables.care;
  return {
    put: async (numbers) => {
      const command = new PutItemCommand({
        TableName,
        Item: encode({ ...numbersKey(numbers.region) }, numbers),
        ConditionExpression: isNewer,
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: values({ ':day': numbers.day }),
      });
      try {
        await reaching(() => connection.client.send(command));
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
    readLatest: async (county) => {
      const command = new GetItemCommand({ TableName, Key: values({ ...numbersKey(county) }) });
      const { Item } = await reaching(() => connection.client.send(command));
      return Item === undefined ? undefined : decode(StoredNumbers, Item);
    },
  };
};
