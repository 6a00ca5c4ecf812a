/**
 * The promise to everybody who ever saw "done": whatever happens to the machines, it is in the books, once.
 *
 * The whole service runs as a process group. Eight clients move hours, the group is killed at a moment that
 * nobody knows, started again, and the clients send again what was not answered, under the same ids. Killed are
 * processes: what the system has in its buffers survives, as it does not when a machine loses its power.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type AccountId, accountOf, idMaker } from '@time-bank/contracts/ids';
import { PoolId } from '@time-bank/contracts/ledger';
import { type Bucket, buckets } from '@time-bank/ledger/account';
import { type Entry, netOf } from '@time-bank/ledger/entry';
import type { OpenStore } from '@time-bank/local/store-at';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { accountPartition, poolPartition } from '@time-bank/store/keys';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everythingIn } from '../walks/steps.ts';
import { type Answered, Client, type Movement, drawsOf } from './client.ts';
import { type Folder, aFolder, endAll, send, start } from './commands.ts';
import {
  POOL,
  type SmallTown,
  buildSmallTown,
  headersOf,
  openTables,
  tokenOf,
  vaultOf,
} from './small-town.ts';

const ROUNDS = 20;
const CLIENTS = 8;
/** The shortest and the longest time from the first command of a round to the kill. */
const KILL_AFTER_MS = { min: 40, max: 640 };

/** Another number is another run: `KILL_SEED=7 npx vitest run tests/local/kill.test.ts` repeats its draws. */
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);

let folder: Folder;
let town: SmallTown;
beforeAll(async () => {
  folder = aFolder();
  town = await buildSmallTown(folder, CLIENTS);
}, 120_000);
afterAll(() => {
  endAll();
  folder.remove();
});

const isDone = ({ status }: Pick<Answered, 'status'>): boolean => status >= 200 && status < 300;

/** Sends to a service that runs, from the sender's own device. */
const sender = (url: string) => async (movement: Movement) => {
  const { who, path } = movement;
  const body = JSON.stringify(movement.body);
  const headers = await headersOf(folder, who, { path, body, nowMs: Date.now() });
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body });
  const text = await response.text();
  return { status: response.status, body: text, isHit: response.headers.get('Idempotency-Hit') === 'true' };
};

/** Every line of a person's statement, as the API gives it. */
const statementOf = async (url: string, token: string): Promise<string[]> => {
  const lines: string[] = [];
  let cursor: string | undefined;
  do {
    const path = `/api/account/entries${cursor === undefined ? '' : `?cursor=${cursor}`}`;
    const { status, body } = await send(url, path, { token });
    expect(status).toBe(200);
    lines.push(...(body.items as { transferId: string }[]).map(({ transferId }) => transferId));
    cursor = body.cursor as string | undefined;
  } while (cursor !== undefined);
  return lines;
};

/** How often each account has to show each transfer. */
const promised = (answered: readonly Answered[]): Map<AccountId, string[]> => {
  const all = new Map<AccountId, string[]>();
  for (const { movement } of answered.filter(isDone)) {
    for (const accountId of movement.accounts) {
      all.set(accountId, [...(all.get(accountId) ?? []), movement.transferId]);
    }
  }
  return all;
};

const sorted = (values: Iterable<string>): string[] => [...values].sort();

