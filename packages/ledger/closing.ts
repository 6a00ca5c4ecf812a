/**
 * An account ends: the member leaves, moves away or has died. Grants go back to their pools; what was earned and
 * received goes where the member or the heirs have decided, in whole; debt that nobody can repay any more is
 * written off in the open. A closed account stays in the books for ever.
 */
import { bankMark } from '@time-bank/contracts/closing';
import { type AccountId, TransferId } from '@time-bank/contracts/ids';
import type { DocumentNumber, PoolId, Relation } from '@time-bank/contracts/ledger';
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { Policy } from '@time-bank/policy/policy';
import { type AccountHead, lookUp, totalOf } from './account.ts';
import { assertAmount } from './amount.ts';
import type { DocumentUse, LedgerChange, Posting } from './change.ts';
import type { Entry, MovementFacts } from './entry.ts';
import { lapsed } from './pool.ts';
import { refusedByState } from './sight.ts';

/** Where what is left goes. Heirs are family whom staff have bound; a move takes it to another bank. */
export type Remainder =
  | { to: 'pool'; poolId: PoolId }
  | { to: 'heir'; heir: AccountHead | undefined }
  | { to: 'nobody' }
  | { to: 'elsewhere'; document: DocumentNumber };

/** An account that is to be closed. `transferIds`: one for each grant on it, made by the caller in their order. */
export interface Closing {
  policy: Pick<Policy, 'balanceCapMinutes'>;
  facts: MovementFacts;
  transferId: TransferId;
  closedId: TransferId;
  lapseIds: readonly TransferId[];
  accountId: AccountId;
  fingerprint: string;
  remainder: Remainder;
}

/** Who may inherit: the law's close family that the bank can check. */
const heirs: readonly Relation[] = ['spouse', 'parent', 'child'];

const isHeir = (head: AccountHead, heir: AccountHead): boolean => {
  const tie = lookUp(head.bonds, heir.accountId);
  return tie !== undefined && heirs.includes(tie.relation);
};

/** A remainder whose heir is there. */
type Settled = Exclude<Remainder, { to: 'heir' }> | { to: 'heir'; heir: AccountHead };

/** Refuses: unknown_receiver, receiver_cannot_receive, cap_reached. `leaving`: whole minutes, 0 or more. */
const settled = (closing: Closing, leaving: number): Planned<Settled> => {
  const { remainder, policy } = closing;
  if (remainder.to !== 'heir') return done(remainder);
  const { heir } = remainder;
  if (heir === undefined) return refused('unknown_receiver');
  if (heir.state !== 'open') return refused('receiver_cannot_receive');
  const isTooMuch = leaving > 0 && totalOf(heir) + leaving > policy.balanceCapMinutes;
  return isTooMuch ? refused('cap_reached') : done({ to: 'heir', heir });
};

const lapses = (closing: Closing, head: AccountHead): { line: Entry; row: LedgerChange }[] =>
  Object.entries(head.lots)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([grantId, lot], index) => {
      const transferId = closing.lapseIds[index];
      if (transferId === undefined) throw new Error('an id for each grant on the account');
      const { facts, accountId } = closing;
      return lapsed({ facts, transferId, accountId, grantId: TransferId.parse(grantId) }, lot);
    });

/** What the remainder is called, who stands on its other side, and what is written there. */
interface OtherSide {
  kind: Entry['kind'];
  counterpart: Entry['counterpart'];
  changes: LedgerChange[];
}

const otherSide = (closing: Closing, remainder: Settled, leaving: number): OtherSide => {
  const { facts, transferId, accountId } = closing;
  switch (remainder.to) {
    case 'pool': {
      const { poolId } = remainder;
      const row = { ...facts, poolId, transferId, counterpart: accountId, minutes: leaving };
      return {
        kind: 'donated',
        counterpart: poolId,
        changes: leaving === 0 ? [] : [{ change: 'pool_in', row }],
      };
    }
    case 'heir': {
      const { heir } = remainder;
      const line: Entry = {
        ...facts,
        kind: 'inherited',
        accountId: heir.accountId,
        transferId,
        counterpart: accountId,
        minutes: { gift: leaving },
      };
      return {
        kind: 'bequeathed',
        counterpart: heir.accountId,
        changes: leaving === 0 ? [] : [{ change: 'post', entries: [line], seen: heir }],
      };
    }
    case 'nobody':
      return { kind: 'forfeited', counterpart: 'issue', changes: [] };
    case 'elsewhere': {
      const { document } = remainder;
      return {
        kind: 'moved_out',
        counterpart: 'outside',
        changes: [{ change: 'put_document', document, transferId }],
      };
    }
  }
};

const remainingLine = (closing: Closing, head: AccountHead, { kind, counterpart }: OtherSide): Entry => {
  const { facts, transferId, accountId, fingerprint, remainder } = closing;
  const { earned, gift, debt } = head.minutes;
  return {
    ...facts,
    kind,
    accountId,
    transferId,
    counterpart,
    fingerprint,
    minutes: {
      ...(earned === 0 ? {} : { earned: -earned }),
      ...(gift === 0 ? {} : { gift: -gift }),
      ...(debt === 0 ? {} : { debt: -debt }),
    },
    ...(remainder.to === 'elsewhere' ? { document: remainder.document } : {}),
  };
};

