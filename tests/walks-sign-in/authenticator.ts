/**
 * An authenticator in software, by hand: an ES256 key, CBOR, attestation `none`, and every slip that a test may want.
 * Source: WebAuthn level 3, sections 6.1 and 6.5; RFC 8949 (CBOR); RFC 9053 (COSE).
 */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** The site of the tests. */
export const SITE = { rpId: 'time.example', rpName: '时间银行', origins: ['https://time.example'] };

/** What an authenticator may get wrong. */
export interface Slip {
  origin?: string;
  rpId?: string;
  challenge?: string;
  isVerified?: boolean;
  isPresent?: boolean;
  counter?: number;
  type?: string;
  userHandle?: string;
  crossOrigin?: boolean;
  id?: string;
}

type Cbor = number | string | Uint8Array | Map<number | string, Cbor>;

const head = (major: number, length: number): Buffer => {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
};

const cbor = (value: Cbor): Buffer => {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flat().map((part) => cbor(part))]);
};

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();
const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

interface Options {
  challenge: string;
  user?: { id: string };
}

/** A new authenticator with one key in it. */
export const anAuthenticator = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const credentialId = randomBytes(32);
  const id = credentialId.toString('base64url');
  let counter = 0;
  let userHandle = '';

  const clientData = (type: string, { challenge }: Options, slip: Slip): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: slip.type ?? type,
        challenge: slip.challenge ?? challenge,
        origin: slip.origin ?? SITE.origins[0],
        crossOrigin: slip.crossOrigin ?? false,
      }),
    );
  const authData = (flags: number, slip: Slip): Buffer => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(slip.counter ?? counter);
    const present = slip.isPresent === false ? 0 : PRESENT;
    const verified = slip.isVerified === false ? 0 : VERIFIED;
    return Buffer.concat([sha256(slip.rpId ?? SITE.rpId), Buffer.from([flags | present | verified]), count]);
  };
  const common = (slip: Slip) => ({
    id: slip.id ?? id,
    rawId: slip.id ?? id,
    type: 'public-key' as const,
    clientExtensionResults: {},
  });

  return {
    id,
    /** Answers a question for a new passkey. */
    make: (given: unknown, slip: Slip = {}) => {
      const options = given as Options;
      userHandle = options.user?.id ?? '';
      const coseKey = new Map<number | string, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const data = Buffer.concat([
        authData(ATTESTED, slip),
        Buffer.alloc(16),
        length,
        credentialId,
        cbor(coseKey),
      ]);
      const attestation = new Map<string, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', data],
      ]);
      return {
        ...common(slip),
        response: {
          clientDataJSON: clientData('webauthn.create', options, slip).toString('base64url'),
          attestationObject: cbor(attestation).toString('base64url'),
          transports: ['internal'],
        },
      };
    },
    /** Answers a question for a passkey that is there. */
    show: (given: unknown, slip: Slip = {}) => {
      const options = given as Options;
      counter = slip.counter ?? counter + 1;
      const client = clientData('webauthn.get', options, slip);
      const data = authData(0, slip);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      return {
        ...common(slip),
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle: slip.userHandle ?? userHandle,
        },
      };
    },
  };
};

export type Authenticator = ReturnType<typeof anAuthenticator>;
