import { describe, expect, it } from 'vitest';
import { decidedKeys, decisionOf } from './policy-change.ts';

describe('values from outside', () => {
  it('are taken as they are where each is within its bounds', () => {
    const values = { balanceCapMinutes: 36_000, giftRelations: ['friend'], donationAllowed: false };
    expect(decisionOf(values)).toEqual(values);
    expect(decisionOf({})).toEqual({});
  });

  const refused: Record<string, unknown>[] = [
    { balanceCapMinutes: 36_000, cashPerHour: 12 },
    { version: '20260101.0' },
    { constructor: 1 },
    { balanceCapMinutes: 599 },
    { donationAllowed: true, balanceCapMinutes: undefined },
  ];

  it.each(refused.map((values) => ({ values })))('are not taken: $values', ({ values }) => {
    expect(decisionOf(values)).toBeUndefined();
  });

  it('are named as they stand in the decision', () => {
    expect(decidedKeys({ heirMonthsMax: 6, balanceCapMinutes: 600 })).toEqual([
      'heirMonthsMax',
      'balanceCapMinutes',
    ]);
  });
});
