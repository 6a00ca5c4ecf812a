/**
 * How several fields become one byte string that only they can give: a tag that says what follows, then the
 * fields, each after its length. Without lengths `ab`,`c` and `a`,`bc` would be the same bytes.
 *
 * Every such string begins with a zero byte and is at least 4 bytes long with a fourth byte that is not zero; the
 * Merkle tree hashes strings that begin 00 00 00 00 or 01. No value of one kind can be taken for another.
 */

/** What a digest is made for, with its version, e.g. `time-bank:link:v1`. At most 64 characters. */
export type DomainTag = `time-bank:${string}:v${number}`;

const TAG = /^time-bank:[a-z]+(-[a-z]+)*:v[1-9]\d?$/;
const TAG_LENGTH_MAX = 64;

/** UTF-8 of a text. Throws on a lone surrogate: it has no UTF-8, and a stand-in would be another text's. */
export const utf8 = (text: string): Uint8Array => {
  if (!text.isWellFormed()) throw new Error('a text with a lone surrogate has no UTF-8');
  return new TextEncoder().encode(text);
};

/** A whole number from 0 to 2^53-1 as 8 bytes, big-endian. Throws on any other number. */
export const uint64 = (value: number): Uint8Array => {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${value} is not a whole number from 0 on`);
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
};

const prefixed = (field: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(4 + field.length);
  new DataView(bytes.buffer).setUint32(0, field.length);
  bytes.set(field, 4);
  return bytes;
};

/**
 * Tag and fields as one byte string: each its length in 4 bytes, big-endian, then its bytes. Two different lists
 * never give the same string. Throws on a tag of another form and on fields that cannot be measured in 4 bytes.
 */
export const encodeFields = (tag: DomainTag, fields: readonly Uint8Array[]): Uint8Array => {
  if (!TAG.test(tag) || tag.length > TAG_LENGTH_MAX) throw new Error(`${tag} is not a domain tag`);
  const parts = [utf8(tag), ...fields];
  if (parts.some(({ length }) => length > 0xffff_ffff)) throw new Error('a field is too long');
  return new Uint8Array(Buffer.concat(parts.map(prefixed)));
};
