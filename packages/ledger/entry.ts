/**
 * A line of an account: written once, never changed, never deleted. `applied` is the whole meaning of a line; an
 * account is the fold of its lines, and whoever doubts a balance can fold them again.
 */
import type { AccountId, ActorId, RequestId, TransferId } from '@time-bank/contracts/ids';
import type {
  AccountState,
  Counterpart,
  DocumentNumber,
  EntryKind,
  EntryReason,
  Hold,
  Lot,
  PoolId,
} from '@time-bank/contracts/ledger';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Channel, ServiceCode } from '@time-bank/contracts/request';
import { type CivilDate, type Instant, civilDateOf } from '@time-bank/contracts/time';
import {
  type AccountHead,
  type Bond,
  type Bucket,
  type Minutes,
  authorityOf,
  buckets,
  dayTally,
  sizeOf,
  yearTally,
} from './account.ts';

/** What every movement says of itself: when, who, by which way, where, under which rules, why, and for what. */
export interface MovementFacts {
  at: Instant;
  actorId: ActorId;
  channel: Channel;
  region: CommunityCode;
  policyVersion: string;
  reason: EntryReason;
  /** The request it belongs to, where there is one. */
  requestId?: RequestId;
  serviceCode?: ServiceCode;
  /** Words of whoever wrote it, for corrections and the like: 200 characters at most. */
  note?: string;
  /** The document on paper behind it. */
  document?: DocumentNumber;
}

/** A line of an account. `minutes` is what it adds to each kind; the rest says what else it does. */
export interface Entry extends MovementFacts {
  accountId: AccountId;
  transferId: TransferId;
  kind: EntryKind;
  counterpart: Counterpart;
  minutes: Minutes;
  /** The content of the command, for the line by which a command is known again. */
  fingerprint?: string;
  /** The day of service where it is another than the day of `at`: the daily limit counts by it. */
  serviceDay?: CivilDate;
  /** `held`: what was set aside. */
  hold?: Hold;
  /** `spent`, `released`: the hold that ends with this line. */
  resolves?: TransferId;
  /** `granted`: the new lot, under this transfer's id. */
  lot?: Lot;
  /** What it adds to lots that are there, by their grants. */
  lots?: Readonly<Record<TransferId, number>>;
  /** Lots that come back to the account with `released`. */
  returned?: Readonly<Record<TransferId, Lot>>;
  /** `reversed`, `restored`: the line that is taken back. `earned` in a correction: the line it replaces. */
  corrects?: TransferId;
  /** Minutes above a cap that went to this pool instead of the account. */
  overflow?: { poolId: PoolId; minutes: number };
  /** `frozen`, `unfrozen`, `closed`: the state from now on. */
  state?: AccountState;
  /** `bond_made`: the tie; `bond_ended` names only with whom. */
  bond?: { with: AccountId; tie?: Bond };
  /** `overflow_chosen`: where minutes above a cap go from now on; nowhere named is honour. */
  overflowPool?: PoolId;
}

const total = (minutes: Minutes): number =>
  buckets.reduce((sum, bucket) => sum + (bucket === 'debt' ? -1 : 1) * (minutes[bucket] ?? 0), 0);

/** What the line adds to the account, debt counted against it: in is above zero, out below. */
export const netOf = (entry: Pick<Entry, 'minutes'>): number => total(entry.minutes);

/**
 * How many minutes the line is about: what came in or went out, what was set aside, what was released; 0 for a
 * mark. A debt that is written off takes its part from what is forfeited beside it.
 */
export const amountOf = (entry: Pick<Entry, 'minutes' | 'overflow'>): number =>
  (Math.abs(netOf(entry)) || Math.abs(entry.minutes.held ?? 0)) + (entry.overflow?.minutes ?? 0);

/** The side that balances the line: minus what the account and the overflow took. */
export const counterAmountOf = (entry: Pick<Entry, 'minutes' | 'overflow'>): number =>
  0 - netOf(entry) - (entry.overflow?.minutes ?? 0);

