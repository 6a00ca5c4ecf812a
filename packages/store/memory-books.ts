/** The ledger in memory as the sealer reads it. */
import type { TransferId } from '@time-bank/contracts/ids';
import type { Books } from '@time-bank/desk/seal-book';
import type { Line } from '@time-bank/desk/ports';
import { decodeTime } from 'ulid';
import { answer } from './memory-answer.ts';
import type { LedgerMemory } from './memory-journal.ts';

const isSince = (transferId: TransferId, sinceMs = 0): boolean => decodeTime(transferId.slice(4)) >= sinceMs;

const idOf = (line: Line): TransferId =>
  line.kind === 'entry' ? line.entry.transferId : line.tombstone.transferId;

/** The sealer's view of a ledger in memory. */
export const memoryBooks = (ledger: LedgerMemory): Books => ({
  readAccountBooksNow: (accountId, sinceMs) =>
    answer(() => {
      const head = ledger.heads.get(accountId);
      if (head === undefined) return undefined;
      const lines = [...(ledger.lines.get(accountId)?.values() ?? [])];
      return { head, lines: lines.filter((line) => isSince(idOf(line), sinceMs)) };
    }),
  readPoolRowsNow: (poolId, sinceMs) =>
    answer(() =>
      [...(ledger.rows.get(poolId)?.values() ?? [])].filter(({ transferId }) => isSince(transferId, sinceMs)),
    ),
});
