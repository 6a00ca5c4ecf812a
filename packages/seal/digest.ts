/**
 * Digests: 32 bytes inside, base64url of 43 characters outside. One spelling only: the last character carries
 * four bits, so 64 texts of 43 characters would decode to 16 values; those with a set spare bit are refused.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';

/** Bytes of a digest: 32, as SHA-256 gives them. */
export const DIGEST_BYTES = 32;

/** A SHA-256 digest: exactly 32 bytes, never written into after it was made. Source: FIPS 180-4. */
export type Digest = Uint8Array;

/** SHA-256 over the parts one after another, without anything between them. 32 bytes. Source: FIPS 180-4. */
export const sha256 = (...parts: readonly Uint8Array[]): Digest => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/** Whether two byte strings are the same, length included. For public values only: it stops at a difference. */
export const sameBytes = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, at) => byte === right[at]);

/** The digest itself, after it was seen to have 32 bytes. Throws otherwise: that is a bug of the caller. */
export const assertDigest = (digest: Digest, what: string): Digest => {
  if (digest.length !== DIGEST_BYTES) throw new Error(`${what} has ${digest.length} bytes, not 32`);
  return digest;
};

/**
 * A digest as it travels: base64url without padding, 43 characters, the canonical spelling only. Decodes to 32
 * bytes and encodes back to the same text. Source: RFC 4648, sections 5 and 3.5.
 */
export const DigestText = z.codec(
  z.string().check(z.regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/)),
  z.custom<Digest>((bytes) => bytes instanceof Uint8Array && bytes.length === DIGEST_BYTES),
  {
    decode: (text) => new Uint8Array(Buffer.from(text, 'base64url')),
    encode: (bytes) => Buffer.from(bytes).toString('base64url'),
  },
);

/** Text of 43 characters to 32 bytes. Throws ZodError for any other text, a second spelling included. */
export const parseDigest = (text: unknown): Digest => z.parse(DigestText, text);

/** 32 bytes to base64url, 43 characters. Throws if there are not 32. */
export const printDigest = (digest: Digest): string =>
  Buffer.from(assertDigest(digest, 'a digest')).toString('base64url');
