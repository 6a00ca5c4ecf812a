import { ChallengeId } from '@time-bank/contracts/ids';
import { describe, expect, it } from 'vitest';
import { codeKeyOf, hashCode, newCode, sameHash } from './one-time-code.ts';
import { parseTokenKeys } from './token.ts';

const keysOf = (part: string) => parseTokenKeys(JSON.stringify({ k1: part.repeat(48) }));
const key = codeKeyOf(keysOf('1'));
const CHALLENGE = ChallengeId.parse('chl_01KB2C3D4E5F6G7H8J9KMNPQRS');
const ANOTHER = ChallengeId.parse('chl_01KB2C3D4E5F6G7H8J9KMNPQRT');

describe('a code', () => {
  const codes = Array.from({ length: 20_000 }, newCode);

  it('is six digits, leading zeros kept', () => {
    expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([]);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  });

  it('has every digit at every place about equally often', () => {
    for (const place of [0, 1, 2, 3, 4, 5]) {
      const counts = Map.groupBy(codes, (code) => code.charAt(place));
      expect(counts.size).toBe(10);
      // 2,000 expected, standard deviation 42: eight of them are chance once in 10^15.
      for (const found of counts.values()) expect(Math.abs(found.length - 2000)).toBeLessThan(8 * 42);
    }
  });

  it('hardly ever comes twice', () => {
    expect(new Set(codes).size).toBeGreaterThan(19_000);
  });
});

describe('what is kept of a code', () => {
  const hash = hashCode(key, CHALLENGE, '123456');

  it('is a keyed hash that does not show it', () => {
    expect(hash).toMatch(/^[\w-]{43}$/);
    expect(hash).not.toContain('123456');
    expect(hashCode(key, CHALLENGE, '123456')).toBe(hash);
  });

  it.each([
    { why: 'another code', other: hashCode(key, CHALLENGE, '123457') },
    { why: 'another challenge', other: hashCode(key, ANOTHER, '123456') },
    { why: 'another key', other: hashCode(codeKeyOf(keysOf('2')), CHALLENGE, '123456') },
    {
      why: 'the signing key itself',
      other: hashCode(new TextEncoder().encode('1'.repeat(48)), CHALLENGE, '123456'),
    },
  ])('is another for $why', ({ other }) => {
    expect(sameHash(hash, other)).toBe(false);
  });

  it('is compared in full', () => {
    expect(sameHash(hash, hash)).toBe(true);
    expect(sameHash(hash, hash.slice(0, -1))).toBe(false);
    expect(sameHash(hash, `${hash}A`)).toBe(false);
    expect(sameHash(hash, '')).toBe(false);
    expect(sameHash(hash, hash.toLowerCase())).toBe(false);
  });
});

it('no code can be kept without a key', () => {
  expect(() => codeKeyOf({ signing: 'k1', keys: new Map() })).toThrow('missing');
});
