/** The ledger as the sealer reads it, and all of it for whoever checks it. */
import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { AccountId } from '@time-bank/contracts/ids';
import type { PoolId } from '@time-bank/contracts/ledger';
import type { Books } from '@time-bank/desk/seal-book';
import { openedAtOf } from './book-item.ts';
import { type Connection, reaching } from './client.ts';
import { type Item, values } from './item.ts';
import { accountHeadKey, accountPartition, poolPartition, poolRowsFrom, rangeEnd } from './keys.ts';
import { decodeHead, decodeLine, decodeRow } from './ledger-item.ts';
import { queryAll } from './query.ts';

/** More lines than an account or a pool will ever have. */
const LINES_MAX = 10_000_000;

/** The sealer's view of the ledger on a connection. */
export const dynamoBooks = (connection: Connection): Books => {
  const linesOf = (partition: string, sinceMs = 0): Promise<Item[]> =>
    queryAll(
      connection,
      { table: 'ledger', partition, from: poolRowsFrom(Math.max(0, sinceMs)), before: rangeEnd.rows },
      LINES_MAX,
    );
  return {
    readAccountBooksNow: async (accountId: AccountId, sinceMs) => {
      const lines = (await linesOf(accountPartition(accountId), sinceMs)).map(decodeLine);
      const command = new GetItemCommand({
        TableName: connection.tables.ledger,
        Key: values({ ...accountHeadKey(accountId) }),
        ConsistentRead: true,
      });
      const item = (await reaching(() => connection.client.send(command))).Item;
      if (item === undefined) return undefined;
      const openedAt = openedAtOf(item);
      return { head: decodeHead(item), ...(openedAt === undefined ? {} : { openedAt }), lines };
    },
    readPoolRowsNow: async (poolId: PoolId, sinceMs) =>
      (await linesOf(poolPartition(poolId), sinceMs)).map(decodeRow),
  };
};

/** Every item of a table, for checks and sweeps on a machine of one's own: no function of the service may scan. */
export async function* everyItem(
  { client, tables }: Connection,
  table: keyof Connection['tables'],
): AsyncGenerator<Item> {
  let start: Item | undefined;
  do {
    const command = new ScanCommand({
      TableName: tables[table],
      ConsistentRead: true,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    });
    const page = await reaching(() => client.send(command));
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}