/**
 * Closes an account and sends on what is left of it.
 * Refuses: unknown_account, donate_only_account (an organisation has no heirs and does not move), account_closed,
 * not_family, holds_open, debt_open (only a closing to nobody writes a debt off), unknown_receiver,
 * receiver_cannot_receive, cap_reached (the heir's).
 */
export const planClosing = (closing: Closing, head: AccountHead | undefined): Planned<LedgerChange[]> => {
  if (head === undefined) return refused('unknown_account');
  if (head.state === 'closed') return refused('account_closed');
  const { remainder, facts, accountId } = closing;
  if (head.state === 'donate_only' && (remainder.to === 'heir' || remainder.to === 'elsewhere')) {
    return refused('donate_only_account');
  }
  if (remainder.to === 'heir' && remainder.heir !== undefined && !isHeir(head, remainder.heir)) {
    return refused('not_family');
  }
  if (Object.keys(head.holds).length > 0) return refused('holds_open');
  if (head.minutes.debt > 0 && remainder.to !== 'nobody') return refused('debt_open');
  const leaving = head.minutes.earned + head.minutes.gift;
  const target = settled(closing, leaving);
  if (target.kind === 'refused') return target;
  const other = otherSide(closing, target.value, leaving);
  const closed: Entry = {
    ...facts,
    kind: 'closed',
    accountId,
    transferId: closing.closedId,
    counterpart: accountId,
    minutes: {},
    state: 'closed',
  };
  const grants = lapses(closing, head);
  const entries: Posting['entries'] = [
    remainingLine(closing, head, other),
    ...grants.map(({ line }) => line),
    closed,
  ];
  return done([{ change: 'post', entries, seen: head }, ...grants.map(({ row }) => row), ...other.changes]);
};

/** What comes from another bank, by its document. `bank`: what the bank that gave it out is called there. */
export interface MoveIn {
  policy: Pick<Policy, 'balanceCapMinutes'>;
  facts: MovementFacts & { document: DocumentNumber };
  bank: string;
  transferId: TransferId;
  accountId: AccountId;
  earnedMinutes: number;
  /** What family had given: it stays a gift, and is not passed on. */
  giftMinutes?: number;
  honourMinutes: number;
  fingerprint: string;
}

/** The most of each kind that one document brings along: the highest cap that a region may set; honour knows none. */
export const MOVE_MINUTES_MAX = { earned: 600_000, gift: 600_000, honour: 10_000_000 } as const;

/** The use of a document that a line stands for: the line that brings one in names its bank as its note. */
export const documentUseOf = ({ kind, document, note = '' }: Entry): DocumentUse | undefined => {
  if (document === undefined) return undefined;
  if (kind === 'moved_out') return { document };
  return kind === 'moved_in' ? { document, from: bankMark(note) } : undefined;
};

const assertBrought = (brought: Record<keyof typeof MOVE_MINUTES_MAX, number>): void => {
  const { earned, gift, honour } = brought;
  for (const kind of ['earned', 'gift', 'honour'] as const) {
    if (brought[kind] !== 0) assertAmount(brought[kind], `${kind} brought along`, MOVE_MINUTES_MAX[kind]);
  }
  if (earned + gift + honour === 0) throw new Error('a document brings something along');
};

/**
 * Brings hours in from another bank, once for each document; of each kind 0 to its most, and something in all. The
 * line says as its note from which bank.
 * Refuses: unknown_account, donate_only_account, account_frozen, account_closed, cap_reached,
 * document_used (by the write).
 */
export const planMoveIn = (move: MoveIn, head: AccountHead | undefined): Planned<LedgerChange[]> => {
  const { policy, facts, bank, transferId, accountId, earnedMinutes, honourMinutes, fingerprint } = move;
  const giftMinutes = move.giftMinutes ?? 0;
  assertBrought({ earned: earnedMinutes, gift: giftMinutes, honour: honourMinutes });
  if (head === undefined) return refused('unknown_account');
  const byState = refusedByState(head, ['open']);
  if (byState !== undefined) return byState;
  const spendable = earnedMinutes + giftMinutes;
  if (spendable > 0 && totalOf(head) + spendable > policy.balanceCapMinutes) {
    return refused('cap_reached');
  }
  const line: Entry = {
    ...facts,
    note: bank,
    kind: 'moved_in',
    accountId,
    transferId,
    counterpart: 'outside',
    fingerprint,
    minutes: {
      ...(earnedMinutes === 0 ? {} : { earned: earnedMinutes }),
      ...(giftMinutes === 0 ? {} : { gift: giftMinutes }),
      ...(honourMinutes === 0 ? {} : { honour: honourMinutes }),
    },
  };
  return done([
    { change: 'post', entries: [line], seen: head },
    { change: 'put_document', document: facts.document, from: bankMark(bank), transferId },
  ]);
};
