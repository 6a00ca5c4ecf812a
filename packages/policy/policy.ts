/**
 * What a region has decided. Every value has a unit and a ground; a region's own decisions replace the defaults
 * along its code, from the country down. The version in force is stored on a request when it is posted and
 * governs it to the end, so a later decision never touches a running request.
 */
import type { PolicyValues } from './policy-values.ts';

export type { MatchingWeights, PolicyValues } from './policy-values.ts';

/**
 * The values that are in force for a region, and the name of the set of changes that made them. A version is at
 * most 16 characters, e.g. `20260401.17`; it says the same for ever.
 */
export interface Policy extends PolicyValues {
  readonly version: string;
}

/**
 * The minutes credited for a visit: the shorter of what was served and what was planned plus tolerance, brought
 * to whole steps, down or to the nearest one (half a step goes up); nothing below the minimum. The record of
 * what was served is kept untouched beside it. Whole minutes in and out. Source: README "Credit".
 */
export const creditedMinutes = (
  policy: Pick<
    Policy,
    'creditStepMinutes' | 'creditRounding' | 'creditMinimumMinutes' | 'overPlanToleranceMinutes'
  >,
  served: number,
  planned: number,
): number => {
  const counted = Math.min(served, planned + policy.overPlanToleranceMinutes);
  if (counted < policy.creditMinimumMinutes) return 0;
  const steps = counted / policy.creditStepMinutes;
  const whole = policy.creditRounding === 'half_up' ? Math.floor(steps + 0.5) : Math.floor(steps);
  return whole * policy.creditStepMinutes;
};

/** What an hour of a service counts, in whole percent of a plain hour: 100 where the region names no rate for it. */
export const ratePercentOf = ({ serviceRates }: Pick<Policy, 'serviceRates'>, service: string): number =>
  serviceRates.find((rate) => rate.service === service)?.percent ?? 100;

/** What minutes of a service count: whole minutes in and out, a fraction of a minute is dropped. */
export const ratedMinutes = (
  policy: Pick<Policy, 'serviceRates'>,
  service: string,
  minutes: number,
): number => Math.floor((minutes * ratePercentOf(policy, service)) / 100);

/** True where whoever pays with hours pays for both who go. */
export const paysForBoth = (
  { twoPersonCharge }: Pick<Policy, 'twoPersonCharge'>,
  { persons }: { persons?: 2 },
): boolean => persons === 2 && twoPersonCharge === 'each';

/** What is set aside for a visit that is paid with hours: the planned minutes at their rate, for each who is paid. */
export const dueMinutes = (
  policy: Pick<Policy, 'serviceRates' | 'twoPersonCharge'>,
  visit: { serviceCode: string; plannedMinutes: number; persons?: 2 },
): number =>
  ratedMinutes(policy, visit.serviceCode, visit.plannedMinutes) * (paysForBoth(policy, visit) ? 2 : 1);
