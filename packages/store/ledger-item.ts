/** Accounts, lines, pools and purchases: the pieces of a transaction that write them. */
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import type { PoolId } from '@time-bank/contracts/ledger';
import { msOf } from '@time-bank/contracts/time';
import type { Line, Shard } from '@time-bank/desk/ports';
import { type AccountHead, buckets, openedAccount } from '@time-bank/ledger/account';
import { type Assumption, type LedgerChange, type Posting, posted } from '@time-bank/ledger/change';
import { type Entry, tallyOf } from '@time-bank/ledger/entry';
import { type Item, encode, values } from './item.ts';
import {
  type Key,
  accountHeadKey,
  accountOfPartition,
  collectedKey,
  documentKey,
  entryKey,
  fundKey,
  poolOfPartition,
  poolRowKey,
  reversalKey,
  shardKey,
  shardOfSort,
  transferOfSort,
} from './keys.ts';
import {
  TOTAL,
  bucketNames,
  decodeCollectedValue,
  decodeEntryValue,
  decodeFundValue,
  decodeHeadValue,
  decodeRowValue,
  decodeShardValue,
  decodeTombstoneValue,
  encodeCollected,
  encodeEntry,
  encodeFund,
  encodeHead,
  encodeHold,
  encodeRow,
  head as names,
  isTombstone,
} from './ledger-codec.ts';
import type { Found, Piece } from './piece.ts';
import { assertPlain } from './plain-posting.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The account of an item of the ledger. Throws where it is not one of an account. */
const accountOfItem = (item: Readonly<Record<string, unknown>>): AccountId => {
  const accountId = accountOfPartition(textOf(item['pk']));
  if (accountId === undefined) throw new Error('the item is not one of an account');
  return accountId;
};

const poolOfItem = (item: Readonly<Record<string, unknown>>): PoolId => {
  const poolId = poolOfPartition(textOf(item['pk']));
  if (poolId === undefined) throw new Error('the item is not one of a pool');
  return poolId;
};

/** An account head as it was stored. Throws where the item is not one. */
export const decodeHead = (item: Item): AccountHead => {
  const stored = unmarshall(item);
  return decodeHeadValue({ ...stored, accountId: accountOfItem(stored) });
};

/** What stands under a transfer's id: a line or a kept refusal. Throws where the item is neither. */
export const decodeLine = (item: Item): Line => {
  const stored = unmarshall(item);
  const keys = { accountId: accountOfItem(stored), transferId: transferOfSort(textOf(stored['sk'])) };
  return isTombstone(stored)
    ? { kind: 'refused', tombstone: decodeTombstoneValue(stored, keys) }
    : { kind: 'entry', entry: decodeEntryValue(stored, keys) };
};

/** A line of a pool as it was stored. Throws where the item is not one. */
export const decodeRow = (item: Item): ReturnType<typeof decodeRowValue> => {
  const stored = unmarshall(item);
  const transferId = transferOfSort(textOf(stored['sk']));
  return decodeRowValue(stored, { poolId: poolOfItem(stored), transferId });
};

/** A part of a pool as it was stored. Throws where the item is not one. */
export const decodeShard = (item: Item): Shard => {
  const stored = unmarshall(item);
  const shard = shardOfSort(textOf(stored['sk']));
  return { poolId: poolOfItem(stored), shard, minutes: decodeShardValue(stored) };
};

/** Into which part of its pool a line was collected, as it was stored. Throws where the item does not say. */
export const decodeCollected = (item: Item): { poolId: PoolId; transferId: TransferId; shard: number } => {
  const stored = unmarshall(item);
  const transferId = transferOfSort(textOf(stored['sk']));
  return { poolId: poolOfItem(stored), transferId, shard: decodeCollectedValue(stored) };
};

/** A purchase as it was stored. Throws where the item is not one. */
export const decodeFund = (item: Item): ReturnType<typeof decodeFundValue> => {
  const stored = unmarshall(item);
  const fund = decodeFundValue(stored);
  if (fundKey(fund.fundId).pk !== stored['pk'])
    throw new Error('the purchase stands in the place of another');
  return fund;
};

