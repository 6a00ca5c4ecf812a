import { describe, expect, it } from 'vitest';
import { defaults as policy } from './catalogue.ts';
import { creditedMinutes } from './policy.ts';

describe('credited minutes', () => {
  it.each([
    { served: 0, planned: 60, credited: 0 },
    { served: 29, planned: 60, credited: 0 },
    { served: 30, planned: 60, credited: 30 },
    { served: 39, planned: 60, credited: 30 },
    { served: 60, planned: 60, credited: 60 },
    { served: 89, planned: 60, credited: 60 },
    { served: 90, planned: 60, credited: 90 },
    { served: 300, planned: 60, credited: 90 },
  ])('served $served of $planned planned credits $credited', ({ served, planned, credited }) => {
    expect(creditedMinutes(policy, served, planned)).toBe(credited);
  });

  it.each([
    { served: 44, credited: 30 },
    { served: 45, credited: 60 },
    { served: 74, credited: 60 },
    { served: 75, credited: 90 },
    { served: 29, credited: 0 },
  ])('rounded to the nearest step, $served credits $credited', ({ served, credited }) => {
    expect(creditedMinutes({ ...policy, creditRounding: 'half_up' }, served, 120)).toBe(credited);
  });

  it.each([
    { step: 60, minimum: 30, served: 59, credited: 0 },
    { step: 60, minimum: 30, served: 119, credited: 60 },
    { step: 1, minimum: 40, served: 39, credited: 0 },
    { step: 1, minimum: 40, served: 40, credited: 40 },
  ])('in steps of $step from $minimum, $served credits $credited', ({ step, minimum, served, credited }) => {
    const other = { ...policy, creditStepMinutes: step, creditMinimumMinutes: minimum };
    expect(creditedMinutes(other, served, 120)).toBe(credited);
  });
});

it('shares out 1,000 points of matching', () => {
  const points = Object.values<number>({ ...policy.matching });
  expect(points).toHaveLength(7);
  expect(points.reduce((sum, each) => sum + each, 0)).toBe(1000);
});
