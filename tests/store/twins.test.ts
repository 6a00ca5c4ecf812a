/**
 * The twins side by side: whatever is written in whatever order, by people who look and by people who do not, both
 * answer the same and show the same; and on the engine every account is what its lines add up to.
 */
import type { AccountId, TransferId } from '@time-bank/contracts/ids';
import { DocumentNumber, FundId, PoolId } from '@time-bank/contracts/ledger';
import type { Planned } from '@time-bank/contracts/refusals';
import { TransferId as Transfer, accountOf } from '@time-bank/contracts/ids';
import { plusMinutes } from '@time-bank/contracts/time';
import type { Change, Journal } from '@time-bank/desk/ports';
import { type AccountHead, openedAccount } from '@time-bank/ledger/account';
import { planBank } from '@time-bank/ledger/bank';
import type { LedgerChange, PoolRow } from '@time-bank/ledger/change';
import { planClosing } from '@time-bank/ledger/closing';
import { planCorrection } from '@time-bank/ledger/correction';
import { type Entry, applied } from '@time-bank/ledger/entry';
import { planGift } from '@time-bank/ledger/gift';
import { type HoldEnd, type LookFirst, planCapture, planHold, planRelease } from '@time-bank/ledger/hold';
import { planBond, planBondEnd, planFreeze, planOverflow, planUnfreeze } from '@time-bank/ledger/mark';
import { planDonate, planGrant, planGrantLapse } from '@time-bank/ledger/pool';
import type { Sight } from '@time-bank/ledger/sight';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  PRINT,
  type TestStore,
  aCredit,
  aGift,
  aGrant,
  dynamoStore,
  memoryStore,
  movementFacts,
  nowOf,
  plainFacts,
  policy,
} from './store.ts';

/** Limits that are met now and then. */
const tight = {
  ...policy,
  balanceCapMinutes: 400,
  dailyCreditMinutesMax: 480,
  openHoldsMax: 3,
  giftYearMinutesMax: 120,
  reversalShortfall: 'debt' as const,
};

const acts = [
  'bank',
  'bank group',
  'hold',
  'release',
  'lapse',
  'capture',
  'capture to issue',
  'gift',
  'donate',
  'grant',
  'lapse grant',
  'collect',
  'correct',
  'freeze',
  'unfreeze',
  'bond',
  'end bond',
  'overflow',
  'close',
  'keep refusal',
  'again',
  'fund',
  'draw',
  'document',
  'wait',
] as const;

/** Without these there is nothing that the others could meet. */
const often = ['bank', 'hold', 'gift', 'capture', 'grant', 'lapse grant', 'collect', 'unfreeze'] as const;

const Step = fc.record({
  act: fc.constantFrom(...acts, ...often, ...often),
  who: fc.nat(2),
  whom: fc.nat(2),
  minutes: fc.constantFrom<number>(1, 15, 30, 60, 240),
  /** What the planner knows: nothing, the account as it is, or as it was when somebody looked last. */
  look: fc.constantFrom('unseen', 'now', 'before'),
  pick: fc.nat(9),
});
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never;

let engine: TestStore;
beforeAll(async () => {
  engine = await dynamoStore();
});
afterAll(async () => {
  await engine.stop();
});

/** A history on both twins at once. */
class History {
  readonly #memory: TestStore;
  readonly #accounts: AccountId[];
  readonly #pool: PoolId;
  readonly #glimpses = new Map<AccountId, AccountHead>();
  readonly #ends: HoldEnd[] = [];
  readonly #credits: Entry[] = [];
  readonly #rows: PoolRow[] = [];
  readonly #done: (readonly Change[])[] = [];
  readonly #ids: TransferId[] = [];
  /** How commits have ended, and which acts were done. */
  readonly kinds = new Set<string>();
  readonly landed = new Set<string>();
  #acting = '';

  constructor(memory: TestStore) {
    this.#memory = memory;
    this.#accounts = [0, 1, 2].map(() => accountOf(engine.ids.member()));
    this.#pool = PoolId.parse(`pool:341302001:t${engine.ids.command().slice(-20).toLowerCase()}`);
  }

