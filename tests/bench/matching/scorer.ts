/**
 * Scores a week's plan, whoever made it: first whether every rule of the problem holds, then how good it is. Written
 * against the problem alone, without a line of the planner, so that the two can be wrong only independently; the length of a
 * way is `packages/matching/travel-time.ts`, a part of the problem. The measures: README "Scores".
 */
import type {
  PlanPair,
  PlanVisit,
  PlanVolunteer,
  Stretch,
  WeekProblem,
} from '@time-bank/matching/week-problem';
import { type Place, kilometresApart, travelMinutes, wayKilometres } from '@time-bank/matching/travel-time';

const DAY_MINUTES = 1440;

/** A rule that a plan breaks, in the words of the problem, and where. */
export interface Fault {
  rule:
    | 'unknown_visit'
    | 'unknown_volunteer'
    | 'twice_on_one_visit'
    | 'wrong_number_of_persons'
    | 'not_together'
    | 'outside_the_windows'
    | 'not_free'
    | 'no_papers'
    | 'kept_apart'
    | 'forbidden'
    | 'language'
    | 'gender'
    | 'too_far'
    | 'no_time_for_the_way'
    | 'too_many_visits'
    | 'too_many_minutes'
    | 'too_many_minutes_on_a_day'
    | 'elder_twice_on_a_day'
    | 'locked_pair_missing';
  where: string;
}

/** A pair with what it joins. */
interface Joined {
  pair: PlanPair;
  visit: PlanVisit;
  volunteer: PlanVolunteer;
}

const dayOf = (minute: number): number => Math.floor(minute / DAY_MINUTES);

const holds = (stretches: readonly Stretch[], from: number, to: number): boolean =>
  stretches.some((stretch) => stretch.fromMinute <= from && to <= stretch.toMinute);

const whereOf = ({ visitKey, volunteerId }: PlanPair): string => `${visitKey} ${volunteerId}`;

const join = (problem: WeekProblem, pairs: readonly PlanPair[]): { joined: Joined[]; faults: Fault[] } => {
  const visits = new Map(problem.visits.map((visit) => [visit.visitKey, visit]));
  const volunteers = new Map(problem.volunteers.map((each) => [each.volunteerId, each]));
  const joined: Joined[] = [];
  const faults: Fault[] = [];
  for (const pair of pairs) {
    const visit = visits.get(pair.visitKey);
    const volunteer = volunteers.get(pair.volunteerId);
    if (visit === undefined) faults.push({ rule: 'unknown_visit', where: whereOf(pair) });
    else if (volunteer === undefined) faults.push({ rule: 'unknown_volunteer', where: whereOf(pair) });
    else joined.push({ pair, visit, volunteer });
  }
  return { joined, faults };
};

/** What is wrong with a pair taken by itself. */
const pairRules = (
  { rules, forbidden }: Pick<WeekProblem, 'rules' | 'forbidden'>,
  { pair, visit, volunteer }: Joined,
): Fault['rule'][] => {
  const [from, to] = [pair.startMinute, pair.startMinute + visit.minutes];
  const { musts, elderId } = visit;
  const found: [Fault['rule'], boolean][] = [
    ['outside_the_windows', !holds(visit.windows, from, to)],
    ['not_free', !holds(volunteer.free, from, to)],
    ['no_papers', !volunteer.services.has(visit.serviceCode) || to > (volunteer.readyUntil ?? Infinity)],
    ['kept_apart', volunteer.apart.has(elderId)],
    [
      'forbidden',
      forbidden.some((one) => one.elderId === elderId && one.volunteerId === volunteer.volunteerId),
    ],
    [
      'language',
      musts.languages.length > 0 &&
        !musts.languages.some((language) => volunteer.languages.includes(language)),
    ],
    ['gender', musts.gender !== undefined && musts.gender !== volunteer.gender],
    ['too_far', kilometresApart(volunteer, visit) > rules.reachKm],
  ];
  return found.filter(([, isBroken]) => isBroken).map(([rule]) => rule);
};

