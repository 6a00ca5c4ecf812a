import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeApp } from '@time-bank/api/app';
import { ErrorAnswer } from '@time-bank/contracts/refusals';
import { engineProgram, freePort } from '@time-bank/local/engine';
import { connect } from '@time-bank/store/client';
import { tablesAnswer } from '@time-bank/store/create-tables';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type Town, startTown } from '../town.ts';
import { testVault } from '../vault.ts';
import { type Message, aMessageForEach } from './messages.ts';
import { aRedemption, aSaver, aVisit, everythingIn } from './steps.ts';

/** Signing out ends the cookie whatever the store says; a preview of dates is reckoned. */
const asksNothing: readonly string[] = ['signOut', 'previewSeries'];

/** Sends a message to another app than the town's own, with the same people. */
const sendTo = async (app: Town['app'], town: Town, { who, method, path, body }: Omit<Message, 'route'>) => {
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const response = await app.request(path, {
    method,
    headers: {
      'Content-Type': 'application/json',
      ...(who === undefined ? {} : await town.headersOf(who, { method, path, body: sent })),
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
};

describe('while the store is away', () => {
  let town: Town;
  let messages: Message[];
  let app: Town['app'];
  let destroy: () => void;
  beforeAll(async () => {
    town = await startTown();
    messages = await aMessageForEach(town);
    const connection = connect({
      tables: town.connection.tables,
      endpoint: `http://127.0.0.1:${String(await freePort())}`,
    });
    const { clock, ids } = town.ports;
    app = makeApp({
      ...town.deps,
      ports: { clock, ids, ...dynamoPorts(connection, testVault, clock, Math.random) },
      tablesAnswer: () => tablesAnswer(connection),
    });
    destroy = () => {
      connection.client.destroy();
    };
  });
  afterAll(async () => {
    destroy();
    await town.stop();
  });

  it('reads and commands alike are told within seconds to send the same again', async () => {
    const before = await everythingIn(town);
    const sentBefore = town.sent.length;
    for (const message of messages.filter(({ route }) => !asksNothing.includes(route.operationId))) {
      const [began, logged] = [performance.now(), town.log.length];
      const { status, headers, text } = await sendTo(app, town, message);
      const where = message.route.operationId;
      expect(performance.now() - began, where).toBeLessThan(5000);
      expect([status, headers.get('Retry-After')], where).toEqual([503, '5']);
      const { error } = z.parse(ErrorAnswer, JSON.parse(text));
      expect(error, where).toMatchObject({
        code: 'unavailable',
        errorId: expect.stringMatching(/^[0-9A-Z]{26}$/),
      });
      expect(town.log.slice(logged), where).toMatchObject([{ event: 'unavailable', errorId: error.errorId }]);
      expect(JSON.stringify(town.log.at(-1)), where).not.toMatch(/ECONN|127\.0\.0\.1|[a-z]{3}_[0-9A-Z]{26}/);
    }
    expect(await everythingIn(town)).toEqual(before);
    expect(town.sent).toHaveLength(sentBefore);
  });

  it('messages that are wrong in themselves are still told so; signing out is for good, so it is sent again', async () => {
    const elder = await town.anElder();
    const refused = await sendTo(app, town, {
      who: elder,
      method: 'POST',
      path: '/api/redemptions',
      body: {},
    });
    expect([refused.status, JSON.parse(refused.text).error.code]).toEqual([400, 'invalid_fields']);
    expect((await sendTo(app, town, { method: 'POST', path: '/api/sign-out' })).status).toBe(503);
    expect((await sendTo(app, town, { method: 'GET', path: '/api/me' })).status).toBe(401);
  });
});

// The engine that DYNAMODB_ENDPOINT names is not ours to stop.
describe.runIf((process.env['DYNAMODB_ENDPOINT'] ?? '') === '')('an engine that stops and comes back', () => {
  let folder: string;
  let town: Town;
  let child: ChildProcess;
  let port: number;

  const start = async (): Promise<void> => {
    child = spawn(
      engineProgram(),
      ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', join(folder, 'engine.db')],
      { stdio: 'ignore' },
    );
    for (let tries = 0; tries < 400; tries += 1) {
      try {
        await fetch(`http://127.0.0.1:${String(port)}`);
        return;
      } catch {
        await wait(25);
      }
    }
    throw new Error('the engine does not start');
  };
  const stop = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'time-bank-'));
    port = await freePort();
    await start();
    town = await startTown({ endpoint: `http://127.0.0.1:${String(port)}`, stop: () => stop() });
  });
  afterEach(async () => {
    await town.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'after %s the service goes on by itself, and a command sent again is carried out once',
    async (signal) => {
      const { elder, volunteer, path } = await aVisit(town, 'ended');
      const body = { transferId: town.ids.transfer() };
      await stop(signal);
      expect((await town.ask(elder, 'POST', `${path}/confirm`, body)).status).toBe(503);
      expect((await town.ask(elder, 'GET', path)).status).toBe(503);
      await start();
      const done = await town.ask(elder, 'POST', `${path}/confirm`, body);
      expect([done.status, done.headers.get('Idempotency-Hit')]).toEqual([200, null]);
      const again = await town.ask(elder, 'POST', `${path}/confirm`, body);
      expect([again.body, again.headers.get('Idempotency-Hit')]).toEqual([done.body, 'true']);
      expect((await town.ask(volunteer, 'GET', '/api/account')).body.availableMinutes).toBe(60);
      expect((await town.ask(volunteer, 'GET', '/api/account/entries')).body.items).toHaveLength(1);
    },
  );

  it('struck down in the middle of twenty redemptions, every hour is held once or not at all', async () => {
    const savers = [];
    while (savers.length < 5) savers.push(await aSaver(town));
    const orders = savers.flatMap((saver) =>
      Array.from({ length: 4 }, () => ({ saver, body: aRedemption(town, { plannedMinutes: 15 }) })),
    );
    const order = ({ saver, body }: (typeof orders)[number]) =>
      town.ask(saver, 'POST', '/api/redemptions', body);
    const running = Promise.all(orders.map(order));
    await wait(15);
    await stop();
    const first = await running;
    for (const { status } of first) expect([201, 503]).toContain(status);
    await start();
    const second = [];
    for (const each of orders) second.push(await order(each));
    expect(second.map(({ status }) => status)).toEqual(orders.map(() => 201));
    for (const [index, { status }] of first.entries()) {
      // What was answered before the blow was written for good.
      if (status === 201) expect(second[index]?.headers.get('Idempotency-Hit')).toBe('true');
    }
    for (const saver of savers) {
      expect((await town.ask(saver, 'GET', '/api/account')).body).toMatchObject({
        availableMinutes: 0,
        heldMinutes: 60,
      });
    }
  });
});

