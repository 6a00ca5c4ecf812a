/** The sealer under everything that a stream may do to it, and a member with the proof in hand. */
import { PoolId } from '@time-bank/contracts/ledger';
import { Unavailable } from '@time-bank/desk/ports';
import {
  CannotSeal,
  type Changed,
  type SealWork,
  sealAccounts,
  sealMissing,
} from '@time-bank/desk/seal-accounts';
import type { SealBook } from '@time-bank/desk/seal-book';
import { verifyBooks } from '@time-bank/desk/verify-books';
import { inclusionProof } from '@time-bank/seal/inclusion-proof';
import { rootOf } from '@time-bank/seal/merkle-log';
import { hashesFromTiles } from '@time-bank/seal/tile';
import { leafHashOf } from '@time-bank/seal/leaf';
import { verifyInclusion } from '@time-bank/seal/inclusion-proof';
import { sealRecords } from '@time-bank/sealer/seal-records';
import { readSealRecord } from '@time-bank/store/seal-item';
import { connect } from '@time-bank/store/client';
import { createTables } from '@time-bank/store/create-tables';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { memoryPorts } from '@time-bank/store/memory-ports';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestEngine, startEngine } from '../engine.ts';
import { testVault } from '../vault.ts';
import { aSealer, aTown, liveEverything } from './sealed-town.ts';
import { dump, verdictOn } from './stored.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(async () => {
  await engine.stop();
});

let count = 0;
const onEngine = async () => {
  count += 1;
  const prefix = `seal-${process.pid}-${count}`;
  const connection = connect({
    tables: { ledger: `${prefix}-ledger`, care: `${prefix}-care`, seals: `${prefix}-seals` },
    endpoint: engine.endpoint,
  });
  await createTables(connection);
  const ports = dynamoPorts(
    connection,
    testVault,
    { nowMs: () => Date.parse('2026-11-24T02:00:00.000Z') },
    Math.random,
  );
  return { connection, ports };
};

const changes = (subjects: readonly Changed['subject'][]): Changed[] =>
  subjects.map((subject) => ({ subject }));

/** The links of every subject, as they are kept in memory. */
const linksIn = (memory: ReturnType<typeof memoryPorts>['memory']) =>
  [...memory.seals.links]
    .map(([subject, links]) => [subject, [...links.values()].sort((a, b) => a.number - b.number)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));

/** A seal book whose `write` fails at the given calls: before it is written, or after. */
const failing = (book: SealBook, fails: (call: number) => 'before' | 'after' | 'never'): SealBook => {
  let call = 0;
  return {
    ...book,
    write: async (wanted) => {
      call += 1;
      const when = fails(call);
      if (when === 'before') throw new Unavailable('killed');
      const written = await book.write(wanted);
      if (when === 'after') throw new Unavailable('killed');
      return written;
    },
  };
};

