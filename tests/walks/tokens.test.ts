import { createHmac, randomBytes } from 'node:crypto';
import type { Member } from '@time-bank/contracts/member';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Town, startTown } from '../town.ts';

let town: Town;
let member: Member;
let sessionId: string;
beforeAll(async () => {
  town = await startTown();
  member = await town.anElder();
  sessionId = town.ids.session();
});
afterAll(async () => {
  await town.stop();
});

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const keyOfTown = (): Uint8Array => town.keys.keys.get('test') ?? new Uint8Array();

/** A token as a forger would make it: right in everything but what the test changes. */
const forged = (
  change: { header?: Record<string, unknown>; claims?: Record<string, unknown>; key?: Uint8Array } = {},
  hash = 'sha256',
) => {
  const now = Math.floor(Date.parse(town.now()) / 1000);
  const header = { alg: 'HS256', typ: 'tb+jwt', kid: 'test', ...change.header };
  const claims = {
    iss: 'time-bank',
    aud: 'time-bank-api',
    sub: member.memberId,
    iat: now,
    nbf: now,
    exp: now + 600,
    sid: sessionId,
    ver: 0,
    roles: member.roles,
    amr: ['code'],
    ...change.claims,
  };
  const signed = `${part(header)}.${part(claims)}`;
  const signature = createHmac(hash, change.key ?? keyOfTown())
    .update(signed)
    .digest('base64url');
  return `${signed}.${signature}`;
};

const read = (headers: Record<string, string>) => town.ask(undefined, 'GET', '/api/me', undefined, headers);
const bearer = (token: string) => read({ Authorization: `Bearer ${token}` });

const notSignedIn = { status: 401, body: { error: { code: 'not_signed_in' } } };

it('a token that is right in everything is accepted', async () => {
  expect((await bearer(forged())).status).toBe(200);
  expect((await read({ Authorization: `bearer ${forged()}` })).status).toBe(200);
});

it.each<[string, Record<string, string>]>([
  ['none', {}],
  ['an empty one', { Authorization: '' }],
  ['another scheme', { Authorization: 'Basic bWVtOnB3' }],
  ['a scheme without a token', { Authorization: 'Bearer ' }],
  ['a cookie of another name', { Cookie: 'sid=eyJhbGciOi' }],
  ['an empty cookie', { Cookie: 'session=' }],
])('%s is not signed in', async (_, headers) => {
  expect(await read(headers)).toMatchObject(notSignedIn);
});

