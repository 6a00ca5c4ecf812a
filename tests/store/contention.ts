/** Many people in the same moment, and what stood between them. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { PoolId } from '@time-bank/contracts/ledger';
import type { Commit } from '@time-bank/desk/ports';
import { POOL_SHARDS } from '@time-bank/ledger/change';
import { planGrant } from '@time-bank/ledger/pool';
import type { Connection } from '@time-bank/store/client';
import { type TestStore, aGrant, aRequest, anAccount, banked, planned, stocked, write } from './store.ts';

/** Writes that were sent, and those among them that met somebody else's. */
export interface Attempts {
  sent: number;
  conflicts: number;
}

const isConflict = (error: unknown): boolean =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict')
    : error instanceof Error && error.name === 'TransactionConflictException';

/** Counts the transactions that a client sends from now on. */
export const countAttempts = (client: DynamoDBClient): Attempts => {
  const attempts = { sent: 0, conflicts: 0 };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== 'TransactWriteItemsCommand') return next(args);
      attempts.sent += 1;
      try {
        return await next(args);
      } catch (error) {
        if (isConflict(error)) attempts.conflicts += 1;
        throw error;
      }
    },
    { step: 'initialize', name: 'attempts' },
  );
  return attempts;
};

/** How many do something at once. */
export const CROWD = 64;

type EngineStore = TestStore & { connection: Connection };

const inTurn = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** 64 visits of one community are confirmed at once: how it ended for each, and what was sent for it. */
export const bankTogether = async (store: EngineStore): Promise<Attempts & { commits: Commit[] }> => {
  const accounts = await Promise.all(inTurn(CROWD).map(() => anAccount(store)));
  const requests = accounts.map(() => aRequest(store));
  await Promise.all(requests.map((request) => write(store, [{ change: 'put_request', request }])));
  const plans = accounts.map((accountId, index) => {
    const request = { ...(requests[index] ?? aRequest(store)), version: 2, state: 'settled' as const };
    return [{ change: 'move_request', request, fromVersion: 1 } as const, ...banked(store, accountId, 60)];
  });
  const attempts = countAttempts(store.connection.client);
  const commits = await Promise.all(plans.map((changes) => store.ports.journal.commit(changes)));
  store.connection.client.middlewareStack.remove('attempts');
  return { ...attempts, commits };
};

/**
 * 64 grants of one pool at once, each out of the part that its id names, as a run of grants deals them out; the
 * pool is filled over all its parts.
 */
export const grantTogether = async (store: EngineStore): Promise<Attempts & { commits: Commit[] }> => {
  const poolId = PoolId.parse('pool:341302001:all-at-once');
  for (const shard of inTurn(POOL_SHARDS)) await stocked(store, 120, { poolId, shard });
  const accounts = await Promise.all(inTurn(CROWD).map(() => anAccount(store)));
  const plans = accounts.map((accountId, index) =>
    planned(planGrant(aGrant(store, accountId, 60, { poolId, shard: index % POOL_SHARDS }), 'unseen')),
  );
  const attempts = countAttempts(store.connection.client);
  const commits = await Promise.all(
    plans.map(async (changes) => {
      for (let tries = 0; ; tries += 1) {
        const commit = await store.ports.journal.commit(changes);
        if (commit.kind !== 'refused' || tries > 20) return commit;
      }
    }),
  );
  store.connection.client.middlewareStack.remove('attempts');
  return { ...attempts, commits };
};
