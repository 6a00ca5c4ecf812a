/** A store for tests: an engine with empty tables, a clock that the test moves, and facts to put into it. */
import { randomBytes } from 'node:crypto';
import type { Command, RequestRecord } from '@time-bank/care/request';
import { type AccountId, type IdMaker, type MemberId, accountOf, idMaker } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { instantOf } from '@time-bank/contracts/time';
import type { Clock } from '@time-bank/desk/ports';
import { type HoldEntry, type LedgerChange, type MovementFacts, planBank } from '@time-bank/ledger/movement';
import { policyFor } from '@time-bank/policy/policy';
import { type Connection, connect } from '@time-bank/store/client';
import { createTables } from '@time-bank/store/create-tables';
import { type StorePorts, dynamoPorts } from '@time-bank/store/dynamo-ports';
import { startEngine } from '../engine.ts';

/** Saturday, 21 November 2026, ten in the morning in China. */
export const NOW = '2026-11-21T02:00:00.000Z';
export const HOME = CommunityCode.parse('341302001003');
export const NEXT_DOOR = CommunityCode.parse('341302001004');
export const NEXT_TOWNSHIP = CommunityCode.parse('341302002001');
export const FAR_AWAY = CommunityCode.parse('340102001001');
export const policy = policyFor('341302');

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

/** A store on the real engine, with the connection behind it. */
export const dynamoStore = async (): Promise<TestStore & { connection: Connection }> => {
  const engine = await startEngine();
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  const connection = connect({
    tables: { ledger: `${prefix}-ledger`, care: `${prefix}-care` },
    endpoint: engine.endpoint,
  });
  await createTables(connection);
  let nowMs = Date.parse(NOW);
  const clock = { nowMs: () => nowMs };
  return {
    connection,
    clock,
    ids: idMaker(clock.nowMs),
    ports: dynamoPorts(connection, clock, Math.random),
    pass: (minutes) => {
      nowMs += minutes * 60_000;
    },
    stop: async () => {
      connection.client.destroy();
      await engine.stop();
    },
  };
};

/** What a movement says of itself. */
export const movementFacts = (store: TestStore): MovementFacts => ({
  at: instantOf(store.clock.nowMs()),
  actorId: 'system',
  channel: 'job',
  region: HOME,
  policyVersion: policy.version,
  reason: 'for a test',
  requestId: store.ids.request(),
  serviceCode: 'C01',
});

/** A visit banked on an account. */
export const banked = (store: TestStore, accountId: AccountId, amountMinutes: number): LedgerChange[] =>
  planBank({
    policy,
    facts: movementFacts(store),
    transferId: store.ids.transfer(),
    accountId,
    amountMinutes,
  });

/** An account of a new member with so many minutes on it. */
export const anAccount = async (store: TestStore, minutes = 0): Promise<AccountId> => {
  const accountId = accountOf(store.ids.member());
  const { journal } = store.ports;
  await journal.commit([{ change: 'open_account', accountId, at: instantOf(store.clock.nowMs()) }]);
  if (minutes > 0) await journal.commit(banked(store, accountId, minutes));
  return accountId;
};

/** A pending hold on an account. */
export const aHold = (store: TestStore, accountId: AccountId, amountMinutes: number): HoldEntry => ({
  ...movementFacts(store),
  kind: 'hold',
  state: 'pending',
  accountId,
  transferId: store.ids.transfer(),
  amountMinutes,
});

/** A command of the service itself. */
export const aCommand = (store: TestStore): Command => ({
  stepId: store.ids.command(),
  fingerprint: 'f',
  actorId: 'system',
  channel: 'job',
  at: instantOf(store.clock.nowMs()),
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
