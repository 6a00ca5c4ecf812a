/** Who calls too often waits, and nobody else with them. */
import { makeApp } from '@time-bank/api/app';
import { type CallLimits, openDoors, usualLimits } from '@time-bank/api/rate-limit';
import { ErrorAnswer } from '@time-bank/contracts/refusals';
import { routes } from '@time-bank/contracts/routes';
import { Unavailable } from '@time-bank/desk/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { HOME, type Town, roomyLimits, startTown } from '../town.ts';
import { everythingIn } from '../walks/steps.ts';

let town: Town;
let calls = 0;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const few = { max: 3, seconds: 600 };
const strict: CallLimits = {
  ...roomyLimits,
  byAddress: { code: few, sign_in: few, question: few, refresh: few, look: few, device: few },
};

/** An instance of the API that believes what a test says of the address. */
const instance = (limits: CallLimits = strict, deps: Partial<Town['deps']> = {}) =>
  makeApp({
    ...town.deps,
    ...deps,
    limits,
    addressOf: (c) => c.req.header('X-Test-Address') ?? 'nowhere',
  });
/** An address that no other test has. */
const anAddress = (): string => {
  calls += 1;
  return `198.51.100.${String(calls)}`;
};
const openRoutes = routes.filter(({ signedIn }) => !signedIn);

const knock = (app: ReturnType<typeof instance>, path: string, address: string, method = 'POST') =>
  app.request(`http://localhost${path}`, {
    method,
    headers: { 'X-Test-Address': address, 'Content-Type': 'application/json' },
    ...(method === 'POST' ? { body: '{}' } : {}),
  });

it('every route that needs no sign-in is counted by address, and there is no count without a route', () => {
  const open = openRoutes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect(Object.keys(openDoors).sort()).toEqual(open.sort());
});

describe.each(openRoutes.map(({ method, path }) => [method.toUpperCase(), path] as const))(
  '%s %s',
  (method, path) => {
    it('lets so many calls of an address through, then says how long to wait; others go on', async () => {
      const app = instance();
      const [noisy, quiet] = [anAddress(), anAddress()];
      for (let n = 0; n < few.max; n += 1) {
        expect((await knock(app, path, noisy, method)).status).not.toBe(429);
      }
      for (let n = 0; n < 5; n += 1) {
        const answer = await knock(app, path, noisy, method);
        expect(answer.status).toBe(429);
        const { error } = z.parse(ErrorAnswer, await answer.json());
        expect(error).toEqual({
          code: 'rate_limited',
          message: expect.any(String),
          retryAfterSeconds: expect.any(Number),
        });
        expect(answer.headers.get('Retry-After')).toBe(String(error.retryAfterSeconds));
        expect(error.retryAfterSeconds).toBeGreaterThan(0);
        expect(error.retryAfterSeconds).toBeLessThanOrEqual(few.seconds);
      }
      expect((await knock(app, path, quiet, method)).status).not.toBe(429);
    });
  },
);

it('asking for the headers alone counts like asking for all', async () => {
  const app = instance();
  const address = anAddress();
  for (let n = 0; n < few.max; n += 1) await knock(app, '/api/health', address, 'HEAD');
  expect((await knock(app, '/api/health', address, 'GET')).status).toBe(429);
  expect((await knock(app, '/api/health', address, 'HEAD')).status).toBe(429);
});

it('another instance of the service knows what an address has had', async () => {
  const address = anAddress();
  const [first, second] = [instance(), instance()];
  for (let n = 0; n < few.max; n += 1) await knock(first, '/api/checkpoint', address, 'GET');
  expect((await knock(second, '/api/checkpoint', address, 'GET')).status).toBe(429);
});

it('whoever waits as long as was said goes on', async () => {
  const app = instance();
  const address = anAddress();
  for (let n = 0; n <= few.max; n += 1) await knock(app, '/api/health', address, 'GET');
  const answer = await knock(app, '/api/health', address, 'GET');
  expect(answer.status).toBe(429);
  town.pass(Math.ceil(Number(answer.headers.get('Retry-After')) / 60));
  expect((await knock(app, '/api/health', address, 'GET')).status).toBe(200);
});

it('a header that a caller writes does not make them somebody else', async () => {
  const app = instance();
  const address = anAddress();
  const forged = (n: number) =>
    app.request('http://localhost/api/health', {
      headers: { 'X-Test-Address': address, 'X-Forwarded-For': `203.0.113.${String(n)}` },
    });
  for (let n = 0; n < few.max; n += 1) expect((await forged(n)).status).toBe(200);
  expect((await forged(99)).status).toBe(429);
});

