import { makeApp } from '@time-bank/api/app';
import type { Member } from '@time-bank/contracts/member';
import { routes } from '@time-bank/contracts/routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, type Town, startTown } from '../town.ts';
import { type Message, aMessageForEach } from './messages.ts';
import { aVisit } from './steps.ts';
import { watchWrites } from './writes.ts';

let town: Town;
let messages: Message[];
let written: readonly string[];
beforeAll(async () => {
  town = await startTown();
  messages = await aMessageForEach(town);
  written = watchWrites(town);
});
afterAll(async () => {
  await town.stop();
});

/** Beside the list: the list itself, for machines and for people. */
const aboutTheList = ['GET /api/openapi.json', 'GET /api/docs'];

it('the service has exactly the routes of the list', () => {
  const real = town.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  const listed = routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect([...new Set(real)].sort()).toEqual([...listed, ...aboutTheList].sort());
});

describe('without a sign-in', () => {
  const closed = routes.filter(({ signedIn }) => signedIn).map(({ operationId }) => operationId);

  it.each(closed)('%s is refused, whatever the message', async (operationId) => {
    const message = messages.find(({ route }) => route.operationId === operationId)!;
    const before = written.length;
    for (const body of message.body === undefined ? [undefined] : [message.body, '{}', '{']) {
      for (const headers of [
        {},
        { Authorization: 'Bearer x' },
        { Cookie: 'session=x', 'X-Time-Bank': '1' },
      ]) {
        const answer = await town.ask(undefined, message.method, message.path, body, headers);
        expect(answer).toMatchObject({ status: 401, body: { error: { code: 'not_signed_in' } } });
      }
    }
    expect(written.slice(before)).toEqual([]);
  });

  it('what is open to everybody is only the sign-in, the health of the service, its description, and the newest seal', () => {
    const open = routes.filter(({ signedIn }) => !signedIn).map(({ operationId }) => operationId);
    expect(open).toEqual([
      'readHealth',
      'readSignInWays',
      'askForCode',
      'signIn',
      'askForPasskey',
      'signInWithPasskey',
      'startOutside',
      'signInOutside',
      'refreshSession',
      'signOut',
      'readCheckpoint',
      'takeDeviceEvent',
      'lookAtConfirmLink',
      'confirmByLink',
      'readCalendar',
      'followNoticeLink',
      'stopByMail',
    ]);
  });
});

describe("somebody else's request and none answer alike", () => {
  const aboutOne = routes.filter(({ path }) => path.includes('{requestId}'));
  /** A request at each step of its life, whom it does not concern, and one of them with every role, elsewhere. */
  let everywhere: Member;
  let strangers: Member[];
  let visits: { step: string; requestId: string }[];
  beforeAll(async () => {
    everywhere = await town.aMember({
      communityCode: FAR_AWAY,
      roles: (['resident', 'volunteer', 'coordinator'] as const).map((role) => ({ role, region: FAR_AWAY })),
    });
    strangers = [everywhere, await town.anElder(), await town.aVolunteer({ communityCode: FAR_AWAY })];
    visits = [];
    for (const step of ['posted', 'accepted', 'begun', 'ended', 'settled'] as const) {
      visits.push({ step, requestId: (await aVisit(town, step)).requestId });
    }
  });

  it.each(aboutOne.map(({ operationId }) => operationId))('%s', async (operationId) => {
    const message = messages.find(({ route }) => route.operationId === operationId)!;
    const raw = async (stranger: Member, requestId: string) => {
      const response = await town.app.request(message.route.path.replace('{requestId}', requestId), {
        method: message.method,
        headers: {
          Authorization: `Bearer ${await town.tokenOf(stranger)}`,
          'Content-Type': 'application/json',
        },
        ...(message.body === undefined ? {} : { body: JSON.stringify(message.body) }),
      });
      return [response.status, [...response.headers.entries()], await response.text()];
    };
    for (const { step, requestId } of visits) {
      for (const stranger of strangers) {
        expect(await raw(stranger, requestId), step).toEqual(await raw(stranger, town.ids.request()));
      }
      expect((await raw(everywhere, requestId))[0]).toBe(404);
    }
  });
});

