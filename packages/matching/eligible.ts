/**
 * Who can be asked for a visit at all, and every reason why somebody cannot. No clock, no store: the same facts give
 * the same answer. What is a wish only ranks; what is said here excludes.
 */
import type { WhyNot } from '@time-bank/contracts/candidate';
import { ageOn, civilDateOf, msOf, plusMinutes } from '@time-bank/contracts/time';
import { NotReady } from '@time-bank/contracts/volunteering';
import type { Policy } from '@time-bank/policy/policy';
import { neighbourhoodOf } from './distance.ts';
import type { Booking, VisitWanted, VolunteerFacts } from './facts.ts';
import { kilometresApart, travelMinutes } from './travel-time.ts';
import { casesOfPair } from './two-person.ts';

/** The region's rules that decide who can be asked. */
export type EligibleRules = Pick<
  Policy,
  'volunteerAgeYearsMin' | 'visitReachKilometresMax' | 'twoPersonCases' | 'dailyServiceMinutesMax'
>;

type Test = (rules: EligibleRules, wanted: VisitWanted, volunteer: VolunteerFacts) => boolean;

const endOf = ({ plannedStartAt, plannedMinutes }: Pick<Booking, 'plannedStartAt' | 'plannedMinutes'>) =>
  msOf(plusMinutes(plannedStartAt, plannedMinutes));

/** Minutes between two visits, from the end of the one to the beginning of the other; below zero where they overlap. */
const minutesBetween = (wanted: VisitWanted, booking: Booking): number =>
  Math.max(msOf(booking.plannedStartAt) - endOf(wanted), msOf(wanted.plannedStartAt) - endOf(booking)) /
  60_000;

/** True where a booking leaves no time for the way; a place that nobody knows asks for none. */
const leavesNoWay = (wanted: VisitWanted, booking: Booking, { mode }: VolunteerFacts): boolean => {
  if (wanted.kind.isRemote || booking.place === undefined) return false;
  return minutesBetween(wanted, booking) < travelMinutes(booking.place, placeOf(wanted), mode);
};

/** Where somebody is, as the travel room wants to know it. */
export const placeOf = ({ communityCode, point }: Pick<VisitWanted, 'communityCode' | 'point'>) => ({
  communityCode,
  ...(point === undefined ? {} : { point }),
});

const isOutOfReach: Test = (rules, wanted, volunteer) => {
  if (neighbourhoodOf(volunteer.communityCode, wanted.communityCode) === 'elsewhere') return true;
  const km = kilometresApart(placeOf(volunteer), placeOf(wanted));
  return !wanted.kind.isRemote && km > rules.visitReachKilometresMax;
};

const understandsNothing: Test = (_rules, { musts }, { languages }) =>
  // Whose languages nobody has asked for is not kept away by a gap in a file.
  musts.languages.length > 0 &&
  languages.length > 0 &&
  !musts.languages.some((each) => languages.includes(each));

const isOverTheDay: Test = (rules, wanted, { bookings }) => {
  const day = civilDateOf(wanted.plannedStartAt);
  const sameDay = bookings.filter(({ plannedStartAt }) => civilDateOf(plannedStartAt) === day);
  const minutes = sameDay.reduce((sum, booking) => sum + booking.plannedMinutes, wanted.plannedMinutes);
  return minutes > rules.dailyServiceMinutesMax;
};

/** Not alone; a first visit does not exclude, it is said to the coordinator: somebody who knows the elder goes along. */
const cannotGoAlone: Test = (rules, wanted, volunteer) =>
  wanted.persons === 1 && casesOfPair(rules, wanted, volunteer).includes('other_gender_living_alone');

/** In the order of precedence; what readiness says comes between the first two and the rest. */
const beforeReadiness: readonly (readonly [WhyNot, Test])[] = [
  ['own_request', (_rules, { receiverId }, { volunteerId }) => receiverId === volunteerId],
  ['kin', (_rules, _wanted, { isKin }) => isKin],
];
const afterReadiness: readonly (readonly [WhyNot, Test])[] = [
  [
    'under_age',
    ({ volunteerAgeYearsMin }, wanted, { birthDate }) =>
      ageOn(birthDate, civilDateOf(wanted.plannedStartAt)) < volunteerAgeYearsMin,
  ],
  ['out_of_reach', isOutOfReach],
  ['no_common_language', understandsNothing],
  [
    'gender_required',
    (_rules, { musts }, { gender }) => musts.gender !== undefined && musts.gender !== gender,
  ],
  ['two_needed', cannotGoAlone],
  [
    'overlapping',
    (_rules, wanted, { bookings }) => bookings.some((each) => minutesBetween(wanted, each) < 0),
  ],
  [
    'no_time_for_the_way',
    (_rules, wanted, volunteer) =>
      volunteer.bookings.some(
        (each) => minutesBetween(wanted, each) >= 0 && leavesNoWay(wanted, each, volunteer),
      ),
  ],
  ['daily_limit', isOverTheDay],
];

/** Every reason why somebody cannot be asked for this visit, in order of precedence; none where they can. */
export const reasonsAgainst = (
  rules: EligibleRules,
  wanted: VisitWanted,
  volunteer: VolunteerFacts,
): WhyNot[] => {
  const holding = (tests: readonly (readonly [WhyNot, Test])[]): WhyNot[] =>
    tests.filter(([, test]) => test(rules, wanted, volunteer)).map(([reason]) => reason);
  return [
    ...holding(beforeReadiness),
    ...NotReady.options.filter((code) => volunteer.notReady.includes(code)),
    ...holding(afterReadiness),
  ];
};

/** The first of the reasons why somebody cannot be asked; undefined where they can. */
export const whyNot = (
  rules: EligibleRules,
  wanted: VisitWanted,
  volunteer: VolunteerFacts,
): WhyNot | undefined => reasonsAgainst(rules, wanted, volunteer)[0];
