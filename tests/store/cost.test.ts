/** What each movement costs, in round trips and capacity units: counts, never seconds. */
import type { Member } from '@time-bank/contracts/member';
import { planCapture, planVoid } from '@time-bank/ledger/movement';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, liveVisit, startTown } from '../town.ts';
import { type Used, meter } from './meter.ts';
import { aHold, aRequest, anAccount, banked, dynamoStore, movementFacts, policy } from './store.ts';

let store: Awaited<ReturnType<typeof dynamoStore>>;
let measure: ReturnType<typeof meter>;
beforeAll(async () => {
  store = await dynamoStore();
  measure = meter(store.connection.client);
});
afterAll(async () => {
  await store.stop();
});

/** What was used of each table of these two. */
const byTable = (used: Used, tables: { ledger: string; care: string }) => ({
  trips: used.trips,
  ledger: { read: used.read[tables.ledger] ?? 0, written: used.written[tables.ledger] ?? 0 },
  care: { read: used.read[tables.care] ?? 0, written: used.written[tables.care] ?? 0 },
});
const none = { read: 0, written: 0 };

describe('one movement on the ledger', () => {
  const commit = async (changes: Parameters<typeof store.ports.journal.commit>[0]) =>
    byTable(await measure(() => store.ports.journal.commit(changes)), store.connection.tables);

  it('to open an account: 2 write units', async () => {
    const used = await measure(() => anAccount(store));
    expect(byTable(used, store.connection.tables)).toEqual({
      trips: 1,
      ledger: { read: 0, written: 2 },
      care: none,
    });
  });

  it('to bank a visit: the balance and one line, 4 write units in one round trip', async () => {
    const account = await anAccount(store);
    expect(await commit(banked(store, account, 60))).toEqual({
      trips: 1,
      ledger: { read: 0, written: 4 },
      care: none,
    });
  });

  it('to set hours aside: 4', async () => {
    const account = await anAccount(store, 60);
    expect(await commit([{ change: 'hold', hold: aHold(store, account, 60) }])).toEqual({
      trips: 1,
      ledger: { read: 0, written: 4 },
      care: none,
    });
  });

  it('to use what is held: two balances and two lines, 8', async () => {
    const [payer, payee] = [await anAccount(store, 60), await anAccount(store)];
    const hold = aHold(store, payer, 60);
    await store.ports.journal.commit([{ change: 'hold', hold }]);
    const changes = planCapture({
      policy,
      facts: movementFacts(store),
      transferId: store.ids.transfer(),
      accountId: payee,
      hold,
      usedMinutes: 30,
    });
    expect(await commit(changes)).toEqual({ trips: 1, ledger: { read: 0, written: 8 }, care: none });
  });

  it('to release what is held: 4', async () => {
    const account = await anAccount(store, 60);
    const hold = aHold(store, account, 60);
    await store.ports.journal.commit([{ change: 'hold', hold }]);
    expect(await commit(planVoid({ hold, at: hold.at }))).toEqual({
      trips: 1,
      ledger: { read: 0, written: 4 },
      care: none,
    });
  });

  it('that is refused is asked for once', async () => {
    const account = await anAccount(store);
    expect(await commit([{ change: 'hold', hold: aHold(store, account, 60) }])).toMatchObject({ trips: 1 });
  });

  it('of an account that has moved 200 times costs what the first one cost', async () => {
    const account = await anAccount(store);
    for (let times = 0; times < 200; times += 1) await store.ports.journal.commit(banked(store, account, 30));
    expect((await commit(banked(store, account, 30))).ledger).toEqual({ read: 0, written: 4 });
  });
});

describe('reading', () => {
  it('a balance: one strong read unit, nothing written', async () => {
    const account = await anAccount(store, 60);
    const used = await measure(() => store.ports.journal.readAccountNow(account));
    expect(byTable(used, store.connection.tables)).toEqual({
      trips: 1,
      ledger: { read: 1, written: 0 },
      care: none,
    });
  });

  it('a hold: one strong read unit', async () => {
    const account = await anAccount(store, 60);
    const hold = aHold(store, account, 60);
    await store.ports.journal.commit([{ change: 'hold', hold }]);
    const used = await measure(() => store.ports.journal.readHoldNow(account, hold.transferId));
    expect(byTable(used, store.connection.tables).ledger).toEqual({ read: 1, written: 0 });
  });

  it('a statement of 25 lines: 3 strong read units at most, however long the account', async () => {
    const account = await anAccount(store);
    for (let lines = 0; lines < 60; lines += 1) await store.ports.journal.commit(banked(store, account, 30));
    const used = await measure(() => store.ports.journal.listEntriesNow(account, { limit: 25 }));
    expect(used.trips).toBe(1);
    expect(byTable(used, store.connection.tables).ledger.read).toBeLessThanOrEqual(3);
  });

  it('a request with its visit: one strong read unit', async () => {
    const request = aRequest(store);
    await store.ports.journal.commit([{ change: 'put_request', request }]);
    const used = await measure(() => store.ports.careBook.readRequestNow(request.requestId));
    expect(byTable(used, store.connection.tables)).toEqual({
      trips: 1,
      ledger: none,
      care: { read: 1, written: 0 },
    });
  });
});

