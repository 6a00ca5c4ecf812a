/** What the functions ask of the tables is what their roles allow: traced from the real use cases on the engine. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { runSchedule } from '@time-bank/planner/run';
import { accountOf } from '@time-bank/contracts/ids';
import { sealAccounts } from '@time-bank/desk/seal-accounts';
import { keepWeek } from '@time-bank/desk/keep-week';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Town, aRequest, liveVisit, startTown } from '../town.ts';
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
  return statements.flatMap(({ Action, Resource }) => {
    const text = JSON.stringify(Resource);
    const table = text.includes('TablesLedger') ? 'Ledger' : text.includes('TablesSeals') ? 'Seals' : 'Care';
    return [Action].flat().map((action) => `${table} ${String(action)}`);
  });
};

it('the schedule may do what it does: closing what nobody took, hours set aside among it', async () => {
  const [coordinator, elder, volunteer] = [
    await town.aCoordinator(),
    await town.anElder(),
    await town.aVolunteer(),
  ];
  await liveVisit(town, { coordinator, elder, volunteer });
  const { receiverId: _receiver, ...wanted } = aRequest(town, volunteer, { plannedMinutes: 30 });
  expect((await town.ask(volunteer, 'POST', '/api/redemptions', wanted)).status).toBe(201);
  town.pass(120);
  const calls = await traced(town.connection.client, async () => {
    expect(await runSchedule(town.ports)).toMatchObject({ closed: 1 });
  });
  expect(calls.length).toBeGreaterThan(3);
  expect(calls.filter((call) => !allowed('FunctionsPlannerRole').includes(call))).toEqual([]);
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
  expect(calls).toEqual(['Care dynamodb:PutItem']);
  expect(allowed('FunctionsProjectorRole')).toContain('Care dynamodb:PutItem');
});
