import { describe, expect, it } from 'vitest';
import { isWhole, ladder, line, oneOf, other, someOf, whole, yesOrNo } from './value-kind.ts';

describe('a whole number', () => {
  it.each([
    { value: 1, held: true },
    { value: 0, held: false },
    { value: 5, held: true },
    { value: 6, held: false },
    { value: 2.5, held: false },
    { value: '2', held: false },
    { value: Infinity, held: false },
  ])('from 1 to 5 is $value: $held', ({ value, held }) => {
    expect(isWhole(value, 1, 5)).toBe(held);
    expect(whole(3, 1, 5).accepts(value)).toBe(held);
  });

  it.each([
    { direction: 'any', above: 3, own: 2, result: 2 },
    { direction: 'any', above: 3, own: 4, result: 4 },
    { direction: 'only_down', above: 3, own: 2, result: 2 },
    { direction: 'only_down', above: 3, own: 4, result: 3 },
    { direction: 'only_up', above: 3, own: 2, result: 3 },
    { direction: 'only_up', above: 3, own: 4, result: 4 },
  ] as const)(
    'moved $direction, $own under $above counts as $result',
    ({ direction, above, own, result }) => {
      expect(whole(3, 1, 5, direction).tighten(above, own)).toBe(result);
    },
  );

  it('moves freely where nothing is said', () => {
    expect(whole(3, 1, 5)).toMatchObject({
      default: 3,
      direction: 'any',
      bounds: { kind: 'whole', min: 1, max: 5 },
    });
    expect(whole(3, 1, 5).tighten(3, 5)).toBe(5);
  });
});

describe('a choice', () => {
  const free = oneOf('week', ['day', 'week', 'month']);
  const tight = oneOf('month', ['day', 'week', 'month'], 'only_down');

  it('is one of those that are named', () => {
    expect(free.accepts('month')).toBe(true);
    expect(free.accepts('year')).toBe(false);
    expect(free.direction).toBe('any');
    expect(free.default).toBe('week');
    expect(tight.direction).toBe('only_down');
  });

  it('moves freely, or only to an earlier one', () => {
    expect(free.tighten('day', 'month')).toBe('month');
    expect(tight.tighten('week', 'month')).toBe('week');
    expect(tight.tighten('week', 'day')).toBe('day');
    expect(tight.tighten('week', 'week')).toBe('week');
  });

  it('can be yes or no', () => {
    const kind = yesOrNo(true);
    expect([kind.default, kind.accepts(true), kind.accepts(false), kind.accepts('yes')]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(kind.bounds).toEqual({ kind: 'choice', choices: [true, false] });
  });
});

describe('a set', () => {
  const free = someOf(['a'], ['a', 'b', 'c'], 1);
  const tight = someOf(['a', 'b', 'c'], ['a', 'b', 'c'], 2, 'only_narrower');

  it('has known members, none twice, and enough of them', () => {
    expect(free.accepts(['c', 'a'])).toBe(true);
    expect(free.accepts([])).toBe(false);
    expect(free.accepts(['a', 'a'])).toBe(false);
    expect(free.accepts(['a', 'd'])).toBe(false);
    expect(free.accepts('a')).toBe(false);
    expect(free.accepts(new Set(['a']))).toBe(false);
    expect(free.direction).toBe('any');
    expect(tight.direction).toBe('only_narrower');
  });

  it('moves freely, or only to a part of what is above', () => {
    expect(free.tighten(['a'], ['b', 'c'])).toEqual(['b', 'c']);
    expect(tight.tighten(['a', 'b', 'c'], ['c', 'a'])).toEqual(['c', 'a']);
    expect(tight.tighten(['a', 'b'], ['a', 'b', 'c'])).toEqual(['a', 'b']);
  });

  it('stays as it is above where too little is in common', () => {
    expect(tight.tighten(['a', 'b'], ['b', 'c'])).toEqual(['a', 'b']);
  });
});

describe('a ladder', () => {
  const up = ladder([1, 2], { kind: 'ascending', min: 1, max: 9, sizeMin: 2, sizeMax: 3 });
  const down = ladder([2, 1], { kind: 'descending', min: 1, max: 9, sizeMin: 0, sizeMax: 3 });

  it.each([
    { value: [1, 9], held: true },
    { value: [1, 2, 3], held: true },
    { value: [1], held: false },
    { value: [1, 2, 3, 4], held: false },
    { value: [0, 2], held: false },
    { value: [1, 10], held: false },
    { value: [2, 2], held: false },
    { value: [3, 2], held: false },
    { value: [1, 1.5], held: false },
    { value: { length: 2 }, held: false },
  ])('going up takes $value: $held', ({ value, held }) => {
    expect(up.accepts(value)).toBe(held);
  });

  it.each([
    { value: [], held: true },
    { value: [9, 1], held: true },
    { value: [1, 9], held: false },
    { value: [5, 5], held: false },
  ])('going down takes $value: $held', ({ value, held }) => {
    expect(down.accepts(value)).toBe(held);
  });

  it('leaves the list that it looks at as it is', () => {
    const list = [9, 1];
    down.accepts(list);
    expect(list).toEqual([9, 1]);
  });
});

describe('a line', () => {
  it.each([
    { value: 'x', held: true },
    { value: 'xxxx', held: true },
    { value: 'xxxxx', held: false },
    { value: '', held: false },
    { value: 'x!x', held: false },
    { value: ' xx', held: false },
    { value: 'x\ud800', held: false },
    { value: 7, held: false },
    { value: ['x'], held: false },
  ])('of at most four characters without "!" is "$value": $held', ({ value, held }) => {
    expect(line('x', 4, '!').accepts(value)).toBe(held);
  });
});

it('a value of another shape moves freely', () => {
  const kind = other(1, 'a number', (value): value is number => typeof value === 'number');
  expect(kind).toMatchObject({ default: 1, direction: 'any', bounds: { kind: 'other', says: 'a number' } });
  expect(kind.tighten(1, 2)).toBe(2);
});
