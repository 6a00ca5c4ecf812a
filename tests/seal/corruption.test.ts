/**
 * A stored town with every kind of line is damaged in every way by one byte and in every way by one item, and
 * `npm run verify` finds each. The one thing that is not sealed is in which of its 32 parts a pool keeps what it
 * has: the sum over the parts is.
 */
import { isDeepStrictEqual } from 'node:util';
import type { BookRecord, SealRecord } from '@time-bank/desk/book-record';
import { sealAccounts } from '@time-bank/desk/seal-accounts';
import { verifyBooks } from '@time-bank/desk/verify-books';
import { readBookRecord } from '@time-bank/store/book-item';
import { connect } from '@time-bank/store/client';
import { createTables } from '@time-bank/store/create-tables';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { readSealRecord } from '@time-bank/store/seal-item';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestEngine, startEngine } from '../engine.ts';
import { damaged } from './damage.ts';
import { aSealer, liveEverything } from './sealed-town.ts';
import { type Stored, type StoredItem, dump, verdictOn } from './stored.ts';

const LONG = 600_000;

let engine: TestEngine;
let stored: Stored;
let ledger: BookRecord[];
let seals: SealRecord[];
beforeAll(async () => {
  engine = await startEngine();
  const prefix = `corruption-${process.pid}`;
  const connection = connect({
    tables: { ledger: `${prefix}-ledger`, care: `${prefix}-care`, seals: `${prefix}-seals` },
    endpoint: engine.endpoint,
  });
  await createTables(connection);
  const ports = dynamoPorts(connection, { nowMs: () => Date.parse('2026-11-24T02:00:00.000Z') }, Math.random);
  const { town, subjects, volunteer } = await liveEverything(ports);
  const sealer = aSealer(ports, () => Date.parse(town.now()));
  const all = subjects.map((subject) => ({ subject }));
  await sealAccounts(sealer.work, all);
  await town.bank(volunteer, 5);
  await sealAccounts(sealer.work, all);
  stored = await dump(connection, sealer);
  ledger = stored.ledger.map(readBookRecord);
  seals = stored.seals.map(readSealRecord);
  connection.client.destroy();
}, LONG);
afterAll(async () => {
  await engine.stop();
});

/** The part of a pool, and nothing else of it, is in its key: see above. */
const isPartOfPool = ({ pk, sk }: StoredItem): boolean =>
  pk?.S?.startsWith('P#') === true && /^S#[0-9]{2}$/.test(sk?.S ?? '');

const isFound = async (books: {
  ledger: readonly BookRecord[];
  seals: readonly SealRecord[];
}): Promise<boolean> => {
  const { outside, verifierKey } = stored;
  return (await verifyBooks({ ...books, outside, verifierKey })).kind === 'contradiction';
};

/** Replaces one record; everything else is read once. */
const withLedger = (index: number, item: StoredItem | undefined): BookRecord[] =>
  ledger.flatMap((record, at) =>
    at !== index ? [record] : item === undefined ? [] : [readBookRecord(item)],
  );
const withSeals = (index: number, item: StoredItem | undefined): SealRecord[] =>
  seals.flatMap((record, at) => (at !== index ? [record] : item === undefined ? [] : [readSealRecord(item)]));