const isThere = 'attribute_exists(pk)';
const notSeen = 'attribute_not_exists(pk)';

/** The parts of an update, put together at the end: no text of a caller is ever part of an expression. */
class Update {
  readonly sets: string[] = [];
  readonly removes: string[] = [];
  readonly conditions: string[] = [];
  readonly #names = new Map<string, string>();
  readonly #values = new Map<string, unknown>();
  name(attribute: string): string {
    const known = [...this.#names].find(([, name]) => name === attribute)?.[0];
    if (known !== undefined) return known;
    const placeholder = `#n${String(this.#names.size)}`;
    this.#names.set(placeholder, attribute);
    return placeholder;
  }
  value(value: unknown): string {
    const placeholder = `:v${String(this.#values.size)}`;
    this.#values.set(placeholder, value);
    return placeholder;
  }
  item(table: string, key: Key): TransactWriteItem {
    const set = this.sets.length === 0 ? '' : `SET ${this.sets.join(', ')}`;
    const remove = this.removes.length === 0 ? '' : `REMOVE ${this.removes.join(', ')}`;
    return {
      Update: {
        TableName: table,
        Key: values({ ...key }),
        UpdateExpression: `${set} ${remove}`.trim(),
        ConditionExpression: this.conditions.join(' AND '),
        ExpressionAttributeNames: Object.fromEntries(this.#names),
        ExpressionAttributeValues: values(Object.fromEntries(this.#values)),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    };
  }
}

const put = (table: string, key: Key, value: object): TransactWriteItem => ({
  Put: {
    TableName: table,
    Item: encode({ ...key }, value),
    ConditionExpression: notSeen,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

/** Sums that count against the cap. */
const counted = ['earned', 'gift', 'granted', 'held'] as const;

const addUnlooked = (update: Update, entry: Entry): void => {
  const add = (attribute: string, by: number): void => {
    if (by !== 0)
      update.sets.push(`${update.name(attribute)} = ${update.name(attribute)} + ${update.value(by)}`);
  };
  for (const bucket of buckets) add(bucketNames[bucket], entry.minutes[bucket] ?? 0);
  add(
    TOTAL,
    counted.reduce((sum, bucket) => sum + (entry.minutes[bucket] ?? 0), 0),
  );
  add(names.sequence, 1);
  if (entry.kind === 'sign_ins_ended') {
    const authority = update.name(names.authority);
    update.sets.push(`${authority} = if_not_exists(${authority}, ${update.value(0)}) + ${update.value(1)}`);
  }
  if (entry.hold !== undefined) {
    const path = `${update.name(names.holds)}.${update.name(entry.transferId.slice(4))}`;
    update.sets.push(`${path} = ${update.value(encodeHold(entry.hold))}`);
  }
  if (entry.resolves !== undefined) {
    update.removes.push(`${update.name(names.holds)}.${update.name(entry.resolves.slice(4))}`);
  }
  if (entry.lot !== undefined) {
    const { minutes, lapsesAt, poolId } = entry.lot;
    const path = `${update.name(names.lots)}.${update.name(entry.transferId.slice(4))}`;
    update.sets.push(`${path} = ${update.value({ m: minutes, l: msOf(lapsesAt), p: poolId })}`);
  }
  const tally = tallyOf(entry);
  if (tally !== undefined) {
    const path = `${update.name(names.tallies)}.${update.name(tally.key)}`;
    update.sets.push(`${path} = if_not_exists(${path}, ${update.value(0)}) + ${update.value(tally.minutes)}`);
  }
};

/** An account that was seen: what is different afterwards is set as it will be. */
const setSeen = (update: Update, before: AccountHead, after: AccountHead): void => {
  const [old, next] = [encodeHead(before), encodeHead(after)];
  for (const attribute of new Set([...Object.keys(old), ...Object.keys(next)])) {
    if (!(attribute in next)) update.removes.push(update.name(attribute));
    else if (JSON.stringify(old[attribute]) !== JSON.stringify(next[attribute])) {
      update.sets.push(`${update.name(attribute)} = ${update.value(next[attribute])}`);
    }
  }
};

/** Where nothing is allowed nothing holds: an empty list is no expression. */
const oneOf = (update: Update, attribute: string, allowed: readonly unknown[]): string =>
  allowed.length === 0
    ? notSeen
    : `${attribute} IN (${allowed.map((each) => update.value(each)).join(', ')})`;

const assume = (update: Update, assuming: Assumption): void => {
  const { conditions } = update;
  conditions.push(oneOf(update, update.name(names.state), assuming.states));
  for (const bucket of buckets) {
    const least = assuming.atLeast?.[bucket];
    if (least !== undefined) conditions.push(`${update.name(bucketNames[bucket])} >= ${update.value(least)}`);
  }
  for (const bucket of assuming.none ?? []) {
    conditions.push(`${update.name(bucketNames[bucket])} = ${update.value(0)}`);
  }
  if (assuming.totalAtMost !== undefined) {
    conditions.push(`${update.name(TOTAL)} <= ${update.value(assuming.totalAtMost)}`);
  }
  const fewer = (attribute: string, than: number | undefined): void => {
    if (than !== undefined) conditions.push(`size(${update.name(attribute)}) < ${update.value(than)}`);
  };
  fewer(names.holds, assuming.fewerHolds);
  fewer(names.lots, assuming.fewerLots);
  fewer(names.tallies, assuming.fewerTallies);
  if (assuming.tally !== undefined) {
    const path = `${update.name(names.tallies)}.${update.name(assuming.tally.key)}`;
    // A tally that is not there is zero: where zero is too much already, nothing fits.
    conditions.push(
      assuming.tally.atMost < 0
        ? `${path} <= ${update.value(assuming.tally.atMost)}`
        : `(attribute_not_exists(${path}) OR ${path} <= ${update.value(assuming.tally.atMost)})`,
    );
  }
  if (assuming.authority !== undefined) {
    const authority = update.name(names.authority);
    conditions.push(
      assuming.authority === 0
        ? `attribute_not_exists(${authority})`
        : `${authority} = ${update.value(assuming.authority)}`,
    );
  }
  if (assuming.hold !== undefined) {
    const path = `${update.name(names.holds)}.${update.name(assuming.hold.id.slice(4))}`;
    conditions.push(`${path} = ${update.value(encodeHold(assuming.hold.hold))}`);
  }
  if (assuming.bond !== undefined) {
    const path = `${update.name(names.bonds)}.${update.name(assuming.bond.with.slice(4))}`;
    conditions.push(
      oneOf(update, `${path}.${update.name('r')}`, assuming.bond.relations),
      `${path}.${update.name('f')} <= ${update.value(assuming.bond.on)}`,
    );
  }
};

const headPiece = (table: string, posting: Posting): Piece => {
  const { accountId } = posting.entries[0];
  const update = new Update();
  update.conditions.push(isThere);
  if (posting.seen === undefined) {
    assertPlain(posting);
    addUnlooked(update, posting.entries[0]);
  } else {
    setSeen(update, posting.seen, posted(posting.seen, posting));
    update.conditions.push(`${update.name(names.sequence)} = ${update.value(posting.seen.sequence)}`);
  }
  if (posting.assuming !== undefined) assume(update, posting.assuming);
  if (posting.clock !== undefined) {
    const { holdId, hold, at } = posting.clock;
    const path = `${update.name(names.holds)}.${update.name(holdId.slice(4))}.${update.name('l')}`;
    update.conditions.push(`${path} ${hold === 'alive' ? '>' : '<='} ${update.value(msOf(at))}`);
  }
  return {
    item: update.item(table, accountHeadKey(accountId)),
    failed: (old) => ({ kind: 'head', accountId, head: old === undefined ? undefined : decodeHead(old) }),
  };
};

const seenLine = (old: Item | undefined): Found => {
  if (old === undefined) throw new Error('a line was in the way and is not told');
  return { kind: 'line', line: decodeLine(old) };
};

const entryPiece = (table: string, entry: Entry): Piece => ({
  item: put(table, entryKey(entry.accountId, entry.transferId), encodeEntry(entry)),
  failed: seenLine,
});

type AloneCode =
  | 'already_reversed'
  | 'document_used'
  | 'exists_with_different_content'
  | 'purchase_used_up'
  | 'unknown_document';
const alone = (code: AloneCode) => ({ kind: 'refused', refusal: { code } }) as const;

const shardPiece = (table: string, change: LedgerChange & { change: 'pool_out' }): Piece => {
  const { row } = change;
  const { shard } = row;
  const update = new Update();
  const minutes = update.name('m');
  update.sets.push(`${minutes} = ${minutes} + ${update.value(row.minutes)}`);
  update.conditions.push(`${minutes} >= ${update.value(-row.minutes)}`);
  return {
    item: update.item(table, shardKey(row.poolId, shard)),
    failed: (old) => ({
      kind: 'shard',
      shard: { poolId: row.poolId, shard, minutes: old === undefined ? 0 : decodeShard(old).minutes },
    }),
  };
};

const rowPiece = (table: string, { row }: LedgerChange & { change: 'pool_in' | 'pool_out' }): Piece => ({
  item: put(table, poolRowKey(row.poolId, row.transferId), encodeRow(row)),
  // Where it is the command's own, the line of the account under the same id is in the way as well, and says more.
  failed: () => alone('exists_with_different_content'),
});

const collectPieces = (table: string, change: LedgerChange & { change: 'collect' }): Piece[] => {
  const { poolId, shard, transferIds, minutes } = change;
  const update = new Update();
  const name = update.name('m');
  update.sets.push(`${name} = if_not_exists(${name}, ${update.value(0)}) + ${update.value(minutes)}`);
  update.conditions.push(`(attribute_not_exists(${name}) OR ${name} >= ${update.value(0)})`);
  return [
    { item: update.item(table, shardKey(poolId, shard)), failed: () => ({ kind: 'stale' }) },
    ...transferIds.map((transferId): Piece => ({
      item: put(table, collectedKey(poolId, transferId), encodeCollected(shard)),
      failed: () => ({ kind: 'stale' }),
    })),
  ];
};

const drawPiece = (table: string, change: LedgerChange & { change: 'draw_fund' }): Piece => {
  const update = new Update();
  const left = update.name('leftMinutes');
  update.sets.push(`${left} = ${left} - ${update.value(change.minutes)}`);
  update.conditions.push(`${left} >= ${update.value(change.minutes)}`);
  if (change.isForCommunity === true) {
    const given = update.name('communityMinutes');
    update.sets.push(
      `${given} = if_not_exists(${given}, ${update.value(0)}) + ${update.value(change.minutes)}`,
    );
  }
  return {
    item: update.item(table, fundKey(change.fundId)),
    failed: (old) => alone(old === undefined ? 'unknown_document' : 'purchase_used_up'),
  };
};

/** The pieces that write one change of the ledger. */
export const ledgerPieces = (table: string, change: LedgerChange): Piece[] => {
  switch (change.change) {
    case 'open_account':
      return [
        {
          item: put(table, accountHeadKey(change.accountId), {
            ...encodeHead(openedAccount(change.accountId, change.state)),
            openedAt: change.at,
          }),
          failed: () => ({ kind: 'stale' }),
        },
      ];
    case 'post':
      return [headPiece(table, change), ...change.entries.map((entry) => entryPiece(table, entry))];
    case 'pool_in':
      return [rowPiece(table, change)];
    case 'pool_out':
      return [shardPiece(table, change), rowPiece(table, change)];
    case 'collect':
      return collectPieces(table, change);
    case 'mark_reversed':
      return [
        {
          item: put(table, reversalKey(change.accountId, change.transferId), { by: change.by }),
          failed: () => alone('already_reversed'),
        },
      ];
    case 'put_fund':
      return [
        {
          item: put(table, fundKey(change.fund.fundId), encodeFund(change.fund)),
          failed: () => alone('document_used'),
        },
      ];
    case 'draw_fund':
      return [drawPiece(table, change)];
    case 'put_document':
      return [
        {
          item: put(table, documentKey(change), { by: change.transferId }),
          failed: () => alone('document_used'),
        },
      ];
  }
};
