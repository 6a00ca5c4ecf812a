/**
 * The chain of an account: every entry's link takes in the link before it, so the last link stands for the whole
 * history in its order. Change, drop, insert or swap an entry and every later link is another one.
 */
import * as z from 'zod/mini';
import { canonicalJson } from './canonical-json.ts';
import { type Digest, assertDigest, sameBytes, sha256 } from './digest.ts';
import { type DomainTag, encodeFields, uint64, utf8 } from './fields.ts';

/** The name of an account as it is hashed: 1 to 64 printable ASCII characters without blanks. */
export const AccountName = z.string().check(z.regex(/^[!-~]{1,64}$/));

const BEGINNING = sha256(encodeFields('time-bank:genesis:v1', []));

/** What stands before the first link of every account and before the first checkpoint. 32 bytes. */
export const GENESIS: Digest = new Uint8Array(BEGINNING);

/**
 * The digest of a value under a tag that says what it is: SHA-256 over tag and canonical JSON, 32 bytes. Order of
 * keys does not matter. Throws TypeError on what has no canonical JSON (see `canonicalJson`), Error on another tag.
 */
export const digestOf = (tag: DomainTag, value: unknown): Digest =>
  sha256(encodeFields(tag, [utf8(canonicalJson(value))]));

/** What a link binds together. `number`: 1 for the account's first entry, then one more each, up to 2^53-1. */
export interface LinkParts {
  accountId: string;
  number: number;
  /** The link before; `GENESIS` before number 1. */
  previous: Digest;
  /** `digestOf` the entry. */
  entryDigest: Digest;
}

/**
 * The link of one entry: SHA-256 over account, number, previous link and entry, 32 bytes.
 * Throws where the parts cannot be a link: another form of account, a number below 1, a digest not of 32 bytes,
 * number 1 without `GENESIS` before it or a later number with it.
 */
export const linkOf = ({ accountId, number, previous, entryDigest }: LinkParts): Digest => {
  if (number < 1) throw new Error(`a link's number is 1 or more, not ${number}`);
  if ((number === 1) !== sameBytes(previous, BEGINNING)) {
    throw new Error(`link ${number} does not follow from what is said to stand before it`);
  }
  return sha256(
    encodeFields('time-bank:link:v1', [
      utf8(z.parse(AccountName, accountId)),
      uint64(number),
      assertDigest(previous, 'the previous link'),
      assertDigest(entryDigest, 'the digest of an entry'),
    ]),
  );
};
