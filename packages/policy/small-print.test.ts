/** What is easily changed unnoticed: choices that move freely, bounds of texts, names that mean nothing. */
import { describe, expect, it } from 'vitest';
import { decidedKeys } from './policy-change.ts';
import { line, oneOf } from './value-kind.ts';

describe('a choice', () => {
  it('moves freely where nothing is said', () => {
    const choice = oneOf('b', ['a', 'b', 'c']);
    expect(choice.direction).toBe('any');
    expect(choice.tighten('a', 'c')).toBe('c');
    expect(choice.tighten('c', 'a')).toBe('a');
  });

  it('that may only fall keeps the tighter of two', () => {
    const choice = oneOf('c', ['a', 'b', 'c'], 'only_down');
    expect(choice.tighten('b', 'c')).toBe('b');
    expect(choice.tighten('b', 'a')).toBe('a');
    expect(choice.tighten('b', 'b')).toBe('b');
  });
});

it('a line says how long it may be and what must not be in it', () => {
  expect(line('time', 40, '银行').bounds).toEqual({ kind: 'text', lengthMax: 40, without: '银行' });
});

it('names that are no values are not decided', () => {
  const decision = { redeemAgeYears: 65, constructor: 1, nothing: 2 };
  expect(decidedKeys(decision)).toEqual(['redeemAgeYears']);
});
