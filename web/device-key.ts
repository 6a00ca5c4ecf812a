/**
 * The key of this device: an ECDSA key on the curve P-256, made here and never to be taken away from here (WebCrypto,
 * not extractable), kept in IndexedDB. What moves one's own hours goes with a proof that is signed by it, in the form
 * of RFC 9449 (DPoP), so that a stolen code or cookie moves nothing. A browser without either has no key: then hours
 * are moved at the counter or on another device, and everything else works.
 */

/** The public half, with its members in the order of RFC 7638, section 3.2. */
export interface PublicKey {
  crv: 'P-256';
  kty: 'EC';
  x: string;
  y: string;
}

/** A device's key as the pages use it. */
export interface DeviceKey {
  publicKey: PublicKey;
  /** Its thumbprint by RFC 7638, SHA-256, base64url: 43 characters. */
  thumbprint: string;
  privateKey: CryptoKey;
}

/** Where keys are kept. */
export interface KeyShelf {
  read: () => Promise<CryptoKeyPair | undefined>;
  keep: (pair: CryptoKeyPair) => Promise<void>;
}

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

const hashOf = async (text: string): Promise<string> =>
  base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))));

const publicHalf = async ({ publicKey }: CryptoKeyPair): Promise<PublicKey> => {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  return { crv: 'P-256', kty: 'EC', x, y };
};

/** The key on `shelf`; made and put there where there is none yet. */
export const keyOn = async (shelf: KeyShelf): Promise<DeviceKey> => {
  let pair = await shelf.read();
  if (pair === undefined) {
    pair = await crypto.subtle.generateKey(KEY, false, ['sign', 'verify']);
    await shelf.keep(pair);
  }
  const publicKey = await publicHalf(pair);
  return { publicKey, thumbprint: await hashOf(JSON.stringify(publicKey)), privateKey: pair.privateKey };
};

const DATABASE = 'time-bank';
const SHELF = 'keys';
const NAME = 'device';

const opened = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(SHELF);
    };
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(new Error('IndexedDB did not open'));
    };
  });

const asked = async <Value>(
  mode: IDBTransactionMode,
  ask: (shelf: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> => {
  const database = await opened();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(SHELF, mode);
    const request = ask(transaction.objectStore(SHELF));
    transaction.oncomplete = () => {
      database.close();
      resolve(request.result);
    };
    transaction.onabort = () => {
      database.close();
      reject(new Error('IndexedDB kept nothing'));
    };
  });
};

const isPair = (kept: unknown): kept is CryptoKeyPair =>
  typeof kept === 'object' && kept !== null && 'privateKey' in kept && 'publicKey' in kept;

const inThisBrowser: KeyShelf = {
  read: async () => {
    const kept = await asked<unknown>('readonly', (shelf) => shelf.get(NAME));
    return isPair(kept) ? kept : undefined;
  },
  keep: async (pair) => {
    await asked('readwrite', (shelf) => shelf.put(pair, NAME));
  },
};

let known: Promise<DeviceKey | undefined> | undefined;

/** The key of this device, made when it is first asked for; nothing where the browser cannot make or keep one. */
export const deviceKey = (): Promise<DeviceKey | undefined> => {
  known ??= keyOn(inThisBrowser).catch(() => undefined);
  return known;
};

/** What a proof is about. */
export interface Proven {
  method: string;
  /** The whole address, without query and fragment. */
  url: string;
  /** The body as it is sent, to the letter; empty where there is none. */
  body: string;
  /** Now, milliseconds since 1970, by the clock of the service where it is known. */
  nowMs: number;
}

const part = (value: object): string => base64Url(utf8(JSON.stringify(value)));

/**
 * A proof that `key` is here and means just this: a JWT as in RFC 9449, section 4.2 (`typ` dpop+jwt, ES256), with the
 * hash of the body beside, `bdh`, SHA-256 in base64url. Each has an id of its own and is taken once.
 */
export const proofFor = async (key: DeviceKey, { method, url, body, nowMs }: Proven): Promise<string> => {
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicKey };
  const claims = {
    htm: method,
    htu: url,
    iat: Math.floor(nowMs / 1000),
    jti: base64Url(crypto.getRandomValues(new Uint8Array(16))),
    bdh: await hashOf(body),
  };
  const signed = `${part(header)}.${part(claims)}`;
  const signature = await crypto.subtle.sign(SIGNATURE, key.privateKey, utf8(signed));
  return `${signed}.${base64Url(new Uint8Array(signature))}`;
};
