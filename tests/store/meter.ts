/** Counts what a store asks of its tables: round trips and capacity units, as the engine itself reports them. */
import type { ConsumedCapacity, DynamoDBClient } from '@aws-sdk/client-dynamodb';

export interface Used {
  /** Messages sent, those among them that were refused or sent again. */
  trips: number;
  /** Capacity units by table. A transaction that was refused reports none. */
  read: Record<string, number>;
  written: Record<string, number>;
}

const writes = /^(TransactWriteItems|PutItem|UpdateItem|DeleteItem|BatchWriteItem)Command$/;

/** Measures one piece of work on a client; works of one client are measured one after the other. */
export const meter = (client: DynamoDBClient) => {
  let used: Used = { trips: 0, read: {}, written: {} };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const result = await next(args);
      const { ConsumedCapacity } = result.output as {
        ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
      };
      const kind = writes.test(context.commandName ?? '') ? used.written : used.read;
      for (const { TableName = '', CapacityUnits = 0 } of [ConsumedCapacity ?? []].flat()) {
        kind[TableName] = (kind[TableName] ?? 0) + CapacityUnits;
      }
      return result;
    },
    { step: 'initialize', name: 'capacity' },
  );
  client.middlewareStack.add(
    (next) => (args) => {
      used.trips += 1;
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'trips' },
  );
  return async (work: () => Promise<unknown>): Promise<Used> => {
    used = { trips: 0, read: {}, written: {} };
    await work();
    return used;
  };
};
