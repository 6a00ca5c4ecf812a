/**
 * A stored town with every kind of line is damaged in every way by one byte and in every way by one item, and
 * `npm run verify` finds each. Then whole logs are put in the place of the true one, and it finds what it can.
 */
import { isDeepStrictEqual } from 'node:util';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import type { BookRecord, SealRecord } from '@time-bank/desk/book-record';
import { sealAccounts } from '@time-bank/desk/seal-accounts';
import { verifyBooks } from '@time-bank/desk/verify-books';
import { readBookRecord } from '@time-bank/store/book-item';
import { changedOf } from '@time-bank/store/changed-item';
import { type Connection, connect } from '@time-bank/store/client';
import { createTables } from '@time-bank/store/create-tables';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { readSealRecord } from '@time-bank/store/seal-item';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestEngine, startEngine } from '../engine.ts';
import { testVault } from '../vault.ts';
import { damaged } from './damage.ts';
import { aSealer, liveEverything } from './sealed-town.ts';
import { type Stored, type StoredItem, dump, verdictOn } from './stored.ts';

const LONG = 600_000;

type Sealer = ReturnType<typeof aSealer>;

let engine: TestEngine;
let sealer: Sealer;
/** The town after its first checkpoint, and after its second. */
let older: Stored;
let stored: Stored;
let ledger: BookRecord[];
let seals: SealRecord[];
/** The line between the two checkpoints, and its account. */
let newest: TransferId;
let rich: AccountId;

let banks = 0;
/** Tables of their own, not made yet. */
const aBank = (): Connection => {
  banks += 1;
  const prefix = `corruption-${process.pid}-${banks}`;
  const tables = { ledger: `${prefix}-ledger`, care: `${prefix}-care`, seals: `${prefix}-seals` };
  return connect({ tables, endpoint: engine.endpoint });
};
const portsOn = (connection: Connection) =>
  dynamoPorts(connection, testVault, { nowMs: () => Date.parse('2026-11-24T02:00:00.000Z') }, Math.random);
const nowhere = (): Promise<void> => Promise.resolve();

/** Everything that has lines or is a purchase. */
const subjectsOf = (items: readonly StoredItem[]) => {
  const subjects = new Set(items.flatMap((item) => changedOf(item)?.subject ?? []));
  return [...subjects].map((subject) => ({ subject }));
};

beforeAll(async () => {
  engine = await startEngine();
  const connection = aBank();
  await createTables(connection);
  const ports = portsOn(connection);
  const { town, subjects, volunteer } = await liveEverything(ports);
  sealer = aSealer(ports, () => Date.parse(town.now()));
  const all = subjects.map((subject) => ({ subject }));
  await sealAccounts(sealer.work, all);
  older = await dump(connection, { ...sealer, outside: [...sealer.outside] });
  rich = volunteer;
  newest = await town.bank(volunteer, 5);
  await sealAccounts(sealer.work, all);
  stored = await dump(connection, sealer);
  ledger = stored.ledger.map(readBookRecord);
  seals = stored.seals.map(readSealRecord);
}, LONG);
afterAll(async () => {
  await engine.stop();
});

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
            // Marks of collection into one part are alike: one in the place of another is the same.
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
});

