/**
 * What the lines of an account come to, in whatever order they were written. The time on a line is that of the
 * machine that wrote it, and two machines never quite agree, so nothing here depends on the order: what moves is
 * added up, and of what only the last mark says, any that may have been the last is right.
 */
import type { AccountId } from '@time-bank/contracts/ids';
import type { Hold, Lot } from '@time-bank/contracts/ledger';
import { msOf } from '@time-bank/contracts/time';
import { type AccountHead, type Bucket, lookUp, openedAccount } from '@time-bank/ledger/account';
import { type Entry, applied, tallyOf } from '@time-bank/ledger/entry';
import { mustHold } from './does-not-fit.ts';

/** What is added up. */
export type Sums = Pick<AccountHead, 'sequence' | 'minutes' | 'holds' | 'lots' | 'tallies'> & {
  authority: number;
};

const nameOf = (entry: Entry): string => `${entry.accountId}, entry ${entry.transferId}`;

const minutesOf = (entries: readonly Entry[]): AccountHead['minutes'] => {
  const sum = (bucket: Bucket): number =>
    entries.reduce((total, { minutes }) => total + (minutes[bucket] ?? 0), 0);
  return {
    earned: sum('earned'),
    gift: sum('gift'),
    granted: sum('granted'),
    held: sum('held'),
    honour: sum('honour'),
    debt: sum('debt'),
  };
};

/** Holds that were made and have not ended; each ends once. */
const holdsOf = (entries: readonly Entry[]): Record<string, Hold> => {
  const open = new Map<string, Hold>();
  for (const { transferId, hold } of entries) if (hold !== undefined) open.set(transferId, hold);
  for (const entry of entries) {
    if (entry.hold !== undefined || entry.resolves === undefined) continue;
    const ended = open.delete(entry.resolves);
    mustHold(ended, nameOf(entry), 'it ends a hold that was not made, or has ended before');
  }
  return Object.fromEntries(open);
};

/** Grants with what is left of them. Only their minutes ever change. */
const lotsOf = (entries: readonly Entry[]): Record<string, Lot> => {
  const lots = new Map<string, Lot>();
  const add = (entry: Entry, id: string, lot: Lot): void => {
    const there = lots.get(id);
    const isSame = there === undefined || (there.lapsesAt === lot.lapsesAt && there.poolId === lot.poolId);
    mustHold(isSame, nameOf(entry), 'it speaks of a grant with other terms');
    lots.set(id, { ...lot, minutes: lot.minutes + (there?.minutes ?? 0) });
  };
  for (const entry of entries) {
    if (entry.lot !== undefined) add(entry, entry.transferId, entry.lot);
    for (const [id, lot] of Object.entries(entry.returned ?? {})) add(entry, id, lot);
  }
  for (const entry of entries) {
    for (const [id, minutes] of Object.entries(entry.lots ?? {})) {
      const lot = lots.get(id);
      mustHold(lot !== undefined, nameOf(entry), 'it takes from a grant that is not on the account');
      if (lot !== undefined) lots.set(id, { ...lot, minutes: lot.minutes + minutes });
    }
  }
  return Object.fromEntries([...lots].filter(([, { minutes }]) => minutes !== 0));
};

const talliesOf = (entries: readonly Entry[]): Record<string, number> => {
  const tallies = new Map<string, number>();
  for (const entry of entries) {
    const tally = tallyOf(entry);
    if (tally !== undefined) tallies.set(tally.key, (tallies.get(tally.key) ?? 0) + tally.minutes);
  }
  return Object.fromEntries(tallies);
};

/** Adds up all lines of an account. Throws DoesNotFit at a line that speaks of what the others do not know. */
export const sumsOf = (entries: readonly Entry[]): Sums => ({
  sequence: entries.length,
  minutes: minutesOf(entries),
  holds: holdsOf(entries),
  lots: lotsOf(entries),
  tallies: talliesOf(entries),
  authority: entries.filter(({ kind }) => kind === 'sign_ins_ended').length,
});

/** What only the last mark says: the state, where surplus goes, the tie with another account. */
export type Aspect = 'state' | 'overflow' | AccountId;

/** What a head says of it. */
export const saidOf = (head: AccountHead, aspect: Aspect): unknown => {
  if (aspect === 'state') return head.state;
  if (aspect === 'overflow') return [head.overflowPool ?? null, head.overflowChosen ?? null];
  return lookUp(head.bonds, aspect) ?? null;
};

const aspectsOf = (entry: Entry): Aspect[] => [
  ...(entry.state === undefined ? [] : (['state'] as const)),
  ...(entry.kind === 'overflow_chosen' ? (['overflow'] as const) : []),
  ...(entry.bond === undefined ? [] : [entry.bond.with]),
];

/** Marks that speak of each aspect. */
export const marksOf = (entries: readonly Entry[]): Map<Aspect, Entry[]> => {
  const marks = new Map<Aspect, Entry[]>();
  for (const entry of entries) {
    for (const aspect of aspectsOf(entry)) marks.set(aspect, [...(marks.get(aspect) ?? []), entry]);
  }
  return marks;
};

/** More than clocks differ by and a write takes, from the reading of the clock on. */
const CLOCKS_MS = 5 * 60 * 1000;

/** Everything that an account may say of an aspect: what the newest mark says, or one that may be newer than it. */
export const mayBeSaid = (
  head: AccountHead,
  aspect: Aspect,
  marks: readonly Entry[] | undefined,
): unknown[] => {
  // An account says itself how it was opened, where no mark has changed its state since.
  const state = marks === undefined && head.state === 'donate_only' ? 'donate_only' : 'open';
  const start = openedAccount(head.accountId, state);
  if (marks === undefined) return [saidOf(start, aspect)];
  const newest = Math.max(...marks.map(({ at }) => msOf(at)));
  return marks
    .filter(({ at }) => newest - msOf(at) <= CLOCKS_MS)
    .map((mark) => saidOf(applied(start, mark), aspect));
};
