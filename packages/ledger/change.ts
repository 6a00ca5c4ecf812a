/**
 * What the store is to write, and the conditions under which. A movement is planned in one of two ways: on an
 * account that was seen, for exactly the state that was seen; or on an account that nobody has looked at yet, for
 * an ordinary one. What is ordinary stands in the condition, so the usual movement needs one round trip and an
 * unusual one is planned again with what the failed condition gave back.
 */
import type { BankMark } from '@time-bank/contracts/closing';
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import type {
  AccountState,
  Counterpart,
  DocumentNumber,
  FundId,
  Hold,
  PoolId,
  Relation,
} from '@time-bank/contracts/ledger';
import type { Refusal } from '@time-bank/contracts/refusals';
import { type CivilDate, type Instant, civilDateOf, plusMinutes } from '@time-bank/contracts/time';
import {
  type AccountHead,
  type Bucket,
  type Minutes,
  authorityOf,
  buckets,
  dayTally,
  isOver,
  lookUp,
  totalOf,
  yearTally,
} from './account.ts';
import { DAY_MINUTES } from './amount.ts';
import { type Entry, type MovementFacts, applied } from './entry.ts';

/** What must be so for a movement on an account that nobody has looked at. */
export interface Assumption {
  states: readonly AccountState[];
  /** At least so many minutes of a kind. */
  atLeast?: Minutes;
  /** No minutes at all of these kinds. */
  none?: readonly Bucket[];
  /** At most so many that count against the cap, before. */
  totalAtMost?: number;
  /** At most so many in a tally, before; one that is not there counts as zero. */
  tally?: { key: string; atMost: number };
  /** Fewer holds, lots, tallies than this: an account stays small. */
  fewerHolds?: number;
  fewerLots?: number;
  fewerTallies?: number;
  /** This hold stands as it was made. */
  hold?: { id: TransferId; hold: Hold };
  /** The member's sign-ins were ended so often, and not once more. */
  authority?: number;
  /** This tie stands, is one of these, and has begun on `on`. */
  bond?: { with: AccountId; relations: readonly Relation[]; on: CivilDate };
}

/** Lines of one account, written together with what they do to it. */
export interface Posting {
  change: 'post';
  entries: readonly [Entry, ...Entry[]];
  /** The account as it was seen: the write holds only if nothing was written on it since. */
  seen?: AccountHead;
  /** Or what is assumed of it; one entry only. */
  assuming?: Assumption;
  /** The hold that is used is still alive, or has lapsed, at this instant: checked in the write itself. */
  clock?: { holdId: TransferId; hold: 'alive' | 'lapsed'; at: Instant };
}

/** A line of a pool. Above zero: given to it. Below zero: granted from it. */
export interface PoolRow extends MovementFacts {
  poolId: PoolId;
  transferId: TransferId;
  counterpart: Counterpart;
  minutes: number;
  /** Which part of the pool it was granted from; what is given says so once it is collected. */
  shard?: number;
}

/** A line that goes out of a pool. */
export interface GrantedRow extends PoolRow {
  shard: number;
}

/** A purchase of paid service, by its document. `communityMinutes`: what of it was used for visits that cost nobody hours. */
export interface Fund {
  fundId: FundId;
  document: DocumentNumber;
  provider: string;
  minutes: number;
  leftMinutes: number;
  communityMinutes?: number;
  facts: MovementFacts;
}

/** A document of hours: given out by this bank, or brought in, from the bank that gave it out (this one as well). */
export interface DocumentUse {
  document: DocumentNumber;
  from?: BankMark;
}

/** Names the use of a document: each counts once. */
export const nameOfUse = ({ document, from }: DocumentUse): string =>
  from === undefined ? `${document} given out` : `${document} brought in from ${from}`;

/** What the store is to write of the ledger. One call of the journal writes all of it or nothing. */
export type LedgerChange =
  | { change: 'open_account'; accountId: AccountId; state: 'open' | 'donate_only'; at: Instant }
  | Posting
  /** Put once under its transfer's id; its minutes can be granted once they are collected. */
  | { change: 'pool_in'; row: PoolRow }
  /** Holds if the row's shard has the minutes. */
  | { change: 'pool_out'; row: GrantedRow }
  /** Adds rows to a shard, each once. */
  | { change: 'collect'; poolId: PoolId; shard: number; transferIds: readonly TransferId[]; minutes: number }
  /** A line can be taken back once. */
  | { change: 'mark_reversed'; accountId: AccountId; transferId: TransferId; by: TransferId }
  | { change: 'put_fund'; fund: Fund }
  /** Holds if so many minutes of the purchase are left. `isForCommunity`: no line of an account goes with it. */
  | { change: 'draw_fund'; fundId: FundId; minutes: number; isForCommunity?: true }
  /** A document is given out once, and brought in once. */
  | ({ change: 'put_document'; transferId: TransferId } & DocumentUse);

