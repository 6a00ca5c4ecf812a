/** What every journal does: it writes a plan whole or not at all, and tells what stood in the way. */
import { bankMark } from '@time-bank/contracts/closing';
import { type AccountId, type TransferId, accountOf } from '@time-bank/contracts/ids';
import { DocumentNumber, FundId, PoolId } from '@time-bank/contracts/ledger';
import { instantOf, msOf, plusMinutes } from '@time-bank/contracts/time';
import type { Change, Commit, Line, Met } from '@time-bank/desk/ports';
import { openedAccount } from '@time-bank/ledger/account';
import type { Fund, LedgerChange, PoolRow, Posting, Tombstone } from '@time-bank/ledger/change';
import { type Entry, applied } from '@time-bank/ledger/entry';
import { planGift } from '@time-bank/ledger/gift';
import { planCapture, planRelease } from '@time-bank/ledger/hold';
import { planGrant } from '@time-bank/ledger/pool';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plans } from './plans.ts';
import {
  type MakeStore,
  POOL,
  PRINT,
  type TestStore,
  aBond,
  aGift,
  aGrant,
  aHold,
  aRequest,
  anAccount,
  banked,
  donated,
  holding,
  movementFacts,
  nowOf,
  plainFacts,
  planned,
  policy,
  postingOf,
  roomy,
  see,
  stocked,
  write,
} from './store.ts';

const STALE: Commit = { kind: 'stale' };
const DONE: Commit = { kind: 'done' };
const met = (found: Partial<Met>): Commit => ({
  kind: 'met',
  met: { heads: new Map(), lines: [], shards: [], refusals: [], ...found },
});
const refusals = (...codes: Met['refusals'][number]['code'][]) =>
  met({ refusals: codes.map((code) => ({ code })) });

const postingsOf = (changes: readonly Change[]): Posting[] =>
  changes.flatMap((change) => (change.change === 'post' ? [change] : []));
const rowsOf = (changes: readonly Change[]): PoolRow[] =>
  changes.flatMap((change) =>
    change.change === 'pool_in' || change.change === 'pool_out' ? [change.row] : [],
  );
const lineOf = (entry: Entry): Line => ({ kind: 'entry', entry });

