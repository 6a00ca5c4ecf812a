import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { type Browser, OURS, aBrowser, aSignedInBrowser, codeOf } from './clients.ts';

let town: Town;
let elder: Member;
let browser: Browser;
beforeAll(async () => {
  town = await startTown();
});
beforeEach(async () => {
  elder = await town.anElder();
  browser = await aSignedInBrowser(town, elder);
});
afterAll(async () => {
  await town.stop();
});

const me = async (client = browser) => codeOf(await client.ask('GET', '/api/me'));
const end = () => ({ commandId: town.ids.command() });

/** Signs in as a person does, with the code that came to their telephone. */
const signIn = async (client: Browser, member: Member, headers?: Record<string, string>) => {
  const device = 'd'.repeat(43);
  const asked = await client.ask('POST', '/api/sign-in/codes', { phone: member.phone, device }, headers);
  const { challengeId } = asked.body;
  return client.ask('POST', '/api/sign-in', { challengeId, device, code: town.sent[0]?.code }, headers);
};

describe('a browser that signs in', () => {
  it('keeps two cookies that no script reads and no other site sends, and sees no token', async () => {
    const client = aBrowser(town);
    const answer = await signIn(client, elder);
    expect(codeOf(answer)).toBe('done');
    expect(answer.body).not.toHaveProperty('token');
    expect(answer.body).not.toHaveProperty('refreshToken');
    expect([...client.jar.keys()].sort()).toEqual(['refresh', 'session']);
    for (const line of client.told) expect(line).toMatch(/; Path=\/;.*; HttpOnly; SameSite=Strict$/);
    expect(await me(client)).toBe('done');
  });

  it('over https has cookies that are bound to this very host', async () => {
    const client = aBrowser(town, new Map(), 'https://time.example');
    await signIn(client, elder);
    expect([...client.jar.keys()].sort()).toEqual(['__Host-refresh', '__Host-session']);
    for (const line of client.told) {
      expect(line).toMatch(/^__Host-/);
      expect(line).toMatch(/; Path=\/;/);
      expect(line).toMatch(/; HttpOnly; Secure; SameSite=Strict$/);
      expect(line).not.toMatch(/Domain=/i);
    }
    expect(await me(client)).toBe('done');
    // Names without the prefix count for nothing here: another host of the domain could have set them.
    const [session = '', refresh = ''] = ['__Host-session', '__Host-refresh'].map((name) =>
      client.jar.get(name),
    );
    const planted = aBrowser(
      town,
      new Map([
        ['session', session],
        ['refresh', refresh],
      ]),
      'https://time.example',
    );
    expect(await me(planted)).toBe('not_signed_in');
  });

  it('gets tokens in the answer and no cookies where it is none', async () => {
    const client = aBrowser(town);
    const answer = await signIn(client, elder, {});
    expect(answer.body).toMatchObject({ token: expect.any(String), refreshToken: expect.any(String) });
    expect(client.jar.size).toBe(0);
  });

  it('is never given the session that it came with: what somebody planted before is worth nothing', async () => {
    const thief = await town.anElder();
    const planted = await aSignedInBrowser(town, thief);
    const victim = aBrowser(town, planted.jar);
    const before = new Map(planted.jar);
    expect(codeOf(await signIn(victim, elder))).toBe('done');
    for (const [name, value] of before) expect(victim.jar.get(name)).not.toBe(value);
    const { body } = await victim.ask('GET', '/api/me');
    expect(body.member.memberId).toBe(elder.memberId);
    // The one who planted it is signed out, and not into the other's account.
    town.pass(11);
    expect(await me(planted)).toBe('session_ended');
  });
});

