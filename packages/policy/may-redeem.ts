/** Whether a person's hours may be redeemed yet. */
import type { Policy } from './policy.ts';

/** Completed years, whether in special hardship, minutes banked so far, whole days since the first were banked. */
export interface RedeemSubject {
  readonly ageYears: number;
  readonly hardship: boolean;
  readonly bankedMinutes: number;
  readonly daysSinceFirstBanked: number;
}

/** The age from which a person may redeem; hardship never makes it higher. Completed years. */
export const redeemAgeFor = (
  policy: Pick<Policy, 'redeemAgeYears' | 'redeemHardshipAgeYears'>,
  hardship: boolean,
): number =>
  hardship ? Math.min(policy.redeemAgeYears, policy.redeemHardshipAgeYears) : policy.redeemAgeYears;

/**
 * True where the age is reached, and so many minutes are banked or so many days have passed since the first as
 * the region asks for: a condition at 0 is not set, and of two that are set one is enough. Source: Shanghai
 * Hongkou 2019, 100 hours or a year.
 */
export const mayRedeemBy = (
  policy: Pick<
    Policy,
    'redeemAgeYears' | 'redeemHardshipAgeYears' | 'redeemAfterMinutes' | 'redeemAfterDays'
  >,
  { ageYears, hardship, bankedMinutes, daysSinceFirstBanked }: RedeemSubject,
): boolean => {
  if (ageYears < redeemAgeFor(policy, hardship)) return false;
  const conditions = [
    { asked: policy.redeemAfterMinutes, reached: bankedMinutes },
    { asked: policy.redeemAfterDays, reached: daysSinceFirstBanked },
  ].filter(({ asked }) => asked > 0);
  return conditions.length === 0 || conditions.some(({ asked, reached }) => reached >= asked);
};
