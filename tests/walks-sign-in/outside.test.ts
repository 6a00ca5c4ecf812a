/** Single sign-on over a real provider on this machine, and WeChat over a stub. */
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { oidcProvider } from '@time-bank/identity/oidc';
import { OutsideUnavailable } from '@time-bank/identity/outside-fetch';
import { wechatHouse } from '@time-bank/identity/wechat';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';
import { type Door, MARK, aDoor, numberOf } from './door.ts';
import { type Stub, startStub } from './stub.ts';

const RETURN = 'https://time.example/sign-in/back';
const client = {
  clientId: 'time-bank',
  clientSecret: 'a-secret-of-thirty-two-characters',
  redirectUri: RETURN,
};

/** The people of the provider: whether it has verified their number. */
const accounts = new Map<string, { phone_number?: string; phone_number_verified?: boolean }>();

let town: Town;
let door: Door;
let server: Server;
let issuer = '';
let wechat: Stub;

/** A real provider whose people sign in by their name alone. */
const startProvider = async (): Promise<void> => {
  server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the provider has no port');
  issuer = `http://127.0.0.1:${String(address.port)}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [RETURN],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], phone: ['phone_number', 'phone_number_verified'] },
    conformIdTokenClaims: false,
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ sub: accountId, ...accounts.get(accountId) }),
    }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    cookies: { keys: ['a test'] },
    pkce: { required: () => true },
  });
  const callback = provider.callback();
  server.on('request', (request, response) => {
    const uid = /^\/interaction\/([\w-]+)/.exec(request.url ?? '');
    if (uid === null) {
      void callback(request, response);
      return;
    }
    void (async () => {
      const { prompt, params, session } = await provider.interactionDetails(request, response);
      const accountId = session?.accountId ?? String(request.headers['x-account']);
      const grant = new provider.Grant({ accountId, clientId: String(params['client_id']) });
      grant.addOIDCScope('openid phone');
      const result =
        prompt.name === 'login' ? { login: { accountId } } : { consent: { grantId: await grant.save() } };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
    })();
  });
};

/** Walks through the provider's pages as a browser does; gives what comes back to our page. */
const walkThrough = async (url: string, account: string): Promise<URLSearchParams> => {
  const jar = new Map<string, string>();
  let next = url;
  for (let step = 0; step < 12; step += 1) {
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: {
        'x-account': account,
        Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get('Location');
    if (location === null) throw new Error(`${String(answer.status)}: ${await answer.text()}`);
    if (location.startsWith(RETURN)) return new URL(location).searchParams;
    next = new URL(location, next).href;
  }
  throw new Error('the provider goes in circles');
};

beforeAll(async () => {
  town = await startTown();
  town.setClock(new Date().toISOString());
  await startProvider();
  wechat = await startStub(({ path }) => {
    const code = new URL(path, 'http://x').searchParams.get('code') ?? '';
    return code === 'bad'
      ? { status: 200, body: '{"errcode":40029,"errmsg":"invalid code"}' }
      : { status: 200, body: JSON.stringify({ access_token: 'never-kept', openid: `openid-${code}` }) };
  });
  door = aDoor(town, {
    sso: oidcProvider({ ...client, name: '统一身份认证', issuer }),
    wechat: wechatHouse({
      appId: 'wx0123456789abcdef',
      appSecret: 'wechat-secret',
      redirectUri: RETURN,
      apiHost: wechat.origin,
    }),
  });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await wechat.stop();
  await town.stop();
});

const start = async (way: 'sso' | 'wechat', device = MARK) => {
  const { body } = await door.post('/api/sign-in/outside/start', { way, device });
  return { challengeId: String(body.challengeId), url: String(body.url) };
};

/** Goes to the provider as `account` and comes back. */
const bySso = async (account: string, change: Record<string, unknown> = {}) => {
  const { challengeId, url } = await start('sso');
  const back = await walkThrough(url, account);
  expect(back.get('state')).toBe(challengeId);
  const body = { way: 'sso', challengeId, code: back.get('code'), device: MARK, ...change };
  return { body, answer: await door.post('/api/sign-in/outside', body) };
};

const notAccepted = { status: 401, body: { error: { code: 'code_not_accepted' } } };

describe('single sign-on', () => {
  it('signs in whom staff have bound, with their office', async () => {
    const coordinator = await town.aCoordinator();
    const county = await town.aMember({ roles: [{ role: 'county', region: '341302' }] });
    expect((await bySso('zhao')).answer).toMatchObject(notAccepted);
    const path = `/api/members/${coordinator.memberId}/sso`;
    const bind = { commandId: town.ids.command(), subject: 'zhao' };
    const send = async (body: unknown) => {
      const text = JSON.stringify(body);
      const headers = await town.headersOf(county, { method: 'POST', path, body: text });
      const response = await door.app.request(`http://localhost${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: text,
      });
      return response.status;
    };
    expect([await send(bind), await send(bind)]).toEqual([201, 201]);
    expect(await send({ ...bind, commandId: town.ids.command() })).toBe(409);
    const { answer } = await bySso('zhao');
    expect(answer).toMatchObject({ status: 200, body: { factor: 'sso', roles: ['coordinator'] } });
  });

  it('signs in by a number that the provider has verified, and by no other', async () => {
    const elder = await town.anElder();
    accounts.set('verified', { phone_number: numberOf(elder), phone_number_verified: true });
    accounts.set('claimed', { phone_number: numberOf(elder), phone_number_verified: false });
    accounts.set('bare', { phone_number: numberOf(elder) });
    expect((await bySso('verified')).answer).toMatchObject({ status: 200, body: { factor: 'sso' } });
    expect((await bySso('claimed')).answer).toMatchObject(notAccepted);
    expect((await bySso('bare')).answer).toMatchObject(notAccepted);
  });

  it('takes a code once, on the device that left, and for its own question', async () => {
    const elder = await town.anElder();
    accounts.set('once', { phone_number: numberOf(elder), phone_number_verified: true });
    const { body, answer } = await bySso('once');
    expect(answer.status).toBe(200);
    expect(await door.post('/api/sign-in/outside', body)).toMatchObject(notAccepted);
    expect((await bySso('once', { device: 'n'.repeat(43) })).answer).toMatchObject(notAccepted);
    const other = await start('sso');
    expect((await bySso('once', { challengeId: other.challengeId })).answer).toMatchObject(notAccepted);
    const wechatStart = await start('wechat');
    expect((await bySso('once', { challengeId: wechatStart.challengeId })).answer).toMatchObject(notAccepted);
    expect((await bySso('once', { code: 'made-up' })).answer).toMatchObject(notAccepted);
  });

  it('asks the provider with a state, a nonce and a proof key that only this service knows', async () => {
    const { url, challengeId } = await start('sso');
    const query = new URL(url).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: 'code',
      client_id: client.clientId,
      redirect_uri: RETURN,
      state: challengeId,
      code_challenge_method: 'S256',
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    });
    const again = new URL((await start('sso')).url).searchParams;
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(again.get(name)).not.toBe(query.get(name));
  });

  it('believes the token of its own nonce, client and time only', async () => {
    accounts.set('token', {});
    const provider = oidcProvider({ ...client, name: 'x', issuer });
    const secrets = { state: 'state', nonce: 'n'.repeat(43), verifier: 'v'.repeat(43) };
    const codeFor = async () =>
      (await walkThrough(await provider.startUrl(secrets), 'token')).get('code') ?? '';
    const nowMs = Date.now();
    expect(await provider.personOf(await codeFor(), secrets, nowMs)).toEqual({ subject: 'token' });
    const wrongNonce = { ...secrets, nonce: 'o'.repeat(43) };
    expect(await provider.personOf(await codeFor(), wrongNonce, nowMs)).toBeUndefined();
    const wrongVerifier = { ...secrets, verifier: 'w'.repeat(43) };
    expect(await provider.personOf(await codeFor(), wrongVerifier, nowMs)).toBeUndefined();
    expect(await provider.personOf(await codeFor(), secrets, nowMs + 24 * 60 * 60_000)).toBeUndefined();
    const stranger = oidcProvider({ ...client, clientSecret: 'wrong', name: 'x', issuer });
    expect(await stranger.personOf(await codeFor(), secrets, nowMs)).toBeUndefined();
  });

  it('takes nothing from a provider that says it is another one, is away, or sends one elsewhere', async () => {
    const secrets = { state: 's', nonce: 'n', verifier: 'v' };
    const stub = await startStub(() => ({ status: 200, body: '{"issuer":"https://evil.example"}' }));
    const lying = oidcProvider({ ...client, name: 'x', issuer: stub.origin });
    await expect(lying.startUrl(secrets)).rejects.toThrow(OutsideUnavailable);
    stub.answer(() => ({
      status: 302,
      body: '',
      headers: { Location: `${issuer}/.well-known/openid-configuration` },
    }));
    await expect(lying.startUrl(secrets)).rejects.toThrow(OutsideUnavailable);
    await stub.stop();
    await expect(lying.startUrl(secrets)).rejects.toThrow(OutsideUnavailable);
    const open = oidcProvider({ ...client, name: 'x', issuer: 'http://sso.example' });
    await expect(open.startUrl(secrets)).rejects.toThrow(OutsideUnavailable);
  });
});