describe('a browser whose access token has run out', () => {
  it('is given the next one along the way, and its person notices nothing', async () => {
    const before = new Map(browser.jar);
    town.pass(11);
    expect(await me()).toBe('done');
    expect(browser.jar.get('session')).not.toBe(before.get('session'));
    expect(browser.jar.get('refresh')).not.toBe(before.get('refresh'));
    const told = browser.told.length;
    expect(await me()).toBe('done');
    expect([told, browser.told.length]).toEqual([2, 0]);
  });

  it('or that has dropped it, also in the middle of a command', async () => {
    browser.jar.delete('session');
    expect(codeOf(await browser.ask('POST', '/api/sessions/end-others', end()))).toBe('done');
    expect(browser.jar.has('session')).toBe(true);
  });

  it('may ask for many things at once', async () => {
    town.pass(11);
    const tabs = Array.from({ length: 6 }, () => aBrowser(town, browser.jar));
    expect(await Promise.all(tabs.map(me))).toEqual(tabs.map(() => 'done'));
    expect(new Set(tabs.map(({ jar }) => jar.get('refresh'))).size).toBe(1);
    town.pass(11);
    for (const tab of tabs) expect(await me(tab)).toBe('done');
  });

  it('is told that it was signed out where it was, and forgets its tokens', async () => {
    const copy = aBrowser(town, browser.jar);
    expect(codeOf(await browser.ask('POST', '/api/sign-out'))).toBe('done');
    town.pass(11);
    expect(await me(copy)).toBe('session_ended');
    expect(copy.jar.size).toBe(0);
    expect(await me(copy)).toBe('not_signed_in');
  });

  it('signs in again after two weeks away', async () => {
    town.pass(14 * 24 * 60);
    expect(await me()).toBe('sign_in_expired');
    expect(browser.jar.size).toBe(0);
  });

  it('with a made-up refresh token is not signed in', async () => {
    browser.jar.delete('session');
    browser.jar.set('refresh', 'x');
    expect(await me()).toBe('not_signed_in');
    expect(browser.jar.size).toBe(0);
  });
});

describe('another site', () => {
  it.each([
    ['with both cookies', ['session', 'refresh']],
    ['with the access token alone', ['session']],
    ['with the refresh token alone', ['refresh']],
  ])('can send no command %s, for it cannot set our header', async (_, kept) => {
    for (const name of [...browser.jar.keys()]) if (!kept.includes(name)) browser.jar.delete(name);
    const jar = new Map(browser.jar);
    for (const path of ['/api/sessions/end-others', '/api/sign-out', '/api/gifts']) {
      expect(codeOf(await browser.ask('POST', path, end(), {}))).toBe('missing_request_header');
    }
    expect(browser.jar).toEqual(jar);
  });

  it('can sign nobody in: without the header no cookie is set', async () => {
    const victim = aBrowser(town);
    await signIn(victim, await town.anElder(), {});
    expect(victim.jar.size).toBe(0);
  });
});

describe('signing out', () => {
  it('ends the sign-in for good: nobody goes on with a copy of its cookies', async () => {
    const copy = aBrowser(town, browser.jar);
    await browser.ask('POST', '/api/sign-out');
    expect(browser.jar.size).toBe(0);
    expect(await me()).toBe('not_signed_in');
    copy.jar.delete('session');
    expect(await me(copy)).toBe('session_ended');
  });

  it('ends it also where the access token has run out', async () => {
    const copy = aBrowser(town, browser.jar);
    town.pass(11);
    expect(codeOf(await browser.ask('POST', '/api/sign-out'))).toBe('done');
    expect(await me(copy)).toBe('session_ended');
  });

  it('twice, or by nobody, is no harm', async () => {
    for (let time = 0; time < 2; time += 1) {
      expect((await browser.ask('POST', '/api/sign-out')).status).toBe(204);
    }
    expect((await aBrowser(town).ask('POST', '/api/sign-out', undefined, OURS)).status).toBe(204);
  });

  it('is on record', async () => {
    await browser.ask('POST', '/api/sign-out');
    const { items } = await town.ports.auditLog.listAbout(elder.memberId, { limit: 25 });
    expect(items.map(({ action }) => action)).toContain('signed_out');
  });
});
