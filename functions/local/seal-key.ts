/** The key that signs checkpoints on this machine: made once, kept in the data folder, readable by its owner only. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Signer, ed25519Signer, newKeyPem } from '@time-bank/seal/signer';
import { printVerifierKey } from '@time-bank/seal/verifier-key';

/** The name of the log of a data folder. */
const ORIGIN = 'time-bank/local';

const keyFile = (dataDir: string): string => join(dataDir, 'seal-key.pem');

const signerIn = (file: string): Signer =>
  ed25519Signer({ name: ORIGIN, privateKeyPem: readFileSync(file, 'utf8') });

/** Reads the key of a data folder, or makes it. */
export const localSigner = (dataDir: string): Signer => {
  const file = keyFile(dataDir);
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, newKeyPem(), { mode: 0o600 });
  }
  return signerIn(file);
};

/** The verifier key of a data folder; undefined where nothing was ever sealed there. */
export const localVerifierKey = (dataDir: string): string | undefined => {
  const file = keyFile(dataDir);
  return existsSync(file) ? printVerifierKey(signerIn(file)) : undefined;
};
