/** The journal on DynamoDB: a plan is one transaction over both tables. */
import { setTimeout as wait } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { msOf } from '@time-bank/contracts/time';
import { type Change, type Commit, type Journal, type Line, Unavailable } from '@time-bank/desk/ports';
import { POOL_SHARDS, type PoolRow, type Tombstone } from '@time-bank/ledger/change';
import { explain } from './cancellation.ts';
import { casePiece } from './case-item.ts';
import { type Connection, reaching } from './client.ts';
import { helperPiece } from './helper-piece.ts';
import { type Item, encode, values } from './item.ts';
import {
  type Key,
  accountHeadKey,
  accountPartition,
  collectedFrom,
  entryKey,
  entryPrefix,
  fundKey,
  poolPartition,
  poolRowsFrom,
  rangeEnd,
  shardPrefix,
} from './keys.ts';
import { encodeTombstone } from './ledger-codec.ts';
import { decodeFund, decodeHead, decodeLine, decodeRow, decodeShard, ledgerPieces } from './ledger-item.ts';
import { makeNotes } from './note-seal.ts';
import type { Piece } from './piece.ts';
import { queryAll, queryPage, readAll } from './query.ts';
import { carePiece } from './request-item.ts';
import { SORT_KEY } from './table.ts';
import type { Vault } from './vault.ts';

/** Two neighbours meet on one item for some milliseconds; twice more is enough, then the person may try again. */
const CONFLICT_RETRIES = 2;
const CONFLICT_PAUSE_MS = 20;

/** Waits before the try after `conflicts` of them; nothing before the first. */
const pause = async (conflicts: number, jitter: () => number): Promise<void> => {
  if (conflicts > 0) await wait(CONFLICT_PAUSE_MS * 2 ** conflicts * (0.5 + jitter()));
};

