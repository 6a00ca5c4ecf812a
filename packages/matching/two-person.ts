/**
 * When two people go, as the region requires it. What nobody has written down cannot ask for it: dementia is no field
 * of its own in an elder's file, so it counts where ability was assessed as severe. Source: domain R-39.
 */
import { minuteOfDay } from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import type { TwoPersonCase } from '@time-bank/policy/policy-values';
import type { VisitWanted, VolunteerFacts } from './facts.ts';

/** From this ability level on somebody needs two to be moved or held: severe by GB/T 42195-2022. */
const SEVERE_LEVEL = 3;
const NIGHT_FROM_MINUTE = 21 * 60;
const NIGHT_TO_MINUTE = 6 * 60;

type TwoPersonRules = Pick<Policy, 'twoPersonCases'>;
type Door = Omit<VisitWanted, 'persons'>;

const isAtNight = ({ plannedStartAt, plannedMinutes }: Door): boolean => {
  const from = minuteOfDay(plannedStartAt);
  return from < NIGHT_TO_MINUTE || from + plannedMinutes > NIGHT_FROM_MINUTE;
};

/** Nobody is alone with an elder on the telephone, or where family lives with them. */
const isNeverAlone = ({ kind, elder }: Door): boolean =>
  kind.isRemote || elder.livingSituation === 'with_family';

/** Those of the region's cases that a visit is, whoever makes it: with one of them it is a visit for two. */
export const casesOfVisit = ({ twoPersonCases }: TwoPersonRules, door: Door): TwoPersonCase[] => {
  if (isNeverAlone(door)) return [];
  const isSevere = (door.elder.abilityLevel ?? 0) >= SEVERE_LEVEL;
  const holds: Partial<Record<TwoPersonCase, boolean>> = {
    dementia: isSevere,
    severe_disability: isSevere,
    bathing: door.kind.touches,
    night: isAtNight(door),
    money_or_keys: door.kind.handlesMoney,
  };
  return twoPersonCases.filter((each) => holds[each] === true);
};

/** Those of the region's cases that a visit is by this volunteer: the first one, or of the other gender to somebody who lives alone. */
export const casesOfPair = (
  { twoPersonCases }: TwoPersonRules,
  door: Door,
  volunteer: Pick<VolunteerFacts, 'gender' | 'visitsToReceiver'>,
): TwoPersonCase[] => {
  if (isNeverAlone(door)) return [];
  const { gender, livingSituation } = door.elder;
  const holds: Partial<Record<TwoPersonCase, boolean>> = {
    first_visit: volunteer.visitsToReceiver === 0,
    other_gender_living_alone: livingSituation === 'alone' && gender !== volunteer.gender,
  };
  return twoPersonCases.filter((each) => holds[each] === true);
};
