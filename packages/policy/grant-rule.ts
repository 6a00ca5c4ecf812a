/** Hours that elders in need receive without having earned them. Defined groups: Nanjing 2019, Qingdao 2020. */
import type { LivingSituation } from '@time-bank/contracts/member';

/**
 * Who is granted how much. A person fits where every condition that is stated holds: age in completed years
 * (`ageYearsMax` included), one of the living situations, all of the tags, one of the ability levels (0 to 4,
 * GB/T 42195-2022). What is not known of a person never fulfils a condition. `minutesPerPeriod`: whole minutes,
 * 1 to 6,000. Without `carriesOver`, what is left lapses at the end of the calendar period.
 */
export interface GrantRule {
  readonly ruleId: string;
  readonly ageYearsMin: number;
  readonly ageYearsMax?: number;
  readonly livingSituations?: readonly LivingSituation[];
  readonly tags?: readonly string[];
  readonly abilityLevels?: readonly number[];
  readonly minutesPerPeriod: number;
  readonly period: 'month' | 'quarter';
  readonly carriesOver: boolean;
}
