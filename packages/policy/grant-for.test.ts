import { describe, expect, it } from 'vitest';
import { defaults } from './catalogue.ts';
import { grantFor, quarterMinutesOf } from './grant-for.ts';
import type { GrantRule } from './grant-rule.ts';

describe('grants by default', () => {
  it.each([
    { subject: { ageYears: 80, livingSituation: 'alone' }, minutes: 120, ruleId: 'eighty_alone' },
    { subject: { ageYears: 80, livingSituation: 'empty_nest' }, minutes: 120, ruleId: 'eighty_alone' },
    {
      subject: { ageYears: 95, livingSituation: 'alone', abilityLevel: 2 },
      minutes: 180,
      ruleId: 'eighty_alone',
    },
    {
      subject: { ageYears: 80, livingSituation: 'alone', abilityLevel: 0 },
      minutes: 120,
      ruleId: 'eighty_alone',
    },
    {
      subject: { ageYears: 80, livingSituation: 'alone', abilityLevel: 4 },
      minutes: 240,
      ruleId: 'eighty_alone',
    },
    {
      subject: { ageYears: 60, livingSituation: 'alone', tags: ['low_income'], abilityLevel: 1 },
      minutes: 120,
      ruleId: 'sixty_low_income_alone',
    },
    {
      subject: { ageYears: 79, livingSituation: 'empty_nest', tags: ['x', 'low_income'], abilityLevel: 3 },
      minutes: 240,
      ruleId: 'sixty_low_income_alone',
    },
  ] as const)('$subject is granted $minutes a month', ({ subject, minutes, ruleId }) => {
    expect(grantFor(defaults, subject)).toEqual({ ruleId, minutes, period: 'month', carriesOver: false });
  });

  it.each([
    { subject: { ageYears: 79, livingSituation: 'alone' } },
    { subject: { ageYears: 80 } },
    { subject: { ageYears: 80, livingSituation: 'with_family' } },
    { subject: { ageYears: 59, livingSituation: 'alone', tags: ['low_income'], abilityLevel: 1 } },
    { subject: { ageYears: 80, livingSituation: 'with_family', tags: ['low_income'], abilityLevel: 1 } },
    { subject: { ageYears: 70, livingSituation: 'alone', tags: ['poor'], abilityLevel: 1 } },
    { subject: { ageYears: 70, livingSituation: 'alone', abilityLevel: 1 } },
    { subject: { ageYears: 70, livingSituation: 'alone', tags: ['low_income'], abilityLevel: 0 } },
    { subject: { ageYears: 70, livingSituation: 'alone', tags: ['low_income'] } },
  ] as const)('$subject is granted nothing', ({ subject }) => {
    expect(grantFor(defaults, subject)).toBeUndefined();
  });
});

const rule = (ruleId: string, more: Partial<GrantRule>): GrantRule => ({
  ruleId,
  ageYearsMin: 60,
  minutesPerPeriod: 100,
  period: 'month',
  carriesOver: true,
  ...more,
});
const policyOf = (...grantRules: GrantRule[]) => ({
  grantRules,
  grantLevelFactorPercent: [0, 33, 100, 100, 100] as const,
});

describe('of several rules', () => {
  it('the most generous counts', () => {
    const policy = policyOf(
      rule('less', {}),
      rule('more', { minutesPerPeriod: 101 }),
      rule('least', { minutesPerPeriod: 1 }),
    );
    expect(grantFor(policy, { ageYears: 60 })).toEqual({
      ruleId: 'more',
      minutes: 101,
      period: 'month',
      carriesOver: true,
    });
  });

  it('a month counts three times in a quarter', () => {
    const monthly = rule('monthly', {});
    const quarterly = rule('quarterly', { period: 'quarter', minutesPerPeriod: 299 });
    expect(grantFor(policyOf(quarterly, monthly), { ageYears: 60 })?.ruleId).toBe('monthly');
    expect(
      grantFor(policyOf(monthly, { ...quarterly, minutesPerPeriod: 301 }), { ageYears: 60 }),
    ).toMatchObject({ ruleId: 'quarterly', minutes: 301, period: 'quarter' });
  });

  it('the earlier of two that come to the same counts', () => {
    const policy = policyOf(rule('first', {}), rule('second', { period: 'quarter', minutesPerPeriod: 300 }));
    expect(grantFor(policy, { ageYears: 60 })?.ruleId).toBe('first');
  });

  it('a highest age is included', () => {
    const policy = policyOf(rule('seventies', { ageYearsMax: 79 }));
    expect(grantFor(policy, { ageYears: 79 })?.ruleId).toBe('seventies');
    expect(grantFor(policy, { ageYears: 80 })).toBeUndefined();
  });

  it('all tags of a rule are asked for', () => {
    const policy = policyOf(rule('both', { tags: ['a', 'b'] }));
    expect(grantFor(policy, { ageYears: 60, tags: ['a'] })).toBeUndefined();
    expect(grantFor(policy, { ageYears: 60, tags: ['b', 'a'] })?.ruleId).toBe('both');
  });
});

describe('factors', () => {
  it('round down to whole minutes, and what is nothing is no grant', () => {
    const policy = policyOf(rule('odd', { minutesPerPeriod: 5 }));
    expect(grantFor(policy, { ageYears: 60, abilityLevel: 1 })?.minutes).toBe(1);
    expect(
      grantFor(policyOf(rule('odd', { minutesPerPeriod: 3 })), { ageYears: 60, abilityLevel: 1 }),
    ).toBeUndefined();
    expect(grantFor(policy, { ageYears: 60, abilityLevel: 0 })).toBeUndefined();
    expect(grantFor(policy, { ageYears: 60 })?.minutes).toBe(5);
    expect(grantFor(policy, { ageYears: 60, abilityLevel: 5 })?.minutes).toBe(5);
  });
});

it('a quarter has three months', () => {
  expect(quarterMinutesOf({ minutes: 120, period: 'month' })).toBe(360);
  expect(quarterMinutesOf({ minutes: 120, period: 'quarter' })).toBe(120);
});
