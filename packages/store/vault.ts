/**
 * Seals what is personal, so that a table, a backup or a stream shows nobody. Each record has a data key of its own,
 * random, kept beside it wrapped under a key of the house; what is sealed is bound to its table, its key and its
 * field, so that nothing opens anywhere else. Without its data key a record can never be opened again: that is how a
 * person is forgotten. Sources: NIST SP 800-38D (AES-GCM, nonces of 96 bits), RFC 5869 (HKDF), RFC 2104 (HMAC).
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';

/**
 * Secrets of the house by their names, in their order: the first seals, all open. Marks are made with the one whose name
 * comes first in the alphabet, whatever the order, so that a new key can be accepted before it seals.
 */
export interface PersonalKeys {
  readonly secrets: ReadonlyMap<string, string>;
}

const Secrets = z.record(
  // A name of digits only would not keep its place: JSON objects put numbers first.
  z.string().check(z.regex(/^[a-zA-Z][\w-]{0,15}$/)),
  z.string().check(z.minLength(32), z.maxLength(256)),
);

/** Reads secrets as JSON, `{"<kid>": "<32 to 256 characters>"}`. Throws, without a word of what was given, where it is none. */
export const parsePersonalKeys = (json: string): PersonalKeys => {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    throw new Error('the personal keys are not JSON');
  }
  const parsed = Secrets.safeParse(given);
  const secrets = new Map(Object.entries(parsed.data ?? {}));
  if (secrets.size === 0) throw new Error('the personal keys are not {"<kid>": "<32 characters or more>"}');
  return { secrets };
};

/** Where a record stands: its table by what it is for (a table may be restored under another name), and its key. */
export interface SealedPlace {
  table: 'care' | 'ledger';
  pk: string;
  sk: string;
}

/** A data key as it is kept: which key of the house wraps it, and nonce, ciphertext and tag. */
export interface WrappedKey {
  kid: string;
  key: Uint8Array;
}

/** A record's data key, open. It never leaves the process. */
export interface DataKey {
  readonly wrapped: WrappedKey;
  readonly secret: Uint8Array;
}

/** What is kept of a record's personal part; `dataKey` is absent where it was destroyed. */
export interface SealedParts {
  dataKey?: WrappedKey | undefined;
  sealed: Readonly<Record<string, Uint8Array>>;
}

/** Something sealed does not open: it was changed, moved from somewhere else, or its key is not of this house. */
export class BrokenSeal extends Error {
  override name = 'BrokenSeal';
}

/** Seals and opens. Synchronous: some microseconds a record. */
export interface Vault {
  /** A new data key for a record. */
  newKey: (place: SealedPlace) => DataKey;
  /** The data key of a record. Throws BrokenSeal. */
  unwrap: (place: SealedPlace, wrapped: WrappedKey) => DataKey;
  /** The same data key under the key of the house that seals now. Throws BrokenSeal. */
  rewrap: (place: SealedPlace, wrapped: WrappedKey) => WrappedKey;
  /** Seals a text as a field of a record. */
  sealText: (place: SealedPlace, field: string, key: DataKey, text: string) => Uint8Array;
  /** Opens a field of a record. Throws BrokenSeal. */
  openText: (place: SealedPlace, field: string, key: DataKey, sealed: Uint8Array) => string;
  /** Seals fields of a record, each as JSON, under `key` or a new data key. Undefined fields stay away. */
  seal: (
    place: SealedPlace,
    fields: Readonly<Record<string, unknown>>,
    key?: DataKey,
  ) => Required<SealedParts> & { dataKey: WrappedKey };
  /** Opens a record's fields; undefined where its data key was destroyed. Throws BrokenSeal. */
  open: (place: SealedPlace, parts: SealedParts) => Record<string, unknown> | undefined;
  /** What stands for a value in a key: the same for the same value, and nothing to whoever lacks the key. 43 letters. */
  mark: (kind: string, value: string) => string;
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Parts with their lengths before them: no two lists of parts give the same bytes. */
const bound = (...parts: readonly string[]): Buffer =>
  Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );

const encrypt = (key: Uint8Array, context: Buffer, plain: Uint8Array): Uint8Array => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(context);
  const hidden = [cipher.update(plain), cipher.final()];
  return Buffer.concat([nonce, ...hidden, cipher.getAuthTag()]);
};

const decrypt = (key: Uint8Array, context: Buffer, sealed: Uint8Array): Buffer => {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new BrokenSeal('it is too short to be sealed');
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(context)
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw new BrokenSeal('it does not open here', { cause: error });
  }
};

const derived = (secret: string, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, 'time-bank personal keys', use, KEY_BYTES));

const KEY_FIELD = 'data key';
const contextOf = (what: string, { table, pk, sk }: SealedPlace, field: string): Buffer =>
  bound(what, table, pk, sk, field);

/** A vault over the keys of the house. */
export const makeVault = ({ secrets }: PersonalKeys): Vault => {
  const wrapping = new Map([...secrets].map(([kid, secret]) => [kid, derived(secret, 'wrap data keys')]));
  const sealing = [...wrapping][0];
  const marking = [...secrets].sort(([one], [other]) => (one < other ? -1 : 1))[0];
  if (sealing === undefined || marking === undefined) throw new Error('a vault needs a key');
  const markKey = derived(marking[1], 'mark lookups');

  const wrap = (place: SealedPlace, secret: Uint8Array): DataKey => {
    const [kid, key] = sealing;
    return { secret, wrapped: { kid, key: encrypt(key, contextOf(KEY_FIELD, place, kid), secret) } };
  };
  const newKey = (place: SealedPlace): DataKey => wrap(place, randomBytes(KEY_BYTES));
  const unwrap = (place: SealedPlace, wrapped: WrappedKey): DataKey => {
    const key = wrapping.get(wrapped.kid);
    if (key === undefined) throw new BrokenSeal('its key is not of this house');
    return { wrapped, secret: decrypt(key, contextOf(KEY_FIELD, place, wrapped.kid), wrapped.key) };
  };
  const sealText: Vault['sealText'] = (place, field, key, text) =>
    encrypt(key.secret, contextOf('field', place, field), Buffer.from(text));
  const openText: Vault['openText'] = (place, field, key, sealed) =>
    decrypt(key.secret, contextOf('field', place, field), sealed).toString();

  return {
    newKey,
    unwrap,
    rewrap: (place, wrapped) => wrap(place, unwrap(place, wrapped).secret).wrapped,
    sealText,
    openText,
    seal: (place, fields, key = newKey(place)) => ({
      dataKey: key.wrapped,
      sealed: Object.fromEntries(
        Object.entries(fields).flatMap(([field, value]) =>
          value === undefined ? [] : [[field, sealText(place, field, key, JSON.stringify(value))]],
        ),
      ),
    }),
    open: (place, { dataKey, sealed }) => {
      if (dataKey === undefined) return undefined;
      const key = unwrap(place, dataKey);
      return Object.fromEntries(
        Object.entries(sealed).map(([field, value]): [string, unknown] => [
          field,
          JSON.parse(openText(place, field, key, value)),
        ]),
      );
    },
    mark: (kind, value) => createHmac('sha256', markKey).update(bound(kind, value)).digest('base64url'),
  };
};

const locked = (): never => {
  throw new Error('this function has no personal keys');
};

/** A vault without keys, for whoever has nothing to do with people: every use of it throws. */
export const lockedVault: Vault = {
  newKey: locked,
  unwrap: locked,
  rewrap: locked,
  sealText: locked,
  openText: locked,
  seal: locked,
  open: locked,
  mark: locked,
};
