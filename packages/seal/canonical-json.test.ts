import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary', maxLength: 4 }), tie('value'), { maxKeys: 4 }),
  ),
}));

const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, turned(part)]),
  );
};

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('canonical JSON', () => {
  it('sorts keys by code unit at every depth and leaves no blanks', () => {
    expect(canonicalJson({ b: [1, { z: null, a: true }], a: 'x', B: -3, '\u{1f600}': 1, '\ufb33': 2 })).toBe(
      '{"B":-3,"a":"x","b":[1,{"a":true,"z":null}],"\u{1f600}":1,"\ufb33":2}',
    );
  });

  it('reads back as what was written, whatever the order of keys', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(turned(value));
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('tells values apart that only look alike', () => {
    const alike = [
      1,
      '1',
      [1],
      { 1: 1 },
      null,
      'null',
      [],
      {},
      [[]],
      '',
      true,
      'true',
      'a',
      'a\u0000',
      'é',
      'e\u0301',
    ];
    expect(new Set(alike.map(canonicalJson)).size).toBe(alike.length);
  });

  it.each<[string, unknown]>([
    ['a fraction', 0.5],
    ['a number beyond 2^53-1', 2 ** 53],
    ['NaN', NaN],
    ['infinity', Infinity],
    ['minus zero', -0],
    ['undefined', undefined],
    ['a field that is undefined', { a: undefined }],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['a lone surrogate', '\udc00'],
    ['a key with a lone surrogate', { '\ud800': 1 }],
    ['a symbolic key', { [Symbol('a')]: 1 }],
    ['a hidden key', Object.defineProperty({}, 'a', { value: 1 })],
    ['a gap in a list', Array(1)],
    ['a name on a list', Object.assign([1], { a: 1 })],
    ['a gap and a name on a list', Object.assign(Array(1), { a: 1 })],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', new Uint8Array(1)],
    ['more than 32 levels', nested(33)],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
    expect(() => canonicalJson([{ deep: value }])).toThrow(TypeError);
  });

  it('takes 32 levels', () => {
    expect(canonicalJson(nested(32))).toBe(`${'['.repeat(32)}1${']'.repeat(32)}`);
  });

  it('says where it is that it refuses', () => {
    expect(() => canonicalJson({ a: [1, { b: 0.5 }] })).toThrow(
      'the number 0.5 has no canonical JSON, at $.a[1].b',
    );
  });
});
