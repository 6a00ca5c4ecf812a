/** Many people at once: nobody waits for a stranger, and one account gives no more than stands on it. */
import {
  type TransactWriteItem,
  TransactWriteItemsCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { planRelease } from '@time-bank/ledger/hold';
import { connect } from '@time-bank/store/client';
import { dynamoJournal } from '@time-bank/store/dynamo-journal';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testVault } from '../vault.ts';
import { CROWD, bankTogether, grantTogether } from './contention.ts';
import { operations } from './operations.ts';
import {
  aCommand,
  aHold,
  aRequest,
  anAccount,
  banked,
  dynamoStore,
  holding,
  memoryStore,
  planned,
  see,
  write,
} from './store.ts';

let store: Awaited<ReturnType<typeof dynamoStore>>;
beforeAll(async () => {
  store = await dynamoStore();
});
afterAll(async () => {
  await store.stop();
});

const inTurn = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Commits again while neighbours stand in the way, as a person's phone would; tells how it ended. */
const commit = async (changes: Parameters<typeof store.ports.journal.commit>[0]): Promise<string> => {
  for (let tries = 0; tries < 20; tries += 1) {
    const outcome = await store.ports.journal.commit(changes);
    if (outcome.kind === 'met') return outcome.met.lines.length > 0 ? 'line' : 'account';
    if (outcome.kind !== 'refused') return outcome.kind;
  }
  return 'busy_try_again';
};

describe('64 volunteers of one community whose visits are confirmed in the same moment', () => {
  it('all have their hours at the first try, and meet nobody', async () => {
    const { sent, conflicts, commits } = await bankTogether(store);
    expect(commits).toEqual(inTurn(CROWD).map(() => ({ kind: 'done' })));
    expect({ sent, conflicts }).toEqual({ sent: CROWD, conflicts: 0 });
  });
});

describe('64 grants of one pool in the same moment', () => {
  it('are done with at most 1.5 tries each', async () => {
    const { sent, commits } = await grantTogether(store);
    expect(commits).toEqual(inTurn(CROWD).map(() => ({ kind: 'done' })));
    expect(sent / CROWD).toBeLessThanOrEqual(1.5);
  });
});

describe('what different people write', () => {
  /** The items of a transaction, by table and key. */
  const placesOf = (items: readonly TransactWriteItem[]): string[] =>
    items.map(({ Put, Update, ConditionCheck }) => {
      const key = Put?.Item ?? Update?.Key ?? ConditionCheck?.Key ?? {};
      const table = Put?.TableName ?? Update?.TableName ?? ConditionCheck?.TableName;
      return [table, key['pk']?.S, key['sk']?.S].join(' ');
    });

  it.each(['bank', 'hold', 'capture', 'captureSink', 'void', 'lapse', 'gift', 'donate'] as const)(
    '%s: no item in common, so no stranger ever waits for another',
    async (name) => {
      const [connection, memory] = [
        connect({ tables: { ledger: 'L', care: 'C', seals: 'S' }, endpoint: 'http://127.0.0.1:1' }),
        await memoryStore(),
      ];
      const sent = mockClient(connection.client);
      sent.on(TransactWriteItemsCommand).resolves({});
      const acts = await Promise.all(inTurn(16).map(() => operations[name](memory)));
      // What was prepared in memory is written to a client that only listens.
      memory.ports.journal.commit = dynamoJournal(connection, testVault, () => 0).commit;
      for (const act of acts) await act();
      const calls = sent
        .commandCalls(TransactWriteItemsCommand)
        .map(({ args }) => placesOf(args[0].input.TransactItems ?? []));
      expect(calls).toHaveLength(16);
      expect(new Set(calls.flat()).size).toBe(calls.flat().length);
    },
  );

  it('of one account is in the way of each other, and is tried again', async () => {
    const connection = connect({
      tables: { ledger: 'L', care: 'C', seals: 'S' },
      endpoint: 'http://127.0.0.1:1',
    });
    const sent = mockClient(connection.client);
    const CancellationReasons = [{ Code: 'TransactionConflict' }, { Code: 'None' }];
    const conflict = new TransactionCanceledException({ message: '', $metadata: {}, CancellationReasons });
    sent.on(TransactWriteItemsCommand).rejectsOnce(conflict).resolves({});
    const changes = banked(store, await anAccount(store), 60);
    expect(await dynamoJournal(connection, testVault, () => 0).commit(changes)).toEqual({ kind: 'done' });
    expect(sent.commandCalls(TransactWriteItemsCommand)).toHaveLength(2);
  });
});

