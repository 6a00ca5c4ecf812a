/** Sees every write to the tables as it goes out: cheaper than to read both tables before and after, and as strict. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Town } from '../town.ts';
import { OF_CALLS } from './steps.ts';

/** What a write names: an item of its own, the key of one that is there, or several of them in one transaction. */
interface Sent {
  TableName?: string;
  Item?: Record<string, AttributeValue>;
  Key?: Record<string, AttributeValue>;
  TransactItems?: Partial<Record<'Put' | 'Update' | 'Delete' | 'ConditionCheck', Sent>>[];
  RequestItems?: Record<string, { PutRequest?: Sent; DeleteRequest?: Sent }[]>;
}

const writes = /^(TransactWriteItems|PutItem|UpdateItem|DeleteItem|BatchWriteItem)Command$/;
/** A write whose condition did not hold has written nothing. */
const notWritten = ['ConditionalCheckFailedException', 'TransactionCanceledException'];

const itemsOf = (sent: Sent): Sent[] => {
  const several = (sent.TransactItems ?? []).flatMap(({ Put, Update, Delete }) => [Put, Update, Delete]);
  const batch = Object.entries(sent.RequestItems ?? {}).flatMap(([TableName, requests]) =>
    requests.map(({ PutRequest, DeleteRequest }) => ({ TableName, ...PutRequest, ...DeleteRequest })),
  );
  const single = sent.TransactItems === undefined && sent.RequestItems === undefined ? [sent] : [];
  return [...several, ...batch, ...single].filter((each) => each !== undefined);
};

/** Remembers each item that this town's connection writes from now on, but for what is written of every call. */
export const watchWrites = ({ connection: { client } }: Pick<Town, 'connection'>): readonly string[] => {
  const seen: string[] = [];
  const note = (sent: Sent): void => {
    for (const { TableName, Item, Key } of itemsOf(sent)) {
      const { pk, sk } = Item ?? Key ?? {};
      if (OF_CALLS.some((start) => pk?.S?.startsWith(start) === true)) continue;
      seen.push(`${TableName ?? ''} ${pk?.S ?? ''} ${sk?.S ?? ''}`);
    }
  };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const isWrite = writes.test(context.commandName ?? '');
      try {
        const result = await next(args);
        if (isWrite) note(args.input as Sent);
        return result;
      } catch (error) {
        // Whether it was written is not known: it counts.
        if (isWrite && !(error instanceof Error && notWritten.includes(error.name))) note(args.input as Sent);
        throw error;
      }
    },
    { step: 'initialize', name: 'watch writes' },
  );
  return seen;
};
