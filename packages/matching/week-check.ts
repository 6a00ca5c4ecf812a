/**
 * Whether a plan keeps every rule of its week. Written from the rules alone, without the planner's own ways of looking
 * at a week, so that a mistake there is not made here again.
 */
import { kilometresApart, travelMinutes } from './travel-time.ts';
import type { PlanPair, PlanVisit, PlanVolunteer, WeekProblem } from './week-problem.ts';

/** A rule that a plan can break. */
export type BreachRule =
  | 'unknown'
  | 'pair_twice'
  | 'too_many_persons'
  | 'half_visit'
  | 'not_together'
  | 'out_of_reach'
  | 'no_papers'
  | 'kept_apart'
  | 'language'
  | 'gender'
  | 'not_wanted_then'
  | 'not_free_then'
  | 'papers_run_out'
  | 'too_many_visits'
  | 'too_many_minutes'
  | 'too_many_minutes_on_a_day'
  | 'no_time_for_the_way'
  | 'elder_twice_on_a_day'
  | 'locked_pair_missing';

/** A rule that is broken, and the visit, volunteer or elder where. */
export interface Breach {
  rule: BreachRule;
  where: string;
}

interface Stop {
  pair: PlanPair;
  visit: PlanVisit;
  volunteer: PlanVolunteer;
  isLocked: boolean;
}

const DAY = 24 * 60;
const dayOf = (minute: number): number => Math.floor(minute / DAY);
const endOf = ({ pair, visit }: Stop): number => pair.startMinute + visit.minutes;
const minutesOf = (stops: readonly Stop[]): number =>
  stops.reduce((sum, { visit }) => sum + visit.minutes, 0);

const isSame = (a: PlanPair, b: PlanPair): boolean =>
  a.visitKey === b.visitKey && a.volunteerId === b.volunteerId && a.startMinute === b.startMinute;

/** What keeps a volunteer from a visit whenever it is. */
export const personBreaches = (
  problem: Pick<WeekProblem, 'rules' | 'forbidden'>,
  visit: PlanVisit,
  volunteer: PlanVolunteer,
): BreachRule[] => {
  const isForbidden = problem.forbidden.some(
    ({ elderId, volunteerId }) => elderId === visit.elderId && volunteerId === volunteer.volunteerId,
  );
  const isApart = volunteer.apart.has(visit.elderId) || volunteer.volunteerId === visit.elderId;
  const { languages, gender } = visit.musts;
  const broken: [BreachRule, boolean][] = [
    ['out_of_reach', kilometresApart(visit, volunteer) > problem.rules.reachKm],
    ['no_papers', !volunteer.services.has(visit.serviceCode)],
    ['kept_apart', isForbidden || isApart],
    [
      'language',
      languages.length > 0 &&
        volunteer.languages.length > 0 &&
        !languages.some((spoken) => volunteer.languages.includes(spoken)),
    ],
    ['gender', gender !== undefined && gender !== volunteer.gender],
  ];
  return broken.flatMap(([rule, isBroken]) => (isBroken ? [rule] : []));
};

const timeBreaches = (stop: Stop): BreachRule[] => {
  const { visit, volunteer, pair } = stop;
  const isWithin = ({ fromMinute, toMinute }: { fromMinute: number; toMinute: number }): boolean =>
    fromMinute <= pair.startMinute && endOf(stop) <= toMinute;
  const broken: [BreachRule, boolean][] = [
    ['not_wanted_then', !visit.windows.some(isWithin)],
    ['not_free_then', !volunteer.free.some(isWithin)],
    ['papers_run_out', volunteer.readyUntil !== undefined && endOf(stop) > volunteer.readyUntil],
  ];
  return broken.flatMap(([rule, isBroken]) => (isBroken ? [rule] : []));
};

const groupedBy = <T>(things: readonly T[], keyOf: (thing: T) => string): [string, T[]][] => [
  ...Map.groupBy(things, keyOf),
];

const visitBreaches = (stops: readonly Stop[]): BreachRule[] => {
  const [first] = stops;
  if (first === undefined) return [];
  const isSettled = stops.every(({ isLocked }) => isLocked);
  const broken: [BreachRule, boolean][] = [
    ['pair_twice', new Set(stops.map(({ volunteer }) => volunteer)).size < stops.length],
    ['too_many_persons', !isSettled && stops.length > first.visit.persons],
    ['half_visit', !isSettled && stops.length < first.visit.persons],
    ['not_together', !isSettled && stops.some(({ pair }) => pair.startMinute !== first.pair.startMinute)],
  ];
  return broken.flatMap(([rule, isBroken]) => (isBroken ? [rule] : []));
};

