/**
 * A leaf of the log: the state in which an account stood. A later state of the same account is another leaf; the
 * one with the highest sequence counts, so a state that is delivered twice or late does no harm.
 */
import * as z from 'zod/mini';
import { AccountName } from './chain.ts';
import { type Digest, DigestText, assertDigest } from './digest.ts';
import { encodeFields, uint64, utf8 } from './fields.ts';
import { leafHash } from './tree-hash.ts';

/**
 * The state of an account. `sequence`: how many movements it has seen, 0 to 2^53-1. `link`: its chain's last link,
 * `GENESIS` if there is none. `headDigest`: `digestOf` its head (balances and marks). Digests are 43 characters
 * outside and 32 bytes inside: parse for the one, encode for the other.
 */
export const AccountState = z.strictObject({
  accountId: AccountName,
  sequence: z.int().check(z.gte(0)),
  link: DigestText,
  headDigest: DigestText,
});
export type AccountState = z.output<typeof AccountState>;

/** An account state as it travels: digests as 43 characters of base64url. */
export type WrittenAccountState = z.input<typeof AccountState>;

/** Outside to inside. Throws ZodError on unknown fields and on anything out of its bounds. */
export const parseAccountState = (written: unknown): AccountState => z.parse(AccountState, written);

/** Inside to outside. Throws ZodError on a state that `parseAccountState` would refuse. */
export const presentAccountState = (state: AccountState): WrittenAccountState =>
  z.encode(AccountState, state);

/** The bytes of a state: tag and the four fields, each after its length. Throws on a digest not of 32 bytes. */
export const leafBytes = (state: AccountState): Uint8Array =>
  encodeFields('time-bank:account-state:v1', [
    utf8(z.parse(AccountName, state.accountId)),
    uint64(state.sequence),
    assertDigest(state.link, 'the link of a state'),
    assertDigest(state.headDigest, 'the digest of a head'),
  ]);

/** The leaf hash of a state: SHA-256(0x00 || `leafBytes`), 32 bytes. Source: RFC 9162, section 2.1.1. */
export const leafHashOf = (state: AccountState): Digest => leafHash(leafBytes(state));
