/**
 * One-time codes: six digits from a cryptographic source, kept only as a keyed hash that is bound to the
 * challenge it was sent for and the device that asked, compared in constant time.
 */
import { createHmac, hkdfSync, randomInt, timingSafeEqual } from 'node:crypto';
import type { ChallengeId } from '@time-bank/contracts/ids';
import type { Phone } from '@time-bank/contracts/member';
import type { DeviceMark } from '@time-bank/contracts/sign-in';
import type { TokenKeys } from './token.ts';

/** Six random digits. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** The key under which codes are hashed: from the signing key, for this purpose only. */
export const codeKeyOf = (keys: TokenKeys): Uint8Array => {
  const key = keys.keys.get(keys.signing);
  if (key === undefined) throw new Error('the signing key is missing from its own set');
  return new Uint8Array(hkdfSync('sha256', key, '', 'time-bank one-time code', 32));
};

const keyed = (codeKey: Uint8Array, parts: readonly string[]): string =>
  createHmac('sha256', codeKey).update(JSON.stringify(parts)).digest('base64url');

/** What is kept of a code: HMAC-SHA-256 over challenge, device and code, base64url. */
export const hashCode = (
  codeKey: Uint8Array,
  { challengeId, device, code }: { challengeId: ChallengeId; device: string; code: string },
): string => keyed(codeKey, ['code', challengeId, device, code]);

/** Under what a number's budget is kept, or the budget of a number on one device: a keyed hash, never the number. */
export const guardKeyOf = (codeKey: Uint8Array, phone: Phone, device?: DeviceMark): string =>
  keyed(codeKey, device === undefined ? ['number', phone] : ['number on a device', phone, device]);

/** 32 bytes that only this service can work out, for one purpose within one challenge; base64url. */
export const secretOf = (codeKey: Uint8Array, challengeId: ChallengeId, purpose: string): string =>
  keyed(codeKey, ['secret', purpose, challengeId]);

/** Compares two hashes in a time that does not depend on where they differ. */
export const sameHash = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** How long a code that an elder reads aloud stays good: until the end of the next stretch of so many minutes. */
export const SPOKEN_CODE_MINUTES = 15;

/**
 * The six digits that an elder reads aloud for a visit, in the `stretch`th quarter of an hour since 1970. `uses`: how
 * many such codes were used on the visit before, so that none is good twice. Only this service can work them out.
 */
export const spokenCode = (
  codeKey: Uint8Array,
  { requestId, uses, stretch }: { requestId: string; uses: number; stretch: number },
): string => {
  const digest = createHmac('sha256', codeKey)
    .update(JSON.stringify(['spoken', requestId, uses, stretch]))
    .digest();
  return String(digest.readUInt32BE(0) % 1_000_000).padStart(6, '0');
};