it('no address stands in the tables or in the log', async () => {
  const address = '203.0.113.200';
  await knock(instance(), '/api/sign-in', address);
  const rows = JSON.stringify(await everythingIn(town, []));
  expect(rows).toContain('RATE#');
  expect(rows).not.toContain(address);
  expect(JSON.stringify(town.log)).not.toContain(address);
});

describe('a person who has signed in', () => {
  const asking = async (
    app: ReturnType<typeof instance>,
    who: Awaited<ReturnType<Town['anElder']>>,
    path: string,
  ) =>
    app.request(`http://localhost${path}`, {
      headers: { Authorization: `Bearer ${await town.tokenOf(who)}` },
    });

  it('waits when they call too often, and their neighbour does not', async () => {
    const app = instance({ ...roomyLimits, calls: few });
    const [noisy, quiet] = [await town.anElder(), await town.anElder()];
    for (let n = 0; n < few.max; n += 1) expect((await asking(app, noisy, '/api/me')).status).toBe(200);
    const answer = await asking(app, noisy, '/api/account');
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await asking(app, quiet, '/api/me')).status).toBe(200);
  });

  it('is counted without a word to the store: a balance stays one read', async () => {
    const elder = await town.anElder();
    const taken: string[] = [];
    const { rateLimits } = town.ports;
    const ports = {
      ...town.ports,
      rateLimits: {
        take: (...order: Parameters<typeof rateLimits.take>) => {
          taken.push(order[0]);
          return rateLimits.take(...order);
        },
      },
    };
    const app = instance(roomyLimits, { ports });
    for (const path of ['/api/me', '/api/account', '/api/account/entries'])
      expect((await asking(app, elder, path)).status, path).toBe(200);
    expect(taken).toEqual([]);
  });

  it('of the staff looks at no more files in an hour than anybody can read, on whatever instance', async () => {
    const limits = { ...roomyLimits, looks: few };
    const [here, there] = [instance(limits), instance(limits)];
    const [coordinator, other] = [await town.aCoordinator(), await town.aCoordinator()];
    const path = `/api/elders?community=${HOME}`;
    for (let n = 0; n < few.max; n += 1) expect((await asking(here, coordinator, path)).status).toBe(200);
    const answer = await asking(there, coordinator, path);
    expect(answer.status).toBe(429);
    expect(await answer.json()).toMatchObject({ error: { code: 'rate_limited' } });
    expect((await asking(there, coordinator, '/api/me')).status).toBe(200);
    expect((await asking(there, other, path)).status).toBe(200);
  });

  it('of the staff tries no more telephone numbers than that either, though they stand in no address', async () => {
    const app = instance({ ...roomyLimits, looks: few });
    const coordinator = await town.aCoordinator();
    const find = async (n: number) => {
      const place = { method: 'POST', path: '/api/members/find' };
      const headers = {
        ...Object.fromEntries(new Headers(await town.headersOf(coordinator, place))),
        'Content-Type': 'application/json',
      };
      const body = JSON.stringify({ phone: `1590000000${String(n)}` });
      return (await app.request(`http://localhost${place.path}`, { method: 'POST', headers, body })).status;
    };
    for (let n = 0; n < few.max; n += 1) expect(await find(n)).toBe(404);
    expect(await find(few.max)).toBe(429);
  });

  it('who tries the files of others and is refused is counted as well', async () => {
    const app = instance({ ...roomyLimits, looks: few });
    const elder = await town.anElder();
    const path = `/api/elders?community=${HOME}`;
    for (let n = 0; n < few.max; n += 1) expect((await asking(app, elder, path)).status).toBe(403);
    expect((await asking(app, elder, path)).status).toBe(429);
  });
});

it('where the store does not answer nobody is let in uncounted', async () => {
  const ports = {
    ...town.ports,
    rateLimits: { take: () => Promise.reject(new Unavailable('the store does not answer')) },
  };
  const answer = await knock(instance(strict, { ports }), '/api/sign-in/codes', anAddress());
  expect(answer.status).toBe(503);
});

it('the limits of every day are no obstacle to anybody and one to a machine', () => {
  const all = [...Object.values(usualLimits.byAddress), usualLimits.looks, usualLimits.calls];
  for (const { max, seconds } of all) {
    expect(max).toBeGreaterThanOrEqual(30);
    expect(max / seconds).toBeLessThanOrEqual(5);
  }
});
