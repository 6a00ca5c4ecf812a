/**
 * The proof that a request comes from the device whose key was shown at sign-in, and means just this: a JWT as in
 * RFC 9449 (DPoP), section 4.3, with the hash of the body beside. A stolen code, cookie or token moves nothing without
 * the key, which never leaves the device. A proof that is sent twice does no harm: it is bound to method, path and
 * body, every command carries an id of its own, and the same command twice is carried out once; so no `jti` is kept.
 * Of `htu` the path counts: the service stands behind a front that has another name.
 */
import { createHash } from 'node:crypto';
import { EmbeddedJWK, calculateJwkThumbprint, errors, jwtVerify } from 'jose';
import * as z from 'zod/mini';

const ALGORITHM = 'ES256';
const TYPE = 'dpop+jwt';

/** Telephones are rarely wrong by more, and nobody keeps a command for longer before it is sent. */
const AGE_SECONDS_MAX = 5 * 60;

/** A proof is some 600 letters. */
const LENGTH_MAX = 4096;

const Hash = z.string().check(z.regex(/^[\w-]{43}$/));
const Claims = z.object({
  htm: z.string(),
  htu: z.string(),
  iat: z.int(),
  jti: z.string().check(z.minLength(16), z.maxLength(128)),
  bdh: Hash,
  ath: z.exactOptional(Hash),
});
const PublicKey = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: Hash, y: Hash });
const Header = z.strictObject({ typ: z.literal(TYPE), alg: z.literal(ALGORITHM), jwk: PublicKey });

/** The request that a proof has to be about. `accessToken`: where one was sent as a bearer token. `nowMs` since 1970. */
export interface ProvenRequest {
  method: string;
  path: string;
  body: Uint8Array;
  accessToken?: string | undefined;
  nowMs: number;
}

const hashOf = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('base64url');

const pathOf = (address: string): string | undefined => {
  const url = URL.parse(address);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  return url !== null && isWeb && url.search === '' && url.hash === '' ? url.pathname : undefined;
};

const isAbout = (claims: z.infer<typeof Claims>, request: ProvenRequest): boolean =>
  claims.htm === request.method &&
  pathOf(claims.htu) === request.path &&
  Math.abs(request.nowMs / 1000 - claims.iat) <= AGE_SECONDS_MAX &&
  claims.bdh === hashOf(request.body) &&
  claims.ath === (request.accessToken === undefined ? undefined : hashOf(request.accessToken));

/** The thumbprint (RFC 7638, SHA-256) of the key that has signed a good proof of this request; else undefined. */
export const keyOfProof = async (proof: string, request: ProvenRequest): Promise<string | undefined> => {
  if (proof.length > LENGTH_MAX) return undefined;
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      currentDate: new Date(request.nowMs),
    });
    const [header, claims] = [Header.safeParse(protectedHeader), Claims.safeParse(payload)];
    if (!header.success || !claims.success || !isAbout(claims.data, request)) return undefined;
    return await calculateJwkThumbprint(header.data.jwk, 'sha256');
  } catch (error) {
    // What cannot be read as a key is none: the library and the platform each say so in their own way.
    const isOfMessage =
      error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException;
    if (isOfMessage) return undefined;
    throw error;
  }
};
