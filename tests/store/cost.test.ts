/** What each movement costs, in round trips and capacity units: counts, never seconds. */
import { type MemberId, accountOf } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { transfer } from '@time-bank/desk/carry-out';
import { receiptOf } from '@time-bank/desk/transfer-receipt';
import { planGift } from '@time-bank/ledger/gift';
import { sightOf } from '@time-bank/ledger/sight';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, liveVisit, startTown } from '../town.ts';
import { type Used, meter } from './meter.ts';
import { type Operation, operationNames, operations } from './operations.ts';
import { plans } from './plans.ts';
import {
  HOME,
  POOL,
  PRINT,
  aBond,
  aGift,
  aRequest,
  anAccount,
  banked,
  dynamoStore,
  holding,
  movementFacts,
  nowOf,
  write,
} from './store.ts';

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
const costOf = async (work: () => Promise<unknown>) => byTable(await measure(work), store.connection.tables);
const costing = (trips: number, read: number, written: number) => ({
  trips,
  ledger: { read, written },
  care: none,
});

/** Somebody who came in with a list. */
const aPersonOf = async ({ ports, ids }: typeof store): Promise<MemberId> => {
  const memberId = ids.member();
  const member = {
    memberId,
    name: '王试',
    birthDate: '1950-03-08',
    gender: 'female' as const,
    communityCode: HOME,
    address: '和平里1号楼',
    languages: [],
    roles: [{ role: 'resident' as const, region: HOME }],
    skills: [],
    freeTimes: [],
  };
  const person = { naturalKey: memberId, fingerprint: 'print', member, at: nowOf(store) };
  expect(await ports.people.addMember(person)).toBe(true);
  return memberId;
};

describe('one movement on the ledger', () => {
  const costs: Record<Operation, ReturnType<typeof costing>> = {
    bank: costing(1, 0, 4),
    hold: costing(1, 0, 4),
    capture: costing(1, 0, 8),
    captureSink: costing(1, 0, 4),
    void: costing(1, 0, 4),
    lapse: costing(1, 0, 4),
    gift: costing(1, 0, 8),
    donate: costing(1, 0, 6),
    grant: costing(1, 0, 8),
    reverse: costing(2, 2, 6),
    balance: costing(1, 1, 0),
    statement25: costing(1, 1, 0),
  };
  it.each(operationNames)('%s costs what is promised, and not a unit more', async (name) => {
    const act = await operations[name](store);
    expect(await costOf(act)).toEqual(costs[name]);
  });

  it('to open an account: 2 write units', async () => {
    expect(await costOf(() => anAccount(store))).toEqual(costing(1, 0, 2));
  });

  it.each(['bank', 'hold', 'capture', 'captureSink', 'void', 'lapse', 'gift', 'donate', 'grant'] as const)(
    '%s: the same again is one failed transaction, and nothing is written',
    async (name) => {
      const act = await operations[name](store);
      await act();
      expect(await costOf(() => expect(act()).rejects.toThrow())).toEqual(costing(1, 0, 0));
    },
  );

  it('that happens once for ever costs no more than one that is not known again', async () => {
    const [one, other] = [await anAccount(store), await anAccount(store)];
    const known = banked(store, one, 60, { fingerprint: PRINT });
    expect(await costOf(() => write(store, known))).toEqual(
      await costOf(() => write(store, banked(store, other, 60))),
    );
  });

  it('a gift by way of its command: no read, no second trip, 8 units; sent again: one read trip less than two', async () => {
    const [from, to] = [await anAccount(store, 90), await anAccount(store)];
    await aBond(store, from, to);
    const gift = aGift(store, from, to, 60);
    const order = {
      fingerprint: PRINT,
      at: nowOf(store),
      channel: 'web' as const,
      home: { accountId: from, transferId: gift.transferId },
    };
    const give = () =>
      transfer(
        { journal: store.ports.journal },
        order,
        ({ heads }) => {
          const plan = planGift(gift, { from: sightOf(heads, from), to: sightOf(heads, to) });
          if (plan.kind === 'refused') return plan;
          return { kind: 'done', value: { changes: plan.value, receipt: receiptOf(plan.value) } };
        },
        receiptOf,
      );
    expect(await costOf(give)).toEqual(costing(1, 0, 8));
    expect(await costOf(give)).toEqual(costing(1, 0, 0));
    expect((await give()).kind).toBe('replayed');
  });

  it('with a note costs one more round trip, which reads whose it is, and not a unit more to write', async () => {
    const member = await aPersonOf(store);
    const accountId = accountOf(member);
    const noted = banked(store, accountId, 60, { facts: movementFacts(store, { note: '补登' }) });
    expect(await costOf(() => write(store, noted))).toEqual({
      ...costing(2, 0, 4),
      care: { read: 1, written: 0 },
    });
    expect(await costOf(() => write(store, banked(store, accountId, 60)))).toEqual(costing(1, 0, 4));
    const statement = () => store.ports.journal.listEntriesNow(accountId, { limit: 25 });
    expect(await costOf(statement)).toEqual({ ...costing(2, 1, 0), care: { read: 1, written: 0 } });
  });

  it('that is refused is asked for once', async () => {
    const { changes } = holding(store, await anAccount(store), 60);
    expect(await costOf(() => store.ports.journal.commit(changes))).toEqual(costing(1, 0, 0));
  });

  it('a refusal that is kept: one unit for a line of its own, and none where it stands already', async () => {
    const accountId = await anAccount(store);
    const refusal = { code: 'cap_reached' as const };
    const transferId = store.ids.transfer();
    const tombstone = { accountId, transferId, fingerprint: PRINT, refusal, at: nowOf(store) };
    const keep = () => store.ports.journal.keepRefusal(tombstone);
    expect(await costOf(keep)).toEqual(costing(1, 0, 1));
  });

  it('of an account that has moved 200 times costs what the first one cost', async () => {
    const account = await anAccount(store);
    for (let times = 0; times < 200; times += 1) await write(store, banked(store, account, 30));
    expect(await costOf(() => write(store, banked(store, account, 30)))).toEqual(costing(1, 0, 4));
  });

  it.each(Object.entries(plans))(
    '%s: one round trip, at most two units for each of its items',
    async (_, make) => {
      const changes = await make(store, POOL);
      const items = changes.reduce((sum, change) => {
        if (change.change === 'post') return sum + 1 + change.entries.length;
        return sum + (change.change === 'pool_out' ? 2 : 1);
      }, 0);
      expect(await costOf(() => write(store, changes))).toEqual(costing(1, 0, 2 * items));
    },
  );
});