describe('sealing on the engine', () => {
  it('seals every line of every kind, once, and the books balance', async () => {
    const { connection, ports } = await onEngine();
    const { subjects } = await liveEverything(ports);
    const sealer = aSealer(ports);
    expect(await sealAccounts(sealer.work, changes(subjects))).toMatchObject({ leaves: 9 });
    const stored = await dump(connection, sealer);
    expect(await sealAccounts(sealer.work, changes(subjects))).toEqual({ links: 0, leaves: 0 });
    expect(await dump(connection, sealer)).toEqual(stored);
    expect(await verdictOn(stored)).toMatchObject({
      kind: 'balance',
      counts: { accounts: 6, unsealed: 0, leaves: 9, refusals: 1, checkpoints: 1, outsideCheckpoints: 1 },
    });
  });

  it('keeps one log when two sealers work on the same accounts at once', async () => {
    const { connection, ports } = await onEngine();
    const { subjects, town, volunteer } = await liveEverything(ports);
    const sealer = aSealer(ports);
    const pause = (): Promise<void> => new Promise((done) => setTimeout(done, Math.random() * 20));
    const work = { ...sealer.work, pause };
    for (let round = 0; round < 3; round += 1) {
      await town.bank(volunteer, 7);
      await Promise.all([
        sealAccounts(work, changes(subjects)),
        sealAccounts(work, changes(subjects.toReversed())),
        sealAccounts(work, changes([volunteer])),
      ]);
    }
    expect(await verdictOn(await dump(connection, sealer))).toMatchObject({
      kind: 'balance',
      counts: { unsealed: 0 },
    });
  });

  it('seals an account of hundreds of lines, and the next line of it by a small read', async () => {
    const { connection, ports } = await onEngine();
    const town = aTown(ports);
    const account = await town.open();
    for (let line = 0; line < 130; line += 1) {
      await town.bank(account, 1);
      town.pass(24 * 3_600_000);
    }
    const sealer = aSealer(ports, () => Date.parse(town.now()));
    expect(await sealAccounts(sealer.work, changes([account]))).toMatchObject({ leaves: 1 });
    await town.bank(account, 1);
    const asked: (number | undefined)[] = [];
    const books = {
      ...ports.books,
      readAccountBooksNow: (...args: Parameters<typeof ports.books.readAccountBooksNow>) => {
        asked.push(args[1]);
        return ports.books.readAccountBooksNow(...args);
      },
    };
    expect(await sealAccounts({ ...sealer.work, books }, changes([account]))).toEqual({
      links: 1,
      leaves: 1,
    });
    expect(asked).toEqual([Date.parse(town.now()) - 33 * 24 * 3_600_000]);
    expect(await verdictOn(await dump(connection, sealer))).toMatchObject({
      counts: { links: 131, unsealed: 0 },
    });
  });

  it('does not seal over an account of which a line has vanished, and seals its neighbours', async () => {
    const { connection, ports } = await onEngine();
    const town = aTown(ports);
    const [broken, whole] = [await town.open(), await town.open()];
    await town.bank(broken, 10);
    const books = {
      ...ports.books,
      readAccountBooksNow: async (...args: Parameters<typeof ports.books.readAccountBooksNow>) => {
        const read = await ports.books.readAccountBooksNow(...args);
        return read === undefined || args[0] !== broken ? read : { ...read, lines: [] };
      },
    };
    const sealer = aSealer(ports);
    const work: SealWork = { ...sealer.work, books };
    await expect(sealAccounts(work, changes([broken]))).rejects.toThrow(CannotSeal);
    const record = (sequenceNumber: string, pk: string) => ({
      sequenceNumber,
      keys: { pk: { S: pk }, sk: { S: 'H' } },
    });
    const events: unknown[] = [];
    const failed = await sealRecords(
      work,
      [
        record('1', 'D#QH-2026-001'),
        record('2', `A#${broken.slice(4)}`),
        record('3', `A#${whole.slice(4)}`),
        record('4', 'A#nobody'),
      ],
      ({ event }) => events.push(event),
    );
    expect(failed).toBe('2');
    expect(events).toEqual(['key_not_known', 'sealing_failed']);
    expect([...(await ports.sealBook.readSealsNow([broken, whole])).keys()]).toEqual([whole]);
    connection.client.destroy();
  });
});

