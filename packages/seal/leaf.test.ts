import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENESIS } from './chain.ts';
import { sha256 } from './digest.ts';
import { leafBytes, leafHashOf, parseAccountState, presentAccountState } from './leaf.ts';

const state = {
  accountId: 'acc_01KB2C3D4E5F6G7H8J9KMNPQRA',
  sequence: 3,
  link: sha256(),
  headDigest: GENESIS,
};
const written = presentAccountState(state);

const states = fc.record({
  accountId: fc.stringMatching(/^[!-~]{1,64}$/),
  sequence: fc.maxSafeNat(),
  link: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  headDigest: fc.uint8Array({ minLength: 32, maxLength: 32 }),
});

describe('an account state', () => {
  it('comes back from its text as it was', () => {
    fc.assert(
      fc.property(states, (each) => {
        expect(parseAccountState(JSON.parse(JSON.stringify(presentAccountState(each))))).toEqual(each);
      }),
    );
  });

  it('has a leaf of its own: other states have other bytes', () => {
    fc.assert(
      fc.property(states, states, (left, right) => {
        const same = JSON.stringify(presentAccountState(left)) === JSON.stringify(presentAccountState(right));
        expect(Buffer.compare(leafBytes(left), leafBytes(right)) === 0).toBe(same);
      }),
    );
  });

  it('is hashed after a zero byte', () => {
    expect(leafHashOf(state)).toEqual(sha256(Uint8Array.of(0), leafBytes(state)));
  });

  it.each([
    ['an unknown field', { ...written, more: 1 }],
    ['a missing field', { ...written, link: undefined }],
    ['a sequence below zero', { ...written, sequence: -1 }],
    ['a sequence that is not whole', { ...written, sequence: 1.5 }],
    ['a sequence beyond 2^53-1', { ...written, sequence: 2 ** 53 }],
    ['an account without a name', { ...written, accountId: '' }],
    ['a link in a second spelling', { ...written, link: `${written.link.slice(0, 42)}V` }],
    ['a digest with padding', { ...written, headDigest: `${written.headDigest}=` }],
    ['bytes for a digest', { ...written, link: sha256() }],
    ['no fields', null],
  ])('with %s is refused', (_, other) => {
    expect(() => parseAccountState(other)).toThrow();
  });

  it.each([
    { link: new Uint8Array(31) },
    { headDigest: new Uint8Array(33) },
    { sequence: 0.5 },
    { accountId: '时' },
  ])('out of its bounds has no leaf', (part) => {
    expect(() => leafHashOf({ ...state, ...part })).toThrow();
  });
});