describe('a log in the place of the true one', () => {
  /** What is written at an instant seals in the same order and batches. */
  const resealed = async (items: StoredItem[], sealer: Sealer): Promise<Stored> => {
    const connection = aBank();
    await createTables(connection);
    for (const Item of items) {
      await connection.client.send(new PutItemCommand({ TableName: connection.tables.ledger, Item }));
    }
    const { books, sealBook, journal } = portsOn(connection);
    await sealAccounts({ ...sealer.work, books, sealBook, journal, keep: nowhere }, subjectsOf(items));
    return dump(connection, { outside: [], verifierKey: sealer.verifierKey });
  };
  /** Ten minutes more that nobody has earned, on the account and on its newest line: the books agree. */
  const changed = (): StoredItem[] =>
    stored.ledger.map((item) => {
      const isLine = item['sk']?.S === `T#${newest.slice(4)}`;
      const isHead = item['pk']?.S === `A#${rich.slice(4)}` && item['sk']?.S === 'H';
      const more = (name: string) => ({ N: String(Number(item[name]?.N) + 10) });
      if (isLine) return { ...item, e: more('e') };
      if (!isHead) return item;
      const tallies = Object.entries(item['ta']?.M ?? {});
      const day = tallies
        .map(([name]) => name)
        .filter((name) => name.startsWith('d'))
        .sort()
        .at(-1)!;
      const ta = { M: { ...item['ta']?.M, [day]: { N: String(Number(item['ta']?.M?.[day]?.N) + 10) } } };
      return { ...item, e: more('e'), t: more('t'), ta };
    });
  const none: string[] = [];
  const theTable = {
    what: expect.stringMatching(/^the table (does not have it|has another one)$/) as string,
  };

  it('is not what the town that it was made of has', async () => {
    // The changed lines agree with each other: only seals tell.
    expect(await verdictOn({ ...stored, ledger: changed() })).toMatchObject({ kind: 'contradiction' });
    const unsealed = { ledger: changed(), seals: [], outside: none, verifierKey: sealer.verifierKey };
    expect(await verdictOn(unsealed)).toMatchObject({ kind: 'balance' });
  });

  it('signed with another key, is found by the key, and by what is kept outside where the key was changed too', async () => {
    const thief = aSealer(portsOn(aBank()));
    for (const ledgerItems of [stored.ledger, changed()]) {
      const forged = await resealed(ledgerItems, thief);
      // The true key: whatever is kept outside.
      for (const outside of [stored.outside, none]) {
        const verdict = await verdictOn({ ...forged, outside, verifierKey: stored.verifierKey });
        expect(verdict).toMatchObject({
          kind: 'contradiction',
          where: expect.stringMatching(/^checkpoint \d+$/),
        });
      }
      // The thief's key: only what is kept outside.
      expect(await verdictOn({ ...forged, outside: stored.outside })).toMatchObject({
        kind: 'contradiction',
        where: 'checkpoint 1 of those kept outside',
      });
      expect(await verdictOn({ ...forged, outside: none })).toMatchObject({ kind: 'balance' });
    }
  });

  it('made again over changed lines with the true key, is found only by what is kept outside', async () => {
    const forged = await resealed(changed(), sealer);
    expect(await verdictOn({ ...forged, outside: stored.outside })).toMatchObject({
      kind: 'contradiction',
      ...theTable,
    });
    expect(await verdictOn({ ...forged, outside: none })).toMatchObject({
      kind: 'balance',
      counts: { unsealed: 0 },
    });
  });

  it('cut back to an older checkpoint, with its lines or without, is found only by what is kept outside', async () => {
    for (const ledgerItems of [stored.ledger, older.ledger]) {
      const cut = { ...older, ledger: ledgerItems };
      expect(await verdictOn({ ...cut, outside: stored.outside })).toMatchObject({
        kind: 'contradiction',
        where: expect.stringMatching(/^checkpoint 2 of those kept outside/),
        what: 'the table does not have it',
      });
      // Without them it is a town whose newest line is not sealed yet, or the town as it once was.
      for (const outside of [older.outside, none]) {
        expect(await verdictOn({ ...cut, outside })).toMatchObject({
          kind: 'balance',
          counts: { unsealed: ledgerItems === older.ledger ? 0 : 1 },
        });
      }
    }
  });

  it('taken away with all seals, is found by what is kept outside, and by nothing else', async () => {
    expect(await verdictOn({ ...stored, seals: [] })).toMatchObject({ kind: 'contradiction', ...theTable });
    const verdict = await verdictOn({ ...stored, seals: [], outside: none });
    expect(verdict).toMatchObject({ kind: 'balance', counts: { links: 0, leaves: 0 } });
  });
});
