import { describe, expect, it } from 'vitest';
import { DAY_MINUTES, assertAmount } from './amount.ts';

describe('an amount', () => {
  it('of an everyday movement is a day at most', () => {
    expect(DAY_MINUTES).toBe(24 * 60);
  });

  it.each([1, 2, 1439, 1440])('of %d minutes is taken', (minutes) => {
    expect(() => {
      assertAmount(minutes, 'a gift');
    }).not.toThrow();
  });

  it.each([0, -1, -1440, 0.5, 1440.5, 1441, 2 ** 53, NaN, Infinity, -Infinity])(
    'of %d minutes is a bug of whoever asks, not a refusal',
    (minutes) => {
      expect(() => {
        assertAmount(minutes, 'a gift');
      }).toThrow(`a gift must be 1 to 1440 whole minutes, not ${String(minutes)}`);
    },
  );

  it('may have another bound, which it may reach', () => {
    expect(() => {
      assertAmount(10, 'a gift', 10);
    }).not.toThrow();
    expect(() => {
      assertAmount(11, 'a gift', 10);
    }).toThrow('1 to 10 whole minutes');
  });

  it('is safe to add up: 2^53 - 1 at most, whatever the bound', () => {
    expect(() => {
      assertAmount(Number.MAX_SAFE_INTEGER, 'a sum', Infinity);
    }).not.toThrow();
    expect(() => {
      assertAmount(Number.MAX_SAFE_INTEGER + 1, 'a sum', Infinity);
    }).toThrow('whole minutes');
  });
});