describe('verify', () => {
  it('finds nothing wrong with the town as it was stored, and everything in it is sealed', async () => {
    const verdict = await verdictOn(stored);
    expect(verdict).toMatchObject({
      kind: 'balance',
      counts: { unsealed: 0, checkpoints: 2, outsideCheckpoints: 2 },
    });
    const kinds = new Set(
      ledger.map((record) =>
        record.record === 'line'
          ? record.line.kind === 'entry'
            ? record.line.entry.kind
            : 'refusal'
          : record.record,
      ),
    );
    expect(kinds.size).toBeGreaterThanOrEqual(24);
  });

  it(
    'finds every byte that is changed in the ledger, in keys, names and values',
    async () => {
      let tried = 0;
      const missed: string[] = [];
      for (const [index, item] of stored.ledger.entries()) {
        for (const damage of damaged(item)) {
          tried += 1;
          if (isPartOfPool(item) && isPartOfPool(damage.item) && damage.item['m']?.N === item['m']?.N)
            continue;
          if (!(await isFound({ ledger: withLedger(index, damage.item), seals }))) missed.push(damage.where);
        }
      }
      expect(missed).toEqual([]);
      expect(tried).toBeGreaterThan(5000);
    },
    LONG,
  );

  it(
    'finds every byte that is changed in the seals, in keys, names and values',
    async () => {
      let tried = 0;
      const missed: string[] = [];
      for (const [index, item] of stored.seals.entries()) {
        for (const damage of damaged(item)) {
          tried += 1;
          if (!(await isFound({ ledger, seals: withSeals(index, damage.item) }))) missed.push(damage.where);
        }
      }
      expect(missed).toEqual([]);
      expect(tried).toBeGreaterThan(5000);
    },
    LONG,
  );

  it('finds every item that is taken away, of either table, and every checkpoint that is not there', async () => {
    const missed: string[] = [];
    const nameOf = (item: StoredItem | undefined): string =>
      JSON.stringify([item?.['pk']?.S, item?.['sk']?.S]);
    for (const index of ledger.keys()) {
      if (!(await isFound({ ledger: withLedger(index, undefined), seals })))
        missed.push(nameOf(stored.ledger[index]));
    }
    for (const index of seals.keys()) {
      if (!(await isFound({ ledger, seals: withSeals(index, undefined) })))
        missed.push(nameOf(stored.seals[index]));
    }
    expect(missed).toEqual([]);
  });

  it(
    'finds every item that is put in the place of another of its partition, or changed with it',
    async () => {
      const missed: string[] = [];
      const swapIn = async (items: StoredItem[], isLedger: boolean): Promise<void> => {
        for (const [left, one] of items.entries()) {
          for (const [right, other] of items.entries()) {
            if (right <= left || one['pk']?.S !== other['pk']?.S) continue;
            const keyOf = ({ pk, sk }: StoredItem) => ({ pk: pk!, sk: sk! });
            const swapped = items.map((item, at) =>
              at === left ? { ...other, ...keyOf(one) } : at === right ? { ...one, ...keyOf(other) } : item,
            );
            // Marks of collection say nothing but their key: one in the place of another is the same.
            if (isDeepStrictEqual(swapped, items)) continue;
            const found = isLedger
              ? await isFound({ ledger: swapped.map(readBookRecord), seals })
              : await isFound({ ledger, seals: swapped.map(readSealRecord) });
            if (!found) missed.push(`${JSON.stringify(keyOf(one))} with ${JSON.stringify(keyOf(other))}`);
          }
        }
      };
      await swapIn(stored.ledger, true);
      await swapIn(stored.seals, false);
      expect(missed).toEqual([]);
    },
    LONG,
  );

  it(
    'finds every line that is put in a second time under another id or on another account',
    async () => {
      const missed: string[] = [];
      const heads = stored.ledger.filter(({ sk }) => sk?.S === 'H');
      for (const item of stored.ledger) {
        const sort = item['sk']?.S ?? '';
        if (!sort.startsWith('T#')) continue;
        const otherId = { S: `${sort.slice(0, -1)}${sort.endsWith('Z') ? 'Y' : 'Z'}` };
        const copies: StoredItem[] = [
          { ...item, sk: otherId },
          ...heads.map(({ pk }) => ({ ...item, pk: pk! })),
        ];
        for (const copy of copies) {
          if (copy['pk']?.S === item['pk']?.S && copy['sk']?.S === sort) continue;
          // A refusal that nobody sealed is newer than the seal: like any line, it waits for the next one.
          if (copy['k']?.S === 'XX') continue;
          if (!(await isFound({ ledger: [...ledger, readBookRecord(copy)], seals })))
            missed.push(JSON.stringify(copy));
        }
      }
      expect(missed).toEqual([]);
    },
    LONG,
  );

  it('finds a whole account that is taken away with its seals', async () => {
    const accounts = ledger.flatMap((record) => (record.record === 'head' ? [record.head.accountId] : []));
    for (const accountId of accounts) {
      const isOwn = ({ pk }: StoredItem): boolean =>
        pk?.S === `A#${accountId.slice(4)}` ||
        pk?.S === `S#${accountId}` ||
        pk?.S === `S#refusals:${accountId}`;
      const left = (items: StoredItem[]): StoredItem[] => items.filter((item) => !isOwn(item));
      const verdict = await verdictOn({ ...stored, ledger: left(stored.ledger), seals: left(stored.seals) });
      expect(verdict.kind, accountId).toBe('contradiction');
    }
  });

  it('finds a log that was begun anew with another key, and one that was cut back, by what is kept outside', async () => {
    const younger = stored.seals.filter(({ pk, sk }) => pk?.S === 'LOG' && sk?.S?.startsWith('C#') === true);
    expect(younger).toHaveLength(2);
    const verdict = await verdictOn({ ...stored, seals: [] });
    expect(verdict).toMatchObject({ kind: 'contradiction' });
  });
});
