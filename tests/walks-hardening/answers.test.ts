/** What every answer of the door carries, and what no answer has in it. */
import { ErrorAnswer } from '@time-bank/contracts/refusals';
import { routes } from '@time-bank/contracts/routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type Town, startTown } from '../town.ts';

let town: Town;
let token: string;
beforeAll(async () => {
  town = await startTown();
  token = await town.tokenOf(await town.anElder());
});
afterAll(async () => {
  await town.stop();
});

const expectGuarded = async (response: Response, what: string): Promise<void> => {
  const { headers } = response;
  expect(headers.get('X-Content-Type-Options'), what).toBe('nosniff');
  expect(headers.get('Content-Security-Policy'), what).toMatch(
    /^default-src 'none';.*frame-ancestors 'none'/,
  );
  expect(headers.get('X-Frame-Options'), what).toMatch(/DENY|SAMEORIGIN/);
  expect(headers.get('Strict-Transport-Security'), what).toMatch(/^max-age=\d{8}; includeSubDomains/);
  expect(headers.get('Referrer-Policy'), what).toBe('no-referrer');
  expect(headers.get('Cross-Origin-Opener-Policy'), what).toBe('same-origin');
  expect(headers.get('Cross-Origin-Resource-Policy'), what).toBe('same-origin');
  expect(headers.get('Cache-Control'), what).toMatch(/no-store/);
  for (const name of ['X-Powered-By', 'Server', 'Access-Control-Allow-Origin', 'X-AspNet-Version'])
    expect(headers.get(name), `${what}: ${name}`).toBeNull();
  const text = await response.text();
  const type = headers.get('Content-Type');
  if (text !== '') expect(type, what).toMatch(/^(application\/(json|yaml)|text\/\w+; ?charset=utf-8)/i);
  if (response.status >= 400) {
    expect(type, what).toMatch(/^application\/json/);
    const { error } = z.parse(ErrorAnswer, JSON.parse(text));
    expect(error.message, what).toMatch(/^[A-Z][^<>{}]*\.$/);
    expect(text, what).not.toMatch(/stack|\.ts:\d|node_modules|dynamodb|Exception|Error:/i);
  }
};

const send = (path: string, method = 'GET', init: RequestInit = {}) =>
  town.app.request(`http://localhost${path}`, { method, ...init });

const pathOf = ({ path }: { path: string }): string => path.replaceAll(/\{\w+\}/g, 'x');

describe.each(routes.map((route) => [route.operationId, route] as const))('%s', (_, route) => {
  const method = route.method.toUpperCase();

  it('answers with all that guards it: to nobody, to somebody with nothing to say, and to nonsense', async () => {
    const signedIn = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const bodies = method === 'POST' ? ['{}', '{', '"x"'] : [undefined];
    for (const headers of [{}, signedIn, { Authorization: 'Bearer x' }, { Cookie: 'session=x' }]) {
      for (const body of bodies) {
        const init = { headers, ...(body === undefined ? {} : { body }) };
        await expectGuarded(await send(pathOf(route), method, init), `${method} ${route.path} ${body ?? ''}`);
      }
    }
  });

  it('does not know other methods', async () => {
    const known = routes.filter(({ path }) => path === route.path).map((each) => each.method.toUpperCase());
    for (const other of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      // The platform's own Request refuses to be made with TRACE.
      if (known.includes(other) || other === 'TRACE') continue;
      const response = await send(pathOf(route), other, { headers: { Authorization: `Bearer ${token}` } });
      expect([404, 405], `${other} ${route.path}`).toContain(response.status);
      await expectGuarded(response, `${other} ${route.path}`);
    }
  });
});

it.each([
  '/',
  '/api',
  '/api/',
  '/api//me',
  '/api/me/',
  '/api/ME',
  '/api/../api/me',
  '/api/%2e%2e/me',
  '/api/me%00',
  '/api/me%0d%0aSet-Cookie:x=1',
  '/api/%',
  '/api/%E0%A4%A',
  '/api/%ff',
  '/api/;/me',
  '/api/me;x=1',
  '/api/requests/%00',
  '/api/pools/%F0%9F',
  '/api/pools/..%2F..%2Fetc%2Fpasswd',
  '/.env',
  '/.git/config',
  '/api/__proto__',
  '/api/constructor/prototype',
  `/api/${'x'.repeat(4000)}`,
  '/api/me?__proto__[roles]=administrator',
  '/api/me?%00=%00',
  '/robots.txt',
  '/dev/inbox',
])('the path %s is answered like any other, with nothing broken by it', async (path) => {
  for (const method of ['GET', 'POST', 'HEAD']) {
    const response = await send(path, method, { headers: { Authorization: `Bearer ${token}` } });
    expect(response.status, `${method} ${path}`).toBeLessThan(500);
    expect(response.headers.get('Set-Cookie'), `${method} ${path}`).toBeNull();
    if (method !== 'HEAD') await expectGuarded(response, `${method} ${path}`);
  }
  expect(town.log).toEqual([]);
});

describe('address and headers together', () => {
  /** A call to a path that is open, with so many bytes before its body. */
  const withBytes = (bytes: number) => {
    const url = 'http://localhost/api/sign-in/ways';
    const fixed = 'GET'.length + url.length + 'x-filling'.length + 4;
    return town.app.request(url, { headers: { 'X-Filling': 'f'.repeat(bytes - fixed) } });
  };

  it('may be 10,240 bytes and not a byte more', async () => {
    expect((await withBytes(10_240)).status).toBe(200);
    const answer = await withBytes(10_241);
    expect(answer.status).toBe(400);
    expect(await answer.clone().json()).toMatchObject({
      error: { code: 'invalid_fields', details: [{ property: 'headers' }] },
    });
    await expectGuarded(answer, 'too long');
  });

  it('are counted over many headers as over one, and over the address', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`x-${String(n)}`, 'f'.repeat(40)]),
    );
    expect((await send('/api/sign-in/ways', 'GET', { headers: many })).status).toBe(400);
    expect((await send(`/api/sign-in/ways?${'x'.repeat(10_300)}`)).status).toBe(400);
  });
});
