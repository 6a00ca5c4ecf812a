/**
 * One-time codes: six digits from a cryptographic source, kept only as a keyed hash that is bound to the
 * challenge it was sent for, compared in constant time.
 */
import { createHmac, hkdfSync, randomInt, timingSafeEqual } from 'node:crypto';
import type { ChallengeId } from '@time-bank/contracts/ids';
import type { TokenKeys } from './token.ts';

/** A code is good for five minutes and five tries; a number gets ten a day. Source: README "Sign-in". */
export const CODE_MINUTES = 5;
/** Wrong codes that a challenge bears. */
export const CODE_TRIES_MAX = 5;
/** Codes that a number can ask for in a day of China. */
export const CODES_A_DAY_MAX = 10;

/** Six random digits. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** The key under which codes are hashed: from the signing key, for this purpose only. */
export const codeKeyOf = (keys: TokenKeys): Uint8Array => {
  const key = keys.keys.get(keys.signing);
  if (key === undefined) throw new Error('the signing key is missing from its own set');
  return new Uint8Array(hkdfSync('sha256', key, '', 'time-bank one-time code', 32));
};

/** What is kept of a code: HMAC-SHA-256 over challenge and code, base64url. */
export const hashCode = (codeKey: Uint8Array, challengeId: ChallengeId, code: string): string =>
  createHmac('sha256', codeKey).update(`${challengeId}:${code}`).digest('base64url');

/** Compares two hashes in a time that does not depend on where they differ. */
export const sameHash = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