/** Both locked: a coordinator knows why. */
const isHurried = (before: Stop, after: Stop, seatMinutes: number): boolean => {
  if (before.isLocked && after.isLocked) return false;
  if (dayOf(before.pair.startMinute) !== dayOf(after.pair.startMinute)) return false;
  const way = travelMinutes(before.visit, after.visit, after.volunteer.mode);
  const apart = after.pair.startMinute - before.pair.startMinute;
  return apart < seatMinutes || apart < before.visit.minutes + way;
};

const isLongDay = (volunteer: PlanVolunteer, day: number, stops: readonly Stop[]): boolean => {
  const booked = volunteer.booked.reduce(
    (sum, { fromMinute, toMinute }) => (dayOf(fromMinute) === day ? sum + toMinute - fromMinute : sum),
    0,
  );
  return stops.some(({ isLocked }) => !isLocked) && booked + minutesOf(stops) > volunteer.dayMinutesMax;
};

const volunteerBreaches = (stops: readonly Stop[], seatMinutes: number): BreachRule[] => {
  const [first] = stops;
  if (first === undefined || stops.every(({ isLocked }) => isLocked)) return [];
  const { volunteer } = first;
  const inTime = [...stops].sort((a, b) => a.pair.startMinute - b.pair.startMinute);
  const days = groupedBy(stops, ({ pair }) => String(dayOf(pair.startMinute)));
  const broken: [BreachRule, boolean][] = [
    ['too_many_visits', stops.length > volunteer.visitsMax],
    ['too_many_minutes', minutesOf(stops) > volunteer.minutesMax],
    ['too_many_minutes_on_a_day', days.some(([day, ofDay]) => isLongDay(volunteer, Number(day), ofDay))],
    [
      'no_time_for_the_way',
      inTime.some((stop, index) => {
        const before = inTime[index - 1];
        return before !== undefined && isHurried(before, stop, seatMinutes);
      }),
    ],
  ];
  return broken.flatMap(([rule, isBroken]) => (isBroken ? [rule] : []));
};

const elderBreaches = (stops: readonly Stop[]): BreachRule[] => {
  const days = new Map(
    stops
      .filter(({ isLocked }) => !isLocked)
      .map(({ pair, visit }) => [visit.visitKey, dayOf(pair.startMinute)]),
  );
  const isDouble = [...days].some(([key, day]) =>
    stops.some(({ visit, pair }) => visit.visitKey !== key && dayOf(pair.startMinute) === day),
  );
  return isDouble ? ['elder_twice_on_a_day'] : [];
};

const stopsOf = (problem: WeekProblem, pairs: readonly PlanPair[]): { stops: Stop[]; unknown: Breach[] } => {
  const visits = new Map(problem.visits.map((visit) => [visit.visitKey, visit]));
  const volunteers = new Map(problem.volunteers.map((volunteer) => [volunteer.volunteerId, volunteer]));
  const [stops, unknown]: [Stop[], Breach[]] = [[], []];
  for (const pair of pairs) {
    const [visit, volunteer] = [visits.get(pair.visitKey), volunteers.get(pair.volunteerId)];
    const isLocked = problem.locked.some((locked) => isSame(locked, pair));
    if (visit !== undefined && volunteer !== undefined) stops.push({ pair, visit, volunteer, isLocked });
    else if (!isLocked) unknown.push({ rule: 'unknown', where: pair.visitKey });
  }
  return { stops, unknown };
};

/**
 * Every rule that the pairs break; none where the plan is legal. What a coordinator has locked is never a breach in
 * itself; what was planned beside it is.
 */
export const breachesOf = (problem: WeekProblem, pairs: readonly PlanPair[]): Breach[] => {
  const { stops, unknown } = stopsOf(problem, pairs);
  const { seatMinutes } = problem.rules;
  const at = (where: string, rules: readonly BreachRule[]): Breach[] =>
    rules.map((rule) => ({ rule, where }));
  return [
    ...unknown,
    ...stops
      .filter(({ isLocked }) => !isLocked)
      .flatMap((stop) =>
        at(stop.visit.visitKey, [
          ...personBreaches(problem, stop.visit, stop.volunteer),
          ...timeBreaches(stop),
        ]),
      ),
    ...groupedBy(stops, ({ visit }) => visit.visitKey).flatMap(([key, of]) => at(key, visitBreaches(of))),
    ...groupedBy(stops, ({ volunteer }) => volunteer.volunteerId).flatMap(([key, of]) =>
      at(key, volunteerBreaches(of, seatMinutes)),
    ),
    ...groupedBy(stops, ({ visit }) => visit.elderId).flatMap(([key, of]) => at(key, elderBreaches(of))),
    ...problem.locked
      .filter((locked) => !pairs.some((pair) => isSame(locked, pair)))
      .map(({ visitKey }): Breach => ({ rule: 'locked_pair_missing', where: visitKey })),
  ];
};
