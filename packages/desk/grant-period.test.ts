import { describe, expect, it } from 'vitest';
import { beginningOf, monthAfter, monthsAfter, spanOf } from './grant-period.ts';

describe('the period of a grant', () => {
  it.each([
    ['a month', '2026-11', 'month', false, '2026-11', '2026-10-31T16:00:00.000Z', '2026-11-30T16:00:00.000Z'],
    [
      'the last month',
      '2026-12',
      'month',
      false,
      '2026-12',
      '2026-11-30T16:00:00.000Z',
      '2026-12-31T16:00:00.000Z',
    ],
    [
      'carried over',
      '2026-12',
      'month',
      true,
      '2026-12',
      '2026-11-30T16:00:00.000Z',
      '2027-01-31T16:00:00.000Z',
    ],
    [
      'a quarter',
      '2026-11',
      'quarter',
      false,
      '2026-Q4',
      '2026-09-30T16:00:00.000Z',
      '2026-12-31T16:00:00.000Z',
    ],
    [
      'a quarter more',
      '2026-01',
      'quarter',
      true,
      '2026-Q1',
      '2025-12-31T16:00:00.000Z',
      '2026-06-30T16:00:00.000Z',
    ],
  ] as const)('%s', (_, month, period, carriesOver, name, from, lapsesAt) => {
    expect(spanOf(month, { period, carriesOver })).toEqual({ period: name, from, lapsesAt });
    expect(beginningOf(name)).toBe(from);
  });

  it('the month after December is January', () => {
    expect(monthAfter('2026-12')).toBe('2027-01');
  });

  it.each([
    ['2026-11-21', 12, '2027-11-21'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-12-31', 1, '2027-01-31'],
  ])('%s and %d months is %s', (date, months, after) => {
    expect(monthsAfter(date, months)).toBe(after);
  });
});
