/** Counts the items that a piece of work reads: those that queries give, and every key that is asked for, there or not. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';

const Batch = z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(z.unknown()) })) });
const Queried = z.object({ ScannedCount: z.int() });

const itemsIn = (name: string | undefined, input: unknown, output: unknown): number => {
  if (name === 'GetItemCommand') return 1;
  if (name === 'BatchGetItemCommand') {
    return Object.values(Batch.parse(input).RequestItems).reduce((sum, { Keys }) => sum + Keys.length, 0);
  }
  return name === 'QueryCommand' ? Queried.parse(output).ScannedCount : 0;
};

/** Counts on a client; works of one client are counted one after the other. */
export const readMeter = (client: DynamoDBClient) => {
  let items = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const result = await next(args);
        items += itemsIn(commandName, args.input, result.output);
        return result;
      },
    { step: 'initialize', name: 'items' },
  );
  return async (work: () => Promise<unknown>): Promise<number> => {
    items = 0;
    await work();
    return items;
  };
};