describe('WeChat', () => {
  const byWechat = async (code: string) => {
    const { challengeId } = await start('wechat');
    return door.post('/api/sign-in/outside', { way: 'wechat', challengeId, code, device: MARK });
  };
  const bind = async (token: string, code: string) => {
    const { challengeId } = await start('wechat');
    return door.post('/api/me/outside', { way: 'wechat', challengeId, code, device: MARK }, { token });
  };

  it('shows its picture for our page alone', async () => {
    const { url, challengeId } = await start('wechat');
    const shown = new URL(url);
    expect(shown.origin + shown.pathname + shown.hash).toBe(
      'https://open.weixin.qq.com/connect/qrconnect#wechat_redirect',
    );
    expect(Object.fromEntries(shown.searchParams)).toEqual({
      appid: 'wx0123456789abcdef',
      redirect_uri: RETURN,
      response_type: 'code',
      scope: 'snsapi_login',
      state: challengeId,
    });
  });

  it('signs in whoever has bound it to themselves, as a telephone would', async () => {
    const elder = await town.anElder();
    const { token } = await door.byCode(elder);
    expect(await byWechat('wang')).toMatchObject(notAccepted);
    expect((await bind(token, 'wang')).status).toBe(201);
    const answer = await byWechat('wang');
    expect(answer).toMatchObject({ status: 200, body: { factor: 'wechat', roles: ['resident'] } });
    const other = await door.byCode(await town.anElder());
    expect(await bind(other.token, 'wang')).toMatchObject({ body: { error: { code: 'already_bound' } } });
  });

  it('is bound by somebody on the staff from a passkey only, and opens no office', async () => {
    const coordinator = await town.aCoordinator();
    const { token } = await door.byCode(coordinator);
    expect(await bind(token, 'zhang')).toMatchObject({
      status: 403,
      body: { error: { code: 'passkey_needed' } },
    });
    const strong = await town.tokenOf(coordinator);
    expect((await bind(strong, 'zhang')).status).toBe(201);
    expect((await byWechat('zhang')).body).toMatchObject({ roles: [], needs: 'passkey' });
  });

  it('that does not know the code signs nobody in, and that is away is "unavailable"', async () => {
    expect(await byWechat('bad')).toMatchObject(notAccepted);
    const { answer, calls } = wechat;
    expect(calls.at(-1)?.path).toMatch(
      /^\/sns\/oauth2\/access_token\?appid=wx0123456789abcdef&secret=wechat-secret/,
    );
    answer(() => ({ status: 502, body: '{}' }));
    expect(await byWechat('wang')).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
  });
});

it('where no other house is set up nobody is sent to one', async () => {
  const bare = aDoor(town, {}, { signIn: { rules: town.deps.signIn.rules } });
  for (const way of ['sso', 'wechat']) {
    const answer = await bare.post('/api/sign-in/outside/start', { way, device: MARK });
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
  }
});
