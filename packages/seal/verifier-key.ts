/** The key that a log's signatures are checked with, as text that people hand on: name, key id, public key. */
import { createPublicKey, verify } from 'node:crypto';
import * as z from 'zod/mini';
import { base64Of, printBase64 } from './base64.ts';
import { sameBytes, sha256 } from './digest.ts';
import { utf8 } from './fields.ts';
import { type Finding, fits, misfit } from './misfit.ts';

/** The byte that says Ed25519 in key ids and verifier keys. Source: C2SP signed-note, "Signature types". */
const ED25519 = Uint8Array.of(0x01);

/** Bytes of an Ed25519 public key: 32. Source: RFC 8032, section 5.1.5. */
export const PUBLIC_KEY_BYTES = 32;
/** Bytes of an Ed25519 signature: 64. Source: RFC 8032, section 5.1.6. */
export const SIGNATURE_BYTES = 64;
/** Bytes of a key id: 4. Source: C2SP signed-note, "Signatures". */
export const KEY_ID_BYTES = 4;

/**
 * The name of a key, which is also the origin of the log it signs: 1 to 128 characters without plus signs, white
 * space and control characters, e.g. `time-bank.example/ledger`. Source: C2SP signed-note, "Format".
 */
export const KeyName = z.string().check(
  z.maxLength(128),
  z.regex(/^[^+\p{White_Space}\p{Cc}]+$/u, { abort: true }),
  z.refine((name) => name.isWellFormed()),
);

/** A key that checks signatures. `publicKey`: 32 bytes; `keyId`: 4 bytes. */
export interface VerifierKey {
  name: string;
  keyId: Uint8Array;
  publicKey: Uint8Array;
}

/** The key id of an Ed25519 key: the first 4 bytes of SHA-256(name || 0x0A || 0x01 || key). Source: C2SP signed-note. */
export const keyIdOf = ({ name, publicKey }: { name: string; publicKey: Uint8Array }): Uint8Array =>
  sha256(utf8(name), Uint8Array.of(0x0a), ED25519, publicKey).slice(0, KEY_ID_BYTES);

/**
 * The text of a verifier key: `<name>+<key id, 8 lower-case hex digits>+<base64(0x01 || public key)>`.
 * Throws on a name that is none and on a key not of 32 bytes. Source: Go sumdb/note; C2SP signed-note.
 */
export const printVerifierKey = (key: { name: string; publicKey: Uint8Array }): string => {
  const name = z.parse(KeyName, key.name);
  if (key.publicKey.length !== PUBLIC_KEY_BYTES) throw new Error('an Ed25519 public key has 32 bytes');
  const keyId = Buffer.from(keyIdOf(key)).toString('hex');
  return `${name}+${keyId}+${printBase64(Buffer.concat([ED25519, key.publicKey]))}`;
};

const KeyBytes = base64Of({ from: 1 + PUBLIC_KEY_BYTES, to: 1 + PUBLIC_KEY_BYTES });

/**
 * Text to verifier key. Misfit: malformed_verifier_key, also where the key id is not that of name and key, and for
 * other algorithms than Ed25519.
 */
export const parseVerifierKey = (text: string): Finding<VerifierKey> => {
  const [written, keyId, ...rest] = text.split('+');
  const name = z.safeParse(KeyName, written);
  // Base64 may hold plus signs of its own; a name and a key id cannot.
  const bytes = z.safeParse(KeyBytes, rest.join('+'));
  if (!name.success || !bytes.success || bytes.data[0] !== ED25519[0])
    return misfit('malformed_verifier_key');
  const key = { name: name.data, publicKey: bytes.data.slice(1) };
  if (printVerifierKey(key) !== text || keyId === undefined) return misfit('malformed_verifier_key');
  return fits({ ...key, keyId: keyIdOf(key) });
};

/** Whether `key` is the one with this name and id. Both have to agree. Source: C2SP signed-note, "Signatures". */
export const isNamedBy = (key: VerifierKey, named: { name: string; keyId: Uint8Array }): boolean =>
  key.name === named.name && sameBytes(key.keyId, named.keyId);

/** Whether `signature` is that of `publicKey` over `message`. False for any other length. Source: RFC 8032, section 5.1.7. */
export const isSignedBy = (
  publicKey: Uint8Array,
  { message, signature }: { message: Uint8Array; signature: Uint8Array },
): boolean => {
  if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, message, key, signature);
};
