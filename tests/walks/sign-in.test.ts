import { makeApp } from '@time-bank/api/app';
import type { Member, Phone } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { everythingIn } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const numberOf = ({ phone }: Member): Phone => {
  if (phone === undefined) throw new Error('this person has a telephone');
  return phone;
};

const askForCode = (phone: string) => town.ask(undefined, 'POST', '/api/sign-in/codes', { phone });
const signIn = (challengeId: string, code: string) =>
  town.ask(undefined, 'POST', '/api/sign-in', { challengeId, code });

/** A code on its way to somebody. */
const aCode = async (member: Member) => {
  const { body } = await askForCode(numberOf(member));
  const code = String(town.sent[0]?.code);
  const wrong = (n: number) => String((Number(code) + n + 1) % 1_000_000).padStart(6, '0');
  return { challengeId: String(body.challengeId), code, wrong };
};

const notAccepted = { status: 401, body: { error: { code: 'code_not_accepted' } } };

it('a code comes to the telephone, and with it one is signed in', async () => {
  const elder = await town.anElder();
  const asked = await askForCode(numberOf(elder));
  expect(asked).toMatchObject({ status: 202, body: { expiresAt: town.soon(5) } });
  expect(town.sent[0]).toEqual({
    challengeId: asked.body.challengeId,
    phone: elder.phone,
    code: expect.stringMatching(/^\d{6}$/),
    expiresAt: town.soon(5),
  });
  expect(JSON.stringify(asked.body)).not.toContain(town.sent[0]?.code);
  const signed = await signIn(String(asked.body.challengeId), String(town.sent[0]?.code));
  expect(signed).toMatchObject({
    status: 200,
    body: { roles: ['resident'], expiresAt: town.soon(30 * 24 * 60) },
  });
  const me = await town.ask(undefined, 'GET', '/api/me', undefined, {
    Authorization: `Bearer ${signed.body.token}`,
  });
  expect(me.body.member.memberId).toBe(elder.memberId);
});

it('a coordinator is signed in for half a day', async () => {
  const { challengeId, code } = await aCode(await town.aCoordinator());
  const { body } = await signIn(challengeId, code);
  expect(body).toMatchObject({ roles: ['coordinator'], expiresAt: town.soon(12 * 60) });
});

it('the number may be written as people write it', async () => {
  const elder = await town.anElder();
  const digits = numberOf(elder).slice(3);
  for (const written of [
    digits,
    `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`,
    `+86-${digits}`,
    `0086${digits}`,
    digits.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  ]) {
    const before = town.sent.length;
    expect((await askForCode(written)).status, written).toBe(202);
    expect(town.sent).toHaveLength(before + 1);
  }
});

it.each(['12345', 'abcdefgh', '+86', '１２３', '+0123456789', '13800138000; DROP'])(
  '"%s" is no telephone number',
  async (phone) => {
    const answer = await askForCode(phone);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_fields', details: [{ property: 'phone' }] } },
    });
  },
);

describe('an unknown number', () => {
  it('gets the same answer and no message', async () => {
    const known = await askForCode(numberOf(await town.anElder()));
    const sentBefore = town.sent.length;
    const unknown = await askForCode('+8610099999999');
    expect(unknown.status).toBe(known.status);
    expect(unknown.body).toEqual({ ...known.body, challengeId: expect.stringMatching(/^chl_/) });
    expect([...unknown.headers.keys()]).toEqual([...known.headers.keys()]);
    expect(town.sent).toHaveLength(sentBefore);
    expect(await signIn(String(unknown.body.challengeId), '000000')).toMatchObject(notAccepted);
  });

  it('is told no sooner and no later that it has had its codes', async () => {
    const answers = [];
    for (let count = 0; count < 11; count += 1) answers.push((await askForCode('+8610088888888')).status);
    expect(answers).toEqual([...Array<number>(10).fill(202), 429]);
  });
});

