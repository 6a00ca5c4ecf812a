/**
 * What sealing needs from the store: the books as they stand, and the seals on them. The seals lie in a table of
 * their own, so whoever may write hours cannot write seals, and the sealer can only read the hours.
 */
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import type { FundId, PoolId } from '@time-bank/contracts/ledger';
import type { Instant } from '@time-bank/contracts/time';
import type { AccountHead } from '@time-bank/ledger/account';
import type { PoolRow } from '@time-bank/ledger/change';
import type { Digest } from '@time-bank/seal/digest';
import type { AccountState } from '@time-bank/seal/leaf';
import type { LogState } from '@time-bank/seal/merkle-log';
import type { Line } from './ports.ts';

/** The refusals that are kept on an account, as something to be sealed beside its lines. */
export type RefusalsOf = `refusals:${AccountId}`;

/** What has a chain of its own: the lines of an account or a pool, the kept refusals of an account, a purchase. */
export type SealSubject = AccountId | PoolId | FundId | RefusalsOf;

/** The kept refusals of an account, as a subject. */
export const refusalsOf = (accountId: AccountId): RefusalsOf => `refusals:${accountId}`;

/** A link as it is kept: `number` from 1 without gaps, of which line, its digest, and the link itself. */
export interface SealedLink {
  number: number;
  transferId: TransferId;
  entryDigest: Digest;
  link: Digest;
}

/**
 * How far a subject is sealed. `links`: how many it has; `link`: the last one, `GENESIS` before the first.
 * `sealed`: the newest state in the log; absent until there is one.
 */
export interface Seal {
  subject: SealSubject;
  links: number;
  link: Digest;
  sealed?: { sequence: number; leafIndex: number };
}

/** The log: its frontier, its newest checkpoint, and the key that checks it; the last two once there is a leaf. */
export interface SealLog {
  state: LogState;
  note?: string;
  verifierKey?: string;
}

/** The roots of 256 full tiles of the level below, as far as there are any. `level`: 1 or more. */
export interface SealedTile {
  level: number;
  index: number;
  hashes: readonly Digest[];
}

/** A log that grew: by which leaves, under which checkpoint. */
export interface LogGrowth {
  before: SealLog;
  after: Required<SealLog>;
  leaves: readonly { index: number; state: AccountState }[];
  tiles: readonly SealedTile[];
}

/** Seals to be written, all or none. At most 100 items: links, seals, leaves and tiles, and two for a log. */
export interface SealWrite {
  links: readonly { subject: SealSubject; link: SealedLink }[];
  seals: readonly { before: Seal | undefined; after: Seal }[];
  growth?: LogGrowth;
}

/** The seals. All reads are strongly consistent but those for proofs (`readLeaf`, `readTile`). */
export interface SealBook {
  readLogNow: () => Promise<SealLog>;
  /** Those that have one. At most 100. */
  readSealsNow: (subjects: readonly SealSubject[]) => Promise<ReadonlyMap<SealSubject, Seal>>;
  /** The lines that have a link, by ids made since then (ms since 1970); all of them where it is left out. */
  listLinkedNow: (subject: SealSubject, sinceMs?: number) => Promise<ReadonlySet<TransferId>>;
  readLeaf: (index: number) => Promise<AccountState | undefined>;
  /** The hashes of a tile, as `hashesFromTiles` asks for them. */
  readTile: (level: number, index: number) => Promise<readonly Digest[] | undefined>;
  /** False where anything had moved on since it was read: read again. Nothing is ever written over. */
  write: (write: SealWrite) => Promise<boolean>;
}

/** An account as it is read to be sealed. */
export interface AccountBooks {
  head: AccountHead;
  openedAt?: Instant;
  lines: readonly Line[];
}

/** Reads the ledger for sealing. Lines are read before the head, both strongly consistent. */
export interface Books {
  /** Lines by ids made since then (ms since 1970); all of them where it is left out. */
  readAccountBooksNow: (accountId: AccountId, sinceMs?: number) => Promise<AccountBooks | undefined>;
  readPoolRowsNow: (poolId: PoolId, sinceMs?: number) => Promise<PoolRow[]>;
}
