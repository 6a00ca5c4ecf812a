/**
 * Access tokens: signed, short, and checked in full. One algorithm, one issuer, one audience, a `typ` of our own; keys
 * are named by `kid` and come from the service's own set only. What a token says is what a person may do for the next
 * ten minutes; what must end at once is checked where it is done (the account's authority, the row of the session).
 */
import { AccountId, MemberId, SessionId } from '@time-bank/contracts/ids';
import { type Outcome, done, refused } from '@time-bank/contracts/refusals';
import { RegionCode } from '@time-bank/contracts/region';
import { Role, type RoleGrant } from '@time-bank/contracts/role';
import { Factor } from '@time-bank/contracts/session';
import { Instant, msOf } from '@time-bank/contracts/time';
import { SignJWT, base64url, errors, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import type { SignedInActor } from './actor.ts';
import { ACCESS_SECONDS } from './session-limits.ts';

const ALGORITHM = 'HS256';
const ISSUER = 'time-bank';
const AUDIENCE = 'time-bank-api';
const TYPE = 'tb+jwt';

/** Seconds of clock difference that are forgiven between two of our own machines. */
const TOLERANCE_SECONDS = 5;

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

/** A role as it stands in a token: it is in force for as long as the token is. */
const TokenRole = z.strictObject({
  role: Role,
  region: RegionCode,
  organisationId: z.exactOptional(AccountId),
});

/** The SHA-256 thumbprint of a key, RFC 7638. */
const Thumbprint = z.string().check(z.regex(/^[\w-]{43}$/));

const Claims = z.strictObject({
  iss: z.string(),
  aud: z.string(),
  sub: MemberId,
  iat: z.int(),
  nbf: z.int(),
  exp: z.int(),
  sid: SessionId,
  ver: z.int().check(z.gte(0)),
  roles: z.array(TokenRole),
  amr: z.tuple([Factor]),
  cnf: z.exactOptional(z.strictObject({ jkt: Thumbprint })),
  spendsFrom: z.exactOptional(Instant),
});
const Header = z.strictObject({ alg: z.literal(ALGORITHM), typ: z.literal(TYPE), kid: z.string() });

const inToken = ({ role, region, organisationId }: RoleGrant): z.infer<typeof TokenRole> => ({
  role,
  region,
  ...(organisationId === undefined ? {} : { organisationId }),
});

/**
 * Signs a token for `actor` at `nowMs`, for ten minutes and never beyond `endsAt`. Gives the token and when it ends,
 * in milliseconds since 1970.
 */
export const signToken = async (
  keys: TokenKeys,
  { memberId, roles, signIn }: SignedInActor,
  nowMs: number,
  endsAt?: Instant,
): Promise<{ token: string; expiresAtMs: number }> => {
  const key = keys.keys.get(keys.signing);
  if (key === undefined) throw new Error('the signing key is missing from its own set');
  const { sessionId, authority, factor, deviceKey, spendsFrom } = signIn;
  const nowSeconds = Math.floor(nowMs / 1000);
  const endSeconds = endsAt === undefined ? Infinity : Math.floor(msOf(endsAt) / 1000);
  const expirySeconds = Math.min(nowSeconds + ACCESS_SECONDS, endSeconds);
  const token = await new SignJWT({
    sid: sessionId,
    ver: authority,
    roles: roles.map(inToken),
    amr: [factor],
    ...(deviceKey === undefined ? {} : { cnf: { jkt: deviceKey } }),
    ...(spendsFrom === undefined ? {} : { spendsFrom }),
  })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: keys.signing })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(memberId)
    .setIssuedAt(nowSeconds)
    .setNotBefore(nowSeconds)
    .setExpirationTime(expirySeconds)
    .sign(key);
  return { token, expiresAtMs: expirySeconds * 1000 };
};

/**
 * True where a part of a token is JSON exactly as this service writes it. A field that stands there twice, which two
 * readers may read in two ways, is not.
 */
const isAsWritten = (part: string | undefined): boolean => {
  const text = new TextDecoder().decode(base64url.decode(part ?? ''));
  return JSON.stringify(JSON.parse(text)) === text;
};

const actorOf = (claims: z.infer<typeof Claims>): SignedInActor => {
  const { sub, sid, ver, roles, amr, cnf, spendsFrom } = claims;
  return {
    memberId: sub,
    roles,
    signIn: {
      sessionId: sid,
      authority: ver,
      factor: amr[0],
      ...(cnf === undefined ? {} : { deviceKey: cnf.jkt }),
      ...(spendsFrom === undefined ? {} : { spendsFrom }),
    },
  };
};

/**
 * Token to actor. A token that is longer good than one of ours can be is none of ours.
 * Refuses: not_signed_in for anything that is not a good token of ours, sign_in_expired.
 */
export const readToken = async (
  keys: TokenKeys,
  token: string,
  nowMs: number,
): Promise<Outcome<SignedInActor>> => {
  try {
    const { payload, protectedHeader } = await jwtVerify(
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
    if (!claims.success || !Header.safeParse(protectedHeader).success) return refused('not_signed_in');
    if (!token.split('.').slice(0, 2).every(isAsWritten)) return refused('not_signed_in');
    const { iat, exp } = claims.data;
    const isOfUs = exp - iat <= ACCESS_SECONDS && iat * 1000 <= nowMs + TOLERANCE_SECONDS * 1000;
    return isOfUs ? done(actorOf(claims.data)) : refused('not_signed_in');
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refused('sign_in_expired');
    if (error instanceof errors.JOSEError) return refused('not_signed_in');
    throw error;
  }
};
