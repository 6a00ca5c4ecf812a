/** What an elder is granted. */
import type { LivingSituation } from '@time-bank/contracts/member';
import type { GrantRule } from './grant-rule.ts';
import type { Policy } from './policy.ts';

/** What a grant looks at: completed years, and what is known beside them. */
export interface GrantSubject {
  readonly ageYears: number;
  readonly livingSituation?: LivingSituation | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly abilityLevel?: number | undefined;
}

/** A grant for each period: whole minutes, 1 or more, and the rule that gave it. */
export interface Grant {
  readonly ruleId: string;
  readonly minutes: number;
  readonly period: 'month' | 'quarter';
  readonly carriesOver: boolean;
}

const isOneOf = <T>(allowed: readonly T[] | undefined, known: T | undefined): boolean =>
  allowed === undefined || (known !== undefined && allowed.includes(known));

const fits = (
  rule: GrantRule,
  { ageYears, livingSituation, tags = [], abilityLevel }: GrantSubject,
): boolean =>
  ageYears >= rule.ageYearsMin &&
  ageYears <= (rule.ageYearsMax ?? Infinity) &&
  isOneOf(rule.livingSituations, livingSituation) &&
  isOneOf(rule.abilityLevels, abilityLevel) &&
  (rule.tags ?? []).every((tag) => tags.includes(tag));

/** What a grant comes to in a quarter of a year: whole minutes, three times as much where it is monthly. */
export const quarterMinutesOf = ({ minutes, period }: Pick<Grant, 'minutes' | 'period'>): number =>
  period === 'month' ? minutes * 3 : minutes;

/**
 * The most generous rule that fits, by what it comes to in a quarter, the earlier of two that come to the same;
 * undefined where none fits or nothing is left of it. The minutes are multiplied by the factor of the ability
 * level and rounded down; who was never assessed has the minutes of the rule.
 */
export const grantFor = (
  policy: Pick<Policy, 'grantRules' | 'grantLevelFactorPercent'>,
  subject: GrantSubject,
): Grant | undefined => {
  const { abilityLevel } = subject;
  const factor = abilityLevel === undefined ? 100 : (policy.grantLevelFactorPercent[abilityLevel] ?? 100);
  const [best] = policy.grantRules
    .filter((rule) => fits(rule, subject))
    .map(({ ruleId, minutesPerPeriod, period, carriesOver }) => ({
      ruleId,
      minutes: Math.floor((minutesPerPeriod * factor) / 100),
      period,
      carriesOver,
    }))
    .filter(({ minutes }) => minutes > 0)
    .sort((one, another) => quarterMinutesOf(another) - quarterMinutesOf(one));
  return best;
};
