import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeVault, parsePersonalKeys } from '@time-bank/store/vault';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { localVault } from './personal-keys.ts';
import { CannotStart } from './settings.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'time-bank-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

const place = { table: 'care', pk: 'x', sk: 'y' } as const;
const here = () => ({ dataDir, endpoint: undefined, personalKeys: undefined });

it('the keys of a data folder are made once, for its owner only, and open what they sealed', () => {
  const sealed = localVault(here()).seal(place, { name: '王试' });
  expect(localVault(here()).open(place, sealed)).toEqual({ name: '王试' });
  const file = join(dataDir, 'personal-keys.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object)).toEqual(['local']);
});

it('keys that are given go before those of the folder, where none are made then', () => {
  const personalKeys = JSON.stringify({ k1: 'x'.repeat(32) });
  const sealed = localVault({ ...here(), personalKeys }).seal(place, { name: '王试' });
  expect(makeVault(parsePersonalKeys(personalKeys)).open(place, sealed)).toEqual({ name: '王试' });
  expect(() => statSync(join(dataDir, 'personal-keys.json'))).toThrow();
});

it('tables somewhere else are not filled with what nobody there could read', () => {
  const endpoint = 'https://dynamodb.example.org';
  expect(() => localVault({ ...here(), endpoint })).toThrow(CannotStart);
  expect(() => localVault({ ...here(), endpoint: 'http://127.0.0.1:8000' })).not.toThrow();
});