describe('an answer of the store that is lost on the way', () => {
  let town: Town;
  let lose: { times: number; from: 'one try' | 'the whole call' } | undefined;
  beforeEach(async () => {
    town = await startTown();
    lose = undefined;
    const writes = ['TransactWriteItemsCommand', 'UpdateItemCommand', 'PutItemCommand'];
    for (const [from, step] of [
      ['one try', 'deserialize'],
      ['the whole call', 'initialize'],
    ] as const) {
      town.connection.client.middlewareStack.add(
        (next, context) => async (args) => {
          const result = await next(args);
          if (lose?.from === from && lose.times > 0 && writes.includes(String(context['commandName']))) {
            lose.times -= 1;
            throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
          }
          return result;
        },
        { step: step as 'initialize', priority: 'high', name: `lose ${from}` },
      );
    }
  });
  afterEach(async () => {
    await town.stop();
  });

  /** A good message for every route takes a while to prepare. */
  const LONG_MS = 90_000;
  const commands = [
    'postRequest',
    'redeemHours',
    'acceptRequest',
    'checkIn',
    'checkOut',
    'confirmVisit',
    'cancelRequest',
    'giveHours',
    'donateHours',
    'chooseOverflow',
    'bindFamily',
    'endFamily',
  ];

  it(
    'is asked for again within the request, and the person notices nothing',
    async () => {
      for (const { route, who, method, path, body } of await aMessageForEach(town)) {
        if (!commands.includes(route.operationId)) continue;
        lose = { times: 1, from: 'one try' };
        const first = await town.ask(who, method, path, body);
        expect(lose.times, route.operationId).toBe(0);
        expect(first.status, route.operationId).toBe(route.status);
        const after = await everythingIn(town);
        const again = await town.ask(who, method, path, body);
        expect([again.status, again.body], route.operationId).toEqual([route.status, first.body]);
        expect(await everythingIn(town), route.operationId).toEqual(after);
      }
    },
    LONG_MS,
  );

  it(
    'makes the person send the same again, which is carried out exactly once',
    async () => {
      for (const { route, who, method, path, body } of await aMessageForEach(town)) {
        if (!commands.includes(route.operationId)) continue;
        lose = { times: 1, from: 'the whole call' };
        const first = await town.ask(who, method, path, body);
        expect([first.status, first.body.error.code], route.operationId).toEqual([503, 'unavailable']);
        const after = await everythingIn(town);
        const again = await town.ask(who, method, path, body);
        expect([again.status, again.headers.get('Idempotency-Hit')], route.operationId).toEqual([
          route.status,
          'true',
        ]);
        expect(await everythingIn(town), route.operationId).toEqual(after);
      }
    },
    LONG_MS,
  );

  it('counts a wrong code once', async () => {
    const { volunteer, elder, path, body } = await aVisit(town, 'accepted');
    town.setClock(body.plannedStartAt);
    const code = String((Number(elder.visitCode) + 1) % 1_000_000).padStart(6, '0');
    const wrong = { commandId: town.ids.command(), code };
    lose = { times: 1, from: 'the whole call' };
    expect((await town.ask(volunteer, 'POST', `${path}/check-in`, wrong)).status).toBe(503);
    expect((await town.ask(volunteer, 'POST', `${path}/check-in`, wrong)).body.error.triesLeft).toBe(4);
  });
});

