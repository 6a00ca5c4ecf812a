/** What the items of both tables say, and all of it sorted, for whoever checks it. */
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import type { PoolId } from '@time-bank/contracts/ledger';
import type { Instant } from '@time-bank/contracts/time';
import type { AccountHead } from '@time-bank/ledger/account';
import {
  type DocumentUse,
  type Fund,
  type PoolRow,
  type Tombstone,
  nameOfUse,
} from '@time-bank/ledger/change';
import type { Entry } from '@time-bank/ledger/entry';
import type { AccountState } from '@time-bank/seal/leaf';
import { DoesNotFit } from './does-not-fit.ts';
import type { Line, Shard } from './ports.ts';
import type { Seal, SealLog, SealSubject, SealedLink, SealedTile } from './seal-book.ts';

/** An item that says nothing that can be understood, its keys, and why. */
export interface Unreadable {
  record: 'unreadable';
  where: string;
  why: string;
}

/** What an item of the ledger says. */
export type BookRecord =
  | { record: 'head'; head: AccountHead; openedAt?: Instant }
  | { record: 'line'; line: Line }
  | { record: 'reversal'; accountId: AccountId; transferId: TransferId; by: TransferId }
  | { record: 'row'; row: PoolRow }
  | { record: 'shard'; shard: Shard }
  | { record: 'collected'; poolId: PoolId; transferId: TransferId; shard: number }
  | { record: 'fund'; fund: Fund }
  | ({ record: 'document'; by: TransferId } & DocumentUse)
  | Unreadable;

/** What an item of the seals says. */
export type SealRecord =
  | { record: 'seal'; seal: Seal }
  | { record: 'link'; subject: SealSubject; link: SealedLink }
  | { record: 'leaf'; index: number; state: AccountState }
  | { record: 'tile'; tile: SealedTile }
  | { record: 'log'; log: Required<SealLog> }
  | { record: 'checkpoint'; size: number; note: string }
  | Unreadable;

/** The ledger, sorted by what its items say. */
export class LedgerBooks {
  readonly heads = new Map<AccountId, { head: AccountHead; openedAt?: Instant }>();
  readonly lines = new Map<AccountId, Line[]>();
  readonly rows = new Map<PoolId, PoolRow[]>();
  /** What is in each part of a pool. */
  readonly shards = new Map<PoolId, Map<number, number>>();
  /** Into which part of a pool a line was collected. */
  readonly collected = new Map<PoolId, Map<TransferId, number>>();
  readonly reversals = new Map<string, TransferId>();
  readonly funds = new Map<string, Fund>();
  /** By the name of the use. */
  readonly documents = new Map<string, TransferId>();
  /** The entries of an account, as they come. */
  entriesOf(accountId: AccountId): Entry[] {
    return (this.lines.get(accountId) ?? []).flatMap((line) => (line.kind === 'entry' ? [line.entry] : []));
  }
  /** The kept refusals of an account. */
  refusalsOf(accountId: AccountId): Tombstone[] {
    return (this.lines.get(accountId) ?? []).flatMap((line) =>
      line.kind === 'refused' ? [line.tombstone] : [],
    );
  }
}

/** The seals, sorted by what their items say. */
export class SealBooks {
  readonly seals = new Map<SealSubject, Seal>();
  readonly links = new Map<SealSubject, SealedLink[]>();
  readonly leaves = new Map<number, AccountState>();
  readonly tiles: SealedTile[] = [];
  readonly checkpoints = new Map<number, string>();
  log: Required<SealLog> | undefined;
}

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
};

const inner = <K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> => {
  const found = map.get(key) ?? new Map<L, V>();
  map.set(key, found);
  return found;
};

/** Puts a record of the ledger where it belongs. Throws DoesNotFit where it could not be read. */
export const sortBook = (books: LedgerBooks, record: BookRecord): void => {
  switch (record.record) {
    case 'head': {
      const { head, openedAt } = record;
      books.heads.set(head.accountId, { head, ...(openedAt === undefined ? {} : { openedAt }) });
      return;
    }
    case 'line': {
      const { line } = record;
      push(books.lines, line.kind === 'entry' ? line.entry.accountId : line.tombstone.accountId, line);
      return;
    }
    case 'reversal':
      books.reversals.set(`${record.accountId} ${record.transferId}`, record.by);
      return;
    case 'row':
      push(books.rows, record.row.poolId, record.row);
      return;
    case 'shard': {
      const { poolId, shard, minutes } = record.shard;
      inner(books.shards, poolId).set(shard, minutes);
      return;
    }
    case 'collected':
      inner(books.collected, record.poolId).set(record.transferId, record.shard);
      return;
    case 'fund':
      books.funds.set(record.fund.fundId, record.fund);
      return;
    case 'document':
      books.documents.set(nameOfUse(record), record.by);
      return;
    case 'unreadable':
      throw new DoesNotFit(record.where, `the item cannot be read: ${record.why}`);
  }
};

/** Puts a record of the seals where it belongs. Throws DoesNotFit where it could not be read. */
export const sortSeal = (books: SealBooks, record: SealRecord): void => {
  switch (record.record) {
    case 'seal':
      books.seals.set(record.seal.subject, record.seal);
      return;
    case 'link':
      push(books.links, record.subject, record.link);
      return;
    case 'leaf':
      books.leaves.set(record.index, record.state);
      return;
    case 'tile':
      books.tiles.push(record.tile);
      return;
    case 'log':
      books.log = record.log;
      return;
    case 'checkpoint':
      books.checkpoints.set(record.size, record.note);
      return;
    case 'unreadable':
      throw new DoesNotFit(record.where, `the item cannot be read: ${record.why}`);
  }
};
