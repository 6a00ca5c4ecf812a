/**
 * Who is granted hours, and in which order where a pool is short. The order is fixed and can be explained to anybody:
 * the ability level by GB/T 42195-2022, worst first (who was never assessed comes last); then who lives alone, then
 * couples without children at home, then everybody else; then age, oldest first; then the id.
 */
import type { GrantLine } from '@time-bank/contracts/granting';
import type { LivingSituation, Member } from '@time-bank/contracts/member';
import { type CivilDate, ageOn } from '@time-bank/contracts/time';
import { grantFor } from '@time-bank/policy/grant-for';
import type { Policy } from '@time-bank/policy/policy';
import { tagsOn } from './elder-file.ts';
import { spanOf } from './grant-period.ts';

/** What the order looks at. */
export type Needy = Pick<Member, 'memberId' | 'birthDate' | 'livingSituation' | 'abilityLevel' | 'elderFile'>;

const alone: Record<LivingSituation, number> = { alone: 0, empty_nest: 1, left_behind: 2, with_family: 2 };

const rankOf = ({ abilityLevel = -1, livingSituation }: Needy): readonly [number, number] => [
  -abilityLevel,
  livingSituation === undefined ? 2 : alone[livingSituation],
];

const textOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Orders two elders by need: below zero where `one` comes first. */
export const byNeed = (one: Needy, other: Needy): number => {
  const [level, living] = rankOf(one);
  const [otherLevel, otherLiving] = rankOf(other);
  return (
    level - otherLevel ||
    living - otherLiving ||
    textOrder(one.birthDate, other.birthDate) ||
    textOrder(one.memberId, other.memberId)
  );
};

/** The elders among `members` whom the rules of the region grant hours in `month`, in the order of need. */
export const grantLines = (
  policy: Pick<Policy, 'grantRules' | 'grantLevelFactorPercent'>,
  members: readonly Needy[],
  month: string,
  today: CivilDate,
): GrantLine[] =>
  [...members].sort(byNeed).flatMap((member): GrantLine[] => {
    const granted = grantFor(policy, {
      ageYears: ageOn(member.birthDate, today),
      livingSituation: member.livingSituation,
      abilityLevel: member.abilityLevel,
      tags: tagsOn(member, today),
    });
    if (granted === undefined) return [];
    const { period, lapsesAt } = spanOf(month, granted);
    return [
      {
        memberId: member.memberId,
        amountMinutes: granted.minutes,
        ruleId: granted.ruleId,
        period,
        lapsesAt,
      },
    ];
  });
