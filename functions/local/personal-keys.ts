/**
 * The keys of what is personal on this machine: made once, kept in the data folder, readable by its owner only.
 * Whoever loses them loses every name; whoever has them and the folder reads every name.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isThisMachine } from '@time-bank/store/client';
import { type Vault, makeVault, parsePersonalKeys } from '@time-bank/store/vault';
import { CannotStart, type LocalSettings } from './settings.ts';

/**
 * The vault of the settings: of the keys that were given, or of those in the data folder. Throws CannotStart for a
 * table somewhere else without keys: what is written there with keys of this machine nobody there could read.
 */
export const localVault = ({
  dataDir,
  endpoint,
  personalKeys,
}: Pick<LocalSettings, 'dataDir' | 'endpoint' | 'personalKeys'>): Vault => {
  if (personalKeys !== undefined) return makeVault(parsePersonalKeys(personalKeys));
  if (endpoint !== undefined && !isThisMachine(endpoint)) {
    throw new CannotStart(
      'The tables are not on this machine: give the keys of their people as PERSONAL_KEYS.',
    );
  }
  const file = join(dataDir, 'personal-keys.json');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    const secret = randomBytes(48).toString('base64url');
    writeFileSync(file, JSON.stringify({ local: secret }), { mode: 0o600, flag: 'wx' });
  }
  return makeVault(parsePersonalKeys(readFileSync(file, 'utf8')));
};
