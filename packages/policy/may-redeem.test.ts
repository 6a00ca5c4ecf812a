import { describe, expect, it } from 'vitest';
import { mayRedeemBy, redeemAgeFor } from './may-redeem.ts';

const policy = { redeemAgeYears: 65, redeemHardshipAgeYears: 60, redeemAfterMinutes: 0, redeemAfterDays: 0 };
const person = { ageYears: 65, hardship: false, bankedMinutes: 0, daysSinceFirstBanked: 0 };

describe('leave to redeem', () => {
  it.each([
    { ageYears: 64, hardship: false, may: false },
    { ageYears: 65, hardship: false, may: true },
    { ageYears: 59, hardship: true, may: false },
    { ageYears: 60, hardship: true, may: true },
  ])('at $ageYears, hardship $hardship: $may', ({ ageYears, hardship, may }) => {
    expect(mayRedeemBy(policy, { ...person, ageYears, hardship })).toBe(may);
  });

  it('is never later for hardship', () => {
    expect(redeemAgeFor({ redeemAgeYears: 60, redeemHardshipAgeYears: 70 }, true)).toBe(60);
    expect(redeemAgeFor({ redeemAgeYears: 60, redeemHardshipAgeYears: 70 }, false)).toBe(60);
  });

  it.each([
    { minutes: 6_000, days: 0, banked: 5_999, since: 9_999, may: false },
    { minutes: 6_000, days: 0, banked: 6_000, since: 0, may: true },
    { minutes: 0, days: 365, banked: 9_999, since: 364, may: false },
    { minutes: 0, days: 365, banked: 0, since: 365, may: true },
    { minutes: 6_000, days: 365, banked: 5_999, since: 364, may: false },
    { minutes: 6_000, days: 365, banked: 6_000, since: 364, may: true },
    { minutes: 6_000, days: 365, banked: 5_999, since: 365, may: true },
    { minutes: 1, days: 1, banked: 0, since: 0, may: false },
    { minutes: 0, days: 0, banked: 0, since: 0, may: true },
  ])(
    'after $minutes minutes or $days days, with $banked and $since: $may',
    ({ minutes, days, banked, since, may }) => {
      const asked = { ...policy, redeemAfterMinutes: minutes, redeemAfterDays: days };
      expect(mayRedeemBy(asked, { ...person, bankedMinutes: banked, daysSinceFirstBanked: since })).toBe(may);
    },
  );

  it('is not bought with minutes by who is too young', () => {
    const asked = { ...policy, redeemAfterMinutes: 60 };
    expect(mayRedeemBy(asked, { ...person, ageYears: 64, bankedMinutes: 60 })).toBe(false);
  });
});
