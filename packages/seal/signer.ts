/** Whoever signs checkpoints: a port, because the key of the service lies where nobody can read it. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import * as z from 'zod/mini';
import { utf8 } from './fields.ts';
import type { NoteSignature } from './signed-note.ts';
import { KeyName, isSignedBy, keyIdOf } from './verifier-key.ts';

/**
 * Signs with one Ed25519 key. `name`: the key's name, which is the log's origin. `publicKey`: 32 bytes.
 * `sign`: the signature over the whole message (not over its digest), 64 bytes. Source: RFC 8032, section 5.1.
 */
export interface Signer {
  name: string;
  publicKey: Uint8Array;
  sign: (message: Uint8Array) => Promise<Uint8Array>;
}

const PublicJwk = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() });

/**
 * A signer over a private key in PEM (PKCS #8). For laptops and tests; the service signs where its key is kept.
 * Throws on a name that is none and on anything but an Ed25519 private key.
 */
export const ed25519Signer = (of: { name: string; privateKeyPem: string }): Signer => {
  const name = z.parse(KeyName, of.name);
  const key = createPrivateKey(of.privateKeyPem);
  const { x } = z.parse(PublicJwk, createPublicKey(key).export({ format: 'jwk' }));
  return {
    name,
    publicKey: new Uint8Array(Buffer.from(x, 'base64url')),
    sign: (message) => Promise.resolve(new Uint8Array(sign(null, message, key))),
  };
};

/** A new Ed25519 private key in PEM (PKCS #8), from the system's randomness: the one place here that takes any. */
export const newKeyPem = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

/**
 * The signature of `signer` over a note's text. Throws if it is not good under the signer's own public key: a
 * checkpoint that nobody can check must not go out.
 */
export const signatureBy = async (signer: Signer, text: string): Promise<NoteSignature> => {
  const { name, publicKey } = signer;
  const message = utf8(text);
  const signature = await signer.sign(message);
  if (!isSignedBy(publicKey, { message, signature })) {
    throw new Error(`the signer ${name} does not sign with the key it names`);
  }
  return { name, keyId: keyIdOf({ name, publicKey }), signature };
};