describe('reading', () => {
  it('a line: one strong read unit', async () => {
    const account = await anAccount(store, 100);
    const { changes, end } = holding(store, account, 60);
    await write(store, changes);
    expect(await costOf(() => store.ports.journal.readLineNow(account, end.holdId))).toEqual(
      costing(1, 1, 0),
    );
  });

  it('a request with its visit: one strong read unit', async () => {
    const request = aRequest(store);
    await write(store, [{ change: 'put_request', request }]);
    expect(await costOf(() => store.ports.careBook.readRequestNow(request.requestId))).toEqual({
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
  /** An hour later. What the regions decide is read once a minute by each process: that is not the cost of a step. */
  const later = async (): Promise<void> => {
    town.pass(60);
    await town.ports.policies.readBook();
  };
  const asked = async (who: Member, method: 'GET' | 'POST', path: string, body?: object) => {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    // The person has signed in before.
    const headers = await town.headersOf(who, { method, path, body: sent });
    let status = 0;
    const used = await count(async () => {
      ({ status } = await town.ask(undefined, method, path, sent, headers));
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
    await later();
    const code = cast.volunteer.visitCode;
    steps['check in'] = await asked(second, 'POST', `${path}/check-in`, {
      commandId: town.ids.command(),
      code,
    });
    await later();
    steps['check out'] = await asked(second, 'POST', `${path}/check-out`, { commandId: town.ids.command() });
    steps['confirm'] = await asked(cast.volunteer, 'POST', `${path}/confirm`, {
      transferId: town.ids.transfer(),
    });
    // Measured on the engine; the care part grows with a request's history, by whole kilobytes. Every step but the first
    // writes what people are told of it (2 units a word), and moves the key by which the schedule finds a request.
    const most = {
      // One trip looks whether somebody who was let down comes first; sent again, it is looked for before the write fails.
      redeem: { status: 201, trips: 3, ledger: 4, care: 5 },
      'redeem again': { status: 201, trips: 4, ledger: 0, care: 0 },
      // Who is family is read from the bindings and from both accounts, the accounts in one trip.
      accept: { status: 201, trips: 6, ledger: 0, care: 14 },
      'check in': { status: 200, trips: 3, ledger: 0, care: 8 },
      // One unit more in each: the key that lists a visit while it waits to be confirmed.
      'check out': { status: 200, trips: 2, ledger: 0, care: 11 },
      confirm: { status: 200, trips: 3, ledger: 8, care: 13 },
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
