/** Counts what the engine charges: capacity units and round trips, by its own account. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What a stretch of work consumed. `wcu`, `rcu`: capacity units, indexes included; `roundTrips`: calls to the store. */
export interface Consumed {
  wcu: number;
  rcu: number;
  roundTrips: number;
}

interface Capacity {
  CapacityUnits?: number;
  ReadCapacityUnits?: number;
  WriteCapacityUnits?: number;
}

const reads = ['GetItemCommand', 'QueryCommand', 'BatchGetItemCommand', 'TransactGetItemsCommand'];

const isCapacity = (value: unknown): value is Capacity => typeof value === 'object' && value !== null;

/** Asks every answer of the client for what it consumed. `take` gives the sum since the last time. */
export const meter = (client: DynamoDBClient): { take: () => Consumed } => {
  let sum: Consumed = { wcu: 0, rcu: 0, roundTrips: 0 };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const charged = { ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } };
      const answer = await next(charged);
      sum.roundTrips += 1;
      const output: unknown = answer.output;
      const consumed =
        isCapacity(output) && 'ConsumedCapacity' in output ? output.ConsumedCapacity : undefined;
      for (const part of [consumed].flat().filter(isCapacity)) {
        const units = part.CapacityUnits ?? 0;
        if (reads.includes(context.commandName ?? '')) sum.rcu += units;
        else sum.wcu += units;
      }
      return answer;
    },
    { step: 'initialize', name: 'meter' },
  );
  return {
    take: () => {
      const taken = sum;
      sum = { wcu: 0, rcu: 0, roundTrips: 0 };
      return taken;
    },
  };
};
