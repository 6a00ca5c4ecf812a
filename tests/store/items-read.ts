/** Counts the items that a store gives back: of a table through its client, of a memory through its ports. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Measures one piece of work: how many items were read for it. */
export type CountItems = (work: () => Promise<unknown>) => Promise<number>;

/** Counts what a client gets: items of queries, of batches and of single looks. */
export const itemsOfClient = (client: DynamoDBClient): CountItems => {
  let items = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { Items, Item, Responses } = result.output as {
        Items?: unknown[];
        Item?: unknown;
        Responses?: Record<string, unknown[]>;
      };
      const ofBatch = Object.values(Responses ?? {}).flat();
      items += (Items?.length ?? 0) + (Item === undefined ? 0 : 1) + ofBatch.length;
      return result;
    },
    { step: 'initialize', name: 'items' },
  );
  return async (work) => {
    items = 0;
    await work();
    return items;
  };
};

/** What an answer of a port holds: things in a list, a page or a map; one where it is one thing. */
const sizeOf = (answer: unknown): number => {
  if (answer === undefined || typeof answer !== 'object' || answer === null) return 0;
  if (Array.isArray(answer)) return answer.length;
  if (answer instanceof Map) return answer.size;
  return 'items' in answer && Array.isArray(answer.items) ? answer.items.length : 1;
};

/** Ports that count what they answer, and the count. */
export const itemsOfPorts = <P extends object>(ports: P): { ports: P; count: CountItems } => {
  let items = 0;
  const counted = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name, receiver): unknown => {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== 'function') return value;
        return async (...given: unknown[]) => {
          const answer: unknown = await Reflect.apply(value, target, given);
          items += sizeOf(answer);
          return answer;
        };
      },
    });
  return {
    ports: Object.fromEntries(
      Object.entries(ports).map(([name, port]: [string, object]) => [name, counted(port)]),
    ) as P,
    count: async (work) => {
      items = 0;
      await work();
      return items;
    },
  };
};
