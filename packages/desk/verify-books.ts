/**
 * Checks all books against each other and against their seals, from what is stored and nothing else: every
 * account is the fold of its lines, every line is the one that was sealed, no minute came from nowhere. It stops at
 * the first thing that does not fit and says where.
 */
import {
  type BookRecord,
  LedgerBooks,
  SealBooks,
  type SealRecord,
  sortBook,
  sortSeal,
} from './book-record.ts';
import { type Contradiction, DoesNotFit } from './does-not-fit.ts';
import { verifyAccounts } from './verify-accounts.ts';
import { verifyChains } from './verify-chains.ts';
import { verifyLog } from './verify-log.ts';
import { verifySums } from './verify-sums.ts';

/** Everything that is checked. `outside`: checkpoints that are kept where the tables' keepers cannot reach them. */
export interface Everything {
  ledger: AsyncIterable<BookRecord> | Iterable<BookRecord>;
  seals: AsyncIterable<SealRecord> | Iterable<SealRecord>;
  outside: readonly string[];
  /** Got from somewhere else than the tables. Undefined where nothing was ever sealed. */
  verifierKey: string | undefined;
}

/** What was looked at. `unsealed`: lines that are newer than their account's seal. */
export interface Counts {
  accounts: number;
  entries: number;
  poolLines: number;
  refusals: number;
  links: number;
  unsealed: number;
  leaves: number;
  checkpoints: number;
  outsideCheckpoints: number;
}

/** How it ended. */
export type Verdict = { kind: 'balance'; counts: Counts } | ({ kind: 'contradiction' } & Contradiction);

const check = async (all: Everything): Promise<Counts> => {
  // Seals first: what is written meanwhile is then newer than its seal, which is no contradiction.
  const seals = new SealBooks();
  for await (const record of all.seals) sortSeal(seals, record);
  const ledger = new LedgerBooks();
  for await (const record of all.ledger) sortBook(ledger, record);
  verifyLog(seals, all);
  const { unsealed, links } = verifyChains(ledger, seals);
  verifyAccounts(ledger);
  verifySums(ledger);
  const count = (lists: Iterable<readonly unknown[]>): number =>
    [...lists].reduce((sum, list) => sum + list.length, 0);
  const refusals = [...ledger.heads.keys()].reduce((sum, id) => sum + ledger.refusalsOf(id).length, 0);
  return {
    accounts: ledger.heads.size,
    entries: count(ledger.lines.values()) - refusals,
    poolLines: count(ledger.rows.values()),
    refusals,
    links,
    unsealed,
    leaves: seals.leaves.size,
    checkpoints: seals.checkpoints.size,
    outsideCheckpoints: all.outside.length,
  };
};

/**
 * Replays everything. Gives what was counted, or the first account, line or item that does not fit and why.
 * Holds all records in memory: about 2 KB for each line.
 */
export const verifyBooks = async (all: Everything): Promise<Verdict> => {
  try {
    return { kind: 'balance', counts: await check(all) };
  } catch (error) {
    if (!(error instanceof DoesNotFit)) throw error;
    return { kind: 'contradiction', where: error.where, what: error.message };
  }
};
