/** Signs checkpoints with a key that nobody can read: it lies in KMS, and only the sealer may use it. */
import { createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Signer } from '@time-bank/seal/signer';
import * as z from 'zod/mini';

const PublicJwk = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() });

/**
 * The signer over a KMS key of the kind ECC_NIST_EDWARDS25519. Asks for the public key once.
 * Source: AWS KMS, Sign: ED25519_SHA_512 is pure Ed25519 and takes the message itself (MessageType RAW).
 */
export const kmsSigner = async (
  client: KMSClient,
  { origin, keyId }: { origin: string; keyId: string },
): Promise<Signer> => {
  const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (PublicKey === undefined) throw new Error('the key has no public half');
  const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
  const { x } = z.parse(PublicJwk, key.export({ format: 'jwk' }));
  return {
    name: origin,
    publicKey: new Uint8Array(Buffer.from(x, 'base64url')),
    sign: async (message) => {
      const { Signature } = await client.send(
        new SignCommand({
          KeyId: keyId,
          Message: message,
          MessageType: 'RAW',
          SigningAlgorithm: 'ED25519_SHA_512',
        }),
      );
      if (Signature === undefined) throw new Error('the key gave no signature');
      return Uint8Array.from(Signature);
    },
  };
};