/** The whole ledger as it is stored. */
const readTables = async ({ connection }: OpenStore, accountIds: readonly AccountId[]) => {
  const { journal } = dynamoPorts(connection, vaultOf(folder), { nowMs: () => Date.now() }, Math.random);
  const accounts = new Map<
    AccountId,
    { lines: Entry[]; head: NonNullable<Awaited<ReturnType<typeof journal.readAccountNow>>> }
  >();
  for (const accountId of accountIds) {
    const head = await journal.readAccountNow(accountId);
    if (head === undefined) throw new Error(`${accountId} is gone`);
    const lines: Entry[] = [];
    let cursor: string | undefined;
    do {
      const page = await journal.listEntriesNow(accountId, { limit: 100, cursor });
      lines.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
    accounts.set(accountId, { lines, head });
  }
  const poolId = PoolId.parse(POOL);
  const rows = [];
  let cursor: string | undefined;
  do {
    const page = await journal.listPoolRowsNow(poolId, { limit: 100, cursor });
    rows.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  const table = `${connection.tables.ledger} `;
  const partitions = Object.keys(await everythingIn({ connection }))
    .filter((key) => key.startsWith(table))
    .map((key) => key.slice(table.length).split(' ')[0] ?? '');
  return { accounts, rows, partitions };
};

describe(`the service, killed ${String(ROUNDS)} times (KILL_SEED=${String(seed)})`, () => {
  const draw = drawsOf(seed);
  const ids = idMaker(() => Date.now());
  let clients: Client[];
  const everything = (): Answered[] => clients.flatMap(({ answered }) => answered);
  const accountIds = (): AccountId[] => town.everybody.map(({ memberId }) => accountOf(memberId));

  it(
    'keeps every transfer that it has acknowledged, exactly once, and nothing else',
    { timeout: 300_000 },
    async () => {
      clients = town.neighbours.map((each) => new Client(each, ids, drawsOf(Math.floor(draw() * 2 ** 32))));
      let killedAtWork = 0;

      for (let round = 0; round < ROUNDS; round += 1) {
        const service = await start(folder.environment);
        expect(service.isReady, service.output()).toBe(true);
        // Who was answered before the kill is answered the same after it.
        const again = everything().filter(() => draw() < 4 / (everything().length + 1));
        for (const { movement, status, body } of again) {
          expect(await sender(service.url)(movement)).toEqual({ status, body, isHit: true });
        }
        let over = false;
        const working = clients.map((client) => client.work(sender(service.url), () => over));
        await wait(KILL_AFTER_MS.min + draw() * (KILL_AFTER_MS.max - KILL_AFTER_MS.min));
        await service.killGroup();
        over = true;
        await Promise.all(working);
        killedAtWork += clients.filter(({ isInDoubt }) => isInDoubt).length;
      }

      const last = await start(folder.environment);
      expect(last.isReady, last.output()).toBe(true);
      for (const client of clients) await client.work(sender(last.url), () => !client.isInDoubt);
      expect(clients.some(({ isInDoubt }) => isInDoubt)).toBe(false);
      // The kills hit commands on their way, or this would show nothing.
      expect(killedAtWork).toBeGreaterThan(ROUNDS);
      expect(
        new Set(
          everything()
            .filter(isDone)
            .map(({ movement }) => movement.kind),
        ).size,
      ).toBe(6);

      const byAccount = promised(everything());
      const before = new Set<string>(town.lines);
      for (const member of town.everybody) {
        const seen = await statementOf(last.url, await tokenOf(folder, member, Date.now()));
        expect(sorted(seen.filter((id) => !before.has(id)))).toEqual(
          sorted(byAccount.get(accountOf(member.memberId)) ?? []),
        );
      }
      await last.interrupt();
      const retried = (how: 'done' | 'notDone'): number =>
        clients.reduce((all, client) => all + client.retried[how], 0);
      const told = [
        `KILL_SEED=${String(seed)}: ${String(everything().length)} answers in ${String(ROUNDS)} rounds,`,
        `${String(killedAtWork)} commands killed on their way;`,
        `sent again, ${String(retried('done'))} were done and ${String(retried('notDone'))} were not`,
      ];
      process.stdout.write(`${told.join(' ')}\n`);
    },
  );

  it('has tables in which the same stands, every head is the sum of its lines, and everything adds up to zero', async () => {
    const store = await openTables(folder);
    try {
      const { accounts, rows, partitions } = await readTables(store, accountIds());
      const byAccount = promised(everything());
      const before = new Set<string>(town.lines);
      const refusedIds = new Set<string>(
        everything()
          .filter((answer) => !isDone(answer))
          .map(({ movement }) => movement.transferId),
      );
      for (const [accountId, { lines, head }] of accounts) {
        const ours = lines.map(({ transferId }) => transferId);
        expect(sorted(ours.filter((id) => !before.has(id)))).toEqual(sorted(byAccount.get(accountId) ?? []));
        expect(ours.filter((id) => refusedIds.has(id))).toEqual([]);
        const sum = (bucket: Bucket) => lines.reduce((all, { minutes }) => all + (minutes[bucket] ?? 0), 0);
        expect(Object.fromEntries(buckets.map((bucket) => [bucket, sum(bucket)]))).toEqual(head.minutes);
        expect(head.sequence).toBe(lines.length);
        const ended = new Set(lines.map(({ resolves }) => resolves));
        const open = lines.filter(({ kind, transferId }) => kind === 'held' && !ended.has(transferId));
        expect(sorted(Object.keys(head.holds))).toEqual(sorted(open.map(({ transferId }) => transferId)));
      }
      const entries = [...accounts.values()].flatMap(({ lines }) => lines);
      // Both sides of every movement between two people say the same.
      const between = new Map<string, number>();
      for (const entry of entries.filter(({ accountId, counterpart }) => counterpart !== accountId)) {
        if (!entry.counterpart.startsWith('acc_')) continue;
        between.set(entry.transferId, (between.get(entry.transferId) ?? 0) + netOf(entry));
      }
      expect(between.size).toBeGreaterThan(0);
      expect([...between].filter(([, minutes]) => minutes !== 0)).toEqual([]);
      // Every donation stands in the pool, once and as large as it left the account.
      const donations = entries.filter(({ kind }) => kind === 'donated');
      expect(donations.length).toBeGreaterThan(0);
      expect(sorted(rows.map((row) => `${row.transferId} ${String(row.minutes)}`))).toEqual(
        sorted(donations.map((entry) => `${entry.transferId} ${String(-netOf(entry))}`)),
      );
      // All that people and pools have is what visits have brought, and nothing else.
      const issued = entries
        .filter(({ counterpart }) => counterpart === 'issue')
        .reduce((all, entry) => all + netOf(entry), 0);
      const onAccounts = [...accounts.values()].reduce((all, { head }) => all + netOf(head), 0);
      const inPools = rows.reduce((all, { minutes }) => all + minutes, 0);
      expect(onAccounts + inPools - issued).toBe(0);
      const known = [...accountIds().map(accountPartition), poolPartition(PoolId.parse(POOL))];
      expect(partitions.filter((partition) => !known.includes(partition))).toEqual([]);
    } finally {
      await store.close();
    }
  });
});
