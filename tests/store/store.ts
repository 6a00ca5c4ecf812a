/** Stores for tests: empty tables on an engine or in memory, a clock that the test moves, and facts to put in. */
import { randomBytes } from 'node:crypto';
import type { Command, RequestRecord } from '@time-bank/care/request';
import { type AccountId, type IdMaker, type MemberId, accountOf, idMaker } from '@time-bank/contracts/ids';
import { PoolId } from '@time-bank/contracts/ledger';
import type { Planned } from '@time-bank/contracts/refusals';
import { CommunityCode } from '@time-bank/contracts/region';
import { civilDateOf, instantOf, plusMinutes } from '@time-bank/contracts/time';
import type { Change, Clock } from '@time-bank/desk/ports';
import type { AccountHead } from '@time-bank/ledger/account';
import { type Credit, planBank } from '@time-bank/ledger/bank';
import type { LedgerChange, Posting } from '@time-bank/ledger/change';
import type { MovementFacts } from '@time-bank/ledger/entry';
import { type Gift, planGift } from '@time-bank/ledger/gift';
import { type HoldEnd, type LookFirst, planHold } from '@time-bank/ledger/hold';
import { planBond, planFreeze } from '@time-bank/ledger/mark';
import { type PoolGrant, planDonate, planGrant } from '@time-bank/ledger/pool';
import type { Sight } from '@time-bank/ledger/sight';
import { policyBook } from '@time-bank/policy/policy-book';
import { type Connection, connect } from '@time-bank/store/client';
import { createTables } from '@time-bank/store/create-tables';
import { type StorePorts, dynamoPorts } from '@time-bank/store/dynamo-ports';
import { type Memory, memoryPorts } from '@time-bank/store/memory-ports';
import { startEngine } from '../engine.ts';
import { testVault } from '../vault.ts';

/** Saturday, 21 November 2026, ten in the morning in China. */
export const NOW = '2026-11-21T02:00:00.000Z';
/** The day of NOW in China. */
export const TODAY = '2026-11-21';
export const HOME = CommunityCode.parse('341302001003');
export const NEXT_DOOR = CommunityCode.parse('341302001004');
export const NEXT_TOWNSHIP = CommunityCode.parse('341302002001');
export const FAR_AWAY = CommunityCode.parse('340102001001');
export const policy = policyBook([]).inForce('341302', TODAY);
/** Limits that no fixture reaches. */
export const roomy = { ...policy, dailyCreditMinutesMax: 1_000_000 };
export const POOL = PoolId.parse('pool:341302001');
/** The content of a command, as the ledger keeps it: 72 bits in letters. */
export const PRINT = 'fingerprint0';

/** What a conformance suite needs of an implementation; `pass` moves the clock on. */
export interface TestStore {
  ports: StorePorts;
  ids: IdMaker;
  clock: Clock;
  pass: (minutes: number) => void;
  stop: () => Promise<void>;
}

/** Makes a store with nothing in it. */
export type MakeStore = () => Promise<TestStore>;

const aClock = () => {
  let nowMs = Date.parse(NOW);
  const clock = { nowMs: () => nowMs };
  return {
    clock,
    ids: idMaker(clock.nowMs),
    pass: (minutes: number) => {
      nowMs += minutes * 60_000;
    },
  };
};

/** A store on the real engine, with the connection behind it. */
export const dynamoStore = async (): Promise<TestStore & { connection: Connection }> => {
  const engine = await startEngine();
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  const connection = connect({
    tables: { ledger: `${prefix}-ledger`, care: `${prefix}-care`, seals: `${prefix}-seals` },
    endpoint: engine.endpoint,
  });
  await createTables(connection);
  const { clock, ...rest } = aClock();
  return {
    connection,
    clock,
    ...rest,
    ports: dynamoPorts(connection, testVault, clock, Math.random),
    stop: async () => {
      connection.client.destroy();
      await engine.stop();
    },
  };
};

/** A store in memory, with what it keeps. */
export const memoryStore = (): Promise<TestStore & { memory: Memory }> =>
  Promise.resolve({ ...aClock(), ...memoryPorts(), stop: () => Promise.resolve() });

/** The instant of the store's clock. */
export const nowOf = (store: TestStore) => instantOf(store.clock.nowMs());

