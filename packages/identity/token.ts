/**
 * Tokens: signed, short, and checked in full. One algorithm, one issuer, one audience, a `typ` of our own; keys
 * are named by `kid` and come from the service's own set only.
 */
import { MemberId } from '@time-bank/contracts/ids';
import { RoleGrant } from '@time-bank/contracts/member';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { SignJWT, errors, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import { type Actor, holdsAnywhere } from './actor.ts';

const ALGORITHM = 'HS256';
const ISSUER = 'time-bank';
const AUDIENCE = 'time-bank-api';
const TYPE = 'tb+jwt';

/** Seconds of clock difference that are forgiven between two of our own machines. */
const TOLERANCE_SECONDS = 5;

/** How long a sign-in lasts: residents and volunteers 30 days, staff 12 hours. Source: README "Sign-in". */
const RESIDENT_SECONDS = 30 * 24 * 60 * 60;
const STAFF_SECONDS = 12 * 60 * 60;

/** Signing keys by `kid`; the first one signs, all verify. At least 32 bytes each. */
export interface TokenKeys {
  signing: string;
  keys: ReadonlyMap<string, Uint8Array>;
}

/** Not of digits alone: JavaScript puts such names first, and the key that was moved to the front would not sign. */
const KeyName = z.string().check(z.regex(/^(?!\d+$)[\w-]{1,40}$/));
const WrittenKeys = z.record(KeyName, z.string().check(z.minLength(32)));

/** Reads keys from JSON `{"<kid>": "<secret>"}`. Throws where there is none or one is too short. */
export const parseTokenKeys = (json: string): TokenKeys => {
  const written = Object.entries(WrittenKeys.parse(JSON.parse(json)));
  const [first] = written;
  if (first === undefined) throw new Error('at least one token key is needed');
  return {
    signing: first[0],
    keys: new Map(written.map(([kid, secret]) => [kid, new TextEncoder().encode(secret)])),
  };
};

const Claims = z.object({ sub: MemberId, roles: z.array(RoleGrant) });

/** Signs a token for `actor` at `nowMs`. Gives the token and when it ends, in milliseconds since 1970. */
export const signToken = async (
  keys: TokenKeys,
  actor: Actor,
  nowMs: number,
): Promise<{ token: string; expiresAtMs: number }> => {
  const key = keys.keys.get(keys.signing);
  if (key === undefined) throw new Error('the signing key is missing from its own set');
  const nowSeconds = Math.floor(nowMs / 1000);
  const expirySeconds = nowSeconds + (holdsAnywhere(actor, 'coordinator') ? STAFF_SECONDS : RESIDENT_SECONDS);
  const token = await new SignJWT({ roles: actor.roles })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: keys.signing })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(actor.memberId)
    .setIssuedAt(nowSeconds)
    .setNotBefore(nowSeconds)
    .setExpirationTime(expirySeconds)
    .sign(key);
  return { token, expiresAtMs: expirySeconds * 1000 };
};

/** Token to actor. Refuses: not_signed_in for anything that is not a good token of ours, sign_in_expired. */
export const readToken = async (keys: TokenKeys, token: string, nowMs: number): Promise<Outcome<Actor>> => {
  try {
    const { payload } = await jwtVerify(
      token,
      (header) => {
        const key = header.kid === undefined ? undefined : keys.keys.get(header.kid);
        if (key === undefined) throw new errors.JWSInvalid('unknown key');
        return key;
      },
      {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['sub', 'exp', 'nbf', 'iat'],
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(nowMs),
      },
    );
    const claims = Claims.safeParse(payload);
    if (!claims.success) return refused('not_signed_in');
    return done({ memberId: claims.data.sub, roles: claims.data.roles });
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refused('sign_in_expired');
    if (error instanceof errors.JOSEError) return refused('not_signed_in');
    throw error;
  }
};
