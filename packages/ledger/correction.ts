/**
 * A mistake is put right by new lines, never by changing an old one: a line that takes back, and, where something
 * else was meant, a line that says it. What has been spent meanwhile becomes a recorded debt that later earnings
 * repay, or stays with the member, as the region has decided; no balance falls below zero.
 */
import type { TransferId } from '@time-bank/contracts/ids';
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { Policy } from '@time-bank/policy/policy';
import { type AccountHead, type Minutes, buckets } from './account.ts';
import { type Credit, planCredit } from './bank.ts';
import type { LedgerChange, Posting } from './change.ts';
import { type Entry, type MovementFacts, applied, netOf } from './entry.ts';

/** What is to be taken back, and what was meant instead. */
export interface Correction {
  policy: Pick<Policy, 'reversalShortfall' | 'balanceCapMinutes' | 'dailyCreditMinutesMax'>;
  facts: MovementFacts;
  /** The id of the line that takes back. */
  transferId: TransferId;
  original: Entry;
  fingerprint: string;
  /** What the volunteer should have been credited, and the id of that line; left out where nothing is due. */
  instead?: { transferId: TransferId; amountMinutes: number };
}

/** Lines that can be taken back: what came in for a visit or as a gift. */
const reversible: readonly Entry['kind'][] = ['earned', 'gift_in'];

/** What taking back does to the account that received: whole minutes, never below zero. */
const takenBack = (
  head: AccountHead,
  original: Entry,
  shortfall: Policy['reversalShortfall'],
): { minutes: Minutes; amount: number } => {
  const minutes: Record<string, number> = {};
  // What went on to a pool was given away: it counts as spent.
  const overflow = original.overflow?.minutes ?? 0;
  let short = overflow;
  for (const bucket of buckets) {
    const given = Math.max(0, original.minutes[bucket] ?? 0);
    const there = Math.min(given, head.minutes[bucket]);
    short += given - there;
    if (there > 0) minutes[bucket] = -there;
  }
  // What repaid a debt is owed again.
  const owedAgain = -(original.minutes.debt ?? 0);
  const debt = owedAgain + (shortfall === 'debt' ? short : 0);
  if (debt > 0) minutes['debt'] = debt;
  return { minutes, amount: netOf(original) + overflow - (shortfall === 'debt' ? 0 : short) };
};

const reversedLine = (correction: Correction, minutes: Minutes): Entry => ({
  ...correction.facts,
  kind: 'reversed',
  accountId: correction.original.accountId,
  transferId: correction.transferId,
  counterpart: correction.original.counterpart,
  corrects: correction.original.transferId,
  fingerprint: correction.fingerprint,
  minutes,
});

const restoredPosting = (correction: Correction, payer: AccountHead, amount: number): Posting => ({
  change: 'post',
  entries: [
    {
      ...correction.facts,
      kind: 'restored',
      accountId: payer.accountId,
      transferId: correction.transferId,
      counterpart: correction.original.accountId,
      corrects: correction.original.transferId,
      minutes: { earned: amount },
    },
  ],
  seen: payer,
});

/** The line that says what was meant; none where nothing is due. */
const instead = (correction: Correction, after: AccountHead): Planned<Entry[]> => {
  const { original, facts, policy } = correction;
  if (correction.instead === undefined) return done([]);
  const credit: Credit = {
    policy: {
      balanceCapMinutes: policy.balanceCapMinutes,
      dailyCreditMinutesMax: policy.dailyCreditMinutesMax,
    },
    facts,
    ...correction.instead,
    accountId: original.accountId,
    corrects: original.transferId,
    isGroup: after.state === 'donate_only',
  };
  // A surplus of a corrected line is honour: the way to a pool is for new hours.
  const { overflowPool: _pool, ...plain } = after;
  const planned = planCredit(credit, original.counterpart, plain);
  if (planned.kind === 'refused') return planned;
  return done(planned.value.flatMap((each) => (each.change === 'post' ? each.entries : [])));
};

/** The accounts that a correction touches: the one that received, and the payer's where a member paid. */
const touched = (
  correction: Correction,
  sights: { account: AccountHead | undefined; payer?: AccountHead | undefined },
): Planned<{ account: AccountHead; payer?: AccountHead }> => {
  const { account, payer } = sights;
  const { kind, counterpart } = correction.original;
  const needsPayer = reversible.includes(kind) && counterpart.startsWith('acc_');
  if (account === undefined || (needsPayer && payer === undefined)) return refused('unknown_account');
  if (account.state === 'closed' || (needsPayer && payer?.state === 'closed')) {
    return refused('account_closed');
  }
  return done({ account, ...(needsPayer && payer !== undefined ? { payer } : {}) });
};

/**
 * Takes a line back, and writes what was meant instead. `payer`: the account of the member who paid, where one did.
 * Refuses: unknown_account, account_closed (either's), not_reversible, already_reversed (by the write),
 * nothing_to_reverse.
 */
export const planCorrection = (
  correction: Correction,
  sights: { account: AccountHead | undefined; payer?: AccountHead | undefined },
): Planned<LedgerChange[]> => {
  const { original, policy, transferId } = correction;
  const seen = touched(correction, sights);
  if (seen.kind === 'refused') return seen;
  const { account, payer } = seen.value;
  if (!reversible.includes(original.kind)) return refused('not_reversible');
  // What a member paid is given back to them; another amount is a new visit of theirs.
  if (payer !== undefined && correction.instead !== undefined) return refused('not_reversible');
  const { minutes, amount } = takenBack(account, original, policy.reversalShortfall);
  if (amount === 0) return refused('nothing_to_reverse');
  const line = reversedLine(correction, minutes);
  const meant = instead(correction, applied(account, line));
  if (meant.kind === 'refused') return meant;
  const { accountId } = original;
  return done([
    { change: 'post', entries: [line, ...meant.value], seen: account },
    { change: 'mark_reversed', accountId, transferId: original.transferId, by: transferId },
    ...(payer === undefined ? [] : [restoredPosting(correction, payer, amount)]),
  ]);
};