/** What was planned. Throws a refusal. */
export const planned = <T>(plan: Planned<T> | LookFirst): T => {
  if (plan.kind === 'done') return plan.value;
  throw new Error(`not planned: ${JSON.stringify(plan)}`);
};

/** Writes what a test needs to be there. Throws where it is not written. */
export const write = async (store: TestStore, changes: readonly Change[]): Promise<void> => {
  const commit = await store.ports.journal.commit(changes);
  if (commit.kind !== 'done') throw new Error(`not written: ${JSON.stringify(commit)}`);
};

/** What stands on an account. Throws where there is none. */
export const see = async (store: TestStore, accountId: AccountId): Promise<AccountHead> => {
  const head = await store.ports.journal.readAccountNow(accountId);
  if (head === undefined) throw new Error('there is no such account');
  return head;
};

/** What a movement says of itself. */
export const movementFacts = (store: TestStore, change: Partial<MovementFacts> = {}): MovementFacts => ({
  at: nowOf(store),
  actorId: 'system',
  channel: 'job',
  region: HOME,
  policyVersion: policy.version,
  reason: 'visit_confirmed',
  requestId: store.ids.request(),
  serviceCode: 'C01',
  ...change,
});

/** A movement that belongs to no request. */
export const plainFacts = (store: TestStore, reason: MovementFacts['reason']): MovementFacts => {
  const { requestId: _request, serviceCode: _service, ...facts } = movementFacts(store, { reason });
  return facts;
};

/** A visit to be credited. */
export const aCredit = (
  store: TestStore,
  accountId: AccountId,
  amountMinutes: number,
  change: Partial<Credit> = {},
): Credit => ({
  policy: roomy,
  facts: movementFacts(store),
  transferId: store.ids.transfer(),
  accountId,
  amountMinutes,
  ...change,
});

/** A visit banked on an account. */
export const banked = (
  store: TestStore,
  accountId: AccountId,
  amountMinutes: number,
  change: Partial<Credit> = {},
  sight: Sight = 'unseen',
): LedgerChange[] => planned(planBank(aCredit(store, accountId, amountMinutes, change), sight));

/** The posting of a plan that has one. */
export const postingOf = (changes: readonly LedgerChange[]): Posting => {
  const found = changes.find((change) => change.change === 'post');
  if (found?.change !== 'post') throw new Error('the plan has no line');
  return found;
};

/** An account of a new member with so many minutes on it. */
export const anAccount = async (
  store: TestStore,
  minutes = 0,
  state: 'open' | 'donate_only' = 'open',
): Promise<AccountId> => {
  const accountId = accountOf(store.ids.member());
  await write(store, [{ change: 'open_account', accountId, state, at: nowOf(store) }]);
  if (minutes > 0) await write(store, banked(store, accountId, minutes));
  return accountId;
};

/** A hold to be made, and the changes that make it. */
export const holding = (
  store: TestStore,
  accountId: AccountId,
  amountMinutes: number,
  sight: Sight = 'unseen',
  lapsesAt = plusMinutes(nowOf(store), 24 * 60),
): { changes: LedgerChange[]; end: HoldEnd } => {
  const transferId = store.ids.transfer();
  const facts = movementFacts(store, { reason: 'set_aside' });
  const order = { policy, facts, transferId, accountId, amountMinutes, lapsesAt, fingerprint: PRINT };
  const { changes, hold } = planned(planHold(order, sight));
  const end = {
    facts: { ...facts, reason: 'request_cancelled' as const },
    transferId: store.ids.transfer(),
    accountId,
    holdId: transferId,
    hold,
  };
  return { changes, end };
};

/** A hold on an account, and how it may end. */
export const aHold = async (store: TestStore, accountId: AccountId, minutes: number): Promise<HoldEnd> => {
  const { changes, end } = holding(store, accountId, minutes, await see(store, accountId));
  await write(store, changes);
  return end;
};

/** Ties somebody to an account's owner as `relation`, from today on. */
export const aBond = async (
  store: TestStore,
  from: AccountId,
  to: AccountId,
  relation: 'parent' | 'child' | 'friend' = 'parent',
): Promise<void> => {
  const facts = plainFacts(store, 'family_tie');
  const mark = { facts, transferId: store.ids.transfer(), accountId: from, fingerprint: PRINT };
  const terms = { giftRelations: ['parent', 'child', 'friend'] as const, bondsMax: policy.bondsMax };
  const tie = { relation, from: civilDateOf(facts.at) };
  await write(store, planned(planBond({ ...mark, policy: terms, with: to, tie }, await see(store, from))));
};