const piecesOf = (tables: Connection['tables'], vault: Vault, change: Change): Piece[] => {
  switch (change.change) {
    case 'put_request':
    case 'move_request':
    case 'put_visit':
    case 'move_visit':
    case 'put_diary':
    case 'put_notice':
      return [carePiece(tables.care, vault, change)];
    case 'spend_by_helper':
      return [helperPiece(tables.care, change)];
    case 'put_case':
    case 'move_case':
      return [casePiece(tables.care, vault, change)];
    case 'open_account':
    case 'post':
    case 'pool_in':
    case 'pool_out':
    case 'collect':
    case 'mark_reversed':
    case 'put_fund':
    case 'draw_fund':
    case 'put_document':
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
    await pause(conflicts, jitter);
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

/** Puts a kept refusal where nothing stands; gives what stands there. Throws Unavailable where neighbours keep it away. */
const keepTombstone = async (
  connection: Connection,
  tombstone: Tombstone,
  jitter: () => number,
): Promise<Line | undefined> => {
  const input = {
    TableName: connection.tables.ledger,
    Item: encode({ ...entryKey(tombstone.accountId, tombstone.transferId) }, encodeTombstone(tombstone)),
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
  for (let conflicts = 0; conflicts <= CONFLICT_RETRIES; conflicts += 1) {
    await pause(conflicts, jitter);
    try {
      await reaching(() => connection.client.send(new PutItemCommand(input)));
      return undefined;
    } catch (error) {
      if (isConflict(error)) continue;
      if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
      return decodeLine(error.Item);
    }
  }
  throw new Unavailable('neighbours stand in the way of a refusal');
};

const LINES_AT_ONCE = 400;
/** A pool collects some hundred thousand lines in a year at most. */
const MARKS_MAX = 1_000_000;

/** The journal. `jitter` as in `writePieces`. */
export const dynamoJournal = (connection: Connection, vault: Vault, jitter: () => number): Journal => {
  const table = connection.tables.ledger;
  const notes = makeNotes(connection, vault);
  const get = async (key: Key): Promise<Item | undefined> => {
    const command = new GetItemCommand({ TableName: table, Key: values({ ...key }), ConsistentRead: true });
    return (await reaching(() => connection.client.send(command))).Item;
  };
  return {
    commit: async (changes) =>
      writePieces(
        connection,
        (await notes.seal(changes)).flatMap((change) => piecesOf(connection.tables, vault, change)),
        jitter,
      ),
    keepRefusal: (tombstone) => keepTombstone(connection, tombstone, jitter),
    readAccountNow: async (accountId) => {
      const item = await get(accountHeadKey(accountId));
      return item === undefined ? undefined : decodeHead(item);
    },
    readAccountsNow: async (accountIds) => {
      const keys = accountIds.map((accountId) => ({ ...accountHeadKey(accountId) }));
      const heads = (await readAll(connection, 'ledger', keys, true)).map(decodeHead);
      return new Map(heads.map((head) => [head.accountId, head]));
    },
    readLineNow: async (accountId, transferId) => {
      const item = await get(entryKey(accountId, transferId));
      return item === undefined ? undefined : notes.openLine(decodeLine(item));
    },
    readLineAndAccountNow: async (accountId, transferId) => {
      const keys = [{ ...accountHeadKey(accountId) }, { ...entryKey(accountId, transferId) }];
      const items = await readAll(connection, 'ledger', keys, true);
      const ofHead = items.find((item) => item[SORT_KEY]?.S === accountHeadKey(accountId).sk);
      const ofLine = items.find((item) => item !== ofHead);
      const line = ofLine === undefined ? undefined : await notes.openLine(decodeLine(ofLine));
      return {
        ...(ofHead === undefined ? {} : { head: decodeHead(ofHead) }),
        ...(line === undefined ? {} : { line }),
      };
    },
    listEntriesNow: async (accountId, page) => {
      const { items, ...rest } = await queryPage(connection, {
        table: 'ledger',
        partition: accountPartition(accountId),
        prefix: entryPrefix,
        newestFirst: true,
        ...page,
      });
      const lines = items.map(decodeLine);
      const entries = lines.flatMap((line) => (line.kind === 'entry' ? [line.entry] : []));
      return { items: await notes.openEntries(entries), ...rest };
    },
    readPoolNow: async (poolId) => {
      const items = await queryAll(
        connection,
        { table: 'ledger', partition: poolPartition(poolId), prefix: shardPrefix },
        POOL_SHARDS,
      );
      return items.map(decodeShard);
    },
    listPoolRowsNow: async (poolId, page) => {
      const { items, ...rest } = await queryPage(connection, {
        table: 'ledger',
        partition: poolPartition(poolId),
        prefix: entryPrefix,
        newestFirst: true,
        ...page,
      });
      return { items: await notes.openRows(items.map(decodeRow)), ...rest };
    },
    listUncollectedNow: async (poolId, since) => {
      const partition = poolPartition(poolId);
      const from = msOf(since);
      const marks = await queryAll(
        connection,
        { table: 'ledger', partition, from: collectedFrom(from), before: rangeEnd.collected },
        MARKS_MAX,
      );
      const collected = new Set(marks.map((item) => item[SORT_KEY]?.S?.slice(2)));
      const rows: PoolRow[] = [];
      let cursor: string | undefined;
      do {
        const page = await queryPage(connection, {
          table: 'ledger',
          partition,
          from: poolRowsFrom(from),
          before: rangeEnd.rows,
          limit: LINES_AT_ONCE,
          cursor,
        });
        const found = page.items.map(decodeRow);
        rows.push(
          ...found.filter(({ minutes, transferId }) => minutes > 0 && !collected.has(transferId.slice(4))),
        );
        cursor = page.cursor;
      } while (cursor !== undefined);
      return rows;
    },
    readFundNow: async (fundId) => {
      const item = await get(fundKey(fundId));
      return item === undefined ? undefined : decodeFund(item);
    },
  };
};