describe('a code', () => {
  it('that is wrong four times still works the fifth time', async () => {
    const { challengeId, code, wrong } = await aCode(await town.anElder());
    for (const n of [0, 1, 2, 3]) expect(await signIn(challengeId, wrong(n))).toMatchObject(notAccepted);
    expect((await signIn(challengeId, code)).status).toBe(200);
  });

  it('that is wrong five times is worth nothing any more', async () => {
    const { challengeId, code, wrong } = await aCode(await town.anElder());
    for (const n of [0, 1, 2, 3, 4]) expect(await signIn(challengeId, wrong(n))).toMatchObject(notAccepted);
    expect(await signIn(challengeId, code)).toMatchObject(notAccepted);
  });

  it('cannot be guessed by many tries in the same moment', async () => {
    const { challengeId, code, wrong } = await aCode(await town.anElder());
    await Promise.all(Array.from({ length: 20 }, (_, n) => signIn(challengeId, wrong(n))));
    expect(await signIn(challengeId, code)).toMatchObject(notAccepted);
  });

  it('works until five minutes have passed, and then not', async () => {
    const [early, late] = [await aCode(await town.anElder()), await aCode(await town.anElder())];
    town.pass(4.5);
    expect((await signIn(early.challengeId, early.code)).status).toBe(200);
    town.pass(0.5);
    expect(await signIn(late.challengeId, late.code)).toMatchObject(notAccepted);
  });

  it('works once', async () => {
    const { challengeId, code } = await aCode(await town.anElder());
    expect((await signIn(challengeId, code)).status).toBe(200);
    expect(await signIn(challengeId, code)).toMatchObject(notAccepted);
  });

  it('works once, also in the same moment', async () => {
    const { challengeId, code } = await aCode(await town.anElder());
    const answers = await Promise.all([signIn(challengeId, code), signIn(challengeId, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('belongs to its own question only', async () => {
    const [mine, theirs] = [await aCode(await town.anElder()), await aCode(await town.anElder())];
    if (mine.code === theirs.code) return;
    expect(await signIn(theirs.challengeId, mine.code)).toMatchObject(notAccepted);
    expect(await signIn(town.ids.challenge(), mine.code)).toMatchObject(notAccepted);
  });

  it('is not in the tables, in no form that can be read', async () => {
    const { challengeId, code } = await aCode(await town.anElder());
    const kept = Object.entries(await everythingIn(town)).filter(([key]) => key.includes(challengeId));
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(`"${code}"`);
  });
});

it('a number gets ten codes a day; the next day begins at midnight in China', async () => {
  town.setClock('2026-11-21T15:50:00.000Z');
  const phone = numberOf(await town.anElder());
  for (let count = 0; count < 10; count += 1) expect((await askForCode(phone)).status).toBe(202);
  const sentBefore = town.sent.length;
  expect(await askForCode(phone)).toMatchObject({ status: 429, body: { error: { code: 'too_many_codes' } } });
  expect(town.sent).toHaveLength(sentBefore);
  town.pass(10);
  expect((await askForCode(phone)).status).toBe(202);
});

describe('a browser', () => {
  const inBrowser = async (origin: string) => {
    const member = await town.anElder();
    const { challengeId, code } = await aCode(member);
    const response = await town.app.request(`${origin}/api/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ challengeId, code }),
    });
    const set = response.headers.get('Set-Cookie') ?? '';
    return { member, set, cookie: set.split(';')[0] ?? '' };
  };
  const send = (origin: string, path: string, init: RequestInit) =>
    town.app.request(`${origin}${path}`, init);
  const https = 'https://time.example';

  it('keeps the sign-in in a cookie that no script reads and no other site sends', async () => {
    const { set } = await inBrowser(https);
    const parts = set.split('; ');
    expect(parts[0]).toMatch(/^__Host-session=eyJ/);
    expect(parts).toEqual(expect.arrayContaining(['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']));
    expect(set).not.toContain('Domain');
  });

  it('on a laptop without https it has another name and is otherwise as strict', async () => {
    const { set } = await inBrowser('http://localhost');
    const parts = set.split('; ');
    expect(parts[0]).toMatch(/^session=eyJ/);
    expect(parts).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/']));
    expect(parts).not.toContain('Secure');
  });

  it('reads with the cookie alone, and commands with a header that other sites cannot send', async () => {
    const { cookie, member } = await inBrowser(https);
    const read = await send(https, '/api/me', { headers: { Cookie: cookie } });
    expect(await read.json()).toMatchObject({ member: { memberId: member.memberId } });
    const command = (headers: Record<string, string>) =>
      send(https, '/api/redemptions', {
        method: 'POST',
        headers: { Cookie: cookie, 'Content-Type': 'application/json', ...headers },
        body: '{}',
      });
    const without = await command({});
    expect(without.status).toBe(403);
    expect(await without.json()).toMatchObject({ error: { code: 'missing_request_header' } });
    const withHeader = await command({ 'X-Time-Bank': '1' });
    expect(await withHeader.json()).toMatchObject({ error: { code: 'invalid_fields' } });
  });

  it('over https the cookie of a laptop counts for nothing', async () => {
    const { cookie } = await inBrowser('http://localhost');
    expect((await send(https, '/api/me', { headers: { Cookie: cookie } })).status).toBe(401);
  });

  it.each(['http://localhost', https])('signing out at %s takes the cookie back', async (origin) => {
    const { cookie } = await inBrowser(origin);
    const headers = { Cookie: cookie, 'X-Time-Bank': 'web' };
    const response = await send(origin, '/api/sign-out', { method: 'POST', headers });
    expect([response.status, await response.text()]).toEqual([204, '']);
    const set = response.headers.get('Set-Cookie') ?? '';
    expect(set).toMatch(origin === https ? /^__Host-session=;/ : /^session=;/);
    expect(set).toContain('Max-Age=0');
    expect(set.includes('Secure')).toBe(origin === https);
  });

  it('another site cannot sign anybody out', async () => {
    const { cookie } = await inBrowser(https);
    const response = await send(https, '/api/sign-out', { method: 'POST', headers: { Cookie: cookie } });
    expect(response.status).toBe(403);
    expect(response.headers.get('Set-Cookie')).toBeNull();
  });
});

it('where no way to send a code is set up, known and unknown numbers hear so alike', async () => {
  const { codeSender: _, ...deps } = town.deps;
  const app = makeApp(deps);
  const before = await everythingIn(town);
  const answers = [];
  for (const phone of [numberOf(await town.anElder()), '+8610077777777']) {
    const response = await app.request('/api/sign-in/codes', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ phone }),
    });
    answers.push([response.status, await response.text()]);
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.[0]).toBe(503);
  expect(Object.keys(before).filter((key) => key.includes('+8610077777777'))).toEqual([]);
});