/** A gift to be made. */
export const aGift = (store: TestStore, from: AccountId, to: AccountId, amountMinutes: number): Gift => ({
  policy,
  facts: plainFacts(store, 'gift'),
  transferId: store.ids.transfer(),
  from,
  to,
  amountMinutes,
  fingerprint: PRINT,
});

/** Gives minutes to an account, from a relative who has them for it. */
export const given = async (store: TestStore, to: AccountId, minutes: number): Promise<void> => {
  const from = await anAccount(store, minutes);
  await aBond(store, from, to);
  await write(store, planned(planGift(aGift(store, from, to, minutes), { from: 'unseen', to: 'unseen' })));
};

/** Gives 1 to 1,440 minutes to a pool, not collected yet; the plan's changes. */
export const donated = (
  store: TestStore,
  accountId: AccountId,
  amountMinutes: number,
  poolId = POOL,
): LedgerChange[] =>
  planned(
    planDonate(
      {
        policy,
        facts: plainFacts(store, 'donation'),
        transferId: store.ids.transfer(),
        accountId,
        poolId,
        amountMinutes,
        fingerprint: PRINT,
      },
      'unseen',
    ),
  );

/** Brings 1 to 1,440 minutes into a part of a pool, from a member who has earned them for it. */
export const stocked = async (
  store: TestStore,
  minutes: number,
  { poolId = POOL, shard = 0 }: { poolId?: PoolId; shard?: number } = {},
): Promise<void> => {
  const changes = donated(store, await anAccount(store, minutes), minutes, poolId);
  await write(store, changes);
  const transferIds = [postingOf(changes).entries[0].transferId];
  await write(store, [{ change: 'collect', poolId, shard, transferIds, minutes }]);
};

/** A grant to be made, for 30 days. */
export const aGrant = (
  store: TestStore,
  accountId: AccountId,
  amountMinutes: number,
  change: Partial<PoolGrant> = {},
): PoolGrant => ({
  policy,
  facts: plainFacts(store, 'grant'),
  transferId: store.ids.transfer(),
  accountId,
  poolId: POOL,
  amountMinutes,
  lapsesAt: plusMinutes(nowOf(store), 30 * 24 * 60),
  shard: 0,
  fingerprint: PRINT,
  ...change,
});

/** Grants minutes to an account, out of a pool that was filled for it. */
export const granted = async (
  store: TestStore,
  accountId: AccountId,
  minutes: number,
  change: Partial<PoolGrant> = {},
): Promise<PoolGrant> => {
  const grant = aGrant(store, accountId, minutes, change);
  await stocked(store, minutes, grant);
  await write(store, planned(planGrant(grant, 'unseen')));
  return grant;
};

/** Freezes an account. */
export const frozen = async (store: TestStore, accountId: AccountId): Promise<void> => {
  const facts = plainFacts(store, 'death');
  const mark = { facts, transferId: store.ids.transfer(), accountId, fingerprint: PRINT };
  await write(store, planned(planFreeze(mark, await see(store, accountId))));
};

/** A command of the service itself. */
export const aCommand = (store: TestStore): Command => ({
  stepId: store.ids.command(),
  fingerprint: 'f',
  actorId: 'system',
  channel: 'job',
  at: nowOf(store),
});

/** A published request; what is not said is an hour of company at HOME, an hour from now. */
export const aRequest = (store: TestStore, change: Partial<RequestRecord> = {}): RequestRecord => {
  const receiverId: MemberId = change.receiverId ?? store.ids.member();
  return {
    requestId: store.ids.request(),
    version: 1,
    state: 'published',
    serviceCode: 'C01',
    receiverId,
    receiver: { surname: '王', gender: 'female' },
    postedBy: receiverId,
    communityCode: HOME,
    plannedStartAt: instantOf(store.clock.nowMs() + 60 * 60_000),
    plannedMinutes: 60,
    place: { address: '和平里1号楼' },
    wishes: { languages: [] },
    policyVersion: policy.version,
    history: [],
    ...change,
  };
};
