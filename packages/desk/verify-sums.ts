/** No minute came from nowhere: both sides of every movement, every pool, every purchase, and all together. */
import { AccountId, type TransferId } from '@time-bank/contracts/ids';
import { FundId, PoolId } from '@time-bank/contracts/ledger';
import { buckets } from '@time-bank/ledger/account';
import { nameOfUse } from '@time-bank/ledger/change';
import { documentUseOf } from '@time-bank/ledger/closing';
import { type Entry, netOf } from '@time-bank/ledger/entry';
import type { LedgerBooks } from './book-record.ts';
import { mustHold } from './does-not-fit.ts';

/** What a line says went from one side to another: the other side has to say the same. */
interface Leg {
  where: string;
  minutes: number;
}

class Legs {
  readonly #open = new Map<string, Leg>();
  /** `minutes`: what `owner` got from `other`. */
  add(transferId: TransferId, sides: { owner: string; other: string }, leg: Leg): void {
    const key = `${transferId} ${[sides.owner, sides.other].sort().join(' ')}`;
    const sum = (this.#open.get(key)?.minutes ?? 0) + leg.minutes;
    if (sum === 0) this.#open.delete(key);
    else this.#open.set(key, { where: leg.where, minutes: sum });
  }
  first(): Leg | undefined {
    return this.#open.values().next().value;
  }
}

const gotOf = (entry: Entry): number => netOf(entry) + (entry.overflow?.minutes ?? 0);

const nameOf = (entry: Entry): string => `${entry.accountId}, entry ${entry.transferId}`;

/** Both sides of each movement between accounts and pools; gives what the other counterparts have given out. */
const verifyLegs = (ledger: LedgerBooks, entries: readonly Entry[]): Map<string, number> => {
  const legs = new Legs();
  const elsewhere = new Map<string, number>();
  for (const entry of entries) {
    const { accountId: owner, counterpart: other, transferId, overflow } = entry;
    const leg = { where: nameOf(entry), minutes: gotOf(entry) };
    if (other === owner) {
      mustHold(leg.minutes === 0, leg.where, 'it moves minutes within the account and changes their sum');
    } else if (AccountId.safeParse(other).success || PoolId.safeParse(other).success) {
      legs.add(transferId, { owner, other }, leg);
    } else elsewhere.set(other, (elsewhere.get(other) ?? 0) + leg.minutes);
    if (overflow !== undefined) {
      const sides = { owner, other: overflow.poolId };
      legs.add(transferId, sides, { where: leg.where, minutes: -overflow.minutes });
    }
  }
  for (const row of [...ledger.rows.values()].flat()) {
    const where = `${row.poolId}, line ${row.transferId}`;
    mustHold(AccountId.safeParse(row.counterpart).success, where, 'no account stands on its other side');
    legs.add(row.transferId, { owner: row.poolId, other: row.counterpart }, { where, minutes: row.minutes });
  }
  const open = legs.first();
  mustHold(open === undefined, open?.where ?? '', 'the other side of the movement does not say the same');
  return elsewhere;
};

/** What each part of a pool should have: what was collected into it, less what was granted from it. */
const partsByLines = (poolId: PoolId, { rows, collected }: LedgerBooks): Map<number, number> => {
  const parts = new Map<number, number>();
  const add = (shard: number, minutes: number) => parts.set(shard, (parts.get(shard) ?? 0) + minutes);
  const given = new Map<TransferId, number>();
  for (const { transferId, minutes, shard } of rows.get(poolId) ?? []) {
    if (shard === undefined) given.set(transferId, minutes);
    else add(shard, minutes);
  }
  for (const [transferId, shard] of collected.get(poolId) ?? []) {
    const minutes = given.get(transferId);
    const where = `${poolId}, line ${transferId}`;
    mustHold(minutes !== undefined, where, 'it was collected, and nobody gave it');
    add(shard, minutes ?? 0);
  }
  return parts;
};

/** What a pool has by its lines, collected or not. Every part of it is what its lines make. */
const verifyPool = (ledger: LedgerBooks, poolId: PoolId): number => {
  const byLines = partsByLines(poolId, ledger);
  const there = ledger.shards.get(poolId) ?? new Map<number, number>();
  for (const shard of new Set([...there.keys(), ...byLines.keys()])) {
    const [has, should] = [there.get(shard), byLines.get(shard)];
    mustHold(
      has === should,
      `${poolId}, part ${String(shard)}`,
      `it has ${String(has ?? 'no')} minutes; by the lines of the pool ${String(should ?? 'none')}`,
    );
  }
  return (ledger.rows.get(poolId) ?? []).reduce((sum, { minutes }) => sum + minutes, 0);
};

const verifyFunds = (ledger: LedgerBooks, elsewhere: ReadonlyMap<string, number>): number => {
  let given = 0;
  for (const [counterpart, minutes] of elsewhere) {
    if (!FundId.safeParse(counterpart).success) continue;
    mustHold(ledger.funds.has(counterpart), counterpart, 'entries name it, and there is no such purchase');
    given += minutes;
  }
  for (const [fundId, { minutes, leftMinutes, communityMinutes = 0 }] of ledger.funds) {
    const used = communityMinutes - (elsewhere.get(fundId) ?? 0);
    mustHold(
      leftMinutes === minutes - used,
      fundId,
      `${String(leftMinutes)} minutes are left; by its use ${String(minutes - used)}`,
    );
  }
  return given;
};

const verifyReversals = (ledger: LedgerBooks, entries: readonly Entry[]): void => {
  const marks = new Map(ledger.reversals);
  for (const entry of entries) {
    if (entry.kind !== 'reversed') continue;
    const key = `${entry.accountId} ${entry.corrects ?? ''}`;
    mustHold(
      marks.get(key) === entry.transferId,
      nameOf(entry),
      'nothing says that the entry it corrects was taken back',
    );
    marks.delete(key);
  }
  const [left] = marks.keys();
  mustHold(left === undefined, left ?? '', 'it is marked as taken back, and no entry did so');
};

const verifyDocuments = (ledger: LedgerBooks, entries: readonly Entry[]): void => {
  const used = new Map(ledger.documents);
  for (const entry of entries) {
    const use = documentUseOf(entry);
    if (use === undefined) continue;
    const name = nameOfUse(use);
    mustHold(used.get(name) === entry.transferId, nameOf(entry), 'its document is not marked as used by it');
    used.delete(name);
  }
  const [left] = used.keys();
  mustHold(left === undefined, `document ${left ?? ''}`, 'it is marked as used, and no entry used it');
};

/** Checks what accounts, pools and purchases have between them. Throws DoesNotFit. */
export const verifySums = (ledger: LedgerBooks): void => {
  const entries = [...ledger.heads.keys()].flatMap((accountId) => ledger.entriesOf(accountId));
  const elsewhere = verifyLegs(ledger, entries);
  const pools = new Set([...ledger.rows.keys(), ...ledger.shards.keys(), ...ledger.collected.keys()]);
  const inPools = [...pools].reduce((sum, poolId) => sum + verifyPool(ledger, poolId), 0);
  verifyFunds(ledger, elsewhere);
  verifyReversals(ledger, entries);
  verifyDocuments(ledger, entries);
  const onAccounts = [...ledger.heads.values()].reduce(
    (total, { head }) =>
      total + buckets.reduce((sum, bucket) => sum + (bucket === 'debt' ? -1 : 1) * head.minutes[bucket], 0),
    0,
  );
  const outside = [...elsewhere.values()].reduce((sum, minutes) => sum + minutes, 0);
  mustHold(
    onAccounts + inPools === outside,
    'all books together',
    `${String(onAccounts)} minutes on accounts and ${String(inPools)} in pools; ${String(outside)} were given out`,
  );
};
