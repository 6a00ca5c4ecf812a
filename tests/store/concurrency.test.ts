/** Many people at once: nobody waits for a stranger, and one account gives no more than stands on it. */
import { planVoid } from '@time-bank/ledger/movement';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meter } from './meter.ts';
import { aCommand, aHold, aRequest, anAccount, banked, dynamoStore } from './store.ts';

let store: Awaited<ReturnType<typeof dynamoStore>>;
let measure: ReturnType<typeof meter>;
beforeAll(async () => {
  store = await dynamoStore();
  measure = meter(store.connection.client);
});
afterAll(async () => {
  await store.stop();
});

const inTurn = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Commits again while neighbours stand in the way, as a person's phone would. */
const commit = async (changes: Parameters<typeof store.ports.journal.commit>[0]): Promise<string> => {
  for (let tries = 0; tries < 20; tries += 1) {
    const outcome = await store.ports.journal.commit(changes);
    if (outcome.kind !== 'refused') return outcome.kind;
    if (outcome.refusal.code !== 'busy_try_again') return outcome.refusal.code;
  }
  return 'busy_try_again';
};

describe('64 volunteers whose visits are confirmed in the same moment', () => {
  it('all have their hours at the first try, for no two of them share an item', async () => {
    const accounts = await Promise.all(inTurn(64).map(() => anAccount(store)));
    const requests = accounts.map(() => aRequest(store));
    await Promise.all(
      requests.map((request) => store.ports.journal.commit([{ change: 'put_request', request }])),
    );
    let outcomes: { kind: string }[] = [];
    const used = await measure(async () => {
      outcomes = await Promise.all(
        accounts.map((account, index) => {
          const request = requests[index] ?? aRequest(store);
          const settled = { ...request, version: 2, state: 'settled' as const };
          return store.ports.journal.commit([
            { change: 'move_request', request: settled, fromVersion: 1 },
            ...banked(store, account, 60),
          ]);
        }),
      );
    });
    expect(outcomes).toEqual(accounts.map(() => ({ kind: 'done' })));
    expect(used.trips).toBe(64);
    const heads = await Promise.all(accounts.map((account) => store.ports.journal.readAccountNow(account)));
    expect(heads.map((head) => head?.availableMinutes)).toEqual(accounts.map(() => 60));
  });
});

describe('20 requests at once on hours for five', () => {
  it('five are held, fifteen refused, and the sum is right', async () => {
    const account = await anAccount(store, 300);
    const holds = inTurn(20).map(() => aHold(store, account, 60));
    const outcomes = await Promise.all(holds.map((hold) => commit([{ change: 'hold', hold }])));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === 'insufficient_hours')).toHaveLength(15);
    expect(await store.ports.journal.readAccountNow(account)).toMatchObject({
      availableMinutes: 0,
      heldMinutes: 300,
      sequence: 6,
    });
    const { items } = await store.ports.journal.listEntriesNow(account, { limit: 100 });
    expect(items.filter(({ kind }) => kind === 'hold')).toHaveLength(5);
  });
});

describe('one thing done ten times at once', () => {
  it('the same movement is written once', async () => {
    const account = await anAccount(store);
    const changes = banked(store, account, 60);
    const outcomes = await Promise.all(inTurn(10).map(() => commit(changes)));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'exists_with_different_content')).toHaveLength(9);
    expect(await store.ports.journal.readAccountNow(account)).toMatchObject({ availableMinutes: 60 });
  });

  it('a hold is released once', async () => {
    const account = await anAccount(store, 60);
    const hold = aHold(store, account, 60);
    await commit([{ change: 'hold', hold }]);
    const outcomes = await Promise.all(inTurn(10).map(() => commit(planVoid({ hold, at: hold.at }))));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'hold_not_open')).toHaveLength(9);
    expect(await store.ports.journal.readAccountNow(account)).toMatchObject({
      availableMinutes: 60,
      heldMinutes: 0,
    });
  });

  it('a request moves once from the version that all of them read', async () => {
    const request = aRequest(store);
    await commit([{ change: 'put_request', request }]);
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
