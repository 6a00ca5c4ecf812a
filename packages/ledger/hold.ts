/**
 * Hours set aside for a request, and how that ends: used whole or in part, released, or lapsed.
 *
 *   held -> spent     (used, the rest comes back)
 *   held -> released  (taken back, or lapsed: from `lapsesAt` on a hold can only be released)
 */
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import type { FundId, Hold } from '@time-bank/contracts/ledger';
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { Instant } from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import { type AccountHead, type Minutes, isOver, sizeOf, spendableOf } from './account.ts';
import { assertAmount } from './amount.ts';
import { type Credit, planCredit } from './bank.ts';
import type { LedgerChange, Posting } from './change.ts';
import type { Entry, MovementFacts } from './entry.ts';
import { type Sight, refusedByAuthority, refusedByState } from './sight.ts';
import { type Parts, inLots, lotsTaken, spendableParts, takeInOrder } from './spend-order.ts';

/** What is to be set aside. */
export interface HoldOrder {
  policy: Pick<Policy, 'openHoldsMax'>;
  facts: MovementFacts;
  transferId: TransferId;
  accountId: AccountId;
  amountMinutes: number;
  lapsesAt: Instant;
  fingerprint: string;
  /** Of the member's own sign-in. */
  authority?: number | undefined;
}

/** What was decided: the changes, and the hold as it will stand. */
export interface HoldPlan {
  changes: LedgerChange[];
  hold: Hold;
}

/** What a line says that takes these minutes out of where they stand. */
const takenOut = (parts: Parts): Pick<Entry, 'minutes' | 'lots'> => {
  const granted = inLots(parts.lots);
  return {
    minutes: {
      ...(parts.earned === 0 ? {} : { earned: -parts.earned }),
      ...(parts.gift === 0 ? {} : { gift: -parts.gift }),
      ...(granted === 0 ? {} : { granted: -granted }),
    },
    ...(granted === 0 ? {} : { lots: lotsTaken(parts.lots) }),
  };
};

const heldLine = (order: HoldOrder, hold: Hold): Entry => {
  const taken = takenOut(hold);
  return {
    ...order.facts,
    kind: 'held',
    accountId: order.accountId,
    transferId: order.transferId,
    counterpart: order.accountId,
    fingerprint: order.fingerprint,
    hold,
    ...taken,
    minutes: { ...taken.minutes, held: order.amountMinutes },
  };
};

const heldUnlooked = (order: HoldOrder): HoldPlan => {
  const { amountMinutes, authority, lapsesAt, policy } = order;
  const hold: Hold = { lapsesAt, earned: amountMinutes, gift: 0, lots: {} };
  const posting: Posting = {
    change: 'post',
    entries: [heldLine(order, hold)],
    assuming: {
      states: ['open'],
      none: ['gift', 'granted'],
      atLeast: { earned: amountMinutes },
      fewerHolds: policy.openHoldsMax,
      ...(authority === undefined ? {} : { authority }),
    },
  };
  return { changes: [posting], hold };
};

/**
 * Sets 1 to 1,440 minutes aside until `lapsesAt`. On an account that nobody has looked at, earned minutes are
 * assumed to be all there is.
 * Refuses: session_ended, unknown_account, donate_only_account, account_frozen, account_closed, too_many_holds,
 * insufficient_hours.
 */
export const planHold = (order: HoldOrder, sight: Sight): Planned<HoldPlan> => {
  assertAmount(order.amountMinutes, 'a hold');
  if (sight === 'missing') return refused('unknown_account');
  if (sight === 'unseen') return done(heldUnlooked(order));
  const byState = refusedByAuthority(sight, order.authority) ?? refusedByState(sight, ['open']);
  if (byState !== undefined) return byState;
  if (Object.keys(sight.holds).length >= order.policy.openHoldsMax) return refused('too_many_holds');
  const now = order.facts.at;
  const { taken, missing } = takeInOrder(spendableParts(sight, now), order.amountMinutes);
  if (missing > 0) {
    return refused('insufficient_hours', {
      availableMinutes: spendableOf(sight, now),
      neededMinutes: order.amountMinutes,
    });
  }
  const hold: Hold = { lapsesAt: order.lapsesAt, ...taken };
  return done({ changes: [{ change: 'post', entries: [heldLine(order, hold)], seen: sight }], hold });
};

