import { MemberId, SessionId } from '@time-bank/contracts/ids';
import type { RoleGrant } from '@time-bank/contracts/role';
import {
  CompactSign,
  SignJWT,
  UnsecuredJWT,
  base64url,
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
} from 'jose';
import { describe, expect, it } from 'vitest';
import type { SignedInActor } from './actor.ts';
import { type TokenKeys, parseTokenKeys, readToken, signToken } from './token.ts';

const NOW = Date.parse('2026-11-21T02:00:00.000Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const [one, two, foreign] = ['1', '2', '3'].map((part) => part.repeat(48)) as [string, string, string];
const keys = parseTokenKeys(JSON.stringify({ k1: one }));

const HOME: RoleGrant = { role: 'resident', region: '341302001003' };
const sessionId = SessionId.parse('ses_01KB2C3D4E5F6G7H8J9KMNPQRS');
const resident: SignedInActor = {
  memberId: MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRS'),
  roles: [HOME],
  signIn: { sessionId, authority: 0, factor: 'code' },
};
const device = { deviceKey: 'k'.repeat(43), spendsFrom: '2026-11-20T02:00:00.000Z' };
const staff: SignedInActor = {
  ...resident,
  roles: [HOME, { role: 'coordinator', region: '341302' }],
  signIn: { sessionId, authority: 7, factor: 'passkey', ...device },
};

const codeOf = async (token: string, nowMs = NOW, by: TokenKeys = keys): Promise<string> => {
  const outcome = await readToken(by, token, nowMs);
  return outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
};

/** A token like ours, with parts of it changed. `undefined` takes a part away. */
const forged = ({
  claims = {},
  header = {},
  secret = one,
}: {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  secret?: string;
}): Promise<string> => {
  const seconds = NOW / 1000;
  const payload: Record<string, unknown> = {
    roles: [HOME],
    iss: 'time-bank',
    aud: 'time-bank-api',
    sub: resident.memberId,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 600,
    sid: sessionId,
    ver: 0,
    amr: ['code'],
    ...claims,
  };
  const known = Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
  return new SignJWT(known)
    .setProtectedHeader({ alg: 'HS256', typ: 'tb+jwt', kid: 'k1', ...header })
    .sign(new TextEncoder().encode(secret));
};

describe('a token', () => {
  it('gives back the person for whom it was signed, and nothing else', async () => {
    const { token } = await signToken(keys, { ...staff, name: '王秀英' } as SignedInActor, NOW);
    expect(await readToken(keys, token, NOW)).toEqual({ kind: 'done', value: staff });
    expect(await readToken(keys, (await signToken(keys, resident, NOW)).token, NOW)).toEqual({
      kind: 'done',
      value: resident,
    });
    expect(Object.keys(decodeJwt(token)).sort()).toEqual(
      ['amr', 'aud', 'cnf', 'exp', 'iat', 'iss', 'nbf', 'roles', 'sid', 'spendsFrom', 'sub', 'ver'].sort(),
    );
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'tb+jwt', kid: 'k1' });
  });

  it('says of a role what is needed in the next ten minutes, and not who gave it and until when', async () => {
    const grantedBy = MemberId.parse('mem_01KB2C3D4E5F6G7H8J9KMNPQRT');
    const roles: RoleGrant[] = [{ ...HOME, from: '2020-01-01', until: '2030-01-01', grantedBy }];
    const { token } = await signToken(keys, { ...resident, roles }, NOW);
    expect(await readToken(keys, token, NOW)).toEqual({ kind: 'done', value: resident });
  });

  it('never outlives the session that it is of', async () => {
    const { expiresAtMs } = await signToken(keys, resident, NOW, '2026-11-21T02:03:00.000Z');
    expect(expiresAtMs - NOW).toBe(180_000);
  });

  it.each([
    { who: 'a resident', actor: resident },
    { who: 'staff', actor: staff },
  ])('of $who ends after ten minutes, five seconds of grace apart', async ({ actor }) => {
    const { token, expiresAtMs } = await signToken(keys, actor, NOW);
    expect(expiresAtMs - NOW).toBe(10 * 60 * 1000);
    expect(await codeOf(token, expiresAtMs - 1000)).toBe('done');
    expect(await codeOf(token, expiresAtMs + 4000)).toBe('done');
    expect(await codeOf(token, expiresAtMs + 5000)).toBe('sign_in_expired');
    expect(await codeOf(token, expiresAtMs + 365 * DAY_MS)).toBe('sign_in_expired');
  });

  it('is not good before it was signed, five seconds of grace apart', async () => {
    const { token } = await signToken(keys, resident, NOW);
    expect(await codeOf(token, NOW - 5000)).toBe('done');
    expect(await codeOf(token, NOW - 6000)).toBe('not_signed_in');
  });

  it('that is like ours in everything is taken', async () => {
    expect(await codeOf(await forged({}))).toBe('done');
  });
});

