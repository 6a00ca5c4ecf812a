/** What must not stay behind in a file that others read. */
import { describe, expect, it } from 'vitest';
import { allFiles, isTest, sourceFiles, textOf } from './source-files.ts';

/** Every line of `files` that matches, as `file:line`. */
const found = (files: readonly string[], pattern: RegExp): string[] =>
  files.flatMap((file) =>
    textOf(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${String(index + 1)}`] : [])),
  );

const production = sourceFiles.filter((file) => !isTest(file));
const readable = allFiles.filter(
  (file) => /\.(tsx?|js|json|md|yml|css|html)$/.test(file) && file !== 'package-lock.json',
);

describe('leftovers', () => {
  it('no test is singled out or skipped', () => {
    expect(found(sourceFiles, /\b(it|test|describe)\.(only|skip|todo)\b/)).toEqual([]);
  });

  it('no note that somebody meant to come back to', () => {
    expect(
      found(
        sourceFiles.filter((file) => !file.startsWith('tests/house/')),
        /\b(TODO|FIXME|XXX|HACK)\b/,
      ),
    ).toEqual([]);
  });

  it('nothing is switched off for the type checker', () => {
    expect(
      found(
        sourceFiles.filter((file) => !file.startsWith('tests/house/')),
        /@ts-(ignore|nocheck|expect-error)/,
      ),
    ).toEqual([]);
  });

  it('nobody writes to the console', () => {
    expect(found(production, /\bconsole\./)).toEqual([]);
  });

  it('the environment is read in settings only', () => {
    expect(
      found(production, /\bprocess\.env\b/).filter(
        (place) => !/\/settings\.ts:|^web\/vite\.config\.ts:/.test(place),
      ),
    ).toEqual([]);
  });

  it('one place connects to DynamoDB', () => {
    expect(found(production, /new DynamoDBClient\(/).map((place) => place.split(':')[0])).toEqual([
      'packages/store/client.ts',
    ]);
  });

  it('one place puts keys together', () => {
    const store = production.filter(
      (file) => file.startsWith('packages/store/') && !file.endsWith('/keys.ts'),
    );
    expect(found(store, /`[A-Z]+#\$\{/)).toEqual([]);
  });

  it('no file names an address on this machine or a registry', () => {
    const place = /\/(home|root|Users)\/[a-z]|registry\.npmjs|npmmirror|https?:\/\/(10|192\.168)\./;
    expect(
      found(
        readable.filter((file) => !file.startsWith('tests/house/')),
        place,
      ),
    ).toEqual([]);
    expect(textOf('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });

  it('no key, token or secret lies about', () => {
    expect(found(readable, /AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|eyJhbGciOi[\w-]{20,}/)).toEqual(
      [],
    );
  });
});