/** What is wrong with the pairs of one visit taken together. */
const visitFaults = (visitKey: string, joined: readonly Joined[]): Fault[] => {
  const found = new Set<Fault['rule']>();
  if (new Set(joined.map(({ volunteer }) => volunteer)).size < joined.length) found.add('twice_on_one_visit');
  if (joined.some(({ visit }) => visit.persons !== joined.length)) found.add('wrong_number_of_persons');
  if (new Set(joined.map(({ pair }) => pair.startMinute)).size > 1) found.add('not_together');
  return [...found].map((rule) => ({ rule, where: visitKey }));
};

/** True where somebody cannot be at the second door in time, or has less than a seat for the first. */
const isLate = (seatMinutes: number, { mode }: PlanVolunteer, first: Joined, second: Joined): boolean => {
  if (second.pair.startMinute - first.pair.startMinute < seatMinutes) return true;
  const atDoor =
    first.pair.startMinute + first.visit.minutes + travelMinutes(first.visit, second.visit, mode);
  return atDoor > second.pair.startMinute;
};

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);
const minutesOf = (joined: readonly Joined[]): number => sum(joined.map(({ visit }) => visit.minutes));
const byStart = (joined: readonly Joined[]): Joined[] =>
  [...joined].sort((one, other) => one.pair.startMinute - other.pair.startMinute);
const byDay = (joined: readonly Joined[]): Map<number, Joined[]> =>
  Map.groupBy(byStart(joined), ({ pair }) => dayOf(pair.startMinute));

const bookedOn = ({ booked }: PlanVolunteer, day: number): number =>
  sum(
    booked
      .filter(({ fromMinute }) => dayOf(fromMinute) === day)
      .map(({ fromMinute, toMinute }) => toMinute - fromMinute),
  );

/** What is wrong with a volunteer's week. */
const weekFaults = (seatMinutes: number, volunteer: PlanVolunteer, joined: readonly Joined[]): Fault[] => {
  const found = new Set<Fault['rule']>();
  if (joined.length > volunteer.visitsMax) found.add('too_many_visits');
  if (minutesOf(joined) > volunteer.minutesMax) found.add('too_many_minutes');
  for (const [day, of] of byDay(joined)) {
    if (minutesOf(of) + bookedOn(volunteer, day) > volunteer.dayMinutesMax)
      found.add('too_many_minutes_on_a_day');
    if (of.some((one, at) => at > 0 && isLate(seatMinutes, volunteer, of[at - 1] ?? one, one)))
      found.add('no_time_for_the_way');
  }
  return [...found].map((rule) => ({ rule, where: volunteer.volunteerId }));
};

/** Elders with two visits on one day. */
const elderFaults = (joined: readonly Joined[]): Fault[] => {
  const days = new Map<string, Set<string>>();
  for (const { visit, pair } of joined) {
    const key = `${visit.elderId} day ${String(dayOf(pair.startMinute))}`;
    days.set(key, (days.get(key) ?? new Set()).add(visit.visitKey));
  }
  return [...days]
    .filter(([, visits]) => visits.size > 1)
    .map(([where]) => ({ rule: 'elder_twice_on_a_day', where }));
};

const lockedFaults = (problem: WeekProblem, pairs: readonly PlanPair[]): Fault[] =>
  problem.locked
    .filter(
      (locked) =>
        !pairs.some((pair) => whereOf(pair) === whereOf(locked) && pair.startMinute === locked.startMinute),
    )
    .map((locked) => ({ rule: 'locked_pair_missing', where: whereOf(locked) }));

/** Every rule that a plan breaks; none where it is legal. What a coordinator has locked is taken as legal in itself. */
export const faultsOf = (problem: WeekProblem, pairs: readonly PlanPair[]): Fault[] => {
  const { joined, faults } = join(problem, pairs);
  const locked = new Set(problem.locked.map(whereOf));
  return [
    ...faults,
    ...joined
      .filter(({ pair }) => !locked.has(whereOf(pair)))
      .flatMap((each) => pairRules(problem, each).map((rule) => ({ rule, where: whereOf(each.pair) }))),
    ...[...Map.groupBy(joined, ({ visit }) => visit.visitKey)].flatMap(([key, of]) => visitFaults(key, of)),
    ...[...Map.groupBy(joined, ({ volunteer }) => volunteer)].flatMap(([who, of]) =>
      weekFaults(problem.rules.seatMinutes, who, of),
    ),
    ...elderFaults(joined),
    ...lockedFaults(problem, pairs),
  ];
};

