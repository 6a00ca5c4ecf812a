/**
 * Coverage as rows and columns: a column for each visit, and one for each visit, volunteer and free stretch in which it
 * could lie. What a stretch holds is a row, so that the relaxation is tight: two visits begin a seat apart, so few
 * begin between any two minutes. When exactly each begins is left open; see `stretch-conflict.ts`.
 */
import { kilometresApart, travelMinutes } from '@time-bank/matching/travel-time';
import { personBreaches } from '@time-bank/matching/week-check';
import type { PlanVisit, PlanVolunteer, WeekProblem } from '@time-bank/matching/week-problem';

const DAY_MINUTES = 1440;

/** The first and the last minute at which something may begin. */
export interface Starts {
  first: number;
  last: number;
}

/** A visit in a volunteer's free stretch; `starts` in order, one at least. */
export interface Place {
  visit: PlanVisit;
  volunteer: PlanVolunteer;
  stretch: number;
  day: number;
  starts: readonly Starts[];
  first: number;
  last: number;
}

/** A sum over columns within bounds. Columns: places by their index, then visits. */
export interface Row {
  lower: number;
  upper: number;
  terms: readonly (readonly [column: number, value: number])[];
}

const placeOf = (visit: PlanVisit, volunteer: PlanVolunteer, stretch: number): Place | undefined => {
  const free = volunteer.free[stretch];
  if (free === undefined) return undefined;
  const end = Math.min(free.toMinute, volunteer.readyUntil ?? Infinity);
  const starts = visit.windows
    .map(({ fromMinute, toMinute }) => ({
      first: Math.max(fromMinute, free.fromMinute),
      last: Math.min(toMinute, end) - visit.minutes,
    }))
    .filter(({ first, last }) => first <= last);
  const [earliest, latest] = [starts[0], starts.at(-1)];
  if (earliest === undefined || latest === undefined) return undefined;
  const day = Math.floor(free.fromMinute / DAY_MINUTES);
  return { visit, volunteer, stretch, day, starts, first: earliest.first, last: latest.last };
};

/** Every place of every visit that the rules allow, taken by itself. */
export const placesOf = (problem: WeekProblem): Place[] =>
  problem.visits.flatMap((visit) =>
    problem.volunteers.flatMap((volunteer) => {
      if (volunteer.free.length === 0 || kilometresApart(visit, volunteer) > problem.rules.reachKm) return [];
      if (personBreaches(problem, visit, volunteer).length > 0) return [];
      return volunteer.free.flatMap((_, stretch) => placeOf(visit, volunteer, stretch) ?? []);
    }),
  );

type Indexed = Place & { column: number };

const atMost = (upper: number, places: readonly Indexed[], valueOf = (_: Place): number => 1): Row => ({
  lower: -Infinity,
  upper,
  terms: places.map((place) => [place.column, valueOf(place)] as const),
});

const minutesOf = ({ visit }: Place): number => visit.minutes;

/** True where some start of one is a start of the other. */
const canMeet = (one: Place, other: Place): boolean =>
  one.starts.some((a) => other.starts.some((b) => a.first <= b.last && b.first <= a.last));

/** Who goes on a visit of two goes once, and with somebody who can go then. */
const partnerRows = (column: number, places: readonly Indexed[]): Row[] =>
  [...Map.groupBy(places, ({ volunteer }) => volunteer)].flatMap(([volunteer, own]) => {
    const others = places.filter((place) => place.volunteer !== volunteer);
    const once = atMost(0, own);
    return [
      { ...once, terms: [...once.terms, [column, -1] as const] },
      ...own.map((place): Row => {
        const met = others.filter((other) => canMeet(place, other));
        return {
          lower: -Infinity,
          upper: 0,
          terms: [[place.column, 1], ...met.map((other) => [other.column, -1] as const)],
        };
      }),
    ];
  });

/** A visit is covered where as many go as it takes. */
const visitRows = (visit: PlanVisit, column: number, places: readonly Indexed[]): Row[] => [
  { lower: 0, upper: 0, terms: [...atMost(0, places).terms, [column, -visit.persons] as const] },
  ...(visit.persons === 2 ? partnerRows(column, places) : []),
];