describe('20 requests at once on hours for five', () => {
  it('five are held, fifteen are not, and the sum is right', async () => {
    const account = await anAccount(store, 300);
    const plans = inTurn(20).map(() => holding(store, account, 60).changes);
    const outcomes = await Promise.all(plans.map(commit));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === 'account')).toHaveLength(15);
    expect(await see(store, account)).toMatchObject({ minutes: { earned: 0, held: 300 }, sequence: 6 });
    const { items } = await store.ports.journal.listEntriesNow(account, { limit: 100 });
    expect(items.filter(({ kind }) => kind === 'held')).toHaveLength(5);
  });
});

describe('one thing done ten times at once', () => {
  it('the same movement is written once', async () => {
    const account = await anAccount(store);
    const changes = banked(store, account, 60);
    const outcomes = await Promise.all(inTurn(10).map(() => commit(changes)));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'line')).toHaveLength(9);
    expect(await see(store, account)).toMatchObject({ minutes: { earned: 60 } });
  });

  it('a hold is released once', async () => {
    const account = await anAccount(store, 60);
    const end = await aHold(store, account, 60);
    const plans = inTurn(10).map(() =>
      planned(planRelease({ ...end, transferId: store.ids.transfer() }, false, 'unseen')),
    );
    const outcomes = await Promise.all(plans.map(commit));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'account')).toHaveLength(9);
    expect(await see(store, account)).toMatchObject({ minutes: { earned: 60, held: 0 } });
  });

  it('a refusal and a movement under one id: one of them stands', async () => {
    const account = await anAccount(store);
    for (const _ of inTurn(10)) {
      const changes = banked(store, account, 10);
      const [change] = changes;
      if (change?.change !== 'post') throw new Error('a banked visit has a line');
      const { transferId } = change.entries[0];
      const at = store.clock.nowMs();
      const tombstone = {
        accountId: account,
        transferId,
        fingerprint: 'fingerprint0',
        refusal: { code: 'cap_reached' as const },
        at: new Date(at).toISOString(),
      };
      const [outcome, found] = await Promise.all([
        commit(changes),
        store.ports.journal.keepRefusal(tombstone),
      ]);
      const line = await store.ports.journal.readLineNow(account, transferId);
      expect(line?.kind).toBe(outcome === 'done' ? 'entry' : 'refused');
      expect(found?.kind).toBe(outcome === 'done' ? 'entry' : undefined);
    }
  });

  it('a request moves once from the version that all of them read', async () => {
    const request = aRequest(store);
    await write(store, [{ change: 'put_request', request }]);
    const movedBy = (volunteerId = store.ids.member()) => ({
      change: 'move_request' as const,
      fromVersion: 1,
      request: {
        ...request,
        version: 2,
        state: 'accepted' as const,
        volunteerId,
        history: [
          {
            ...aCommand(store),
            receipt: { requestId: request.requestId, state: 'accepted' as const, at: request.plannedStartAt },
          },
        ],
      },
    });
    const outcomes = await Promise.all(inTurn(10).map(() => commit([movedBy()])));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'stale')).toHaveLength(9);
    const facts = await store.ports.careBook.readRequestNow(request.requestId);
    expect(facts?.request.history).toHaveLength(1);
  });
});