/** How good a plan is; shares are 0 to 1. */
export interface Score {
  wanted: number;
  covered: number;
  coverage: number;
  byTier: { tier: number; wanted: number; covered: number; coverage: number }[];
  continuity: number;
  wishesMet: number;
  travelKmPerVisit: number;
  loadGini: number;
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

/** The share of a visit's wishes that are met, counted: a language is met where one of those who come speaks it. */
const wishes = (visit: PlanVisit, who: readonly PlanVolunteer[]): { made: number; met: number } => {
  const { languages, gender } = visit.wishes;
  const spoken = languages.filter((language) => who.some((each) => each.languages.includes(language)));
  const isGender = gender !== undefined && who.every((each) => each.gender === gender);
  return {
    made: languages.length + (gender === undefined ? 0 : 1),
    met: spoken.length + (isGender ? 1 : 0),
  };
};

/** A day's way: from home to each door in turn and home again. */
const dayKm = (home: PlanVolunteer, joined: readonly Joined[]): number => {
  const stops: Place[] = [home, ...joined.map(({ visit }) => visit), home];
  return sum(stops.slice(1).map((stop, at) => wayKilometres(stops[at] ?? home, stop)));
};

/** The Gini coefficient: 0 where all have the same, towards 1 where one has all. */
export const gini = (figures: readonly number[]): number => {
  const total = sum(figures);
  if (total === 0) return 0;
  const sorted = [...figures].sort((one, other) => one - other);
  const weighted = sum(sorted.map((figure, at) => (at + 1) * figure));
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
};

/** Scores a legal plan. Throws where it is not legal. */
export const scoreOf = (problem: WeekProblem, pairs: readonly PlanPair[]): Score => {
  const faults = faultsOf(problem, pairs);
  const [first] = faults;
  if (first !== undefined) {
    throw new Error(`the plan breaks ${String(faults.length)} rules, first ${first.rule} at ${first.where}`);
  }
  const { joined } = join(problem, pairs);
  const byVisit = Map.groupBy(joined, ({ visit }) => visit);
  const byVolunteer = Map.groupBy(joined, ({ volunteer }) => volunteer);
  const known = [...byVisit].filter(([{ elderId }, of]) =>
    of.some(({ volunteer }) => (volunteer.visitsTo.get(elderId) ?? 0) > 0),
  );
  const wished = [...byVisit].map(([visit, of]) =>
    wishes(
      visit,
      of.map(({ volunteer }) => volunteer),
    ),
  );
  const km = [...byVolunteer].flatMap(([who, of]) => [...byDay(of).values()].map((day) => dayKm(who, day)));
  const free = problem.volunteers.filter((volunteer) => volunteer.free.length > 0);
  const tiers = [...Map.groupBy(problem.visits, ({ tier }) => tier)].sort(([one], [other]) => one - other);
  return {
    wanted: problem.visits.length,
    covered: byVisit.size,
    coverage: share(byVisit.size, problem.visits.length),
    byTier: tiers.map(([tier, of]) => {
      const covered = of.filter((visit) => byVisit.has(visit)).length;
      return { tier, wanted: of.length, covered, coverage: share(covered, of.length) };
    }),
    continuity: share(known.length, byVisit.size),
    wishesMet: share(sum(wished.map(({ met }) => met)), sum(wished.map(({ made }) => made))),
    travelKmPerVisit: byVisit.size === 0 ? 0 : sum(km) / byVisit.size,
    loadGini: gini(free.map((volunteer) => byVolunteer.get(volunteer)?.length ?? 0)),
  };
};