/** A hold that is to end. `hold` as it was made: the write holds only if it stands like that. */
export interface HoldEnd {
  facts: MovementFacts;
  transferId: TransferId;
  accountId: AccountId;
  holdId: TransferId;
  hold: Hold;
  fingerprint?: string;
}

const backTo = (left: Pick<Hold, 'earned' | 'gift' | 'lots'>): Minutes => {
  const granted = inLots(left.lots);
  return {
    ...(left.earned === 0 ? {} : { earned: left.earned }),
    ...(left.gift === 0 ? {} : { gift: left.gift }),
    ...(granted === 0 ? {} : { granted }),
  };
};

const endPosting = (
  end: HoldEnd,
  line: Entry,
  clock: 'alive' | 'lapsed' | undefined,
  sight: AccountHead | 'unseen',
): Posting => ({
  change: 'post',
  entries: [line],
  ...(sight === 'unseen'
    ? {
        assuming: {
          states: ['open', 'frozen'],
          hold: { id: end.holdId, hold: end.hold },
        },
      }
    : { seen: sight }),
  ...(clock === undefined ? {} : { clock: { holdId: end.holdId, hold: clock, at: end.facts.at } }),
});

/** The hold as it stands; as it was made where nobody has looked. Refuses: hold_not_open. */
const standing = (end: HoldEnd, sight: AccountHead | 'unseen'): Planned<Hold> => {
  if (sight === 'unseen') return done(end.hold);
  const hold = sight.holds[end.holdId];
  return hold === undefined ? refused('hold_not_open') : done(hold);
};

/** Lots that come back need to be joined with those that are there: only on an account that was seen. */
const mayBeUnseen = (left: Pick<Hold, 'lots'>): boolean => Object.keys(left.lots).length === 0;

/** Says that the account has to be looked at before this can be planned. */
export interface LookFirst {
  kind: 'look';
  accountId: AccountId;
}

/**
 * Releases a hold entirely: taken back, or, with `lapsed`, because its time is over.
 * Refuses: unknown_account, hold_not_open.
 */
export const planRelease = (
  end: HoldEnd,
  lapsed: boolean,
  sight: Sight,
): Planned<LedgerChange[]> | LookFirst => {
  if (sight === 'missing') return refused('unknown_account');
  const stood = standing(end, sight);
  if (stood.kind === 'refused') return stood;
  const hold = stood.value;
  if (lapsed && !isOver(hold.lapsesAt, end.facts.at)) throw new Error('the hold has not lapsed');
  if (sight === 'unseen' && !mayBeUnseen(hold)) return { kind: 'look', accountId: end.accountId };
  const line: Entry = {
    ...end.facts,
    kind: 'released',
    accountId: end.accountId,
    transferId: end.transferId,
    counterpart: end.accountId,
    resolves: end.holdId,
    minutes: { ...backTo(hold), held: -sizeOf(hold) },
    ...(end.fingerprint === undefined ? {} : { fingerprint: end.fingerprint }),
    ...(Object.keys(hold.lots).length === 0 ? {} : { returned: hold.lots }),
  };
  return done([endPosting(end, line, lapsed ? 'lapsed' : undefined, sight)]);
};

/** Somebody who is paid with a hold, and the limits of their account. */
export interface Payee {
  accountId: AccountId;
  credit: Omit<Credit, 'accountId' | 'amountMinutes' | 'facts' | 'transferId'>;
}

/** A hold that is to be used: by another member, by a fund's purchase, or (`issue`) for a benefit. */
export interface Capture extends HoldEnd {
  usedMinutes: number;
  payee: Payee | 'issue' | FundId;
}

const payerLine = (capture: Capture, hold: Hold): { line: Entry; left: Parts } => {
  const { left } = takeInOrder(hold, capture.usedMinutes);
  const { payee } = capture;
  const line: Entry = {
    ...capture.facts,
    kind: 'spent',
    accountId: capture.accountId,
    transferId: capture.transferId,
    counterpart: typeof payee === 'string' ? payee : payee.accountId,
    resolves: capture.holdId,
    minutes: { ...backTo(left), held: -sizeOf(hold) },
    ...(capture.fingerprint === undefined ? {} : { fingerprint: capture.fingerprint }),
    ...(Object.keys(left.lots).length === 0 ? {} : { returned: left.lots }),
  };
  return { line, left };
};

