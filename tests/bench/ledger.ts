/**
 * What a movement of the ledger costs by the engine's own account, how often strangers stand in each other's way,
 * and how much of a processor the service itself needs for a message.
 */
import { randomBytes } from 'node:crypto';
import { makeApp } from '@time-bank/api/app';
import type { Deps } from '@time-bank/api/deps';
import { accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { parseTokenKeys } from '@time-bank/identity/token';
import { roomyLimits } from '../town.ts';
import { CROWD, bankTogether, grantTogether } from '../store/contention.ts';
import { accessToken } from '../signed-in.ts';
import { meter } from '../store/meter.ts';
import { operationNames, operations } from '../store/operations.ts';
import { HOME, dynamoStore, memoryStore, nowOf } from '../store/store.ts';
import { type Consumed, consumed } from './consumed.ts';

interface Contention {
  bankConflicts: number;
  grantAttemptsPerSuccess: number;
}

const measureOperations = async (): Promise<Record<string, Consumed>> => {
  const store = await dynamoStore();
  try {
    const measure = meter(store.connection.client);
    const figures: Record<string, Consumed> = {};
    for (const name of operationNames) {
      const act = await operations[name](store);
      figures[name] = consumed(await measure(act));
    }
    return figures;
  } finally {
    await store.stop();
  }
};

const measureContention = async (): Promise<Contention> => {
  const store = await dynamoStore();
  try {
    const banks = await bankTogether(store);
    const grants = await grantTogether(store);
    const done = grants.commits.filter(({ kind }) => kind === 'done').length;
    if (done !== CROWD) throw new Error(`${String(CROWD - done)} grants were not done`);
    return { bankConflicts: banks.conflicts, grantAttemptsPerSuccess: grants.sent / done };
  } finally {
    await store.stop();
  }
};

const CALLS = 2000;
const WARM = 400;

const cpuMs = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

/** A service on the memory twin, and somebody who asks it. */
const aService = async (): Promise<{ ask: () => Promise<number> }> => {
  const store = await memoryStore();
  const keys = parseTokenKeys(JSON.stringify({ bench: randomBytes(48).toString('base64url') }));
  const memberId = store.ids.member();
  const member: Member = {
    memberId,
    name: '王试',
    birthDate: '1950-03-08',
    gender: 'female',
    communityCode: HOME,
    address: '和平里1号楼',
    languages: [],
    roles: [{ role: 'volunteer', region: HOME }],
    skills: [],
    freeTimes: [],
  };
  await store.ports.people.addMember({ naturalKey: 'k', fingerprint: 'f', member, at: nowOf(store) });
  const deps: Deps = {
    ports: { clock: store.clock, ids: store.ids, ...store.ports },
    keys,
    codeSender: { send: () => Promise.resolve(), sendNotice: () => Promise.resolve() },
    addressOf: () => '192.0.2.1',
    limits: roomyLimits,
    tablesAnswer: () => Promise.resolve(true),
    newErrorId: () => store.ids.command().slice(4),
    log: () => undefined,
  };
  const app = makeApp(deps);
  const device = { thumbprint: 'k'.repeat(43) };
  const sessionId = store.ids.session();
  const token = await accessToken(keys, { member, sessionId, device }, store.clock.nowMs());
  const headers = { Authorization: `Bearer ${token}` };
  if ((await store.ports.journal.readAccountNow(accountOf(memberId))) === undefined) {
    throw new Error('the account was not opened');
  }
  return {
    ask: async () => {
      const response = await app.request('http://localhost/api/account', { headers });
      await response.text();
      return response.status;
    },
  };
};

/**
 * The median processor time of the balance, `GET /api/account`, from message to answer over the memory twin: the
 * token is checked, the account read, the answer checked and written. Milliseconds.
 */
const measureHandler = async (): Promise<number> => {
  const { ask } = await aService();
  const times: number[] = [];
  for (let call = 0; call < WARM + CALLS; call += 1) {
    const before = process.cpuUsage();
    const status = await ask();
    if (status !== 200) throw new Error(`the balance answered ${String(status)}`);
    if (call >= WARM) times.push(cpuMs(before));
  }
  times.sort((one, other) => one - other);
  return Math.round((times[Math.floor(times.length / 2)] ?? 0) * 1000) / 1000;
};

/** The figures of each operation, of contention, and of a handler: measures each operation on an engine of its own, then 64 people at once, then the handler. */
export const measureLedger = async (): Promise<Record<string, unknown>> => ({
  ...(await measureOperations()),
  contention: await measureContention(),
  handlerCpuMsP50: await measureHandler(),
});