describe('a token is not taken', () => {
  it.each([
    { why: 'signed with another key under our name', change: { secret: foreign } },
    { why: 'of a key that we do not have', change: { header: { kid: 'k9' } } },
    { why: 'without the name of its key', change: { header: { kid: undefined } } },
    { why: 'of a key with a name like an inner one', change: { header: { kid: '__proto__' } } },
    { why: 'of another algorithm of the same family', change: { header: { alg: 'HS384' } } },
    { why: 'of another type', change: { header: { typ: 'JWT' } } },
    { why: 'of no type', change: { header: { typ: undefined } } },
    { why: 'of another issuer', change: { claims: { iss: 'time-bank-2' } } },
    { why: 'without an issuer', change: { claims: { iss: undefined } } },
    { why: 'for another audience', change: { claims: { aud: 'time-bank' } } },
    { why: 'without an audience', change: { claims: { aud: undefined } } },
    { why: 'without an end', change: { claims: { exp: undefined } } },
    { why: 'with an end in words', change: { claims: { exp: 'never' } } },
    { why: 'without a beginning', change: { claims: { nbf: undefined } } },
    { why: 'with a beginning to come', change: { claims: { nbf: NOW / 1000 + 60 } } },
    { why: 'without the moment of its signing', change: { claims: { iat: undefined } } },
    { why: 'without a person', change: { claims: { sub: undefined } } },
    { why: 'with a person of no kind', change: { claims: { sub: 'admin' } } },
    { why: 'with another kind of id', change: { claims: { sub: 'acc_01KB2C3D4E5F6G7H8J9KMNPQRS' } } },
    { why: 'good for longer than one of ours', change: { claims: { exp: NOW / 1000 + 601 } } },
    { why: 'signed in the future', change: { claims: { iat: NOW / 1000 + 60, exp: NOW / 1000 + 600 } } },
    { why: 'without a session', change: { claims: { sid: undefined } } },
    { why: 'with a session of no kind', change: { claims: { sid: 'ses_1' } } },
    { why: 'without the version of the sign-ins', change: { claims: { ver: undefined } } },
    { why: 'with a version in words', change: { claims: { ver: '0' } } },
    { why: 'without a factor', change: { claims: { amr: [] } } },
    { why: 'with a factor that there is not', change: { claims: { amr: ['pwd'] } } },
    { why: 'with a key that is no thumbprint', change: { claims: { cnf: { jkt: 'k' } } } },
    { why: 'with a claim that we do not make', change: { claims: { scope: 'all' } } },
    { why: 'with an address of keys in its header', change: { header: { jku: 'https://a.example/keys' } } },
    { why: 'with an address of a certificate', change: { header: { x5u: 'https://a.example/x' } } },
    { why: 'with a key of its own beside ours', change: { header: { jwk: { kty: 'oct', k: 'AA' } } } },
    { why: 'with a list of certificates', change: { header: { x5c: ['AA'] } } },
    { why: 'without roles', change: { claims: { roles: undefined } } },
    { why: 'with roles in words', change: { claims: { roles: 'coordinator' } } },
    {
      why: 'with a role that there is not',
      change: { claims: { roles: [{ role: 'admin', region: '34' }] } },
    },
    {
      why: 'with a role over everything',
      change: { claims: { roles: [{ role: 'coordinator', region: '' }] } },
    },
    { why: 'with a role that says more', change: { claims: { roles: [{ ...HOME, until: 'never' }] } } },
  ])('$why', async ({ change }) => {
    expect(await codeOf(await forged(change))).toBe('not_signed_in');
  });

  it.each(['', 'token', 'a.b.c', '..', 'null', '.'.repeat(400)])('that is "%s"', async (text) => {
    expect(await codeOf(text)).toBe('not_signed_in');
  });

  it('that nobody signed', async () => {
    const token = new UnsecuredJWT({ roles: [HOME] })
      .setIssuer('time-bank')
      .setAudience('time-bank-api')
      .setSubject(resident.memberId)
      .setIssuedAt(NOW / 1000)
      .setNotBefore(NOW / 1000)
      .setExpirationTime(NOW / 1000 + 3600)
      .encode();
    expect(await codeOf(token)).toBe('not_signed_in');
    const [, payload] = (await forged({})).split('.');
    const none = base64url.encode(JSON.stringify({ alg: 'none', typ: 'tb+jwt', kid: 'k1' }));
    expect(await codeOf(`${none}.${String(payload)}.`)).toBe('not_signed_in');
  });

  it('with a field that stands there twice, even where we signed it', async () => {
    const good = await forged({});
    const [, payload = ''] = good.split('.');
    const text = new TextDecoder().decode(base64url.decode(payload));
    const twice = text.replace('"ver":0', `"ver":9,"ver":0`);
    const sign = (content: string) =>
      new CompactSign(new TextEncoder().encode(content))
        .setProtectedHeader({ alg: 'HS256', typ: 'tb+jwt', kid: 'k1' })
        .sign(new TextEncoder().encode(one));
    expect(await codeOf(await sign(text))).toBe('done');
    expect(await codeOf(await sign(twice))).toBe('not_signed_in');
    expect(await codeOf(await sign(text.replace(',', ', ')))).toBe('not_signed_in');
  });

  it('signed with one of the asymmetric algorithms, whatever the key', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const token = await new SignJWT({ roles: [HOME], sid: sessionId, ver: 0, amr: ['code'] })
      .setProtectedHeader({ alg: 'RS256', typ: 'tb+jwt', kid: 'k1' })
      .setIssuer('time-bank')
      .setAudience('time-bank-api')
      .setSubject(resident.memberId)
      .setIssuedAt(NOW / 1000)
      .setNotBefore(NOW / 1000)
      .setExpirationTime(NOW / 1000 + 600)
      .sign(privateKey);
    expect(await codeOf(token)).toBe('not_signed_in');
  });

  it('with any one letter changed', async () => {
    const { token } = await signToken(keys, resident, NOW);
    const places = Array.from(token, (letter, place) => (letter === '.' ? [] : [place])).flat();
    for (const place of places.filter((_, index) => index % 7 === 0)) {
      const letter = token[place] === 'A' ? 'Q' : 'A';
      const changed = token.slice(0, place) + letter + token.slice(place + 1);
      expect(await codeOf(changed), `letter ${String(place)}`).toBe('not_signed_in');
    }
  });

  it('that is expired and signed with another key, for the key is looked at first', async () => {
    const change = { secret: foreign, claims: { exp: NOW / 1000 - 60 } };
    expect(await codeOf(await forged(change))).toBe('not_signed_in');
  });
});