describe('what a person does, from the door to the tables', () => {
  let town: Town;
  let count: ReturnType<typeof meter>;
  const cast = {} as Record<'coordinator' | 'elder' | 'volunteer', Member>;
  beforeAll(async () => {
    town = await startTown();
    cast.coordinator = await town.aCoordinator();
    cast.elder = await town.anElder();
    cast.volunteer = await town.aVolunteer();
    await liveVisit(town, cast, 60);
    // Names of regions are remembered for a while; these are the costs of every other time.
    await town.ask(cast.volunteer, 'GET', '/api/me');
    count = meter(town.connection.client);
  });
  afterAll(async () => {
    await town.stop();
  });
  const asked = async (...message: Parameters<Town['ask']>) => {
    let status = 0;
    const used = await count(async () => {
      ({ status } = await town.ask(...message));
    });
    return { status, ...byTable(used, town.connection.tables) };
  };

  it('looks at the balance: one round trip, 1 read unit, nothing written', async () => {
    expect(await asked(cast.volunteer, 'GET', '/api/account')).toEqual({
      status: 200,
      trips: 1,
      ledger: { read: 1, written: 0 },
      care: none,
    });
  });

  it('looks at the statement: one round trip, nothing written', async () => {
    expect(await asked(cast.volunteer, 'GET', '/api/account/entries')).toEqual({
      status: 200,
      trips: 1,
      ledger: { read: 1, written: 0 },
      care: none,
    });
  });

  it('redeems hours, and somebody comes, and the hours move', async () => {
    const wanted = {
      requestId: town.ids.request(),
      serviceCode: 'C01',
      plannedStartAt: town.soon(60),
      plannedMinutes: 60,
      wishes: { languages: [] },
    };
    const path = `/api/requests/${wanted.requestId}`;
    const second = await town.aVolunteer();
    const steps: Record<string, Awaited<ReturnType<typeof asked>>> = {};
    steps['redeem'] = await asked(cast.volunteer, 'POST', '/api/redemptions', wanted);
    steps['redeem again'] = await asked(cast.volunteer, 'POST', '/api/redemptions', wanted);
    steps['accept'] = await asked(second, 'POST', `${path}/accept`, { visitId: town.ids.visit() });
    town.pass(60);
    const code = cast.volunteer.visitCode;
    steps['check in'] = await asked(second, 'POST', `${path}/check-in`, {
      commandId: town.ids.command(),
      code,
    });
    town.pass(60);
    steps['check out'] = await asked(second, 'POST', `${path}/check-out`, { commandId: town.ids.command() });
    steps['confirm'] = await asked(cast.volunteer, 'POST', `${path}/confirm`, {
      transferId: town.ids.transfer(),
    });
    // Measured on the engine; the care part grows with a request's history, by whole kilobytes.
    const most = {
      redeem: { status: 201, trips: 3, ledger: 4, care: 5 },
      'redeem again': { status: 201, trips: 3, ledger: 0, care: 0 },
      accept: { status: 201, trips: 4, ledger: 0, care: 10 },
      'check in': { status: 200, trips: 3, ledger: 0, care: 6 },
      // One unit more in each: the key that lists a visit while it waits to be confirmed.
      'check out': { status: 200, trips: 2, ledger: 0, care: 7 },
      confirm: { status: 200, trips: 4, ledger: 8, care: 7 },
    };
    expect(Object.keys(steps)).toEqual(Object.keys(most));
    for (const [step, bound] of Object.entries(most)) {
      const used = steps[step];
      expect({ step, status: used?.status, ledger: used?.ledger.written }).toEqual({
        step,
        status: bound.status,
        ledger: bound.ledger,
      });
      expect(used?.trips, step).toBeLessThanOrEqual(bound.trips);
      expect(used?.care.written, step).toBeLessThanOrEqual(bound.care);
    }
  });
});
