/** Both tables as stored items: read, changed and checked one by one. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { verifyBooks } from '@time-bank/desk/verify-books';
import { readBookRecord } from '@time-bank/store/book-item';
import type { Connection } from '@time-bank/store/client';
import { everyItem } from '@time-bank/store/dynamo-books';
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
