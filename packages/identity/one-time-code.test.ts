import { ChallengeId } from '@time-bank/contracts/ids';
import { Phone } from '@time-bank/contracts/member';
import { describe, expect, it } from 'vitest';
import { codeKeyOf, guardKeyOf, hashCode, newCode, sameHash } from './one-time-code.ts';
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
  const kept = { challengeId: CHALLENGE, device: 'm'.repeat(43), code: '123456' };
  const hash = hashCode(key, kept);

  it('is a keyed hash that does not show it', () => {
    expect(hash).toMatch(/^[\w-]{43}$/);
    expect(hash).not.toContain('123456');
    expect(hashCode(key, kept)).toBe(hash);
  });

  it.each([
    { why: 'another code', other: hashCode(key, { ...kept, code: '123457' }) },
    { why: 'another challenge', other: hashCode(key, { ...kept, challengeId: ANOTHER }) },
    { why: 'another device', other: hashCode(key, { ...kept, device: 'n'.repeat(43) }) },
    { why: 'another key', other: hashCode(codeKeyOf(keysOf('2')), kept) },
    { why: 'the signing key itself', other: hashCode(new TextEncoder().encode('1'.repeat(48)), kept) },
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

it('a number’s budget stands under nothing that shows the number, and under another name on each device', () => {
  const phone = Phone.parse('+8610000000001');
  const marks = ['m', 'n'].map((letter) => guardKeyOf(key, phone, letter.repeat(43)));
  const names = [guardKeyOf(key, phone), ...marks];
  expect(new Set(names).size).toBe(3);
  for (const name of names) expect(name).not.toContain('10000000001');
});

it('no code can be kept without a key', () => {
  expect(() => codeKeyOf({ signing: 'k1', keys: new Map() })).toThrow('missing');
});
