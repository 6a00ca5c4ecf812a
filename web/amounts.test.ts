import { describe, expect, it } from 'vitest';
import { amountMeant, amountsUpTo } from './amounts.ts';

describe('the amounts that can be given', () => {
  it.each([
    [0, []],
    [20, [20]],
    [30, [30]],
    [100, [30, 60, 90, 100]],
    [200, [30, 60, 90, 120, 180, 200]],
  ])('of %i minutes are %j: all there is can be given', (most, amounts) => {
    expect(amountsUpTo(most)).toEqual(amounts);
  });

  it('end with a day, however much there is', () => {
    expect(amountsUpTo(100_000).at(-1)).toBe(1440);
    expect(amountsUpTo(1440)).toEqual(amountsUpTo(100_000));
  });

  it('are an hour until something else is written, or what there is', () => {
    expect(amountMeant(amountsUpTo(200), '')).toBe(60);
    expect(amountMeant(amountsUpTo(20), '')).toBe(20);
    expect(amountMeant(amountsUpTo(200), '180')).toBe(180);
    expect(amountMeant(amountsUpTo(100), '180')).toBe(100);
  });
});
