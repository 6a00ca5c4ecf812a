/** Both tables as stored items: read, changed and checked one by one. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import type { BookRecord } from '@time-bank/desk/book-record';
import { verifyBooks } from '@time-bank/desk/verify-books';
import { readBookRecord } from '@time-bank/store/book-item';
import type { Connection } from '@time-bank/store/client';
import { everyItem } from '@time-bank/store/dynamo-books';
import type { LedgerMemory } from '@time-bank/store/memory-journal';
import { readSealRecord } from '@time-bank/store/seal-item';

export type StoredItem = Record<string, AttributeValue>;

/** What is stored, and what lies outside. */
export interface Stored {
  ledger: StoredItem[];
  seals: StoredItem[];
  outside: string[];
  verifierKey: string;
}

const all = async (connection: Connection, table: 'ledger' | 'seals'): Promise<StoredItem[]> => {
  const items: StoredItem[] = [];
  for await (const item of everyItem(connection, table)) items.push(item);
  return items;
};

/** Reads both tables. */
export const dump = async (
  connection: Connection,
  { outside, verifierKey }: { outside: string[]; verifierKey: string },
): Promise<Stored> => ({
  ledger: await all(connection, 'ledger'),
  seals: await all(connection, 'seals'),
  outside,
  verifierKey,
});

/** What `npm run verify` would say of it. */
export const verdictOn = ({ ledger, seals, outside, verifierKey }: Stored) =>
  verifyBooks({
    ledger: ledger.map(readBookRecord),
    seals: seals.map(readSealRecord),
    outside,
    verifierKey,
  });

/** The ledger of the memory twin, as records. */
export const recordsIn = (ledger: LedgerMemory): BookRecord[] => [
  ...[...ledger.heads.values()].map((head): BookRecord => ({ record: 'head', head })),
  ...[...ledger.lines.values()]
    .flatMap((lines) => [...lines.values()])
    .map((line): BookRecord => ({ record: 'line', line })),
  ...[...ledger.reversed].map(([key, by]): BookRecord => {
    const [accountId, transferId] = key.split(' ') as [AccountId, TransferId];
    return { record: 'reversal', accountId, transferId, by };
  }),
  ...[...ledger.rows.values()]
    .flatMap((rows) => [...rows.values()])
    .map((row): BookRecord => ({ record: 'row', row })),
  ...[...ledger.shards].flatMap(([poolId, parts]) =>
    [...parts].map(([shard, minutes]): BookRecord => ({
      record: 'shard',
      shard: { poolId, shard, minutes },
    })),
  ),
  ...[...ledger.collected].flatMap(([poolId, marks]) =>
    [...marks].map(([transferId, shard]): BookRecord => ({ record: 'collected', poolId, transferId, shard })),
  ),
  ...[...ledger.funds.values()].map((fund): BookRecord => ({ record: 'fund', fund })),
  ...[...ledger.documents.values()].map((use): BookRecord => ({ record: 'document', ...use })),
];
