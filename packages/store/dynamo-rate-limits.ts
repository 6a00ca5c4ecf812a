/** Counts of calls on DynamoDB: an item for each key and window. The limit is in the condition. */
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { RateLimits } from '@time-bank/desk/ports';
import type { Connection } from './client.ts';
import { isWritten } from './condition.ts';
import { values } from './item.ts';
import { rateKey } from './keys.ts';
import { windowAt } from './rate-window.ts';
import { EXPIRY } from './table.ts';
import type { Vault } from './vault.ts';

/** A count is of no use once its window is over; an hour more forgives clocks that differ. */
const KEPT_SECONDS = 60 * 60;

/** Counts on a connection. */
export const dynamoRateLimits = (connection: Connection, vault: Vault): RateLimits => ({
  take: async (key, { max, seconds }, now) => {
    const { number, endsAtSeconds, secondsLeft } = windowAt(now, seconds);
    const command = new UpdateItemCommand({
      TableName: connection.tables.care,
      Key: values({ ...rateKey(vault.mark('rate', key), seconds, number) }),
      UpdateExpression: 'ADD #calls :one SET #expiry = :expiry',
      ConditionExpression: 'attribute_not_exists(#calls) OR #calls < :max',
      ExpressionAttributeNames: { '#calls': 'calls', '#expiry': EXPIRY },
      ExpressionAttributeValues: values({ ':one': 1, ':max': max, ':expiry': endsAtSeconds + KEPT_SECONDS }),
    });
    return (await isWritten(() => connection.client.send(command)))
      ? { isTaken: true }
      : { isTaken: false, retryAfterSeconds: secondsLeft };
  },
});
