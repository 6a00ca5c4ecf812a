/**
 * The week as a network: visits and volunteers in one order whatever order they came in, what is settled by hand
 * taken out, and an arc for every pair that could be.
 */
import type { FlowNetwork } from './min-cost-flow.ts';
import { wayKilometres } from './travel-time.ts';
import { arcsAndNodesOf } from './week-arcs.ts';
import { DAY_MINUTES, type Forbidden, dayOf } from './week-fit.ts';
import { type Neighbours, neighboursOf } from './week-neighbours.ts';
import type { PlanPair, PlanVisit, PlanVolunteer, Stretch, WeekProblem } from './week-problem.ts';

/** A pair that a coordinator has settled; indices into the network's lists. */
export interface LockedPair {
  visit: number;
  volunteer: number;
  startMinute: number;
}

/**
 * A problem made ready. `visits` in the order of tier and key, their windows without what locked pairs exclude;
 * `volunteers` in the order of their ids, free until their papers run out; `lockedOf` a visit; `unitsOf` a visit: the
 * volunteers it still needs; `near`: who may be in reach.
 */
export interface WeekNetwork {
  problem: WeekProblem;
  visits: readonly PlanVisit[];
  volunteers: readonly PlanVolunteer[];
  forbidden: Forbidden;
  near: Neighbours;
  locked: readonly LockedPair[];
  lockedOf: readonly (readonly LockedPair[])[];
  unitsOf: readonly (readonly number[])[];
  flow: FlowNetwork;
  /** The way between two visits in kilometres. */
  wayBetween: (visit: number, other: number) => number;
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const inOrder = (problem: WeekProblem): Pick<WeekNetwork, 'visits' | 'volunteers'> => ({
  visits: [...problem.visits].sort((a, b) => a.tier - b.tier || compare(a.visitKey, b.visitKey)),
  volunteers: [...problem.volunteers]
    .sort((a, b) => compare(a.volunteerId, b.volunteerId))
    .map((volunteer) => ({ ...volunteer, free: cutAt(volunteer.free, volunteer.readyUntil) })),
});

const cutAt = (free: readonly Stretch[], end = 7 * DAY_MINUTES): Stretch[] =>
  free
    .map(({ fromMinute, toMinute }) => ({ fromMinute, toMinute: Math.min(toMinute, end) }))
    .filter(({ fromMinute, toMinute }) => fromMinute < toMinute);

const lockedPairs = (
  locked: readonly PlanPair[],
  visits: readonly PlanVisit[],
  volunteers: readonly PlanVolunteer[],
): LockedPair[] => {
  const visitAt = new Map(visits.map(({ visitKey }, index) => [visitKey, index]));
  const volunteerAt = new Map(volunteers.map(({ volunteerId }, index) => [volunteerId, index]));
  return locked
    .flatMap(({ visitKey, volunteerId, startMinute }) => {
      const [visit, volunteer] = [visitAt.get(visitKey), volunteerAt.get(volunteerId)];
      return visit === undefined || volunteer === undefined ? [] : [{ visit, volunteer, startMinute }];
    })
    .sort((a, b) => a.visit - b.visit || a.volunteer - b.volunteer);
};

/** A visit with a locked pair stands at its start; other visits to that elder are not on that day. */
const withLocks = (visits: readonly PlanVisit[], locked: readonly LockedPair[]): PlanVisit[] => {
  const daysOf = new Map<string, Set<number>>();
  const startOf = new Map<number, number>();
  for (const { visit, startMinute } of locked) {
    startOf.set(visit, startMinute);
    const elderId = visits[visit]?.elderId ?? '';
    daysOf.set(elderId, (daysOf.get(elderId) ?? new Set<number>()).add(dayOf(startMinute)));
  }
  return visits.map((visit, index) => {
    const [start, days] = [startOf.get(index), daysOf.get(visit.elderId)];
    if (start !== undefined)
      return { ...visit, windows: [{ fromMinute: start, toMinute: start + visit.minutes }] };
    if (days === undefined) return visit;
    return { ...visit, windows: visit.windows.filter(({ fromMinute }) => !days.has(dayOf(fromMinute))) };
  });
};

const forbiddenOf = (problem: WeekProblem): Forbidden => {
  const forbidden = new Map<string, Set<string>>();
  for (const { elderId, volunteerId } of problem.forbidden)
    forbidden.set(volunteerId, (forbidden.get(volunteerId) ?? new Set<string>()).add(elderId));
  return forbidden;
};

const listUnits = (
  visits: readonly PlanVisit[],
  lockedOf: readonly (readonly LockedPair[])[],
): Pick<FlowNetwork, 'visitOf' | 'partnerOf' | 'urgencyOf'> & Pick<WeekNetwork, 'unitsOf'> => {
  const tiers = [...new Set(visits.map(({ tier }) => tier))];
  const [visitOf, partnerOf, urgencyOf]: [number[], number[], number[]] = [[], [], []];
  const unitsOf = visits.map((visit, index) => {
    const needed = Math.max(0, visit.persons - (lockedOf[index]?.length ?? 0));
    // Of one tier, a visit that one person can make counts before one that takes two.
    const urgency = 2 * (tiers.length - tiers.indexOf(visit.tier)) - (needed === 2 ? 1 : 0);
    const first = visitOf.length;
    return Array.from({ length: needed }, (_, part) => {
      partnerOf.push(needed === 2 ? first + 1 - part : -1);
      urgencyOf.push(urgency);
      return visitOf.push(index) - 1;
    });
  });
  return {
    unitsOf,
    visitOf: Int32Array.from(visitOf),
    partnerOf: Int32Array.from(partnerOf),
    urgencyOf: Int32Array.from(urgencyOf),
  };
};

const lockedLoads = (
  volunteers: readonly PlanVolunteer[],
  visits: readonly PlanVisit[],
  locked: readonly LockedPair[],
): { visits: number; minutes: number }[] => {
  const loads = volunteers.map(() => ({ visits: 0, minutes: 0 }));
  for (const { visit, volunteer } of locked) {
    const load = loads[volunteer];
    if (load === undefined) continue;
    load.visits += 1;
    load.minutes += visits[visit]?.minutes ?? 0;
  }
  return loads;
};

/** Ways are asked for again and again, and each is worked out once. */
const rememberedWays = (visits: readonly PlanVisit[]): WeekNetwork['wayBetween'] => {
  const ways = new Map<number, number>();
  return (one, other) => {
    const key = Math.min(one, other) * visits.length + Math.max(one, other);
    const known = ways.get(key);
    if (known !== undefined) return known;
    const [from, to] = [visits[one], visits[other]];
    const km = from === undefined || to === undefined ? 0 : wayKilometres(from, to);
    ways.set(key, km);
    return km;
  };
};

/** Makes a problem ready. The result does not depend on the order of visits, volunteers or pairs. */
export const networkOf = (problem: WeekProblem): WeekNetwork => {
  const { visits: wanted, volunteers } = inOrder(problem);
  const locked = lockedPairs(problem.locked, wanted, volunteers);
  const visits = withLocks(wanted, locked);
  const lockedOf: LockedPair[][] = visits.map(() => []);
  for (const pair of locked) lockedOf[pair.visit]?.push(pair);
  const loads = lockedLoads(volunteers, visits, locked);
  const { unitsOf, ...units } = listUnits(visits, lockedOf);
  const forbidden = forbiddenOf(problem);
  const near = neighboursOf(volunteers, problem.rules.reachKm);
  const arcsAndNodes = arcsAndNodesOf({
    ...{ visits, volunteers, near, forbidden, ...problem.rules },
    neededAt: (visit) => unitsOf[visit]?.length ?? 0,
    isTaken: (visit, volunteer) => lockedOf[visit]?.some((pair) => pair.volunteer === volunteer) === true,
    kept: new Set((problem.previous ?? []).map((pair) => `${pair.visitKey} ${pair.volunteerId}`)),
    lockedLoads: loads,
  });
  const baseLoad = Int32Array.from(loads, ({ visits: count }) => count);
  return {
    ...{ problem, visits, volunteers, forbidden, near, locked, lockedOf, unitsOf },
    wayBetween: rememberedWays(visits),
    flow: { ...units, ...arcsAndNodes, volunteerCount: volunteers.length, baseLoad },
  };
};
