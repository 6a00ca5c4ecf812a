/** Any item of the ledger, for whoever checks all of them: read strictly, so that nothing can hide in one. */
import { isDeepStrictEqual } from 'node:util';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type AccountId, TransferId } from '@time-bank/contracts/ids';
import { Instant } from '@time-bank/contracts/time';
import type { BookRecord } from '@time-bank/desk/book-record';
import * as z from 'zod/mini';
import type { Item } from './item.ts';
import {
  type Key,
  accountHeadKey,
  accountOfPartition,
  collectedKey,
  documentKey,
  documentOfKey,
  entryKey,
  fundKey,
  poolRowKey,
  reversalKey,
  shardKey,
  transferOfSort,
} from './keys.ts';
import {
  encodeCollected,
  encodeEntry,
  encodeFund,
  encodeHead,
  encodeRow,
  encodeTombstone,
} from './ledger-codec.ts';
import {
  decodeCollected,
  decodeFund,
  decodeHead,
  decodeLine,
  decodeRow,
  decodeShard,
} from './ledger-item.ts';
import { reasonOf } from './seal-item.ts';

const Stored = z.record(z.string(), z.unknown());
const Opened = z.object({ openedAt: z.exactOptional(Instant) });
const By = z.object({ by: TransferId });

/** A record, the key it would be stored under, and all else that would be stored of it. */
interface Read {
  record: BookRecord;
  key: Key;
  value: Record<string, unknown>;
}

/** When an account was opened, as it was stored beside its head. */
export const openedAtOf = (item: Item): Instant | undefined => Opened.parse(unmarshall(item)).openedAt;

const readHead = (item: Item): Read => {
  const head = decodeHead(item);
  const openedAt = openedAtOf(item);
  const opened = openedAt === undefined ? {} : { openedAt };
  return {
    record: { record: 'head', head, ...opened },
    key: accountHeadKey(head.accountId),
    value: { ...encodeHead(head), ...opened },
  };
};

const readLine = (item: Item): Read => {
  const line = decodeLine(item);
  const of = line.kind === 'entry' ? line.entry : line.tombstone;
  return {
    record: { record: 'line', line },
    key: entryKey(of.accountId, of.transferId),
    value: line.kind === 'entry' ? encodeEntry(line.entry) : encodeTombstone(line.tombstone),
  };
};

const readOfAccount = (item: Item, accountId: AccountId, sk: string): Read => {
  if (sk === 'H') return readHead(item);
  if (sk.startsWith('T#')) return readLine(item);
  const transferId = transferOfSort(sk);
  const { by } = By.parse(unmarshall(item));
  return {
    record: { record: 'reversal', accountId, transferId, by },
    key: reversalKey(accountId, transferId),
    value: { by },
  };
};

const readOfPool = (item: Item, sk: string): Read => {
  if (sk.startsWith('T#')) {
    const row = decodeRow(item);
    return {
      record: { record: 'row', row },
      key: poolRowKey(row.poolId, row.transferId),
      value: encodeRow(row),
    };
  }
  if (sk.startsWith('S#')) {
    const shard = decodeShard(item);
    return {
      record: { record: 'shard', shard },
      key: shardKey(shard.poolId, shard.shard),
      value: { m: z.int().check(z.gte(0)).parse(shard.minutes) },
    };
  }
  const mark = decodeCollected(item);
  return {
    record: { record: 'collected', ...mark },
    key: collectedKey(mark.poolId, mark.transferId),
    value: encodeCollected(mark.shard),
  };
};

const readAny = (item: Item, pk: string, sk: string): Read => {
  const accountId = accountOfPartition(pk);
  if (accountId !== undefined) return readOfAccount(item, accountId, sk);
  if (pk.startsWith('P#')) return readOfPool(item, sk);
  if (pk.startsWith('F#')) {
    const fund = decodeFund(item);
    return { record: { record: 'fund', fund }, key: fundKey(fund.fundId), value: encodeFund(fund) };
  }
  if (!pk.startsWith('D#')) throw new Error('this table has no such key');
  const use = documentOfKey({ pk, sk });
  const { by } = By.parse(unmarshall(item));
  return { record: { record: 'document', ...use, by }, key: documentKey(use), value: { by } };
};

/** Zero has one spelling. */
const hasMinusZero = (value: unknown): boolean =>
  Object.is(value, -0) ||
  (typeof value === 'object' && value !== null && Object.values(value).some(hasMinusZero));

/** What any item of the ledger says; what says nothing, or more than it should, is told as unreadable. */
export const readBookRecord = (item: Item): BookRecord => {
  const [pk, sk] = [item['pk']?.S ?? '', item['sk']?.S ?? ''];
  try {
    const { record, key, value } = readAny(item, pk, sk);
    const stored = Stored.parse(unmarshall(item));
    if (hasMinusZero(stored) || !isDeepStrictEqual(stored, { ...value, ...key })) {
      throw new Error('it is not written as it would be, or under another key');
    }
    return record;
  } catch (error) {
    return { record: 'unreadable', where: `${pk} ${sk}`, why: reasonOf(error) };
  }
};