describe('not signed in with', () => {
  it.each(['x', 'x.y', 'x.y.z', '...', 'a.b.c.d.e', 'e30.e30.', '%00', 'null', 'eyJ'.repeat(2000)])(
    'garbage like %.20s',
    async (token) => {
      expect(await bearer(token)).toMatchObject(notSignedIn);
    },
  );

  it.each([
    [
      'algorithm none and no signature',
      () =>
        `${forged({ header: { alg: 'none' } })
          .split('.')
          .slice(0, 2)
          .join('.')}.`,
    ],
    ['algorithm None', () => forged({ header: { alg: 'None' } })],
    ['another algorithm under the right key', () => forged({ header: { alg: 'HS512' } }, 'sha512')],
    ['an asymmetric algorithm', () => forged({ header: { alg: 'RS256' } })],
    ['another key', () => forged({ key: randomBytes(48) })],
    ['an empty key', () => forged({ key: new Uint8Array() })],
    ['a foreign key id', () => forged({ header: { kid: 'other' } })],
    [
      'a key id that leads elsewhere',
      () => forged({ header: { kid: '../../dev/null' }, key: new Uint8Array() }),
    ],
    ['a key id that every object has', () => forged({ header: { kid: '__proto__' } })],
    ['no key id', () => forged({ header: { kid: undefined } })],
    ['a key of its own in the header', () => forged({ header: { jwk: { kty: 'oct', k: 'AA' }, kid: 'x' } })],
    ['an address of keys in the header', () => forged({ header: { jku: 'https://elsewhere.example/keys' } })],
    ['an address of a certificate', () => forged({ header: { x5u: 'https://elsewhere.example/x' } })],
    ['a key in the header beside a good key id', () => forged({ header: { jwk: { kty: 'oct', k: 'AA' } } })],
    ['another type', () => forged({ header: { typ: 'JWT' } })],
    ['no type', () => forged({ header: { typ: undefined } })],
    ['an unknown critical header', () => forged({ header: { crit: ['exp2'], exp2: 1 } })],
    ['another issuer', () => forged({ claims: { iss: 'time-bank-test' } })],
    ['no issuer', () => forged({ claims: { iss: undefined } })],
    ['another audience', () => forged({ claims: { aud: 'time-bank' } })],
    ['no audience', () => forged({ claims: { aud: undefined } })],
    ['no end', () => forged({ claims: { exp: undefined } })],
    ['an end in words', () => forged({ claims: { exp: 'never' } })],
    ['no beginning', () => forged({ claims: { nbf: undefined } })],
    ['a beginning in the future', () => forged({ claims: { nbf: Date.parse(town.soon(1)) / 1000 } })],
    [
      'an end more than ten minutes away',
      () => forged({ claims: { exp: Date.parse(town.soon(11)) / 1000 } }),
    ],
    ['no session', () => forged({ claims: { sid: undefined } })],
    ['no version of the sign-ins', () => forged({ claims: { ver: undefined } })],
    ['a version below zero', () => forged({ claims: { ver: -1 } })],
    ['no factor', () => forged({ claims: { amr: undefined } })],
    ['two factors', () => forged({ claims: { amr: ['code', 'passkey'] } })],
    ['a key that is no thumbprint', () => forged({ claims: { cnf: { jkt: 'x' } } })],
    ['a claim that we do not make', () => forged({ claims: { admin: true } })],
    ['nobody named', () => forged({ claims: { sub: undefined } })],
    ['something else than a member named', () => forged({ claims: { sub: town.ids.request() } })],
    ['no roles', () => forged({ claims: { roles: undefined } })],
    ['an unknown role', () => forged({ claims: { roles: [{ role: 'admin', region: '34' }] } })],
    ['a role everywhere', () => forged({ claims: { roles: [{ role: 'coordinator', region: '' }] } })],
    [
      'a changed content',
      () => {
        const [header, , signature] = forged().split('.');
        const claims = { ...JSON.parse(Buffer.from(forged().split('.')[1] ?? '', 'base64url').toString()) };
        claims.roles = [{ role: 'coordinator', region: '34' }];
        return `${header ?? ''}.${part(claims)}.${signature ?? ''}`;
      },
    ],
    ['a signature cut short', () => forged().slice(0, -4)],
  ])('%s', async (_, token) => {
    expect(await bearer(token())).toMatchObject(notSignedIn);
  });
});

it('a sign-in that has ended is told so, so that the person knows to sign in again', async () => {
  const now = Date.parse(town.now()) / 1000;
  expect(await bearer(forged({ claims: { exp: now - 6 } }))).toMatchObject({
    status: 401,
    body: { error: { code: 'sign_in_expired' } },
  });
});

it('five seconds between two clocks are forgiven', async () => {
  const now = Date.parse(town.now()) / 1000;
  expect((await bearer(forged({ claims: { exp: now - 4 } }))).status).toBe(200);
  expect((await bearer(forged({ claims: { nbf: now + 5 } }))).status).toBe(200);
});

it('is good for ten minutes, whoever has it', async () => {
  const coordinator = await town.aCoordinator();
  const tokens = [await town.tokenOf(member), await town.tokenOf(coordinator)];
  town.pass(9);
  for (const token of tokens) expect((await bearer(token)).status).toBe(200);
  town.pass(2);
  for (const token of tokens) expect((await bearer(token)).body.error.code).toBe('sign_in_expired');
});

it('a claim that stands there twice is not taken, even under our own signature', async () => {
  const [header = '', content = ''] = forged().split('.');
  const text = Buffer.from(content, 'base64url').toString();
  const doubled = text.replace('"ver":0', '"ver":0,"sub":"mem_01KB2C3D4E5F6G7H8J9KMNPQRS"');
  for (const claims of [doubled, text.replace('{', '{ ')]) {
    const signed = `${header}.${Buffer.from(claims).toString('base64url')}`;
    const signature = createHmac('sha256', keyOfTown()).update(signed).digest('base64url');
    expect(await bearer(`${signed}.${signature}`)).toMatchObject(notSignedIn);
  }
});
