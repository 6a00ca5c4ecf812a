/**
 * Refresh tokens: 256 random bits beside the ids that find the sign-in. Only a keyed hash is kept. The one after a
 * token follows from it under a key of its own, so two tabs that come with the same token get the same one back, and
 * nobody has to keep it for them. A tag tells a token of ours, old or new, from letters that somebody made up: only
 * the former ends a sign-in when it comes twice. Source: RFC 9700, section 4.14.2; OWASP ASVS 5.0, 10.4.5.
 */
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { MemberId, SessionId } from '@time-bank/contracts/ids';
import type { TokenKeys } from './token.ts';

/** The parts of a token. */
export interface RefreshToken {
  memberId: MemberId;
  sessionId: SessionId;
  /** The token, whole. */
  text: string;
}

const SHAPE = /^tbr_([0-9A-Z]{26})([0-9A-Z]{26})([\w-]{43})([\w-]{43})$/;

type Purpose = 'hash' | 'successor' | 'tag';

/** A key for one purpose, from a key of the service. */
const keyFor = (key: Uint8Array, purpose: Purpose): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, '', `time-bank refresh ${purpose}`, 32));

const keyed = (key: Uint8Array, purpose: Purpose, text: string): string =>
  createHmac('sha256', keyFor(key, purpose)).update(text).digest('base64url');

const isSame = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
};

const signingKey = (keys: TokenKeys): Uint8Array => {
  const key = keys.keys.get(keys.signing);
  if (key === undefined) throw new Error('the signing key is missing from its own set');
  return key;
};

type Whose = Pick<RefreshToken, 'memberId' | 'sessionId'>;

const written = (key: Uint8Array, { memberId, sessionId }: Whose, secret: string): string => {
  const untagged = `tbr_${memberId.slice(4)}${sessionId.slice(4)}${secret}`;
  return `${untagged}${keyed(key, 'tag', untagged)}`;
};

/** The first token of a sign-in. */
export const newRefreshToken = (keys: TokenKeys, whose: Whose): string =>
  written(signingKey(keys), whose, randomBytes(32).toString('base64url'));

/** Reads a token; undefined for anything that this service has not made. */
export const parseRefreshToken = (keys: TokenKeys, text: string): RefreshToken | undefined => {
  const [, member = '', session = '', secret = '', tag = ''] = SHAPE.exec(text) ?? [];
  const memberId = MemberId.safeParse(`mem_${member}`);
  const sessionId = SessionId.safeParse(`ses_${session}`);
  if (!memberId.success || !sessionId.success) return undefined;
  const untagged = `tbr_${member}${session}${secret}`;
  const isOurs = [...keys.keys.values()].some((key) => isSame(keyed(key, 'tag', untagged), tag));
  return isOurs ? { memberId: memberId.data, sessionId: sessionId.data, text } : undefined;
};

/** What is kept of a token. */
export const hashRefreshToken = (keys: TokenKeys, text: string): string =>
  keyed(signingKey(keys), 'hash', text);

/** True where `hash` was made of this token, under any of the keys: they change while a sign-in lasts. */
export const isHashOf = (keys: TokenKeys, hash: string | undefined, text: string): boolean =>
  hash !== undefined && [...keys.keys.values()].some((key) => isSame(keyed(key, 'hash', text), hash));

const successorUnder = (key: Uint8Array, token: RefreshToken): string =>
  written(key, token, keyed(key, 'successor', token.text));

/** The token after this one. */
export const successorOf = (keys: TokenKeys, token: RefreshToken): string =>
  successorUnder(signingKey(keys), token);

/** The token after this one whose hash is `hash`, whichever key was the signing one when it was made. */
export const successorWith = (keys: TokenKeys, token: RefreshToken, hash: string): string | undefined =>
  [...keys.keys.values()].map((key) => successorUnder(key, token)).find((text) => isHashOf(keys, hash, text));
