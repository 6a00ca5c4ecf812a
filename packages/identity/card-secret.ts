/**
 * What makes a paper card good: a token of 128 random bits for its QR, kept only as a keyed hash; and a PIN of four to
 * six digits, kept only as scrypt (RFC 7914) over its keyed hash, so that neither a stolen table nor a stolen key
 * alone gives it away. The key comes from one of the service's token keys, for this purpose only, and has its name.
 */
import { createHmac, hkdfSync, randomBytes, scrypt } from 'node:crypto';
import { CardToken } from '@time-bank/contracts/card-proof';
import { FileId, MemberId } from '@time-bank/contracts/ids';
import { sameHash } from './one-time-code.ts';
import type { TokenKeys } from './token.ts';

/** Wrong tries that a card bears; then staff unlock it. */
export const CARD_TRIES_MAX = 5;

const ULID_LENGTH = 26;
const SECRET_BYTES = 16;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** About 16 MiB and some tens of milliseconds a try. */
const SCRYPT = { N: 16_384, r: 8, p: 1 } as const;

/** What is kept of a card's token and PIN, and the name of the key under which they were hashed. */
export interface CardSecret {
  keyName: string;
  tokenHash: string;
  pinSalt: string;
  pinHash: string;
}

const keyOf = (keys: TokenKeys, keyName: string): Uint8Array | undefined => {
  const key = keys.keys.get(keyName);
  return key === undefined ? undefined : new Uint8Array(hkdfSync('sha256', key, '', 'time-bank card', 32));
};

const keyed = (key: Uint8Array, what: 'token' | 'pin', text: string): Buffer =>
  createHmac('sha256', key).update(`${what}:${text}`).digest();

const slow = (secret: Buffer, salt: string): Promise<string> =>
  new Promise((resolve, reject) => {
    scrypt(secret, Buffer.from(salt, 'base64url'), HASH_BYTES, SCRYPT, (error, hash) => {
      if (error === null) resolve(hash.toString('base64url'));
      else reject(error);
    });
  });

/** A new token for a card: whose, which, and 128 random bits. */
export const newCardToken = (memberId: MemberId, cardId: FileId): CardToken =>
  CardToken.parse(`${memberId.slice(4)}${cardId.slice(4)}${randomBytes(SECRET_BYTES).toString('base64url')}`);

/** Whose card a token names, and which. It says nothing about whether the token is good. */
export const namedByToken = (token: CardToken): { memberId: MemberId; cardId: FileId } => ({
  memberId: MemberId.parse(`mem_${token.slice(0, ULID_LENGTH)}`),
  cardId: FileId.parse(`fil_${token.slice(ULID_LENGTH, 2 * ULID_LENGTH)}`),
});

/** What is kept of a new token and a PIN. */
export const cardSecretOf = async (keys: TokenKeys, token: CardToken, pin: string): Promise<CardSecret> => {
  const key = keyOf(keys, keys.signing);
  if (key === undefined) throw new Error('the signing key is missing from its own set');
  const pinSalt = randomBytes(SALT_BYTES).toString('base64url');
  return {
    keyName: keys.signing,
    tokenHash: keyed(key, 'token', token).toString('base64url'),
    pinSalt,
    pinHash: await slow(keyed(key, 'pin', pin), pinSalt),
  };
};

/** The same card with a new PIN; undefined where its key is gone. */
export const withPin = async (
  keys: TokenKeys,
  secret: CardSecret,
  pin: string,
): Promise<CardSecret | undefined> => {
  const key = keyOf(keys, secret.keyName);
  if (key === undefined) return undefined;
  const pinSalt = randomBytes(SALT_BYTES).toString('base64url');
  return { ...secret, pinSalt, pinHash: await slow(keyed(key, 'pin', pin), pinSalt) };
};

/** True where a token is the one of the card. False for every card whose key is gone. */
export const isTokenOf = (keys: TokenKeys, secret: CardSecret, token: CardToken): boolean => {
  const key = keyOf(keys, secret.keyName);
  return key !== undefined && sameHash(keyed(key, 'token', token).toString('base64url'), secret.tokenHash);
};

/** True where a PIN is the one of the card. False for every card whose key is gone. */
export const isPinOf = async (keys: TokenKeys, secret: CardSecret, pin: string): Promise<boolean> => {
  const key = keyOf(keys, secret.keyName);
  return key !== undefined && sameHash(await slow(keyed(key, 'pin', pin), secret.pinSalt), secret.pinHash);
};
