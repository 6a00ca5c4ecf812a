/** A vault for tests, with a key of this run. */
import { randomBytes } from 'node:crypto';
import { makeVault, parsePersonalKeys } from '@time-bank/store/vault';

/** The keys as a function is given them. */
export const TEST_PERSONAL_KEYS = JSON.stringify({ test: randomBytes(48).toString('base64url') });

export const testVault = makeVault(parsePersonalKeys(TEST_PERSONAL_KEYS));
