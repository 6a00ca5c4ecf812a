/**
 * An account as it stands. Every change of it is an entry, and the account is what its entries add up to: the
 * head is kept only so that a limit can stand in the condition of a write.
 */
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import type { AccountState, Hold, Lot, PoolId, Relation } from '@time-bank/contracts/ledger';
import { type CivilDate, type Instant, msOf } from '@time-bank/contracts/time';

/**
 * The kinds of minutes on an account. `earned` by visits, `gift` from family (not to be passed on), `granted`
 * from a pool (lapse), `held` for requests, `honour` (counted for stars, never spent), `debt` (owed after a
 * correction; the only one that counts against the account).
 */
export const buckets = ['earned', 'gift', 'granted', 'held', 'honour', 'debt'] as const;
/** One kind of minutes. */
export type Bucket = (typeof buckets)[number];

/** Whole minutes by kind; what is left out is zero. */
export type Minutes = Partial<Record<Bucket, number>>;

/** A family tie that staff have checked: minutes may be given from `from` on. Governed by the policy of its day. */
export interface Bond {
  relation: Relation;
  from: CivilDate;
}

/** What stands on an account. All minutes are whole and never below zero; `sequence` counts its entries. */
export interface AccountHead {
  accountId: AccountId;
  state: AccountState;
  sequence: number;
  minutes: Readonly<Record<Bucket, number>>;
  holds: Readonly<Record<TransferId, Hold>>;
  lots: Readonly<Record<TransferId, Lot>>;
  /** What was credited on a day of service (`d20261121`) and given in a year (`y2026`). */
  tallies: Readonly<Record<string, number>>;
  bonds: Readonly<Record<AccountId, Bond>>;
  /** Where minutes above a cap go: a pool, or honour minutes where it is left out and `overflowChosen` says so. */
  overflowPool?: PoolId;
  /** The member has chosen. Where nobody has, the region's rule holds. */
  overflowChosen?: true;
  /**
   * How often the member's sign-ins were ended; 0 where it is left out. A movement that a member orders holds only for
   * a sign-in that began, or was renewed, at this very number.
   */
  authority?: number;
}

/** An account of which nothing has been written yet. */
export const openedAccount = (accountId: AccountId, state: 'open' | 'donate_only'): AccountHead => ({
  accountId,
  state,
  sequence: 0,
  minutes: { earned: 0, gift: 0, granted: 0, held: 0, honour: 0, debt: 0 },
  holds: {},
  lots: {},
  tallies: {},
  bonds: {},
});

/** The version of the member's sign-ins. */
export const authorityOf = ({ authority = 0 }: Pick<AccountHead, 'authority'>): number => authority;

/** Everything that counts against the cap: what can be spent and what is held. */
export const totalOf = ({ minutes }: Pick<AccountHead, 'minutes'>): number =>
  minutes.earned + minutes.gift + minutes.granted + minutes.held;

/** True once `lapsesAt` has come: from that instant on. */
export const isOver = (lapsesAt: Instant, now: Instant): boolean => msOf(lapsesAt) <= msOf(now);

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** What stands under an id; undefined where nothing does. */
export const lookUp = <T>(record: Readonly<Record<string, T>>, id: string): T | undefined => record[id];

/** The minutes in a hold. */
export const sizeOf = (hold: Hold): number =>
  hold.earned + hold.gift + sum(Object.values(hold.lots).map(({ minutes }) => minutes));

/** Granted minutes that can be spent now: grants whose period is over no longer count, whoever has noticed. */
export const liveGranted = (head: Pick<AccountHead, 'lots'>, now: Instant): number =>
  sum(
    Object.values(head.lots)
      .filter(({ lapsesAt }) => !isOver(lapsesAt, now))
      .map(({ minutes }) => minutes),
  );

/** The holds that have lapsed and wait to be released, by their ids. */
export const lapsedHolds = (head: Pick<AccountHead, 'holds'>, now: Instant): [string, Hold][] =>
  Object.entries(head.holds).filter(([, hold]) => isOver(hold.lapsesAt, now));

/** What can be spent now: hours of a lapsed hold are the member's again from that instant on. */
export const spendableOf = (head: AccountHead, now: Instant): number =>
  head.minutes.earned +
  head.minutes.gift +
  liveGranted(head, now) +
  sum(
    lapsedHolds(head, now).map(
      ([, hold]) =>
        hold.earned +
        hold.gift +
        sum(Object.values(hold.lots).map((lot) => (isOver(lot.lapsesAt, now) ? 0 : lot.minutes))),
    ),
  );

/** What is set aside now. */
export const heldOf = (head: AccountHead, now: Instant): number =>
  head.minutes.held - sum(lapsedHolds(head, now).map(([, hold]) => sizeOf(hold)));

/** The name of a day's tally, by the date of service. */
export const dayTally = (date: CivilDate): string => `d${date.replaceAll('-', '')}`;
/** The name of a year's tally, by the date of the gift. */
export const yearTally = (date: CivilDate): string => `y${date.slice(0, 4)}`;
