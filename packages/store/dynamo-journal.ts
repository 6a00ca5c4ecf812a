/** The journal on DynamoDB: a plan is one transaction over both tables. */
import { setTimeout as wait } from 'node:timers/promises';
import { GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { type Change, type Commit, type Journal, Unavailable } from '@time-bank/desk/ports';
import { explain } from './cancellation.ts';
import { type Connection, reaching } from './client.ts';
import { values } from './item.ts';
import { accountHeadKey, entryKey, entryPrefix } from './keys.ts';
import { decodeEntry, decodeHead, decodeHold, ledgerPieces } from './ledger-item.ts';
import type { Piece } from './piece.ts';
import { queryPage } from './query.ts';
import { carePiece } from './request-item.ts';

/** Two neighbours meet on one item for some milliseconds; twice more is enough, then the person may try again. */
const CONFLICT_RETRIES = 2;
const CONFLICT_PAUSE_MS = 20;

const piecesOf = (tables: Connection['tables'], change: Change): Piece[] => {
  switch (change.change) {
    case 'put_request':
    case 'move_request':
    case 'put_visit':
    case 'move_visit':
    case 'put_diary':
      return [carePiece(tables.care, change)];
    case 'open_account':
    case 'credit':
    case 'hold':
    case 'resolve_hold':
      return ledgerPieces(tables.ledger, change);
  }
};

/** DynamoDB answers a single-item throttle or conflict by name; both pass. */
const isConflict = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'TransactionConflictException' || error.name === 'TransactionInProgressException');

/** Writes pieces as one transaction. `jitter`: a number in [0, 1) that spreads the retries of neighbours. */
export const writePieces = async (
  connection: Connection,
  pieces: readonly Piece[],
  jitter: () => number,
): Promise<Commit> => {
  const command = { TransactItems: pieces.map(({ item }) => item) };
  for (let conflicts = 0; conflicts <= CONFLICT_RETRIES; conflicts += 1) {
    if (conflicts > 0) await wait(CONFLICT_PAUSE_MS * 2 ** conflicts * (0.5 + jitter()));
    try {
      await reaching(() => connection.client.send(new TransactWriteItemsCommand(command)));
      return { kind: 'done' };
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      if (isConflict(error)) continue;
      const meaning = explain(error, pieces);
      if (meaning !== 'again') return meaning;
    }
  }
  return { kind: 'refused', refusal: { code: 'busy_try_again' } };
};

/** Whether it was written. Throws Unavailable where neighbours stood in the way: that is neither a yes nor a no. */
export const wasWritten = (commit: Commit): boolean => {
  if (commit.kind === 'refused' && commit.refusal.code === 'busy_try_again') {
    throw new Unavailable('the store is too busy');
  }
  return commit.kind === 'done';
};

/** The journal. `jitter` as in `writePieces`. */
export const dynamoJournal = (connection: Connection, jitter: () => number): Journal => ({
  commit: (changes) =>
    writePieces(
      connection,
      changes.flatMap((change) => piecesOf(connection.tables, change)),
      jitter,
    ),
  readAccountNow: async (accountId) => {
    const { Item } = await reaching(() =>
      connection.client.send(
        new GetItemCommand({
          TableName: connection.tables.ledger,
          Key: values({ ...accountHeadKey(accountId) }),
          ConsistentRead: true,
        }),
      ),
    );
    return Item === undefined ? undefined : decodeHead(Item);
  },
  readHoldNow: async (accountId, holdId) => {
    const { Item } = await reaching(() =>
      connection.client.send(
        new GetItemCommand({
          TableName: connection.tables.ledger,
          Key: values({ ...entryKey(accountId, holdId) }),
          ConsistentRead: true,
        }),
      ),
    );
    return Item === undefined ? undefined : decodeHold(Item);
  },
  listEntriesNow: async (accountId, page) => {
    const { items, ...rest } = await queryPage(connection, {
      table: 'ledger',
      partition: accountHeadKey(accountId).pk,
      prefix: entryPrefix,
      newestFirst: true,
      ...page,
    });
    return { items: items.map(decodeEntry), ...rest };
  },
});