describe('every answer', () => {
  const expectGuarded = (response: Response, what: string) => {
    const { headers } = response;
    expect(headers.get('X-Content-Type-Options'), what).toBe('nosniff');
    expect(headers.get('Content-Security-Policy'), what).toMatch(
      /^default-src 'none';.*frame-ancestors 'none'/,
    );
    expect(headers.get('Content-Security-Policy'), what).not.toContain('script-src');
    expect(headers.get('Strict-Transport-Security'), what).toMatch(/^max-age=\d{8}/);
    expect(headers.get('Referrer-Policy'), what).toBe('no-referrer');
    expect(headers.get('Cache-Control'), what).toBe('no-store');
    expect(headers.get('X-Powered-By'), what).toBeNull();
    expect(headers.get('Access-Control-Allow-Origin'), what).toBeNull();
  };

  const send = async ({ who, method, path, body }: Omit<Message, 'route'>, app = town.app) =>
    app.request(path, {
      method,
      headers: {
        Origin: 'https://elsewhere.example',
        'Content-Type': 'application/json',
        ...(who === undefined ? {} : { Authorization: `Bearer ${await town.tokenOf(who)}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it('carries the headers that guard it when it is good', async () => {
    for (const message of messages.filter(({ method }) => method === 'GET')) {
      const response = await send(message);
      expect(response.status, message.path).toBe(200);
      expectGuarded(response, message.path);
    }
    for (const path of ['/api/docs', '/api/openapi.json']) {
      expectGuarded(await send({ method: 'GET', path }), path);
    }
  });

  it('carries them when it is a refusal', async () => {
    for (const message of messages) {
      const { who: _, ...nobody } = message;
      expectGuarded(await send(nobody), `${message.path} by nobody`);
      if (message.body !== undefined) {
        expectGuarded(await send({ ...message, body: {} }), `${message.path} without content`);
        const tooLarge = await send({ ...message, body: { x: 'x'.repeat(70_000) } });
        expect(tooLarge.status).toBe(413);
        expectGuarded(tooLarge, `${message.path} too large`);
      }
    }
    for (const path of ['/', '/api', '/api/', '/api/none', '/robots.txt', '/api/requests/x/y', '//api/me']) {
      const response = await send({ method: 'GET', path });
      expect([401, 404], path).toContain(response.status);
      expectGuarded(response, path);
    }
  });

  it('carries them when something breaks', async () => {
    const broken = () => Promise.reject(new Error('broken'));
    const { people, regions, careBook, journal } = town.ports;
    const app = makeApp({
      ...town.deps,
      tablesAnswer: () => Promise.resolve(false),
      ports: {
        ...town.ports,
        people: { ...people, readMember: broken, listResidents: broken, findByPhone: broken },
        regions: { ...regions, listCommunities: broken },
        careBook: { ...careBook, readRequestNow: broken, listOpen: broken },
        journal: { ...journal, readAccountNow: broken, listEntriesNow: broken },
      },
    });
    const statuses = new Set<number>();
    for (const message of messages) {
      const response = await send(message, app);
      statuses.add(response.status);
      expectGuarded(response, message.path);
    }
    expect([...statuses]).toEqual(expect.arrayContaining([500, 503]));
  });

  it('to a method that a route does not have is that there is nothing', async () => {
    const elder = await town.anElder();
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'POST']) {
      const response = await town.app.request('/api/me', {
        method,
        headers: { Authorization: `Bearer ${await town.tokenOf(elder)}` },
      });
      expect(response.status, method).toBe(404);
      expect(await response.json(), method).toMatchObject({ error: { code: 'unknown_route' } });
      expectGuarded(response, method);
    }
  });
});

describe('the description for machines', () => {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a document of any shape
  let document: any;
  beforeAll(async () => {
    document = (await town.ask(undefined, 'GET', '/api/openapi.json')).body;
  });

  const parts = function* (value: unknown, at = '#'): Generator<[string, Record<string, unknown>]> {
    if (typeof value !== 'object' || value === null) return;
    yield [at, value as Record<string, unknown>];
    for (const [key, inner] of Object.entries(value)) yield* parts(inner, `${at}/${key}`);
  };

  it('is OpenAPI 3.1 and names every operation once', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    const paths = document.paths as Record<string, Record<string, { operationId: string }>>;
    const operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
    );
    expect(operations.sort()).toEqual(
      routes.map(({ method, path, operationId }) => `${method} ${path} ${operationId}`).sort(),
    );
    expect(new Set(routes.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });

  it('has no reference that leads nowhere', () => {
    const references = [...parts(document)].filter(([, part]) => typeof part['$ref'] === 'string');
    expect(references.length).toBeGreaterThan(50);
    for (const [at, part] of references) {
      let target = document;
      for (const step of String(part['$ref']).slice(2).split('/')) target = target?.[step];
      expect(target, `${at} -> ${String(part['$ref'])}`).toBeTypeOf('object');
    }
    const text = JSON.stringify(document);
    for (const leftover of ['$defs', '"$id"', '"$schema"']) expect(text).not.toContain(leftover);
  });

  it('says of each operation what goes in, what comes out, who may, and how it refuses', () => {
    for (const route of routes) {
      const operation = document.paths[route.path][route.method];
      const where = route.operationId;
      const fromPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const parameters = operation.parameters as { name: string; in: string; required: boolean }[];
      expect(
        parameters.filter((each) => each.in === 'path').map(({ name }) => name),
        where,
      ).toEqual(fromPath);
      expect(
        parameters.filter((each) => each.in === 'query').map(({ name }) => name),
        where,
      ).toEqual(Object.keys(route.query?._zod.def.shape ?? {}));
      expect(operation.requestBody !== undefined, where).toBe(route.body !== undefined);
      expect(operation.responses[route.status].content !== undefined, where).toBe(route.answer !== undefined);
      expect(operation.security.length > 0, where).toBe(route.signedIn);
      const refusals = String(operation.responses.default.description);
      for (const code of route.refusals) expect(refusals, where).toContain(code);
    }
  });

  it('says which fields are needed', () => {
    const { PostRequest } = document.components.schemas;
    expect(new Set(PostRequest.required as string[])).toEqual(
      new Set(['plannedMinutes', 'plannedStartAt', 'receiverId', 'requestId', 'serviceCode', 'wishes']),
    );
    expect(PostRequest.additionalProperties).toBe(false);
    const query = document.paths['/api/requests'].get.parameters as { name: string; required: boolean }[];
    expect(query.filter(({ required }) => required).map(({ name }) => name)).toEqual(['scope']);
  });
});

describe('the description for people', () => {
  it('is a page with every path and every refusal, and without a script', async () => {
    const answer = await town.ask(undefined, 'GET', '/api/docs');
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/html/);
    const page = String(answer.body);
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).toContain('<html lang="en">');
    for (const { method, path, refusals } of routes) {
      expect(page).toContain(`${method.toUpperCase()} ${path}`);
      for (const code of refusals) expect(page).toContain(`<tr id="${code}">`);
    }
    expect(page).not.toMatch(/<script|<iframe|<img|javascript:|\son\w+=|https?:\/\/(?!json-schema\.org)/i);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });
});

/** A good message for every route takes a while to prepare, and as long to send. */
const LONG_MS = 90_000;

it(
  'every message of this list is carried out as it was meant, with the status of the list',
  async () => {
    // In a town of its own: of some things, such as the plan of a week, there is one.
    const fresh = await startTown();
    try {
      for (const message of await aMessageForEach(fresh)) {
        const { who, method, path, body, headers } = message;
        const answer = await fresh.ask(who, method, path, body, headers?.());
        expect(answer.status, message.route.operationId).toBe(message.route.status);
      }
    } finally {
      await fresh.stop();
    }
  },
  LONG_MS,
);