/** How many visits can begin in each part of a stretch: starts lie a seat apart. */
const seatRows = (seatMinutes: number, visitsMax: number, places: readonly Indexed[]): Row[] => {
  const rows = new Map<string, Row>();
  for (const from of new Set(places.map(({ first }) => first))) {
    for (const to of new Set(places.map(({ last }) => last))) {
      const within = places.filter(({ first, last }) => from <= first && last <= to);
      const seats = to < from ? Infinity : Math.floor((to - from) / seatMinutes) + 1;
      if (seats >= Math.min(visitsMax, within.length)) continue;
      rows.set(within.map(({ column }) => column).join(' '), atMost(seats, within));
    }
  }
  return [...rows.values()];
};

const isBefore = (seatMinutes: number, one: Place, other: Place): boolean => {
  const way = travelMinutes(one.visit, other.visit, one.volunteer.mode);
  return one.first + Math.max(seatMinutes, one.visit.minutes + way) <= other.last;
};

/** Places of one volunteer and day of which one at most can be: rows until every two that exclude each other share one. */
const exclusionRows = (seatMinutes: number, places: readonly Indexed[]): Row[] => {
  const excluded = new Map(places.map((place) => [place, new Set<Indexed>()]));
  for (const [at, one] of places.entries()) {
    for (const other of places.slice(at + 1)) {
      if (one.visit === other.visit) continue;
      if (isBefore(seatMinutes, one, other) || isBefore(seatMinutes, other, one)) continue;
      excluded.get(one)?.add(other);
      excluded.get(other)?.add(one);
    }
  }
  const rows: Row[] = [];
  const joined = new Set<string>();
  for (const [one, others] of excluded) {
    for (const other of others) {
      if (one.column > other.column || joined.has(`${String(one.column)} ${String(other.column)}`)) continue;
      const clique = [one, other];
      for (const next of others) {
        if (next !== other && clique.every((each) => excluded.get(each)?.has(next) === true))
          clique.push(next);
      }
      for (const a of clique) for (const b of clique) joined.add(`${String(a.column)} ${String(b.column)}`);
      rows.push(atMost(1, clique));
    }
  }
  return rows;
};

const volunteerRows = (seatMinutes: number, volunteer: PlanVolunteer, places: readonly Indexed[]): Row[] => {
  const days = [...Map.groupBy(places, ({ day }) => day)];
  const stretches = [...Map.groupBy(places, ({ stretch }) => stretch).values()];
  const bookedOn = (day: number): number =>
    volunteer.booked
      .filter(({ fromMinute }) => Math.floor(fromMinute / DAY_MINUTES) === day)
      .reduce((sum, { fromMinute, toMinute }) => sum + toMinute - fromMinute, 0);
  return [
    atMost(volunteer.visitsMax, places),
    atMost(volunteer.minutesMax, places, minutesOf),
    ...days.map(([day, of]) => atMost(Math.max(0, volunteer.dayMinutesMax - bookedOn(day)), of, minutesOf)),
    ...stretches.flatMap((of) => seatRows(seatMinutes, volunteer.visitsMax, of)),
    ...(volunteer.visitsMax < 2 ? [] : days.flatMap(([, of]) => exclusionRows(seatMinutes, of))),
  ];
};

/** No elder is visited twice on a day: shares of visits, since two go on some. */
const elderRows = (places: readonly Indexed[]): Row[] =>
  [...Map.groupBy(places, ({ visit }) => visit.elderId).values()]
    .filter((of) => new Set(of.map(({ visit }) => visit)).size > 1)
    .flatMap((of) =>
      [...Map.groupBy(of, ({ day }) => day).values()].map((onDay) =>
        atMost(2, onDay, ({ visit }) => 2 / visit.persons),
      ),
    );

/** Every row of a week. The column of a visit is the number of places, then its place among the problem's visits. */
export const rowsOf = (problem: WeekProblem, places: readonly Place[]): Row[] => {
  const indexed = places.map((place, column): Indexed => ({ ...place, column }));
  const byVisit = Map.groupBy(indexed, ({ visit }) => visit);
  const { seatMinutes } = problem.rules;
  return [
    ...problem.visits.flatMap((visit, at) => visitRows(visit, places.length + at, byVisit.get(visit) ?? [])),
    ...[...Map.groupBy(indexed, ({ volunteer }) => volunteer)].flatMap(([who, of]) =>
      volunteerRows(seatMinutes, who, of),
    ),
    ...elderRows(indexed),
  ];
};
