import { describe, expect, it } from 'vitest';
import { creditedMinutes, policyFor } from './policy.ts';

const policy = policyFor('341302');

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
});

it('shares out 1,000 points of matching', () => {
  const { proximity, freeTime, continuity, language, gender, load } = policy.matching;
  expect(proximity + freeTime + continuity + language + gender + load).toBe(1000);
});