  async #both<T>(ask: (journal: Journal) => Promise<T>): Promise<T> {
    const [inMemory, onEngine] = [await ask(this.#memory.ports.journal), await ask(engine.ports.journal)];
    expect(inMemory).toEqual(onEngine);
    return onEngine;
  }

  /** Three accounts with something on them, the first tied to the second, and a pool with something in it. */
  async begin(): Promise<void> {
    for (const accountId of this.#accounts) {
      const open = { change: 'open_account', accountId, state: 'open', at: nowOf(engine) } as const;
      await this.#both((journal) => journal.commit([open]));
    }
    const plain = { whom: 1, minutes: 240, look: 'unseen', pick: 2 } as const;
    for (const who of [0, 1, 2]) await this.act({ ...plain, act: 'bank', who });
    for (const who of [0, 1, 2]) await this.act({ ...plain, act: 'bond', who, whom: (who + 1) % 3 });
    await this.act({ ...plain, act: 'donate', who: 2, minutes: 120 });
    await this.act({ ...plain, act: 'donate', who: 2, minutes: 60 });
    await this.act({ ...plain, act: 'collect', who: 2, pick: 0 });
  }

  #account(index: number): AccountId {
    const accountId = this.#accounts[index];
    if (accountId === undefined) throw new Error('there are three');
    return accountId;
  }