describe('something that nobody thought of', () => {
  let town: Town;
  let messages: Message[];
  const canary = { name: '金丝雀', address: '暗号巷77号', note: '密语' };
  const secrets = [canary.name, canary.address, canary.note];
  beforeAll(async () => {
    town = await startTown();
    messages = await aMessageForEach(town);
  });
  afterAll(async () => {
    await town.stop();
  });

  const says = `${secrets.join(' ')} +8610012345678`;
  const strange: [string, () => Error][] = [
    ['an error that quotes what was written', () => new Error(`cannot store ${says}`)],
    ['an error of several lines', () => new TypeError(`\n    at ${says}\n    at ${says} (x.ts:1:1)`)],
    ['an error with a cause', () => new Error(says, { cause: new Error(says) })],
    ['several errors in one', () => new AggregateError([new Error(says)], says)],
    [
      'a parser that quotes its text',
      () => new SyntaxError(`Unexpected token in "${says}" is not valid JSON`),
    ],
    [
      'an error of the store',
      () => Object.assign(new Error(says), { name: 'ValidationException', $fault: 'client' }),
    ],
    ['an error without a trace', () => Object.assign(new Error(says), { stack: undefined })],
  ];

  it.each(strange)(
    '%s is answered with an id alone, and logged in one line without a word of it',
    async (_, make) => {
      const fail = () => Promise.reject(make());
      const { careBook, people, journal, challenges, policies, sealBook } = town.ports;
      const broken = <T extends object>(port: T): T =>
        Object.fromEntries(Object.keys(port).map((name) => [name, fail])) as T;
      const app = makeApp({
        ...town.deps,
        tablesAnswer: fail,
        ports: {
          ...town.ports,
          careBook: broken(careBook),
          weekBook: broken(town.ports.weekBook),
          inbox: broken(town.ports.inbox),
          people: { ...people, readMember: fail, findByPhone: fail, listResidents: fail },
          journal: broken(journal),
          challenges: broken(challenges),
          sessions: broken(town.ports.sessions),
          personFiles: broken(town.ports.personFiles),
          policies: broken(policies),
          caseBook: broken(town.ports.caseBook),
          sealBook: broken(sealBook),
        },
      });
      for (const message of messages) {
        if (
          [...asksNothing, 'listCommunities', 'readSignInWays', 'takeDeviceEvent'].includes(
            message.route.operationId,
          )
        )
          continue;
        const logged = town.log.length;
        const { status, text } = await sendTo(app, town, message);
        const where = message.route.operationId;
        const { error } = JSON.parse(text);
        expect(status, where).toBe(500);
        expect(error, where).toEqual({
          code: 'internal',
          message: expect.any(String),
          errorId: expect.stringMatching(/^[0-9A-Z]{26}$/),
        });
        const lines = town.log.slice(logged);
        expect(lines, where).toMatchObject([{ event: 'internal', errorId: error.errorId }]);
        for (const secret of [...secrets, '12345678']) {
          expect(text + JSON.stringify(lines), where).not.toContain(secret);
        }
        expect(text, where).not.toContain('.ts');
      }
    },
  );

  it('the line says where it happened', async () => {
    const app = makeApp({ ...town.deps, tablesAnswer: () => Promise.reject(new RangeError(says)) });
    await sendTo(app, town, { method: 'GET', path: '/api/health' });
    expect(town.log.at(-1)).toMatchObject({
      name: 'RangeError',
      stack: expect.stringMatching(/faults\.test\.ts/),
    });
  });
});