/** A refusal for a reason of state, kept under the transfer's id so that a retry cannot end otherwise. */
export interface Tombstone {
  accountId: AccountId;
  transferId: TransferId;
  fingerprint: string;
  refusal: Refusal;
  at: Instant;
}

/** Pools are kept in so many parts, so that grants of one pool do not stand in each other's way. */
export const POOL_SHARDS = 32;

const meetsCounts = (head: AccountHead, assuming: Assumption): boolean =>
  buckets.every((bucket) => head.minutes[bucket] >= (assuming.atLeast?.[bucket] ?? 0)) &&
  (assuming.none ?? []).every((bucket) => head.minutes[bucket] === 0) &&
  totalOf(head) <= (assuming.totalAtMost ?? Infinity) &&
  (assuming.tally === undefined || (head.tallies[assuming.tally.key] ?? 0) <= assuming.tally.atMost) &&
  Object.keys(head.holds).length < (assuming.fewerHolds ?? Infinity) &&
  Object.keys(head.lots).length < (assuming.fewerLots ?? Infinity) &&
  Object.keys(head.tallies).length < (assuming.fewerTallies ?? Infinity);

const sameHold = (one: Hold | undefined, other: Hold): boolean =>
  one !== undefined &&
  one.lapsesAt === other.lapsesAt &&
  one.earned === other.earned &&
  one.gift === other.gift &&
  Object.keys(one.lots).length === Object.keys(other.lots).length &&
  Object.entries(other.lots).every(([id, lot]) => {
    const same = lookUp(one.lots, id);
    return same?.minutes === lot.minutes && same.lapsesAt === lot.lapsesAt && same.poolId === lot.poolId;
  });

const meetsBond = (head: AccountHead, bond: NonNullable<Assumption['bond']>): boolean => {
  const tie = lookUp(head.bonds, bond.with);
  return tie !== undefined && bond.relations.includes(tie.relation) && tie.from <= bond.on;
};

/** True where a head is as ordinary as a plan assumed. */
export const meets = (head: AccountHead, assuming: Assumption): boolean =>
  assuming.states.includes(head.state) &&
  (assuming.authority === undefined || assuming.authority === authorityOf(head)) &&
  meetsCounts(head, assuming) &&
  (assuming.hold === undefined || sameHold(lookUp(head.holds, assuming.hold.id), assuming.hold.hold)) &&
  (assuming.bond === undefined || meetsBond(head, assuming.bond));

const meetsClock = (head: AccountHead, clock: Posting['clock']): boolean => {
  if (clock === undefined) return true;
  const hold = lookUp(head.holds, clock.holdId);
  return hold !== undefined && isOver(hold.lapsesAt, clock.at) === (clock.hold === 'lapsed');
};

/** True where a posting can be written on the account as it stands. */
export const holdsOn = (head: AccountHead, posting: Posting): boolean =>
  (posting.seen === undefined || posting.seen.sequence === head.sequence) &&
  (posting.assuming === undefined || meets(head, posting.assuming)) &&
  meetsClock(head, posting.clock);

/** Days of service that are kept in the tallies, and the number of tallies at which old ones are dropped. */
const TALLY_DAYS = 31;
/** More tallies than this are not added without looking. */
export const TALLIES_MAX = 48;

/** True for a tally of a day or a year so long before `at` that an account may have dropped it. */
export const isOldTally = (key: string, at: Instant): boolean => {
  const oldest = civilDateOf(plusMinutes(at, -TALLY_DAYS * DAY_MINUTES));
  return key < (key.startsWith('d') ? dayTally(oldest) : yearTally(oldest));
};

/** The account after a posting. Tallies of days and years long past are dropped where the account was seen. */
export const posted = (head: AccountHead, posting: Posting): AccountHead => {
  const after = posting.entries.reduce(applied, head);
  if (posting.seen === undefined || Object.keys(after.tallies).length < TALLIES_MAX) return after;
  const { at } = posting.entries[0];
  return {
    ...after,
    tallies: Object.fromEntries(Object.entries(after.tallies).filter(([key]) => !isOldTally(key, at))),
  };
};
