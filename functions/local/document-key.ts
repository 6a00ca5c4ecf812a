/**
 * The key with which this machine's bank signs documents of hours: made once, kept in the data folder, readable by its
 * owner only. Other banks that are believed stand in `known-banks.json` beside it.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentSigner } from '@time-bank/desk/ports';
import { documentSigner } from '@time-bank/identity/document-signer';
import * as z from 'zod/mini';

const PublicKey = { kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() };
const Bank = { bank: z.string(), kid: z.string() };
const OwnBank = z.object({ ...Bank, key: z.object({ ...PublicKey, d: z.string() }) });
const OtherBanks = z.array(z.object({ ...Bank, key: z.object(PublicKey) }));

const NAME = '本机时间银行';

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** Reads the key in `dataDir`, or makes it. */
export const localDocumentSigner = (dataDir: string): DocumentSigner => {
  const file = join(dataDir, 'document-key.json');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const own = { bank: NAME, kid: `local-${randomBytes(6).toString('hex')}`, key };
    writeFileSync(file, JSON.stringify(own), { mode: 0o600 });
  }
  const others = join(dataDir, 'known-banks.json');
  return documentSigner(
    OwnBank.parse(readJson(file)),
    existsSync(others) ? OtherBanks.parse(readJson(others)) : [],
  );
};