export const describeJournal = (name: string, makeStore: MakeStore): void => {
  describe(`the journal, ${name}`, () => {
    let store: TestStore;
    let pools = 0;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });
    const commit = (...changes: Change[]) => store.ports.journal.commit(changes);
    const read = (accountId: AccountId) => store.ports.journal.readAccountNow(accountId);

    /** A pool that no other test knows. */
    const aPool = (): PoolId => {
      pools += 1;
      return PoolId.parse(`pool:341302001:test-${String(pools)}`);
    };
    const allLines = async (accountId: AccountId, limit = 100): Promise<Entry[]> => {
      const lines: Entry[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.ports.journal.listEntriesNow(accountId, { limit, cursor });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        lines.push(...page.items);
        cursor = page.cursor;
      } while (cursor !== undefined);
      return lines;
    };
    const allRows = async (poolId: PoolId, limit = 100): Promise<PoolRow[]> => {
      const rows: PoolRow[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.ports.journal.listPoolRowsNow(poolId, { limit, cursor });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        rows.push(...page.items);
        cursor = page.cursor;
      } while (cursor !== undefined);
      return rows;
    };
    const inPool = async (poolId: PoolId): Promise<number> =>
      (await store.ports.journal.readPoolNow(poolId)).reduce((sum, { minutes }) => sum + minutes, 0);

    describe('an account', () => {
      it.each(['open', 'donate_only'] as const)('is opened empty, as %s, and once', async (state) => {
        const accountId = accountOf(store.ids.member());
        const open = { change: 'open_account', accountId, state, at: nowOf(store) } as const;
        expect(await read(accountId)).toBeUndefined();
        expect(await commit(open)).toEqual(DONE);
        expect(await read(accountId)).toEqual(openedAccount(accountId, state));
        await write(store, banked(store, accountId, 60));
        expect(await commit({ ...open, state: 'open' })).toEqual(STALE);
        expect(await read(accountId)).toMatchObject({ state, sequence: 1, minutes: { earned: 60 } });
      });

      it('that nobody opened is told as not there, and nothing stands on it afterwards', async () => {
        const nobody = accountOf(store.ids.member());
        const changes = banked(store, nobody, 60);
        expect(await commit(...changes)).toEqual(met({ heads: new Map([[nobody, undefined]]) }));
        expect(await read(nobody)).toBeUndefined();
        expect(await allLines(nobody)).toEqual([]);
      });
    });

    describe('every plan', () => {
      it.each(Object.entries(plans))('%s: it is written, and read as it was written', async (_, make) => {
        const changes = await make(store, aPool());
        const postings = postingsOf(changes);
        const before = new Map(
          await Promise.all(
            postings.map(
              async ({ entries: [{ accountId }] }) => [accountId, await see(store, accountId)] as const,
            ),
          ),
        );
        expect(await commit(...changes)).toEqual(DONE);
        for (const { entries } of postings) {
          const [{ accountId }] = entries;
          const head = before.get(accountId) ?? openedAccount(accountId, 'open');
          const after = await see(store, accountId);
          expect(after).toEqual(entries.reduce(applied, head));
          for (const entry of entries) {
            const line = await store.ports.journal.readLineNow(accountId, entry.transferId);
            expect(line).toEqual(lineOf(entry));
          }
          const opened = openedAccount(accountId, head.state === 'donate_only' ? 'donate_only' : 'open');
          expect((await allLines(accountId)).reverse().reduce(applied, opened)).toEqual(after);
        }
        for (const row of rowsOf(changes)) expect(await allRows(row.poolId)).toContainEqual(row);
      });

      it.each(Object.entries(plans))('%s: a second time nothing is written', async (_, make) => {
        const changes = await make(store, aPool());
        await write(store, changes);
        const accounts = postingsOf(changes).map(({ entries }) => entries[0].accountId);
        const before = await store.ports.journal.readAccountsNow(accounts);
        const again = await commit(...changes);
        expect(again.kind).toBe('met');
        const lines = postingsOf(changes).flatMap(({ entries }) => entries.map(lineOf));
        if (again.kind === 'met' && lines.length > 0) expect(again.met.lines).toEqual(lines);
        expect(await store.ports.journal.readAccountsNow(accounts)).toEqual(before);
        for (const { accountId, sequence } of before.values()) {
          expect(await allLines(accountId)).toHaveLength(sequence);
        }
      });
    });

    describe('what stood in the way', () => {
      it('is the account as it stands, where a limit does not hold', async () => {
        const accountId = await anAccount(store, 60);
        const { changes } = holding(store, accountId, 61);
        expect(await commit(...changes)).toEqual(
          met({ heads: new Map([[accountId, await see(store, accountId)]]) }),
        );
        expect(await allLines(accountId)).toHaveLength(1);
      });

      it('is both accounts, where neither is as it was assumed; and only the one that is not', async () => {
        const [from, to] = [await anAccount(store, 60), await anAccount(store, 60)];
        const [tight, stranger] = [{ ...policy, balanceCapMinutes: 100 }, aGift(store, from, to, 60)];
        const gift = planned(planGift({ ...stranger, policy: tight }, { from: 'unseen', to: 'unseen' }));
        const heads = [from, to].map(async (id) => [id, await see(store, id)] as const);
        expect(await commit(...gift)).toEqual(met({ heads: new Map(await Promise.all(heads)) }));
        await aBond(store, from, to);
        expect(await commit(...gift)).toEqual(met({ heads: new Map([[to, await see(store, to)]]) }));
      });

      it('is one account that is there and one that is not', async () => {
        const [from, to] = [await anAccount(store, 10), accountOf(store.ids.member())];
        const gift = planned(planGift(aGift(store, from, to, 60), { from: 'unseen', to: 'unseen' }));
        expect(await commit(...gift)).toEqual(
          met({
            heads: new Map([
              [from, await see(store, from)],
              [to, undefined],
            ]),
          }),
        );
      });

      it('is the line that has the id, beside the account where that has moved on', async () => {
        const accountId = await anAccount(store);
        const seen = await see(store, accountId);
        const changes = banked(store, accountId, 60, {}, seen);
        const lines = postingOf(changes).entries.map(lineOf);
        await write(store, changes);
        expect(await commit(...changes)).toEqual(
          met({ lines, heads: new Map([[accountId, await see(store, accountId)]]) }),
        );
        const blind: Posting = { ...postingOf(changes), assuming: { states: ['open'] } };
        const { seen: _seen, ...unseen } = blind;
        expect(await commit(unseen)).toEqual(met({ lines }));
      });

      it('is the line as it was first, whatever comes later under its id', async () => {
        const accountId = await anAccount(store);
        const transferId = store.ids.transfer();
        const first = banked(store, accountId, 60, { transferId });
        await write(store, first);
        expect(await commit(...banked(store, accountId, 90, { transferId }))).toEqual(
          met({ lines: postingOf(first).entries.map(lineOf) }),
        );
        expect(await see(store, accountId)).toMatchObject({ sequence: 1, minutes: { earned: 60 } });
      });

      it('is the lines of both sides, where both are there', async () => {
        const [payer, payee] = [await anAccount(store, 60), await anAccount(store)];
        const end = await aHold(store, payer, 60);
        const capture = { ...end, usedMinutes: 60, payee: { accountId: payee, credit: { policy: roomy } } };
        const changes = planned(planCapture(capture, { payer: 'unseen' }));
        await write(store, changes);
        const again = await commit(...changes);
        expect(again).toEqual(
          met({
            lines: postingsOf(changes).flatMap(({ entries }) => entries.map(lineOf)),
            heads: new Map([[payer, await see(store, payer)]]),
          }),
        );
      });

      it('is what a part of a pool has, where it is not enough', async () => {
        const poolId = aPool();
        const accountId = await anAccount(store);
        const grant = (minutes: number, shard: number) =>
          planned(planGrant(aGrant(store, accountId, minutes, { poolId, shard }), 'unseen'));
        expect(await commit(...grant(60, 3))).toEqual(met({ shards: [{ poolId, shard: 3, minutes: 0 }] }));
        await stocked(store, 60, { poolId, shard: 3 });
        expect(await commit(...grant(61, 3))).toEqual(met({ shards: [{ poolId, shard: 3, minutes: 60 }] }));
        expect(await commit(...grant(1, 4))).toEqual(met({ shards: [{ poolId, shard: 4, minutes: 0 }] }));
        expect(await commit(...grant(60, 3))).toEqual(DONE);
        expect(await commit(...grant(1, 3))).toEqual(met({ shards: [{ poolId, shard: 3, minutes: 0 }] }));
        expect(await store.ports.journal.readPoolNow(poolId)).toEqual([{ poolId, shard: 3, minutes: 0 }]);
      });

      it('is the part of the pool beside the account, where both are short', async () => {
        const poolId = aPool();
        const accountId = await anAccount(store, 60);
        const tight = { ...policy, balanceCapMinutes: 60 };
        const plan = planned(planGrant(aGrant(store, accountId, 30, { poolId, policy: tight }), 'unseen'));
        expect(await commit(...plan)).toEqual(
          met({
            heads: new Map([[accountId, await see(store, accountId)]]),
            shards: [{ poolId, shard: 0, minutes: 0 }],
          }),
        );
      });
    });

    describe('a line of a pool', () => {
      it('is put once: another under its id is told that the id is taken', async () => {
        const poolId = aPool();
        const taken = [{ code: 'exists_with_different_content' as const }];
        const row: PoolRow = {
          ...plainFacts(store, 'donation'),
          poolId,
          transferId: store.ids.transfer(),
          counterpart: await anAccount(store),
          minutes: 60,
        };
        expect(await commit({ change: 'pool_in', row })).toEqual(DONE);
        expect(await commit({ change: 'pool_in', row: { ...row, minutes: 90 } })).toEqual(
          met({ refusals: taken }),
        );
        await stocked(store, 100, { poolId });
        const out = { ...row, minutes: -60, shard: 0 };
        expect(await commit({ change: 'pool_out', row: out })).toEqual(met({ refusals: taken }));
        expect(await commit({ change: 'pool_out', row: { ...out, minutes: -101 } })).toEqual(
          met({ shards: [{ poolId, shard: 0, minutes: 100 }], refusals: taken }),
        );
        expect(await allRows(poolId)).toHaveLength(2);
        expect(await inPool(poolId)).toBe(100);
      });

      it('of one pool is not one of another', async () => {
        const [one, other] = [aPool(), aPool()];
        const accountId = await anAccount(store, 60);
        await write(store, donated(store, accountId, 60, one));
        expect(await allRows(one)).toHaveLength(1);
        expect(await allRows(other)).toEqual([]);
      });
    });

    describe('what came into a pool', () => {
      const given = async (poolId: PoolId, minutes: number): Promise<PoolRow> => {
        const changes = donated(store, await anAccount(store, minutes), minutes, poolId);
        await write(store, changes);
        const [row] = rowsOf(changes);
        if (row === undefined) throw new Error('a donation has a row');
        return row;
      };
      const collect = (poolId: PoolId, shard: number, ...rows: PoolRow[]) =>
        commit({
          change: 'collect',
          poolId,
          shard,
          transferIds: rows.map(({ transferId }) => transferId),
          minutes: rows.reduce((sum, { minutes }) => sum + minutes, 0),
        });

      it('is collected once, into one part', async () => {
        const poolId = aPool();
        const [one, two, three] = [await given(poolId, 10), await given(poolId, 20), await given(poolId, 40)];
        expect(await collect(poolId, 7, one, two)).toEqual(DONE);
        expect(await collect(poolId, 7, one)).toEqual(STALE);
        expect(await collect(poolId, 8, two, three)).toEqual(STALE);
        expect(await collect(poolId, 2, three)).toEqual(DONE);
        expect(await store.ports.journal.readPoolNow(poolId)).toEqual([
          { poolId, shard: 2, minutes: 40 },
          { poolId, shard: 7, minutes: 30 },
        ]);
      });

      it('waits until it is collected, oldest first; what went out never waits', async () => {
        const poolId = aPool();
        const since = nowOf(store);
        const [one, two, three] = [await given(poolId, 10), await given(poolId, 20), await given(poolId, 40)];
        const waiting = () => store.ports.journal.listUncollectedNow(poolId, since);
        expect(await waiting()).toEqual([one, two, three]);
        await collect(poolId, 0, two);
        const grant = aGrant(store, await anAccount(store), 5, { poolId });
        await write(store, planned(planGrant(grant, 'unseen')));
        expect(await waiting()).toEqual([one, three]);
        await collect(poolId, 0, one, three);
        expect(await waiting()).toEqual([]);
      });

      it('waits in its list from the instant on at which its id was made, and not later', async () => {
        const poolId = aPool();
        const earlier = await given(poolId, 10);
        store.pass(5);
        const since = nowOf(store);
        const later = await given(poolId, 20);
        const list = (ms: number) =>
          store.ports.journal.listUncollectedNow(poolId, instantOf(msOf(since) + ms));
        expect(await list(-5 * 60_000)).toEqual([earlier, later]);
        expect(await list(-1)).toEqual([later]);
        expect(await list(0)).toEqual([later]);
        expect(await list(1)).toEqual([]);
        await collect(poolId, 1, later);
        expect(await list(-5 * 60_000)).toEqual([earlier]);
        expect(await list(0)).toEqual([]);
      });

      it('is read page by page, newest first, each line once', async () => {
        const poolId = aPool();
        const rows: PoolRow[] = [];
        for (let times = 0; times < 5; times += 1) rows.unshift(await given(poolId, 10 + times));
        expect(await allRows(poolId, 2)).toEqual(rows);
        expect(await allRows(poolId, 5)).toEqual(rows);
        const { cursor } = await store.ports.journal.listPoolRowsNow(poolId, { limit: 1 });
        const elsewhere = store.ports.journal.listPoolRowsNow(aPool(), { limit: 1, cursor });
        await expect(elsewhere).rejects.toMatchObject({ name: 'InvalidCursor' });
      });

      it('stands in 32 parts at most, in their order', async () => {
        const poolId = aPool();
        const rows = await Promise.all(Array.from({ length: 32 }, () => given(poolId, 10)));
        for (const [shard, row] of rows.entries()) await collect(poolId, 31 - shard, row);
        const parts = await store.ports.journal.readPoolNow(poolId);
        expect(parts.map(({ shard }) => shard)).toEqual(rows.map((_, shard) => shard));
        expect(await store.ports.journal.readPoolNow(aPool())).toEqual([]);
      });
    });

    describe('a mark, a purchase, a document', () => {
      const aFund = (document: string, minutes = 100): Fund => ({
        fundId: FundId.parse(`fund:${document}`),
        document: DocumentNumber.parse(document),
        provider: '宿州居家服务公司',
        minutes,
        leftMinutes: minutes,
        facts: plainFacts(store, 'purchase'),
      });

      it('a line is taken back once, each of them', async () => {
        const accountId = await anAccount(store, 60);
        const [one, other] = [store.ids.transfer(), store.ids.transfer()];
        const mark = (transferId: TransferId, by = store.ids.transfer()) =>
          commit({ change: 'mark_reversed', accountId, transferId, by });
        expect(await mark(one)).toEqual(DONE);
        expect(await mark(one)).toEqual(refusals('already_reversed'));
        expect(await mark(other)).toEqual(DONE);
        const elsewhere = accountOf(store.ids.member());
        expect(
          await commit({
            change: 'mark_reversed',
            accountId: elsewhere,
            transferId: one,
            by: store.ids.transfer(),
          }),
        ).toEqual(DONE);
      });

      it('a purchase is put once by its document, and read as it was put', async () => {
        const fund = aFund('SZ-2026-0117');
        expect(await store.ports.journal.readFundNow(fund.fundId)).toBeUndefined();
        expect(await commit({ change: 'put_fund', fund })).toEqual(DONE);
        expect(await commit({ change: 'put_fund', fund: { ...fund, minutes: 200 } })).toEqual(
          refusals('document_used'),
        );
        expect(await store.ports.journal.readFundNow(fund.fundId)).toEqual(fund);
      });

      it('a purchase is drawn down to nothing and no further', async () => {
        const fund = aFund('SZ-2026-0118');
        const { fundId } = fund;
        const draw = (minutes: number) => commit({ change: 'draw_fund', fundId, minutes });
        expect(await draw(1)).toEqual(refusals('unknown_document'));
        await write(store, [{ change: 'put_fund', fund }]);
        expect(await draw(101)).toEqual(refusals('purchase_used_up'));
        expect(await draw(60)).toEqual(DONE);
        expect(await draw(41)).toEqual(refusals('purchase_used_up'));
        expect(await draw(40)).toEqual(DONE);
        expect(await draw(1)).toEqual(refusals('purchase_used_up'));
        expect(await store.ports.journal.readFundNow(fundId)).toEqual({ ...fund, leftMinutes: 0 });
      });

      it('what of a purchase served visits that cost nobody hours is counted beside what is left', async () => {
        const fund = aFund('SZ-2026-0122');
        const { fundId } = fund;
        await write(store, [{ change: 'put_fund', fund }]);
        const draw = (minutes: number, also: { isForCommunity?: true } = {}) =>
          commit({ change: 'draw_fund', fundId, minutes, ...also });
        const forCommunity = { isForCommunity: true } as const;
        expect(await draw(101, forCommunity)).toEqual(refusals('purchase_used_up'));
        for (const also of [forCommunity, {}, forCommunity]) expect(await draw(30, also)).toEqual(DONE);
        expect(await store.ports.journal.readFundNow(fundId)).toEqual({
          ...fund,
          leftMinutes: 10,
          communityMinutes: 60,
        });
      });

      it('a document of another bank counts once, and is no purchase', async () => {
        const document = DocumentNumber.parse('SZ-2026-0119');
        const put = () => commit({ change: 'put_document', document, transferId: store.ids.transfer() });
        expect(await put()).toEqual(DONE);
        expect(await put()).toEqual(refusals('document_used'));
        expect(await commit({ change: 'put_fund', fund: aFund('SZ-2026-0119') })).toEqual(DONE);
      });

      it('a document is given out once and brought in once from each bank, whatever its number', async () => {
        const document = DocumentNumber.parse('SZ-2026-0121');
        const put = (from?: string) =>
          commit({
            change: 'put_document',
            document,
            ...(from === undefined ? {} : { from: bankMark(from) }),
            transferId: store.ids.transfer(),
          });
        for (const from of [undefined, '本市时间银行', '邻市时间银行', '']) {
          expect(await put(from)).toEqual(DONE);
          expect(await put(from)).toEqual(refusals('document_used'));
        }
        expect(await put(' 邻市时间银行')).toEqual(refusals('document_used'));
      });

      it('of several that do not hold each is told', async () => {
        const document = DocumentNumber.parse('SZ-2026-0120');
        const transferId = store.ids.transfer();
        const put = { change: 'put_document', document, transferId } as const;
        await write(store, [put]);
        const draw = { change: 'draw_fund', fundId: FundId.parse('fund:NONE'), minutes: 1 } as const;
        expect(await commit(put, draw)).toEqual(refusals('document_used', 'unknown_document'));
        const accountId = await anAccount(store, 10);
        expect(await commit(...holding(store, accountId, 60).changes, draw)).toEqual(
          met({
            heads: new Map([[accountId, await see(store, accountId)]]),
            refusals: [{ code: 'unknown_document' }],
          }),
        );
      });
    });

    describe('a refusal that is kept', () => {
      const aTombstone = (accountId: AccountId, transferId: TransferId): Tombstone => ({
        accountId,
        transferId,
        fingerprint: PRINT,
        refusal: { code: 'insufficient_hours', availableMinutes: 10, neededMinutes: 60 },
        at: nowOf(store),
      });

      it('stands under its id once, and gives what stood there', async () => {
        const accountId = await anAccount(store);
        const tombstone = aTombstone(accountId, store.ids.transfer());
        const { keepRefusal, readLineNow } = store.ports.journal;
        expect(await keepRefusal(tombstone)).toBeUndefined();
        const line: Line = { kind: 'refused', tombstone };
        expect(await readLineNow(accountId, tombstone.transferId)).toEqual(line);
        expect(await keepRefusal({ ...tombstone, refusal: { code: 'cap_reached' } })).toEqual(line);
        expect(await readLineNow(accountId, tombstone.transferId)).toEqual(line);
      });

      it('does not cover a line that is there', async () => {
        const accountId = await anAccount(store);
        const changes = banked(store, accountId, 60);
        await write(store, changes);
        const [entry] = postingOf(changes).entries;
        const tombstone = aTombstone(accountId, entry.transferId);
        expect(await store.ports.journal.keepRefusal(tombstone)).toEqual(lineOf(entry));
        expect(await store.ports.journal.readLineNow(accountId, entry.transferId)).toEqual(lineOf(entry));
      });

      it('is met by whatever comes later under its id, and nothing of that is written', async () => {
        const accountId = await anAccount(store, 60);
        const tombstone = aTombstone(accountId, store.ids.transfer());
        await store.ports.journal.keepRefusal(tombstone);
        const before = await see(store, accountId);
        const changes = banked(store, accountId, 30, { transferId: tombstone.transferId });
        const line: Line = { kind: 'refused', tombstone };
        expect(await commit(...changes)).toEqual(met({ lines: [line] }));
        expect(await see(store, accountId)).toEqual(before);
        expect(await store.ports.journal.readLineNow(accountId, tombstone.transferId)).toEqual(line);
      });

      it('on one account does not keep the other’s line away', async () => {
        const [one, other] = [await anAccount(store), await anAccount(store)];
        const tombstone = aTombstone(one, store.ids.transfer());
        await store.ports.journal.keepRefusal(tombstone);
        const { transferId } = tombstone;
        expect(await commit(...banked(store, other, 30, { transferId }))).toEqual(DONE);
      });

      it('can stand where there is no account', async () => {
        const nobody = accountOf(store.ids.member());
        const tombstone = aTombstone(nobody, store.ids.transfer());
        const kept = { ...tombstone, refusal: { code: 'unknown_account' as const } };
        expect(await store.ports.journal.keepRefusal(kept)).toBeUndefined();
        expect(await read(nobody)).toBeUndefined();
        const both = await store.ports.journal.readLineAndAccountNow(nobody, kept.transferId);
        expect(both).toEqual({ line: { kind: 'refused', tombstone: kept } });
      });

      it('is no line of the statement, and does not end it', async () => {
        const accountId = await anAccount(store);
        const ids: string[] = [];
        for (let times = 0; times < 4; times += 1) {
          await store.ports.journal.keepRefusal(aTombstone(accountId, store.ids.transfer()));
          const changes = banked(store, accountId, 10);
          await write(store, changes);
          ids.unshift(postingOf(changes).entries[0].transferId);
          await store.ports.journal.keepRefusal(aTombstone(accountId, store.ids.transfer()));
        }
        for (const limit of [1, 2, 3, 12, 100]) {
          const lines = await allLines(accountId, limit);
          expect(lines.map(({ transferId }) => transferId)).toEqual(ids);
        }
      });
    });

    describe('what is read', () => {
      it('is a line and its account, each where it is there', async () => {
        const accountId = await anAccount(store);
        const changes = banked(store, accountId, 60);
        await write(store, changes);
        const [entry] = postingOf(changes).entries;
        const head = await see(store, accountId);
        const { readLineAndAccountNow, readLineNow } = store.ports.journal;
        expect(await readLineAndAccountNow(accountId, entry.transferId)).toEqual({
          head,
          line: lineOf(entry),
        });
        expect(await readLineAndAccountNow(accountId, store.ids.transfer())).toEqual({ head });
        const nobody = accountOf(store.ids.member());
        expect(await readLineAndAccountNow(nobody, entry.transferId)).toEqual({});
        expect(await readLineNow(nobody, entry.transferId)).toBeUndefined();
        expect(await readLineNow(accountId, store.ids.transfer())).toBeUndefined();
      });

      it('is many accounts at once, each once, without those that are not there', async () => {
        const accounts = [await anAccount(store, 10), await anAccount(store, 20), await anAccount(store)];
        const heads = await store.ports.journal.readAccountsNow([
          ...accounts,
          ...accounts,
          accountOf(store.ids.member()),
        ]);
        const each = accounts.map(async (id) => [id, await see(store, id)] as const);
        expect(heads).toEqual(new Map(await Promise.all(each)));
        expect(await store.ports.journal.readAccountsNow([])).toEqual(new Map());
      });

      it('is a statement, newest first, page by page, each line once', async () => {
        const accountId = await anAccount(store);
        const entries: Entry[] = [];
        for (let lines = 0; lines < 7; lines += 1) {
          const changes = banked(store, accountId, 30 + lines);
          entries.unshift(...postingOf(changes).entries);
          await write(store, changes);
        }
        for (const limit of [1, 3, 7, 8]) expect(await allLines(accountId, limit)).toEqual(entries);
      });

      it('does not go on from another’s cursor, nor from one that nobody made', async () => {
        const [one, other] = [await anAccount(store, 60), await anAccount(store)];
        await write(store, banked(store, one, 30));
        const { cursor } = await store.ports.journal.listEntriesNow(one, { limit: 1 });
        expect(cursor).toMatch(/^[\w-]+$/);
        const { listEntriesNow, listPoolRowsNow } = store.ports.journal;
        for (const reading of [
          listEntriesNow(other, { limit: 1, cursor }),
          listPoolRowsNow(POOL, { limit: 1, cursor }),
          listEntriesNow(one, { limit: 1, cursor: 'nonsense' }),
        ]) {
          await expect(reading).rejects.toMatchObject({ name: 'InvalidCursor' });
        }
      });
    });

    describe('a request', () => {
      it('is put once', async () => {
        const request = aRequest(store);
        expect(await commit({ change: 'put_request', request })).toEqual(DONE);
        expect(await commit({ change: 'put_request', request: { ...request, plannedMinutes: 90 } })).toEqual(
          STALE,
        );
        const facts = await store.ports.careBook.readRequestNow(request.requestId);
        expect(facts).toEqual({ request });
      });

      it('keeps the hold that was made for it', async () => {
        const accountId = await anAccount(store, 100);
        const { changes, end } = holding(store, accountId, 60);
        const request = aRequest(store, { hold: end.hold });
        expect(await commit({ change: 'put_request', request }, ...changes)).toEqual(DONE);
        const facts = await store.ports.careBook.readRequestNow(request.requestId);
        expect(facts?.request.hold).toEqual(end.hold);
      });

      it('moves only from the version that was read', async () => {
        const request = aRequest(store);
        await write(store, [{ change: 'put_request', request }]);
        const move = (fromVersion: number) =>
          commit({
            change: 'move_request',
            fromVersion,
            request: { ...request, version: fromVersion + 1, state: 'cancelled' },
          });
        expect(await move(2)).toEqual(STALE);
        expect(await move(1)).toEqual(DONE);
        expect(await move(1)).toEqual(STALE);
        const facts = await store.ports.careBook.readRequestNow(request.requestId);
        expect(facts?.request).toMatchObject({ version: 2, state: 'cancelled' });
      });

      it('that there is not does not move', async () => {
        const request = aRequest(store);
        expect(await commit({ change: 'move_request', fromVersion: 1, request })).toEqual(STALE);
        expect(await store.ports.careBook.readRequestNow(request.requestId)).toBeUndefined();
      });

      it('has a visit that is put once, and moves only where it is', async () => {
        const visitId = store.ids.visit();
        const request = { ...aRequest(store), visitId };
        const visit = {
          visitId,
          state: 'joined' as const,
          requestId: request.requestId,
          volunteerId: store.ids.member(),
          plannedStartAt: request.plannedStartAt,
          acceptedAt: request.plannedStartAt,
          wrongCodes: 0,
        };
        expect(await commit({ change: 'move_visit', visit })).toEqual(STALE);
        expect(await commit({ change: 'put_request', request }, { change: 'put_visit', visit })).toEqual(
          DONE,
        );
        expect(await commit({ change: 'put_visit', visit })).toEqual(STALE);
        expect(await commit({ change: 'move_visit', visit: { ...visit, wrongCodes: 1 } })).toEqual(DONE);
        expect(await store.ports.careBook.readRequestNow(request.requestId)).toEqual({
          request,
          visit: { ...visit, wrongCodes: 1 },
        });
      });
    });

    describe('a plan over both tables', () => {
      it('is written whole or not at all, where the ledger stands in the way', async () => {
        const accountId = await anAccount(store, 30);
        const request = aRequest(store);
        const { changes, end } = holding(store, accountId, 60);
        const before = await see(store, accountId);
        expect(await commit({ change: 'put_request', request }, ...changes)).toEqual(
          met({ heads: new Map([[accountId, before]]) }),
        );
        expect(await store.ports.careBook.readRequestNow(request.requestId)).toBeUndefined();
        expect(await store.ports.journal.readLineNow(accountId, end.holdId)).toBeUndefined();
        expect(await see(store, accountId)).toEqual(before);
      });

      it('that meets a moved request moves no minutes, and says so before all but a line', async () => {
        const accountId = await anAccount(store);
        const request = aRequest(store);
        await write(store, [{ change: 'put_request', request }]);
        const settled = { ...request, version: 2, state: 'settled' as const };
        const move = { change: 'move_request', fromVersion: 1, request: settled } as const;
        const changes = banked(store, accountId, 60);
        expect(await commit(move, ...changes)).toEqual(DONE);
        const before = await see(store, accountId);
        // The very same again: the line is there, and says more than that the request has moved.
        expect(await commit(move, ...changes)).toEqual(
          met({ lines: postingOf(changes).entries.map(lineOf) }),
        );
        expect(await commit(move, ...banked(store, accountId, 60))).toEqual(STALE);
        // Beside a limit, a pool that is short, a document that is used: the moved request explains all.
        const draw: LedgerChange = { change: 'draw_fund', fundId: FundId.parse('fund:NONE'), minutes: 1 };
        const grant = aGrant(store, await anAccount(store), 60, { poolId: aPool() });
        expect(await commit(move, ...holding(store, accountId, 600).changes)).toEqual(STALE);
        expect(await commit(move, draw)).toEqual(STALE);
        expect(await commit(move, ...planned(planGrant(grant, 'unseen')))).toEqual(STALE);
        expect(await see(store, accountId)).toEqual(before);
      });

      it.each([
        { what: 'a hold', order: 'first' },
        { what: 'a hold', order: 'last' },
      ])('$what that fails writes nothing of what is beside it, $order in the plan', async ({ order }) => {
        const [poor, rich] = [await anAccount(store, 10), await anAccount(store, 60)];
        const { changes } = holding(store, poor, 60);
        const end = await aHold(store, rich, 60);
        const release = planned(planRelease(end, false, 'unseen'));
        const before = await store.ports.journal.readAccountsNow([poor, rich]);
        const plan = order === 'first' ? [...changes, ...release] : [...release, ...changes];
        expect(await commit(...plan)).toEqual(met({ heads: new Map([[poor, await see(store, poor)]]) }));
        expect(await store.ports.journal.readAccountsNow([poor, rich])).toEqual(before);
      });

      it('keeps to the hour of the hold, whatever the clock of whoever asks says', async () => {
        const accountId = await anAccount(store, 60);
        const lapsesAt = plusMinutes(nowOf(store), 60);
        const { changes, end } = holding(store, accountId, 60, 'unseen', lapsesAt);
        await write(store, changes);
        const at = (instant: string) => ({ ...end, facts: movementFacts(store, { at: instant }) });
        const late = planned(planRelease(at(lapsesAt), true, 'unseen'));
        const early = postingOf(late);
        const [entry] = early.entries;
        const before = instantOf(msOf(lapsesAt) - 1);
        const clock = { holdId: end.holdId, hold: 'lapsed' as const, at: before };
        expect(await commit({ ...early, clock, entries: [entry] })).toEqual(
          met({ heads: new Map([[accountId, await see(store, accountId)]]) }),
        );
        expect(await commit(...late)).toEqual(DONE);
      });
    });
  });
};
