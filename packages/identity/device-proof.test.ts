import { createHash, createHmac } from 'node:crypto';
import { type JWK, SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import { type ProvenRequest, keyOfProof } from './device-proof.ts';

const NOW = Date.parse('2026-11-21T02:00:00.000Z');
const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const hashOf = (content: string): string => createHash('sha256').update(content).digest('base64url');

const BODY = '{"transferId":"trf_1","amountMinutes":30}';
const request: ProvenRequest = { method: 'POST', path: '/api/gifts', body: text(BODY), nowMs: NOW };

const pair = await generateKeyPair('ES256', { extractable: true });
const jwk = await exportJWK(pair.publicKey);
const thumbprint = await calculateJwkThumbprint(jwk, 'sha256');

const proof = (
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  key = pair.privateKey,
): Promise<string> => {
  const all: Record<string, unknown> = {
    htm: 'POST',
    htu: 'https://time.example/api/gifts',
    iat: NOW / 1000,
    jti: 'a0b1c2d3e4f5a6b7c8',
    bdh: hashOf(BODY),
    ...claims,
  };
  const known = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new SignJWT(known).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header }).sign(key);
};

const shown = async (made: Promise<string>, change: Partial<ProvenRequest> = {}) =>
  keyOfProof(await made, { ...request, ...change });

describe('a proof of this very request', () => {
  it('shows the key that has signed it, by its thumbprint', async () => {
    expect(await shown(proof())).toBe(thumbprint);
    expect(thumbprint).toMatch(/^[\w-]{43}$/);
  });

  it('is good under whatever name the service is reached: the path counts', async () => {
    for (const htu of ['http://localhost:8787/api/gifts', 'https://d1.cloudfront.example/api/gifts']) {
      expect(await shown(proof({ htu }))).toBe(thumbprint);
    }
  });

  it('is good for five minutes on either side, for clocks of telephones differ', async () => {
    for (const seconds of [-300, 0, 300]) {
      expect(await shown(proof({ iat: NOW / 1000 + seconds }))).toBe(thumbprint);
    }
  });

  it('names the access token where one was sent along', async () => {
    expect(await shown(proof({ ath: hashOf('token') }), { accessToken: 'token' })).toBe(thumbprint);
  });

  it('may come twice: the command has an id of its own and is carried out once', async () => {
    const made = proof();
    expect(await shown(made)).toBe(thumbprint);
    expect(await shown(made)).toBe(thumbprint);
  });
});

describe('no proof of this request is one', () => {
  it.each<[string, Partial<ProvenRequest>]>([
    ['of another body', { body: text(BODY.replace('30', '300')) }],
    ['of a body with a blank more', { body: text(`${BODY} `) }],
    ['of no body', { body: text('') }],
    ['of another path', { path: '/api/donations' }],
    ['of a path that begins like it', { path: '/api/gifts/1' }],
    ['of another method', { method: 'PUT' }],
    ['of more than five minutes ago', { nowMs: NOW + 301_000 }],
    ['of more than five minutes to come', { nowMs: NOW - 301_000 }],
    ['that does not name the access token', { accessToken: 'token' }],
  ])('%s', async (_, change) => {
    expect(await shown(proof(), change)).toBeUndefined();
  });

  it.each<[string, Record<string, unknown>]>([
    ['with the hash of another access token', { ath: hashOf('other') }],
    ['without the hash of the body', { bdh: undefined }],
    ['without a method', { htm: undefined }],
    ['without an address', { htu: undefined }],
    ['with a path alone', { htu: '/api/gifts' }],
    ['with a query', { htu: 'https://time.example/api/gifts?x=1' }],
    ['with a fragment', { htu: 'https://time.example/api/gifts#x' }],
    ['of a scheme that is none of the web', { htu: 'file:///api/gifts' }],
    ['without the moment of its signing', { iat: undefined }],
    ['with a moment in words', { iat: 'now' }],
    ['without an id', { jti: undefined }],
    ['with an id that can be guessed', { jti: '1' }],
    ['that has run out', { exp: NOW / 1000 - 10 }],
    ['that is not good yet', { nbf: NOW / 1000 + 60 }],
  ])('%s', async (_, claims) => {
    const accessToken = 'ath' in claims ? { accessToken: 'token' } : {};
    expect(await shown(proof(claims), accessToken)).toBeUndefined();
  });

  it('that names an access token where none was sent', async () => {
    expect(await shown(proof({ ath: hashOf('token') }))).toBeUndefined();
  });

  it('signed with another key than the one that it shows', async () => {
    const other = await generateKeyPair('ES256');
    expect(await shown(proof({}, {}, other.privateKey))).toBeUndefined();
  });

  it('of another type, or none', async () => {
    for (const typ of ['JWT', 'tb+jwt', undefined]) {
      expect(await shown(proof({}, { typ }))).toBeUndefined();
    }
  });

  it('that shows no key, or gives its secret away', async () => {
    const secret: JWK = await exportJWK(pair.privateKey);
    for (const wrong of [undefined, {}, null, 'k', { kty: 'EC' }, secret, { ...jwk, kid: 'k1' }]) {
      expect(await shown(proof({}, { jwk: wrong }))).toBeUndefined();
    }
  });

  it.each(['ES384', 'ES512', 'RS256', 'EdDSA'] as const)('of the algorithm %s', async (alg) => {
    const other = await generateKeyPair(alg, { extractable: true });
    const header = { alg, jwk: await exportJWK(other.publicKey) };
    expect(await shown(proof({}, header, other.privateKey))).toBeUndefined();
  });

  it('signed with a secret that its own key tells everybody, or by nobody', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const [, claims = ''] = (await proof()).split('.');
    for (const alg of ['HS256', 'none']) {
      const header = part({ alg, typ: 'dpop+jwt', jwk: { kty: 'oct', k: 'AA' } });
      const signature = createHmac('sha256', Buffer.from('AA', 'base64url'))
        .update(`${header}.${claims}`)
        .digest('base64url');
      const forged = `${header}.${claims}.${alg === 'none' ? '' : signature}`;
      expect(await keyOfProof(forged, request)).toBeUndefined();
    }
  });

  it.each(['', 'x', 'a.b.c', '..', 'e30.e30.', 'x'.repeat(5000), '\u0000'])(
    'like "%.10s"',
    async (garbage) => {
      expect(await keyOfProof(garbage, request)).toBeUndefined();
    },
  );

  it('with any one letter changed', async () => {
    const good = await proof();
    for (let place = 0; place < good.length - 1; place += 7) {
      if (good[place] === '.') continue;
      const letter = good[place] === 'A' ? 'Q' : 'A';
      const forged = good.slice(0, place) + letter + good.slice(place + 1);
      expect(await keyOfProof(forged, request), `letter ${String(place)}`).toBeUndefined();
    }
  });
});
