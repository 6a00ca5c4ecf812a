/** What a movement of the ledger answers: made from its line, so that the same command answers the same for ever. */
import type { TransferReceipt } from '@time-bank/contracts/account';
import type { LedgerChange } from '@time-bank/ledger/change';
import { type Entry, amountOf } from '@time-bank/ledger/entry';

export type { TransferReceipt };

const ofEntry = (entry: Entry): TransferReceipt => ({
  transferId: entry.transferId,
  kind: entry.kind,
  amountMinutes: amountOf(entry),
  at: entry.at,
});

/** The receipt of a line, or of the first line of a plan. */
export const receiptOf = (from: Entry | readonly LedgerChange[]): TransferReceipt => {
  if ('kind' in from) return ofEntry(from);
  for (const change of from) if (change.change === 'post') return ofEntry(change.entries[0]);
  throw new Error('a movement has a line');
};