const withLots = (
  lots: AccountHead['lots'],
  entry: Pick<Entry, 'transferId' | 'lot' | 'lots' | 'returned'>,
): AccountHead['lots'] => {
  const after = new Map(Object.entries(lots));
  if (entry.lot !== undefined) after.set(entry.transferId, entry.lot);
  for (const [id, lot] of Object.entries(entry.returned ?? {})) {
    after.set(id, { ...lot, minutes: lot.minutes + (after.get(id)?.minutes ?? 0) });
  }
  for (const [id, minutes] of Object.entries(entry.lots ?? {})) {
    const lot = after.get(id);
    if (lot === undefined) throw new Error(`there is no grant ${id} on the account`);
    after.set(id, { ...lot, minutes: lot.minutes + minutes });
  }
  return Object.fromEntries([...after].filter(([, { minutes }]) => minutes > 0));
};

const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

const withHolds = (holds: AccountHead['holds'], entry: Entry): AccountHead['holds'] => {
  if (entry.hold !== undefined) return { ...holds, [entry.transferId]: entry.hold };
  if (entry.resolves === undefined) return holds;
  if (!(entry.resolves in holds)) throw new Error(`there is no hold ${entry.resolves} on the account`);
  return without(holds, entry.resolves);
};

/** The tally that a line adds to, and by how much: credits by the day of service, gifts by the year. */
export const tallyOf = (entry: Entry): { key: string; minutes: number } | undefined => {
  if (entry.kind === 'earned' && entry.corrects === undefined) {
    const credited = (entry.minutes.earned ?? 0) - (entry.minutes.debt ?? 0);
    return credited === 0
      ? undefined
      : { key: dayTally(entry.serviceDay ?? civilDateOf(entry.at)), minutes: credited };
  }
  return entry.kind === 'gift_out'
    ? { key: yearTally(civilDateOf(entry.at)), minutes: -netOf(entry) }
    : undefined;
};

const withTally = (tallies: AccountHead['tallies'], entry: Entry): AccountHead['tallies'] => {
  const tally = tallyOf(entry);
  return tally === undefined
    ? tallies
    : { ...tallies, [tally.key]: (tallies[tally.key] ?? 0) + tally.minutes };
};

const withBonds = (bonds: AccountHead['bonds'], entry: Entry): AccountHead['bonds'] => {
  if (entry.bond === undefined) return bonds;
  const { with: other, tie } = entry.bond;
  return tie === undefined ? without(bonds, other) : { ...bonds, [other]: tie };
};

const added = (before: AccountHead['minutes'], minutes: Minutes): Record<Bucket, number> => {
  const add = (bucket: Bucket): number => {
    const after = before[bucket] + (minutes[bucket] ?? 0);
    if (!Number.isSafeInteger(after) || after < 0) throw new Error(`${bucket} minutes would be ${after}`);
    return after;
  };
  return {
    earned: add('earned'),
    gift: add('gift'),
    granted: add('granted'),
    held: add('held'),
    honour: add('honour'),
    debt: add('debt'),
  };
};

/** The account after the line. Throws where the line cannot stand on this account: that is a bug or a forgery. */
export const applied = (head: AccountHead, entry: Entry): AccountHead => {
  if (entry.accountId !== head.accountId) throw new Error('the line is of another account');
  const { overflowPool: before, ...rest } = head;
  const overflowPool = entry.kind === 'overflow_chosen' ? entry.overflowPool : before;
  const after: AccountHead = {
    ...rest,
    ...(overflowPool === undefined ? {} : { overflowPool }),
    ...(entry.kind === 'overflow_chosen' ? { overflowChosen: true } : {}),
    ...(entry.kind === 'sign_ins_ended' ? { authority: authorityOf(head) + 1 } : {}),
    state: entry.state ?? head.state,
    sequence: head.sequence + 1,
    minutes: added(head.minutes, entry.minutes),
    holds: withHolds(head.holds, entry),
    lots: withLots(head.lots, entry),
    tallies: withTally(head.tallies, entry),
    bonds: withBonds(head.bonds, entry),
  };
  assertWhole(after);
  return after;
};

/** What must hold of every account at any time. Throws where it does not. */
export const assertWhole = (head: AccountHead): void => {
  const sum = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0);
  const inHolds = sum(Object.values(head.holds).map(sizeOf));
  if (inHolds !== head.minutes.held) throw new Error('held minutes are those of the holds');
  const inLots = sum(Object.values(head.lots).map(({ minutes }) => minutes));
  if (inLots !== head.minutes.granted) throw new Error('granted minutes are those of the grants');
  if (head.state === 'closed' && sum(buckets.slice(0, 4).map((bucket) => head.minutes[bucket])) !== 0) {
    throw new Error('a closed account has nothing to spend');
  }
};