it('a whole story with refusals and failures leaves no name, number, address, note or code in the log', async () => {
  const town = await startTown();
  try {
    const people = { name: '金丝雀', address: '暗号巷77号' };
    const elder = await town.anElder(people);
    const volunteer = await town.aVolunteer({ name: '夜莺', address: '暗号巷78号' });
    const visit = await aVisit(town, 'settled', { elder, volunteer, request: { note: '密语' } });
    const app = makeApp({
      ...town.deps,
      tablesAnswer: () => Promise.reject(new Error(JSON.stringify(elder))),
    });
    await sendTo(app, town, { method: 'GET', path: '/api/health' });
    const answers = [
      await town.ask(volunteer, 'GET', `/api/requests/${elder.name}`),
      await town.ask(elder, 'POST', `${visit.path}/cancel`, {
        commandId: town.ids.command(),
        reason: elder.name,
      }),
      await town.ask(elder, 'POST', '/api/redemptions', { [elder.address]: elder.name }),
      await town.ask(elder, 'POST', '/api/redemptions', `{"${elder.name}`),
      await town.ask(undefined, 'POST', '/api/sign-in/codes', {
        phone: `${String(elder.phone)}x`,
        device: town.deviceOf(elder).thumbprint,
      }),
      await town.ask(undefined, 'POST', '/api/sign-in', {
        challengeId: town.ids.challenge(),
        code: elder.visitCode,
      }),
    ];
    const told = JSON.stringify(town.log);
    expect(town.log).toHaveLength(1);
    for (const person of [elder, volunteer]) {
      for (const secret of [person.name, person.address, person.phone, person.visitCode, person.birthDate]) {
        expect(told).not.toContain(secret);
      }
    }
    expect(told).not.toContain('密语');
    for (const { body } of answers) {
      for (const secret of [elder.name, elder.phone, elder.visitCode]) {
        expect(JSON.stringify(body)).not.toContain(secret);
      }
    }
  } finally {
    await town.stop();
  }
});