describe('sealing in memory', () => {
  it('gives the same links whatever the stream does: repeats, other orders, other batches, losses made good', async () => {
    const { ports, memory } = memoryPorts();
    const { subjects } = await liveEverything(ports);
    const right = memoryPorts();
    const once = aSealer({ ...ports, sealBook: right.ports.sealBook });
    await sealAccounts(once.work, changes(subjects));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...subjects), { maxLength: 6 }), { maxLength: 8 }),
        async (batches) => {
          const other = memoryPorts();
          const sealer = aSealer({ ...ports, sealBook: other.ports.sealBook });
          for (const batch of batches) await sealAccounts(sealer.work, changes(batch));
          // Whatever was lost is found by looking at every account once.
          const all = async function* () {
            yield* await Promise.resolve(subjects);
          };
          await sealMissing(sealer.work, all());
          expect(linksIn(other.memory)).toEqual(linksIn(right.memory));
          expect(other.memory.seals.leaves).toHaveLength(right.memory.seals.leaves.length);
        },
      ),
      { numRuns: 30 },
    );
    expect(memory.ledger.heads.size).toBe(6);
  });

  it('goes on where it was killed: before or after any write, and before the checkpoint was kept outside', async () => {
    const { ports } = memoryPorts();
    const town = aTown(ports);
    const { subjects } = await liveEverything(ports);
    const long = await town.open();
    for (let line = 0; line < 150; line += 1) await town.bank(long, 1);
    const all = changes([...subjects, long]);
    const right = memoryPorts();
    await sealAccounts(aSealer({ ...ports, sealBook: right.ports.sealBook }).work, all);
    for (let at = 1; at <= 6; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const other = memoryPorts();
        const sealer = aSealer({ ...ports, sealBook: other.ports.sealBook });
        const sealBook = failing(sealer.work.sealBook, (call) => (call === at ? when : 'never'));
        await sealAccounts({ ...sealer.work, sealBook }, all).catch((error: unknown) => {
          expect(error).toBeInstanceOf(Unavailable);
        });
        await sealAccounts(sealer.work, all);
        expect(linksIn(other.memory), `${when} write ${at}`).toEqual(linksIn(right.memory));
        expect(sealer.outside).toEqual([...other.memory.seals.checkpoints.values()]);
      }
    }
  });

  it('proves every leaf of a log of several tiles by the tiles that are kept', async () => {
    const { ports, memory } = memoryPorts();
    const town = aTown(ports);
    const sealer = aSealer(ports);
    const accounts = [];
    for (let made = 0; made < 40; made += 1) accounts.push(await town.open());
    for (let round = 0; round < 20; round += 1) {
      for (const account of accounts) await town.bank(account, 1);
      await sealAccounts(sealer.work, changes(accounts));
    }
    expect(memory.seals.leaves).toHaveLength(800);
    expect(memory.seals.tiles.get('1 0')).toHaveLength(3);
    const { state } = memory.seals.log;
    for (const index of [0, 1, 255, 256, 511, 512, 767, 768, 799]) {
      const path = await inclusionProof(hashesFromTiles(ports.sealBook.readTile), { index, size: 800 });
      const leaf = leafHashOf(memory.seals.leaves[index]!);
      expect(verifyInclusion({ leaf, index, size: 800, path, root: rootOf(state) })).toBe(true);
    }
  });

  it('seals what a pool is given under an old id, when the message tells of it', async () => {
    const { ports, memory } = memoryPorts();
    const town = aTown(ports);
    const poolId = PoolId.parse('pool:341302001');
    const giver = await town.open();
    await town.bank(giver, 480);
    for (let gift = 0; gift < 60; gift += 1) await town.donate(giver, poolId, 1);
    const old = town.ids.transfer();
    town.pass(80 * 24 * 3_600_000);
    const sealer = aSealer(ports, () => Date.parse(town.now()));
    await sealAccounts(sealer.work, changes([poolId]));
    const row = { ...town.facts('period_over'), poolId, transferId: old, counterpart: giver, minutes: 5 };
    await town.commit([{ change: 'pool_in', row }]);
    expect(await sealAccounts(sealer.work, changes([poolId]))).toEqual({ links: 0, leaves: 0 });
    const told = [{ subject: poolId, sinceMs: Date.parse('2026-11-21T00:00:00.000Z') }];
    expect(await sealAccounts(sealer.work, told)).toEqual({ links: 1, leaves: 1 });
    expect(memory.seals.links.get(poolId)?.size).toBe(61);
  });
});

describe('what verify says', () => {
  it('of a town that was never sealed: that it balances, and how much is not sealed', async () => {
    const { connection, ports } = await onEngine();
    await liveEverything(ports);
    const { ledger } = await dump(connection, { outside: [], verifierKey: '' });
    const { readBookRecord } = await import('@time-bank/store/book-item');
    const verdict = await verifyBooks({
      ledger: ledger.map(readBookRecord),
      seals: [].map(readSealRecord),
      outside: [],
      verifierKey: undefined,
    });
    expect(verdict).toMatchObject({ kind: 'balance', counts: { links: 0, leaves: 0 } });
    expect(verdict.kind === 'balance' && verdict.counts.unsealed).toBeGreaterThan(30);
  });
});
