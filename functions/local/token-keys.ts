/** The keys that sign tokens on this machine: made once, kept in the data folder, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type TokenKeys, parseTokenKeys } from '@time-bank/identity/token';

/** Reads the keys in `file`, or makes them. */
export const localTokenKeys = (file: string): TokenKeys => {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ local: randomBytes(48).toString('base64url') }), { mode: 0o600 });
  }
  return parseTokenKeys(readFileSync(file, 'utf8'));
};