describe('the keys', () => {
  it('sign with the first and verify with all, so that they can be changed', async () => {
    const changed = parseTokenKeys(JSON.stringify({ k2: two, k1: one }));
    const old = await signToken(keys, resident, NOW);
    expect(await codeOf(old.token, NOW, changed)).toBe('done');
    const fresh = await signToken(changed, resident, NOW);
    expect(decodeProtectedHeader(fresh.token).kid).toBe('k2');
    expect(await codeOf(fresh.token)).toBe('not_signed_in');
  });

  it('do not take one name for another', async () => {
    const both = parseTokenKeys(JSON.stringify({ k1: one, k2: two }));
    expect(await codeOf(await forged({ header: { kid: 'k2' } }), NOW, both)).toBe('not_signed_in');
  });

  it.each([
    { why: 'none', json: '{}' },
    { why: 'one of 31 characters', json: JSON.stringify({ k1: 'x'.repeat(31) }) },
    { why: 'a short one behind a good one', json: JSON.stringify({ k1: one, k2: 'x' }) },
    { why: 'a name with a blank', json: JSON.stringify({ 'k 1': one }) },
    { why: 'a list', json: JSON.stringify([one]) },
    { why: 'no JSON', json: one },
    // JSON puts names of digits first in ascending order: the key moved to the front would not be the first.
    { why: 'a name of digits only', json: `{"2": "${two}", "1": "${one}"}` },
  ])('are not taken where there is $why', ({ json }) => {
    expect(() => parseTokenKeys(json)).toThrow();
  });

  it('cannot sign with one that is not among them', async () => {
    await expect(signToken({ signing: 'k9', keys: keys.keys }, resident, NOW)).rejects.toThrow('missing');
  });
});
