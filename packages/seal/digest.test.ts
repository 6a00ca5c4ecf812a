import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDigest, printDigest, sameBytes, sha256 } from './digest.ts';

const digests = fc.uint8Array({ minLength: 32, maxLength: 32 });
const text = printDigest(sha256());

describe('a digest', () => {
  it('of nothing is the published one', () => {
    expect(Buffer.from(sha256()).toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('comes back from its text as it was', () => {
    fc.assert(
      fc.property(digests, (digest) => {
        expect(printDigest(digest)).toHaveLength(43);
        expect(parseDigest(printDigest(digest))).toEqual(digest);
      }),
    );
  });

  it('has one spelling: of all texts that differ in the last character, only canonical ones are read', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const spellings = Array.from(alphabet, (last) => `${text.slice(0, 42)}${last}`);
    const read = spellings.filter((spelling) => {
      try {
        return printDigest(parseDigest(spelling)) === spelling;
      } catch {
        return false;
      }
    });
    expect(read).toHaveLength(16);
    for (const spelling of spellings.filter((each) => !read.includes(each))) {
      expect(() => parseDigest(spelling)).toThrow();
    }
  });

  it.each([
    ['padding', `${text}=`],
    ['a character too few', text.slice(1)],
    ['a character too many', `A${text}`],
    ['a newline behind it', `${text}\n`],
    ['a blank before it', ` ${text}`],
    ['the other alphabet', `+${text.slice(1)}`],
    ['nothing', ''],
    ['bytes', sha256()],
    ['no value', undefined],
  ])('with %s is refused', (_, written) => {
    expect(() => parseDigest(written)).toThrow();
  });

  it('of another length cannot be printed', () => {
    expect(() => printDigest(new Uint8Array(31))).toThrow('31 bytes');
  });

  it('is the same as another only if every byte and the length are', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (left, right) => {
        expect(sameBytes(left, right)).toBe(Buffer.compare(left, right) === 0);
        expect(sameBytes(left, left.slice())).toBe(true);
      }),
    );
    expect(sameBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
  });
});