  async #sight(index: number, look: Step['look']): Promise<Sight> {
    if (look === 'unseen') return 'unseen';
    const accountId = this.#account(index);
    const before = this.#glimpses.get(accountId);
    if (look === 'before' && before !== undefined) return before;
    const head = await this.#both((journal) => journal.readAccountNow(accountId));
    if (head === undefined) return 'missing';
    this.#glimpses.set(accountId, head);
    return head;
  }

  async #head(index: number, look: Step['look']): Promise<AccountHead> {
    const head = await this.#sight(index, look === 'unseen' ? 'now' : look);
    if (typeof head === 'string') throw new Error('the account is open');
    return head;
  }

  async #write(plan: Planned<readonly LedgerChange[]> | LookFirst, beside: Change[] = []): Promise<boolean> {
    if (plan.kind !== 'done') return false;
    const changes = [...plan.value, ...beside];
    const commit = await this.#both((journal) => journal.commit(changes));
    this.kinds.add(commit.kind);
    if (commit.kind !== 'done') return false;
    this.#done.push(changes);
    this.landed.add(this.#acting);
    for (const change of changes) {
      if (change.change === 'pool_in') this.#rows.push(change.row);
      if (change.change === 'post') {
        this.#credits.push(...change.entries.filter(({ kind }) => kind === 'earned' || kind === 'gift_in'));
      }
    }
    return true;
  }

  async act(step: Step): Promise<void> {
    const { who, whom, minutes, look, pick } = step;
    this.#acting = step.act;
    const accountId = this.#account(who);
    const transferId = engine.ids.transfer();
    this.#ids.push(transferId);
    const mark = { facts: plainFacts(engine, 'choice'), transferId, accountId, fingerprint: PRINT };
    const one = <T>(all: readonly T[]): T | undefined => all[pick % Math.max(1, all.length)];
    const holdEnd = (): HoldEnd | undefined => {
      const end = one(this.#ends);
      return end && { ...end, transferId, facts: movementFacts(engine, { reason: 'request_cancelled' }) };
    };
    const ownerOf = (end: HoldEnd): number => this.#accounts.indexOf(end.accountId);
    switch (step.act) {
      case 'bank':
      case 'bank group': {
        const isGroup = step.act === 'bank group';
        const credit = aCredit(engine, accountId, minutes, { policy: tight, transferId, isGroup });
        await this.#write(planBank(credit, await this.#sight(who, look)));
        return;
      }
      case 'hold': {
        const facts = movementFacts(engine, { reason: 'set_aside' });
        const lapsesAt = plusMinutes(nowOf(engine), pick * 30);
        const order = { policy: tight, facts, transferId, accountId, amountMinutes: minutes, lapsesAt };
        const plan = planHold({ ...order, fingerprint: PRINT }, await this.#sight(who, look));
        if (plan.kind !== 'done') return;
        const { changes, hold } = plan.value;
        const end = { facts, transferId: engine.ids.transfer(), accountId, holdId: transferId, hold };
        if (await this.#write({ kind: 'done', value: changes })) this.#ends.push(end);
        return;
      }
      case 'release':
      case 'lapse': {
        const end = holdEnd();
        if (end === undefined) return;
        const isLapse = step.act === 'lapse' && end.hold.lapsesAt <= end.facts.at;
        await this.#write(planRelease(end, isLapse, await this.#sight(ownerOf(end), look)));
        return;
      }
      case 'capture':
      case 'capture to issue': {
        const end = holdEnd();
        if (end === undefined) return;
        const held = end.hold.earned + end.hold.gift;
        const usedMinutes = Math.min(minutes, Math.max(1, held));
        const payer = await this.#sight(ownerOf(end), look);
        const other = (ownerOf(end) + 1) % 3;
        const credit = { policy: tight };
        const payee =
          step.act === 'capture' ? { accountId: this.#account(other), credit } : ('issue' as const);
        if (held === 0) return;
        const sights = { payer, payee: await this.#sight(other, look) };
        await this.#write(planCapture({ ...end, usedMinutes, payee }, sights));
        return;
      }
      case 'gift': {
        if (who === whom) return;
        const gift = { ...aGift(engine, accountId, this.#account(whom), minutes), policy: tight, transferId };
        const relations = pick === 0 ? [] : tight.giftRelations;
        const sights = { from: await this.#sight(who, look), to: await this.#sight(whom, look) };
        await this.#write(planGift({ ...gift, policy: { ...tight, giftRelations: relations } }, sights));
        return;
      }
      case 'donate': {
        const donation = { ...mark, policy: tight, poolId: this.#pool, amountMinutes: minutes };
        await this.#write(planDonate(donation, await this.#sight(who, look)));
        return;
      }
      case 'grant': {
        const terms = { policy: tight, poolId: this.#pool, shard: pick % 2, transferId };
        const lapsesAt = plusMinutes(nowOf(engine), 60);
        const grant = { ...aGrant(engine, accountId, minutes, terms), lapsesAt };
        await this.#write(planGrant(grant, await this.#sight(who, look)));
        return;
      }
      case 'lapse grant': {
        const head = await this.#head(who, look);
        const grantId = one(Object.keys(head.lots).sort());
        if (grantId === undefined) return;
        const facts = { ...plainFacts(engine, 'period_over'), at: plusMinutes(nowOf(engine), 60) };
        const lapse = { facts, transferId, accountId, grantId: Transfer.parse(grantId) };
        await this.#write(planGrantLapse(lapse, head));
        return;
      }
      case 'collect': {
        const rows = this.#rows.slice(pick % 3, (pick % 3) + 2);
        if (rows.length === 0) return;
        const change: LedgerChange = {
          change: 'collect',
          poolId: this.#pool,
          shard: pick % 2,
          transferIds: rows.map((row) => row.transferId),
          minutes: rows.reduce((sum, row) => sum + row.minutes, 0),
        };
        await this.#write({ kind: 'done', value: [change] });
        return;
      }
      case 'correct': {
        const original = one(this.#credits);
        if (original === undefined) return;
        const account = await this.#head(this.#accounts.indexOf(original.accountId), look);
        const payerId = this.#accounts.indexOf(original.counterpart as AccountId);
        const payer = payerId < 0 ? undefined : await this.#head(payerId, look);
        const correction = { policy: tight, facts: plainFacts(engine, 'correction'), transferId, original };
        const instead = { transferId: engine.ids.transfer(), amountMinutes: minutes };
        const meant = payerId < 0 && pick > 4 ? { instead } : {};
        await this.#write(
          planCorrection({ ...correction, fingerprint: PRINT, ...meant }, { account, payer }),
        );
        return;
      }
      case 'freeze':
        await this.#write(planFreeze(mark, await this.#head(who, look)));
        return;
      case 'unfreeze':
        await this.#write(planUnfreeze(mark, await this.#head(who, look)));
        return;
      case 'bond': {
        const tie = { relation: 'parent' as const, from: pick > 7 ? '2027-01-01' : '2026-01-01' };
        const bond = { ...mark, policy: tight, with: this.#account(whom), tie };
        await this.#write(planBond(bond, await this.#head(who, look)));
        return;
      }
      case 'end bond':
        await this.#write(planBondEnd({ ...mark, with: this.#account(whom) }, await this.#head(who, look)));
        return;
      case 'overflow': {
        const choice = pick > 4 ? { ...mark, poolId: this.#pool } : mark;
        await this.#write(planOverflow(choice, await this.#head(who, look)));
        return;
      }
      case 'close': {
        // An end is rare, or there is nothing to see after it.
        if (pick > 1) return;
        const head = await this.#head(who, look);
        const lapseIds = Object.keys(head.lots).map(() => engine.ids.transfer());
        const closedId = engine.ids.transfer();
        const closing = { ...mark, policy: tight, lapseIds, closedId };
        const remainder = { to: 'pool' as const, poolId: this.#pool };
        await this.#write(planClosing({ ...closing, remainder }, head));
        return;
      }
      case 'keep refusal': {
        const id = pick > 4 ? transferId : (one(this.#ids) ?? transferId);
        const refusal = { code: 'cap_reached' as const };
        const tombstone = { accountId, transferId: id, fingerprint: PRINT, refusal, at: nowOf(engine) };
        await this.#both((journal) => journal.keepRefusal(tombstone));
        await this.#both((journal) => journal.readLineAndAccountNow(accountId, id));
        return;
      }
      case 'again': {
        const changes = one(this.#done);
        if (changes !== undefined) {
          const commit = await this.#both((journal) => journal.commit(changes));
          this.kinds.add(commit.kind);
          expect(commit.kind).not.toBe('done');
        }
        return;
      }
      case 'fund':
      case 'draw':
      case 'document': {
        const document = DocumentNumber.parse(`T-${String(pick)}-${this.#pool.slice(-20)}`);
        const fundId = FundId.parse(`fund:${document}`);
        const facts = plainFacts(engine, 'purchase');
        const fund = { fundId, document, provider: '某公司', minutes, leftMinutes: minutes, facts };
        const change: LedgerChange =
          step.act === 'fund'
            ? { change: 'put_fund', fund }
            : step.act === 'draw'
              ? { change: 'draw_fund', fundId, minutes }
              : { change: 'put_document', document, transferId };
        const commit = await this.#both((journal) => journal.commit([change]));
        this.kinds.add(commit.kind);
        await this.#both((journal) => journal.readFundNow(fundId));
        return;
      }
      case 'wait':
        engine.pass(pick * 10);
    }
  }

  /** Both show the same, and every account is the sum of its lines. */
  async compare(limit: number): Promise<void> {
    const heads = await this.#both((journal) => journal.readAccountsNow(this.#accounts));
    for (const accountId of this.#accounts) {
      const lines = await this.#pages((journal, cursor) =>
        journal.listEntriesNow(accountId, { limit, cursor }),
      );
      expect(lines.reverse().reduce(applied, openedAccount(accountId, 'open'))).toEqual(heads.get(accountId));
    }
    await this.#both((journal) => journal.readPoolNow(this.#pool));
    await this.#pages((journal, cursor) => journal.listPoolRowsNow(this.#pool, { limit, cursor }));
    await this.#both((journal) => journal.listUncollectedNow(this.#pool, '2026-11-21T00:00:00.000Z'));
  }

  /** All pages of a list; both have the same on each of them. */
  async #pages<T>(
    read: (journal: Journal, cursor?: string) => Promise<{ items: T[]; cursor?: string }>,
  ): Promise<T[]> {
    const all: T[] = [];
    let [mine, theirs]: (string | undefined)[] = [];
    do {
      const inMemory = await read(this.#memory.ports.journal, mine);
      const onEngine = await read(engine.ports.journal, theirs);
      expect(inMemory.items).toEqual(onEngine.items);
      expect(inMemory.cursor === undefined).toBe(onEngine.cursor === undefined);
      all.push(...onEngine.items);
      [mine, theirs] = [inMemory.cursor, onEngine.cursor];
    } while (theirs !== undefined);
    return all;
  }
}

const RUNS = 12;

it('both twins write the same and show the same, after every step of any history', async () => {
  const kinds = new Set<string>();
  const landed = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(Step, { minLength: 60, maxLength: 100 }), async (steps) => {
      const history = new History(await memoryStore());
      await history.begin();
      for (const [index, step] of steps.entries()) {
        await history.act(step);
        await history.compare(3 + (index % 20));
      }
      for (const kind of history.kinds) kinds.add(kind);
      for (const act of history.landed) landed.add(act);
    }),
    { numRuns: RUNS, seed: 20261121 },
  );
  expect([...kinds].sort()).toEqual(['done', 'met', 'stale']);
  const alone = ['again', 'keep refusal', 'fund', 'draw', 'document', 'wait'];
  expect(acts.filter((act) => !alone.includes(act) && !landed.has(act))).toEqual([]);
}, 120_000);
