/**
 * Who could make a visit, best first, with reasons. No clock, no store: the same facts give the same list.
 * Ground of the terms: closeness keeps a weekly visit alive, a known face matters more to an elder than any
 * other wish, who keeps their word can be relied on, and the load is shared so that the same three people are not
 * asked for everything.
 */
import type { Candidate, Reason } from '@time-bank/contracts/candidate';
import { isoWeekOf, minuteOfDay, weekdayOf } from '@time-bank/contracts/time';
import type { MatchingWeights, Policy } from '@time-bank/policy/policy';
import { kilometresBetween, neighbourhoodOf } from './distance.ts';
import { type EligibleRules, placeOf, whyNot } from './eligible.ts';
import type { VisitWanted, VolunteerFacts } from './facts.ts';
import { travelMinutes } from './travel-time.ts';
import { casesOfPair } from './two-person.ts';

/** The region's rules that make the list. */
export type RankRules = EligibleRules & Pick<Policy, 'matching'>;

interface Ground {
  points: number;
  reasons: Reason[];
}

/** A way as long as this is worth half of no way at all. */
const HALF_WORTH_MINUTES = 20;

const proximity = (weight: number, wanted: VisitWanted, volunteer: VolunteerFacts): Ground => {
  const neighbourhood = neighbourhoodOf(volunteer.communityCode, wanted.communityCode);
  const near: Reason[] = neighbourhood === 'elsewhere' ? [] : [{ code: neighbourhood }];
  if (wanted.kind.isRemote) return { points: weight, reasons: [] };
  const minutes = travelMinutes(placeOf(volunteer), placeOf(wanted), volunteer.mode);
  const points = weight / (1 + minutes / HALF_WORTH_MINUTES);
  if (wanted.point === undefined || volunteer.point === undefined) return { points, reasons: near };
  const km = kilometresBetween(wanted.point, volunteer.point);
  return { points, reasons: [...near, { code: 'distance', km: Math.round(km * 10) / 10 }] };
};

const freeTime = (weight: number, wanted: VisitWanted, volunteer: VolunteerFacts): Ground => {
  if (volunteer.freeTimes.length === 0)
    return { points: weight / 2, reasons: [{ code: 'free_time_unknown' }] };
  const weekday = weekdayOf(wanted.plannedStartAt);
  const from = minuteOfDay(wanted.plannedStartAt);
  const free = volunteer.freeTimes.some(
    (slot) =>
      slot.weekday === weekday && slot.fromMinute <= from && from + wanted.plannedMinutes <= slot.toMinute,
  );
  return free
    ? { points: weight, reasons: [{ code: 'free_then' }] }
    : { points: 0, reasons: [{ code: 'not_usually_free' }] };
};

const continuity = (weight: number, volunteer: VolunteerFacts): Ground => {
  const times = volunteer.visitsToReceiver;
  if (times === 0) return { points: 0, reasons: [{ code: 'first_time' }] };
  return { points: weight * Math.min(1, 0.5 + times / 8), reasons: [{ code: 'visited_before', times }] };
};

/** Said, not counted: two go together, or somebody comes along to a first visit. */
const company = (rules: RankRules, wanted: VisitWanted, volunteer: VolunteerFacts): Ground => {
  if (wanted.persons === 2) return { points: 0, reasons: [{ code: 'two_go' }] };
  const isFirst = casesOfPair(rules, wanted, volunteer).includes('first_visit');
  return { points: 0, reasons: isFirst ? [{ code: 'somebody_along' }] : [] };
};

const language = (weight: number, wanted: VisitWanted, volunteer: VolunteerFacts): Ground => {
  const wishes = wanted.wishes.languages;
  if (wishes.length === 0) return { points: weight, reasons: [] };
  const met = wishes.filter((wish) => volunteer.languages.includes(wish));
  return {
    points: (weight * met.length) / wishes.length,
    reasons: met.map((spoken): Reason => ({ code: 'speaks', language: spoken })),
  };
};

const gender = (weight: number, wanted: VisitWanted, volunteer: VolunteerFacts): Ground => {
  if (wanted.wishes.gender === undefined) return { points: weight, reasons: [] };
  return wanted.wishes.gender === volunteer.gender
    ? { points: weight, reasons: [{ code: 'gender_wish_met' }] }
    : { points: 0, reasons: [{ code: 'gender_wish_not_met' }] };
};

/** Kept visits with which everybody begins, so that one bad day is not the whole of a new volunteer. */
const KEPT_AT_FIRST = 6;
/** A visit that was neither made nor given back in time weighs as much as three. Source: domain R-45. */
const MISSED_WEIGHT = 3;

const reliability = (weight: number, { keptVisits }: VolunteerFacts): Ground => {
  const { kept, missed } = keptVisits ?? { kept: 0, missed: 0 };
  const good = kept + KEPT_AT_FIRST;
  return {
    points: (weight * good) / (good + missed * MISSED_WEIGHT),
    reasons: kept + missed === 0 ? [] : [{ code: 'kept_visits', kept, missed }],
  };
};

const load = (weight: number, wanted: VisitWanted, volunteer: VolunteerFacts): Ground => {
  const week = isoWeekOf(wanted.plannedStartAt);
  const count = volunteer.bookings.filter(({ plannedStartAt }) => isoWeekOf(plannedStartAt) === week).length;
  return { points: weight / (1 + count), reasons: [{ code: 'visits_planned', count }] };
};

const groundsOf = (rules: RankRules, wanted: VisitWanted, volunteer: VolunteerFacts): Ground[] => {
  const weights: MatchingWeights = rules.matching;
  return [
    proximity(weights.proximity, wanted, volunteer),
    freeTime(weights.freeTime, wanted, volunteer),
    continuity(weights.continuity, volunteer),
    company(rules, wanted, volunteer),
    language(weights.language, wanted, volunteer),
    gender(weights.gender, wanted, volunteer),
    reliability(weights.reliability, volunteer),
    load(weights.load, wanted, volunteer),
  ];
};

/** A candidate as the matching room knows them: points 0 to 1,000 and the grounds for them. */
export type Ranked = Pick<Candidate, 'volunteerId' | 'score'> & { reasons: Reason[] };

/** The points of one volunteer and the grounds for them, whether they can be asked or not. */
export const rankOf = (rules: RankRules, wanted: VisitWanted, volunteer: VolunteerFacts): Ranked => {
  const grounds = groundsOf(rules, wanted, volunteer);
  return {
    volunteerId: volunteer.volunteerId,
    score: Math.round(grounds.reduce((sum, ground) => sum + ground.points, 0)),
    reasons: grounds.flatMap((ground) => ground.reasons),
  };
};

/** Below zero where the first of two stands before the other: by points, then by id. */
export const byRank = (a: Ranked, b: Ranked): number =>
  b.score - a.score || (a.volunteerId < b.volunteerId ? -1 : 1);

/** The eligible volunteers, best first; ties in the order of their ids. */
export const rankCandidates = (
  rules: RankRules,
  wanted: VisitWanted,
  volunteers: readonly VolunteerFacts[],
): Ranked[] =>
  volunteers
    .filter((volunteer) => whyNot(rules, wanted, volunteer) === undefined)
    .map((volunteer) => rankOf(rules, wanted, volunteer))
    .sort(byRank);

/** True where a volunteer has said nothing against this time: it lies in their free time, or they have named none. */
export const isFreeThen = ({ reasons }: Ranked): boolean =>
  !reasons.some(({ code }) => code === 'not_usually_free');
