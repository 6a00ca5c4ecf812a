/** Every account is what its lines add up to. */
import { AccountId } from '@time-bank/contracts/ids';
import type { Instant } from '@time-bank/contracts/time';
import { type AccountHead, authorityOf } from '@time-bank/ledger/account';
import { isOldTally } from '@time-bank/ledger/change';
import { type Entry, assertWhole } from '@time-bank/ledger/entry';
import { canonicalJson } from '@time-bank/seal/canonical-json';
import type { LedgerBooks } from './book-record.ts';
import { DoesNotFit, mustHold } from './does-not-fit.ts';
import { type Aspect, type Sums, marksOf, mayBeSaid, saidOf, sumsOf } from './verify-fold.ts';

const verifyTallies = (head: AccountHead, right: Sums, entries: readonly Entry[]): void => {
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

const verifyPart = (head: AccountHead, word: string, says: unknown, right: readonly unknown[]): void => {
  const said = canonicalJson(says);
  const allowed = right.map(canonicalJson);
  mustHold(
    allowed.includes(said),
    head.accountId,
    `its ${word} on the account: ${said}; by its entries: ${[...new Set(allowed)].join(' or ')}`,
  );
};

const words: Record<Exclude<keyof Sums, 'tallies'>, string> = {
  sequence: 'count of entries',
  minutes: 'minutes',
  holds: 'set-aside hours',
  lots: 'granted hours',
  authority: 'count of ended sign-ins',
};

const wordOf = (aspect: Aspect): string => {
  if (aspect === 'state') return 'state';
  return aspect === 'overflow' ? 'choice of pool' : `family tie with ${aspect}`;
};

const verifyAccount = (head: AccountHead, entries: readonly Entry[]): void => {
  const right = sumsOf(entries);
  verifyPart(head, words.sequence, head.sequence, [right.sequence]);
  verifyPart(head, words.minutes, head.minutes, [right.minutes]);
  verifyPart(head, words.holds, head.holds, [right.holds]);
  verifyPart(head, words.lots, head.lots, [right.lots]);
  verifyPart(head, words.authority, authorityOf(head), [right.authority]);
  verifyTallies(head, right, entries);
  const marks = marksOf(entries);
  const ties = Object.keys(head.bonds).map((other) => AccountId.parse(other));
  for (const aspect of new Set<Aspect>(['state', 'overflow', ...ties, ...marks.keys()])) {
    verifyPart(head, wordOf(aspect), saidOf(head, aspect), mayBeSaid(head, aspect, marks.get(aspect)));
  }
  assertWhole(head);
};

/** Checks every account against its lines. Throws DoesNotFit. */
export const verifyAccounts = (ledger: LedgerBooks): void => {
  for (const accountId of ledger.lines.keys()) {
    mustHold(ledger.heads.has(accountId), accountId, 'it has entries, and no head');
  }
  for (const [accountId, { head }] of ledger.heads) {
    try {
      verifyAccount(head, ledger.entriesOf(accountId));
    } catch (error) {
      if (error instanceof DoesNotFit) throw error;
      // A line that no account can bear: what the ledger says of it.
      const why = error instanceof Error ? error.message : '';
      throw new DoesNotFit(accountId, `its entries cannot stand on it: ${why}`);
    }
  }
};
