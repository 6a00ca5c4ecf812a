import { expect, it } from 'vitest';
import { sameValue } from './same-value.ts';

it.each([
  [1, 1, true],
  [1, 2, false],
  [1, '1', false],
  [null, null, true],
  [null, {}, false],
  [['a', 'b'], ['b', 'a'], true],
  [['a', 'b'], ['a'], false],
  [[1, 2], [2, 1], false],
  [['a', 1], [1, 'a'], false],
  [[10, 9], [9, 10], false],
  [{ x: 1, y: 2 }, { y: 2, x: 1 }, true],
  [{ x: 1, y: 2 }, { x: 2, y: 1 }, false],
  [{ x: 1 }, { y: 1 }, false],
  [{ x: ['b', 'a'] }, { x: ['a', 'b'] }, true],
  [[{ x: 1, y: 2 }], [{ y: 2, x: 1 }], true],
])('%j and %j say the same: %s', (one, another, same) => {
  expect(sameValue(one, another)).toBe(same);
});

it('leaves the values in the order they had', () => {
  const list = ['b', 'a'];
  sameValue(list, list);
  expect(list).toEqual(['b', 'a']);
});