const credited = (capture: Capture, sight: Sight): Planned<LedgerChange[]> => {
  const { payee, facts, transferId, usedMinutes } = capture;
  if (typeof payee === 'string') return done([]);
  const { accountId } = payee;
  const credit = { ...payee.credit, facts, transferId, accountId, amountMinutes: usedMinutes };
  return planCredit(credit, capture.accountId, sight);
};

/**
 * Uses a hold for `usedMinutes` (1 to what it holds): they go to the payee in the spend order, the rest comes
 * back to where it was taken from. The payer's line and the payee's have the same id and name each other.
 * Refuses: unknown_account (the payer's, the payee's), account_closed (the payee's), hold_not_open, hold_lapsed.
 */
export const planCapture = (
  capture: Capture,
  sights: { payer: Sight; payee?: Sight },
): Planned<LedgerChange[]> | LookFirst => {
  const { usedMinutes, facts, accountId } = capture;
  const { payer, payee = 'unseen' } = sights;
  assertAmount(usedMinutes, 'what is used of a hold');
  if (payer === 'missing') return refused('unknown_account');
  const taken = credited(capture, payee);
  if (taken.kind === 'refused') return taken;
  const stood = standing(capture, payer);
  if (stood.kind === 'refused') return stood;
  const hold = stood.value;
  if (usedMinutes > sizeOf(hold)) throw new Error('a hold cannot give more than it holds');
  const isLapsed = isOver(hold.lapsesAt, facts.at);
  const { line, left } = payerLine(capture, hold);
  // Nothing is refused for what an account is like before somebody has looked at it.
  if (payer === 'unseen' && (isLapsed || !mayBeUnseen(left))) return { kind: 'look', accountId };
  if (isLapsed) return refused('hold_lapsed');
  return done([endPosting(capture, line, 'alive', payer), ...taken.value]);
};

/** One of two who are paid with the same hold: the id of their lines, 1 minute or more, to whom. */
export interface Share {
  transferId: TransferId;
  usedMinutes: number;
  payee: Payee;
}

/** The payer's line for the other of two, out of what the first line brings back. */
const otherLine = (end: HoldEnd, { transferId, usedMinutes, payee }: Share, left: Parts): Entry => ({
  ...end.facts,
  kind: 'spent',
  accountId: end.accountId,
  transferId,
  counterpart: payee.accountId,
  ...takenOut(takeInOrder(left, usedMinutes).taken),
});

/**
 * Uses a hold for two at once: the line of `one` ends it, that of `other` is written on top of it, and what neither
 * takes is the payer's again. Asks to look at the payer's account first: its two lines stand on what was seen.
 * Refuses: unknown_account (the payer's, a payee's), account_closed (a payee's), hold_not_open, hold_lapsed.
 */
export const planCaptureForTwo = (
  end: Omit<HoldEnd, 'transferId'>,
  { one, other }: { one: Share; other: Share },
  sights: { payer: Sight; one: Sight; other: Sight },
): Planned<LedgerChange[]> | LookFirst => {
  const { payer } = sights;
  if (payer === 'missing') return refused('unknown_account');
  if (payer === 'unseen') return { kind: 'look', accountId: end.accountId };
  const forOne = { ...end, ...one };
  const paidOne = credited(forOne, sights.one);
  if (paidOne.kind === 'refused') return paidOne;
  const paidOther = credited({ ...end, ...other }, sights.other);
  if (paidOther.kind === 'refused') return paidOther;
  const stood = standing(forOne, payer);
  if (stood.kind === 'refused') return stood;
  const hold = stood.value;
  if (one.usedMinutes + other.usedMinutes > sizeOf(hold))
    throw new Error('a hold cannot give more than it holds');
  if (isOver(hold.lapsesAt, end.facts.at)) return refused('hold_lapsed');
  const { line, left } = payerLine(forOne, hold);
  const posting: Posting = {
    ...endPosting(forOne, line, 'alive', payer),
    entries: [line, otherLine(forOne, other, left)],
  };
  return done([posting, ...paidOne.value, ...paidOther.value]);
};
