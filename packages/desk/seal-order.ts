/** In which order lines that are not linked yet get their numbers. */
import type { TransferId } from '@time-bank/contracts/ids';
import type { Instant } from '@time-bank/contracts/time';
import type { Entry } from '@time-bank/ledger/entry';
import type { Digest } from '@time-bank/seal/digest';

/** A line that waits for its link. `after`: lines that it speaks of, and that therefore stand before it. */
export interface WaitingLine {
  transferId: TransferId;
  at: Instant;
  after: readonly string[];
  digest: Digest;
}

/** The lines that an entry speaks of: the hold that it ends, the grants it takes from, the line it takes back. */
export const spokenOf = (entry: Entry): string[] => [
  ...(entry.resolves === undefined ? [] : [entry.resolves]),
  ...(entry.corrects === undefined ? [] : [entry.corrects]),
  ...Object.keys(entry.lots ?? {}),
];

/** By time, then by id; but never a line before one that it speaks of, whatever the clocks said. */
export const inOrder = (lines: readonly WaitingLine[]): WaitingLine[] => {
  const sorted = lines.toSorted((one, other) =>
    one.at === other.at ? (one.transferId < other.transferId ? -1 : 1) : one.at < other.at ? -1 : 1,
  );
  const waiting = new Map<string, WaitingLine>(sorted.map((line) => [line.transferId, line]));
  const ordered: WaitingLine[] = [];
  const place = (line: WaitingLine): void => {
    if (!waiting.delete(line.transferId)) return;
    for (const id of line.after) {
      const before = waiting.get(id);
      if (before !== undefined) place(before);
    }
    ordered.push(line);
  };
  sorted.forEach(place);
  return ordered;
};
