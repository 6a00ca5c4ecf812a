/** Every account is what its lines add up to. */
import type { AccountId } from '@time-bank/contracts/ids';
import type { AccountState } from '@time-bank/contracts/ledger';
import type { Instant } from '@time-bank/contracts/time';
import { type AccountHead, openedAccount } from '@time-bank/ledger/account';
import { isOldTally } from '@time-bank/ledger/change';
import { type Entry, applied } from '@time-bank/ledger/entry';
import { canonicalJson } from '@time-bank/seal/canonical-json';
import type { LedgerBooks, SealBooks } from './book-record.ts';
import { DoesNotFit, mustHold } from './does-not-fit.ts';

/** How an account was opened: it says so itself unless its state was changed since. */
const stateAtFirst = (head: AccountHead, entries: readonly Entry[]): 'open' | 'donate_only' => {
  const changes = entries.some(({ state }) => state !== undefined);
  return !changes && head.state === 'donate_only' ? 'donate_only' : 'open';
};

/** Sealed lines by their numbers, then the others by time. */
const inOrder = (entries: readonly Entry[], numbers: ReadonlyMap<string, number>): Entry[] =>
  entries.toSorted((one, other) => {
    const [left, right] = [
      numbers.get(one.transferId) ?? Infinity,
      numbers.get(other.transferId) ?? Infinity,
    ];
    if (left !== right) return left < right ? -1 : 1;
    if (one.at !== other.at) return one.at < other.at ? -1 : 1;
    return one.transferId < other.transferId ? -1 : 1;
  });

/**
 * The fold. Clocks of two machines differ by some milliseconds, so a line that cannot stand yet waits until it can;
 * one that never can does not fit.
 */
const folded = (start: AccountHead, entries: readonly Entry[]): AccountHead => {
  let head = start;
  let waiting: readonly Entry[] = entries;
  while (waiting.length > 0) {
    const later: Entry[] = [];
    let why = '';
    for (const entry of waiting) {
      try {
        head = applied(head, entry);
      } catch (error) {
        why ||= error instanceof Error ? error.message : '';
        later.push(entry);
      }
    }
    if (later.length === waiting.length) {
      const where = `${start.accountId}, entry ${later[0]?.transferId ?? ''}`;
      throw new DoesNotFit(where, `it cannot stand on the account: ${why}`);
    }
    waiting = later;
  }
  return head;
};

const verifyTallies = (head: AccountHead, right: AccountHead, entries: readonly Entry[]): void => {
  const newest = entries.reduce<Instant | undefined>(
    (latest, { at }) => (latest === undefined || at > latest ? at : latest),
    undefined,
  );
  const names = new Set([...Object.keys(head.tallies), ...Object.keys(right.tallies)]);
  for (const name of names) {
    if (newest !== undefined && isOldTally(name, newest)) continue;
    mustHold(
      (head.tallies[name] ?? 0) === (right.tallies[name] ?? 0),
      head.accountId,
      `its tally ${name} is not what its entries add up to`,
    );
  }
};

const parts: readonly (keyof AccountHead)[] = [
  'state',
  'sequence',
  'minutes',
  'holds',
  'lots',
  'bonds',
  'overflowPool',
];

const words: Partial<Record<keyof AccountHead, string>> = {
  minutes: 'minutes',
  sequence: 'count of entries',
  state: 'state',
  holds: 'set-aside hours',
  lots: 'granted hours',
  bonds: 'family ties',
  overflowPool: 'choice of pool',
};

const verifyAccount = (head: AccountHead, entries: readonly Entry[], initial: AccountState): void => {
  const start = openedAccount(head.accountId, initial === 'donate_only' ? 'donate_only' : 'open');
  const right = folded(start, entries);
  for (const part of parts) {
    mustHold(
      canonicalJson(head[part] ?? null) === canonicalJson(right[part] ?? null),
      head.accountId,
      `its ${words[part] ?? part} on the account: ${canonicalJson(head[part] ?? null)}; by its entries: ${canonicalJson(right[part] ?? null)}`,
    );
  }
  verifyTallies(head, right, entries);
};

/** Checks every account against its lines. Throws DoesNotFit. */
export const verifyAccounts = (ledger: LedgerBooks, seals: SealBooks): void => {
  for (const accountId of ledger.lines.keys()) {
    mustHold(ledger.heads.has(accountId), accountId, 'it has entries, and no head');
  }
  const numbersOf = (accountId: AccountId): Map<string, number> =>
    new Map(seals.links.get(accountId)?.map(({ transferId, number }) => [transferId, number]));
  for (const [accountId, { head }] of ledger.heads) {
    const entries = inOrder(ledger.entriesOf(accountId), numbersOf(accountId));
    verifyAccount(head, entries, stateAtFirst(head, entries));
  }
};
