/** What the functions ask of the tables is what their roles allow: traced from the real use cases on the engine. */
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { makeNotifier } from '@time-bank/notifier/run';
import { workOnOrders } from '@time-bank/planner/plan-orders';
import { runSchedule } from '@time-bank/planner/run';
import { accountOf } from '@time-bank/contracts/ids';
import { sealAccounts } from '@time-bank/desk/seal-accounts';
import { keepEmergencies } from '@time-bank/desk/keep-emergencies';
import { keepWeek } from '@time-bank/desk/keep-week';
import { weekPlanId } from '@time-bank/desk/order-week-plan';
import { caseKey } from '@time-bank/store/keys';
import { values } from '@time-bank/store/item';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { watchedWays } from '../notifier/town-notices.ts';
import { HOME, type Town, aRequest, liveVisit, startTown } from '../town.ts';
import { planBody, weekAhead } from '../walks-plan/messages.ts';
import { aSealer, liveEverything } from '../seal/sealed-town.ts';
import { type Synthesis, synthesize } from './synthesis.ts';

let stack: Synthesis;
let town: Town;
beforeAll(async () => {
  stack = synthesize();
  town = await startTown();
}, 120_000);
afterAll(async () => {
  await town.stop();
  stack.cleanUp();
});

interface TableCall {
  TableName?: string;
  RequestItems?: Record<string, unknown>;
  TransactItems?: Record<string, { TableName?: string }>[];
}

/** The actions of one call, each with the table it touches: `care dynamodb:Query`. */
const actionsOf = (command: string, input: TableCall): string[] => {
  const name = command.replace(/Command$/, '');
  const at = (table: string | undefined, action: string) =>
    `${table?.endsWith('-ledger') === true ? 'Ledger' : table?.endsWith('-seals') === true ? 'Seals' : 'Care'} dynamodb:${action}`;
  if (input.TransactItems !== undefined) {
    const actions: Record<string, string> = { Put: 'PutItem', Update: 'UpdateItem' };
    return input.TransactItems.flatMap((piece) =>
      Object.entries(piece).map(([kind, { TableName }]) => at(TableName, actions[kind] ?? kind)),
    );
  }
  if (input.RequestItems !== undefined)
    return Object.keys(input.RequestItems).map((table) => at(table, name));
  return [at(input.TableName, name)];
};

/** Every action that `work` asks for. */
const traced = async (client: DynamoDBClient, work: () => Promise<unknown>): Promise<string[]> => {
  const seen = new Set<string>();
  client.middlewareStack.add(
    (next, context) => (args) => {
      for (const action of actionsOf(context.commandName ?? '', args.input as TableCall)) seen.add(action);
      return next(args);
    },
    { step: 'initialize', name: 'trace' },
  );
  try {
    await work();
  } finally {
    client.middlewareStack.remove('trace');
  }
  return [...seen].sort();
};

/** What a function's role allows on each table. */
const allowed = (role: string): string[] => {
  const statements = Object.entries(stack.resources)
    .filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.startsWith(role))
    .flatMap(
      ([, { Properties }]) =>
        Properties['PolicyDocument'].Statement as { Action: unknown; Resource: unknown }[],
    );
  return statements.flatMap(({ Action, Resource }) =>
    [Resource].flat().flatMap((resource) => {
      const text = JSON.stringify(resource);
      const table = text.includes('TablesLedger')
        ? 'Ledger'
        : text.includes('TablesSeals')
          ? 'Seals'
          : 'Care';
      return [Action].flat().map((action) => `${table} ${String(action)}`);
    }),
  );
};

/** What a function's role allows on the tables themselves, and not on their streams. */
const allowedOnTables = (role: string): string[] =>
  [...new Set(allowed(role))]
    .filter((action) => action.includes('dynamodb:') && !/Stream|Shard|GetRecords/.test(action))
    .sort();

/** What the planner asks for, in all its work. */
const planned = new Set<string>();
const planning = async (work: () => Promise<unknown>): Promise<void> => {
  for (const call of await traced(town.connection.client, work)) planned.add(call);
};
const everyMorning = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 720 }));

it('the schedule may do what it does: closing what nobody took, hours set aside among it, and asking more', async () => {
  const [coordinator, elder, volunteer] = [
    await town.aCoordinator(),
    await town.anElder(),
    await town.aVolunteer(),
  ];
  for (let more = 0; more < 4; more += 1) await town.aVolunteer({ freeTimes: everyMorning });
  await liveVisit(town, { coordinator, elder, volunteer });
  const { receiverId: _receiver, ...wanted } = aRequest(town, volunteer, { plannedMinutes: 30 });
  expect((await town.ask(volunteer, 'POST', '/api/redemptions', wanted)).status).toBe(201);
  const open = aRequest(town, elder, { plannedStartAt: town.soon(22 * 60) });
  await town.ask(coordinator, 'POST', '/api/requests', open);
  const asking = { commandId: town.ids.command() };
  const asked = await town.ask(coordinator, 'POST', `/api/requests/${open.requestId}/ask`, asking);
  expect(asked.body).toMatchObject({ asked: 3 });
  town.pass(120);
  await planning(async () => {
    expect(await runSchedule(town.ports)).toMatchObject({ closed: 1, waves: 1 });
    expect(await keepEmergencies(town.ports)).toBe(0);
  });
});

