/** A device for tests: a key that it keeps to itself, and proofs that it makes with it. */
import { type JsonWebKey, createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';

/** What a proof is about. `body`: as it is sent, to the letter. `token`: where it goes along as a bearer token. */
export interface Proven {
  method: string;
  path: string;
  body?: string | undefined;
  token?: string | undefined;
  nowMs: number;
}

/** Changes of a proof, for tests of what is not taken. */
export interface ProofChange {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
}

/** A device. */
export interface Device {
  thumbprint: string;
  jwk: JsonWebKey;
  prove: (what: Proven, change?: ProofChange) => string;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Makes a device with a new key. */
export const aDevice = (): Device => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { crv = '', kty = '', x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const jwk = { crv, kty, x, y };
  return {
    jwk,
    thumbprint: hashOf(JSON.stringify(jwk)),
    prove: ({ method, path, body = '', token, nowMs }, change = {}) => {
      const header = { alg: 'ES256', typ: 'dpop+jwt', jwk, ...change.header };
      const claims = {
        htm: method,
        htu: `http://localhost${path.split('?')[0] ?? ''}`,
        iat: Math.floor(nowMs / 1000),
        jti: randomUUID(),
        bdh: hashOf(body),
        ...(token === undefined ? {} : { ath: hashOf(token) }),
        ...change.claims,
      };
      const signed = `${part(header)}.${part(claims)}`;
      const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${signed}.${signature.toString('base64url')}`;
    },
  };
};
