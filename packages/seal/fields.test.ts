import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DomainTag, encodeFields, uint64, utf8 } from './fields.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const fields = fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 4 });
const tags = fc.constantFrom<DomainTag>('time-bank:a:v1', 'time-bank:a:v2', 'time-bank:ab:v1');

describe('fields', () => {
  it('are each preceded by their length in four bytes', () => {
    expect(hex(encodeFields('time-bank:a:v1', [Uint8Array.of(7, 8), Uint8Array.of()]))).toBe(
      `0000000e${Buffer.from('time-bank:a:v1').toString('hex')}00000002070800000000`,
    );
  });

  it('give the same bytes only if tag and fields are the same', () => {
    fc.assert(
      fc.property(tags, fields, tags, fields, (tag, list, otherTag, otherList) => {
        const same = tag === otherTag && JSON.stringify(list.map(hex)) === JSON.stringify(otherList.map(hex));
        expect(hex(encodeFields(tag, list)) === hex(encodeFields(otherTag, otherList))).toBe(same);
      }),
    );
  });

  it('cannot be moved over a border', () => {
    const [ab, c, a, bc] = ['ab', 'c', 'a', 'bc'].map(utf8);
    expect(encodeFields('time-bank:a:v1', [ab!, c!])).not.toEqual(encodeFields('time-bank:a:v1', [a!, bc!]));
  });

  it.each([
    'time-bank:a',
    'time-bank::v1',
    'time-bank:A:v1',
    'time-bank:a:v0',
    'bank:a:v1',
    'time-bank:a:v1\n',
  ])('are not encoded under the tag %j', (tag) => {
    expect(() => encodeFields(tag as DomainTag, [])).toThrow('domain tag');
  });

  it('hold a text only if it has a UTF-8', () => {
    expect(hex(utf8('时'))).toBe('e697b6');
    expect(() => utf8('a\ud800')).toThrow('surrogate');
  });

  it.each([
    [0, '0000000000000000'],
    [256, '0000000000000100'],
    [Number.MAX_SAFE_INTEGER, '001fffffffffffff'],
  ])('hold the number %d as eight bytes', (value, bytes) => {
    expect(hex(uint64(value))).toBe(bytes);
  });

  it.each([-1, 0.5, NaN, Infinity, 2 ** 53])('do not hold the number %d', (value) => {
    expect(() => uint64(value)).toThrow('whole number');
  });
});