it('the planner may work on the plans that the stream tells of: made, and sent', async () => {
  const coordinator = await town.aCoordinator();
  await town.anElder({ birthDate: '1938-03-08' });
  const week = weekAhead(town, 2);
  const caseId = weekPlanId(HOME, week);
  const order = async () => {
    const Key = values({ ...caseKey('week_plan', caseId) });
    const command = new GetItemCommand({ TableName: town.connection.tables.care, Key });
    const newImage = (await town.connection.client.send(command)).Item;
    await planning(() =>
      workOnOrders(town.ports, [{ sequenceNumber: '1', newImage }], (line) => {
        throw new Error(JSON.stringify(line));
      }),
    );
  };
  await town.ask(coordinator, 'POST', '/api/week-plans', planBody(town, week));
  await order();
  const sending = { commandId: town.ids.command() };
  expect((await town.ask(coordinator, 'POST', `/api/week-plans/${caseId}/send`, sending)).status).toBe(202);
  await order();
  expect(await town.ports.caseBook.readNow('week_plan', caseId)).toMatchObject({
    state: 'sent',
    pairs: expect.arrayContaining([expect.objectContaining({ sent: 'sent' })]) as unknown,
  });
});

it('and nothing that the planner never asks for', () => {
  expect([...planned].sort()).toEqual(allowedOnTables('FunctionsPlannerRole'));
});

it('the notifier may do what it does: telling whoever was asked, and nothing more', async () => {
  const { senders } = watchedWays();
  const calls = await traced(town.connection.client, async () => {
    const notify = makeNotifier(town.ports, senders, () => undefined);
    expect((await notify()).told).toBeGreaterThan(0);
  });
  expect(calls).toEqual(allowedOnTables('FunctionsNotifierRole'));
});

it('the API may do what it does: a whole story, every list, and signing in', async () => {
  const [coordinator, elder, volunteer] = [
    await town.aCoordinator(),
    await town.anElder(),
    await town.aVolunteer(),
  ];
  const calls = await traced(town.connection.client, async () => {
    const device = town.deviceOf(elder).thumbprint;
    await town.ask(undefined, 'POST', '/api/sign-in/codes', { phone: elder.phone, device });
    const { code } = town.sent[0] ?? { code: '' };
    await town.ask(undefined, 'POST', '/api/sign-in', { challengeId: town.ids.challenge(), code, device });
    await liveVisit(town, { coordinator, elder, volunteer });
    const posted = aRequest(town, elder);
    await town.ask(coordinator, 'POST', '/api/requests', posted);
    await town.ask(coordinator, 'GET', `/api/requests/${posted.requestId}/candidates`);
    const cancel = { commandId: town.ids.command(), reason: '不用了' };
    await town.ask(coordinator, 'POST', `/api/requests/${posted.requestId}/cancel`, cancel);
    for (const scope of ['open', 'received', 'visits'])
      await town.ask(volunteer, 'GET', `/api/requests?scope=${scope}`);
    for (const path of ['/requests?scope=community', '/coverage', '/elders', '/communities', '/health']) {
      expect((await town.ask(coordinator, 'GET', `/api${path}`)).status, path).toBe(200);
    }
    await town.ask(undefined, 'GET', '/api/checkpoint');
    for (const path of ['/me', '/account', '/account/entries', '/account/proof'])
      await town.ask(volunteer, 'GET', `/api${path}`);
  });
  expect(calls.length).toBeGreaterThan(8);
  expect(calls.filter((call) => !allowed('FunctionsApiRole').includes(call))).toEqual([]);
});

it('the sealer may do what it does, and the API may show what it made', async () => {
  const [elder, volunteer] = [await town.anElder(), await town.aVolunteer()];
  const sealer = aSealer(town.ports);
  const changed = [elder, volunteer].map(({ memberId }) => ({ subject: accountOf(memberId) }));
  const { subjects } = await liveEverything(town.ports);
  const sealing = await traced(town.connection.client, async () => {
    await sealAccounts(sealer.work, [...changed, ...subjects.map((subject) => ({ subject }))]);
  });
  expect(sealing).toContain('Seals dynamodb:PutItem');
  expect(sealing.filter((call) => !allowed('FunctionsSealerRole').includes(call))).toEqual([]);
  const showing = await traced(town.connection.client, async () => {
    expect((await town.ask(undefined, 'GET', '/api/checkpoint')).status).toBe(200);
    expect((await town.ask(elder, 'GET', '/api/account/proof')).status).toBe(200);
  });
  expect(showing.filter((call) => !allowed('FunctionsApiRole').includes(call))).toEqual([]);
});

it('the stream consumer may do what it does', async () => {
  const [coordinator, elder] = [await town.aCoordinator(), await town.anElder()];
  const posted = aRequest(town, elder);
  await town.ask(coordinator, 'POST', '/api/requests', posted);
  const facts = await town.ports.careBook.readRequestNow(posted.requestId);
  const calls = await traced(town.connection.client, async () => {
    if (facts !== undefined) await keepWeek(town.ports, facts.request);
  });
  expect(calls).toEqual(['Care dynamodb:PutItem', 'Care dynamodb:UpdateItem']);
  expect(allowedOnTables('FunctionsProjectorRole')).toEqual(calls);
});
