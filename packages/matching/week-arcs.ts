/**
 * Every pair of a visit and a volunteer that could be, nobody else looked at, and how many visits each volunteer could
 * make in each free stretch: the arcs and nodes of the flow.
 */
import { GrowingList } from './growing-list.ts';
import { type FlowNetwork, arcCodeOf } from './min-cost-flow.ts';
import { kilometresApart } from './travel-time.ts';
import { type Forbidden, bookedMinutes, dayOf, obstacleTo, unmetWishes } from './week-fit.ts';
import type { Neighbours } from './week-neighbours.ts';
import type { PlanVisit, PlanVolunteer, Stretch } from './week-problem.ts';

/**
 * What decides which pairs could be. `neededAt` a visit: volunteers it still needs; `isTaken`: pairs that are settled
 * already; `kept`: pairs of the plan before, as `visitKey volunteerId`; `lockedLoads` of each volunteer.
 */
export interface ArcRules {
  visits: readonly PlanVisit[];
  volunteers: readonly PlanVolunteer[];
  near: Neighbours;
  reachKm: number;
  seatMinutes: number;
  forbidden: Forbidden;
  neededAt: (visit: number) => number;
  isTaken: (visit: number, volunteer: number) => boolean;
  kept: ReadonlySet<string>;
  lockedLoads: readonly { visits: number; minutes: number }[];
}

/** The part of a free stretch in which any visit at all could be, and the shortest such visit. */
interface Use extends Stretch {
  minutes: number;
}

/** An arc and what it costs are kept in one number while they are sorted. */
const CODE_STEP = 2 ** 30;

const roomOn = (volunteer: PlanVolunteer, { fromMinute }: Stretch): number =>
  volunteer.dayMinutesMax - bookedMinutes(volunteer.booked, dayOf(fromMinute));

/** Calls `use` for each free stretch into which a visit fits, with the part of it in which it could be; how many. */
const eachFit = (
  visit: PlanVisit,
  volunteer: PlanVolunteer,
  use: (stretch: number, fromMinute: number, toMinute: number) => void,
): number => {
  let count = 0;
  volunteer.free.forEach((stretch, index) => {
    let [first, last] = [-1, -1];
    for (const window of visit.windows) {
      const fromMinute = Math.max(window.fromMinute, stretch.fromMinute);
      const toMinute = Math.min(window.toMinute, stretch.toMinute);
      if (toMinute - fromMinute < visit.minutes) continue;
      if (first < 0) first = fromMinute;
      last = toMinute;
    }
    if (first < 0 || visit.minutes > roomOn(volunteer, stretch)) return;
    count += 1;
    use(index, first, last);
  });
  return count;
};

const codeOf = (rules: ArcRules, visit: PlanVisit, volunteer: PlanVolunteer): number =>
  arcCodeOf({
    isNew: rules.kept.size > 0 && !rules.kept.has(`${visit.visitKey} ${volunteer.volunteerId}`),
    isStrange: (volunteer.visitsTo.get(visit.elderId) ?? 0) === 0,
    unmetWishes: unmetWishes(visit, volunteer),
    kilometres: 2 * kilometresApart(volunteer, visit),
  });

/** The pairs of one visit as code and volunteer; what it could use of everybody's time is noted. */
const pairsOf = (rules: ArcRules, index: number, uses: (Use | undefined)[][]): number[] => {
  const visit = rules.visits[index];
  if (visit === undefined || rules.neededAt(index) === 0) return [];
  const pairs: number[] = [];
  for (const at of rules.near(visit)) {
    const [volunteer, used] = [rules.volunteers[at], uses[at]];
    if (volunteer === undefined || used === undefined) continue;
    if (volunteer.free.length === 0 || volunteer.visitsMax < 1 || visit.minutes > volunteer.minutesMax)
      continue;
    if (obstacleTo(visit, volunteer, rules) !== undefined || rules.isTaken(index, at)) continue;
    const fits = eachFit(visit, volunteer, (stretch, fromMinute, toMinute) => {
      const before = used[stretch];
      used[stretch] = {
        fromMinute: Math.min(before?.fromMinute ?? fromMinute, fromMinute),
        toMinute: Math.max(before?.toMinute ?? toMinute, toMinute),
        minutes: Math.min(before?.minutes ?? visit.minutes, visit.minutes),
      };
    });
    if (fits > 0) pairs.push(codeOf(rules, visit, volunteer) * CODE_STEP + at);
  }
  return pairs;
};

interface Capacity {
  total: number;
  /** Of each free stretch. */
  stretches: number[];
}

/** The most visits that a volunteer can make in each free stretch and in the week, if all were as short as the shortest. */
const capacityOf = (rules: ArcRules, index: number, uses: readonly (Use | undefined)[]): Capacity => {
  const volunteer = rules.volunteers[index];
  const locked = rules.lockedLoads[index] ?? { visits: 0, minutes: 0 };
  if (volunteer === undefined) return { total: 0, stretches: [] };
  const stretches = volunteer.free.map((stretch, at) => {
    const use = uses[at];
    if (use === undefined) return 0;
    const seat = Math.max(rules.seatMinutes, use.minutes);
    const seats = Math.floor((use.toMinute - use.fromMinute - use.minutes) / seat) + 1;
    return Math.min(seats, Math.floor(roomOn(volunteer, stretch) / use.minutes));
  });
  const shortest = uses.reduce(
    (least, use) => Math.min(least, use?.minutes ?? least),
    volunteer.minutesMax + 1,
  );
  const total = Math.min(
    volunteer.visitsMax - locked.visits,
    Math.floor((volunteer.minutesMax - locked.minutes) / shortest),
    stretches.reduce((sum, count) => sum + count, 0),
  );
  return { total: Math.max(0, total), stretches };
};

interface Nodes {
  parentOf: number[];
  capacityOf: number[];
  stretchesOf: number[][];
}

/** A node for every volunteer, and for each of their free stretches where one is shorter than their week. */
const nodesFor = (capacities: readonly Capacity[]): Nodes => {
  const parentOf = capacities.map(() => -1);
  const capacity = capacities.map(({ total }) => total);
  const stretchesOf = capacities.map(({ total, stretches }, volunteer) => {
    if (stretches.every((count) => count === 0 || count >= total)) return [];
    return stretches.map((count) => {
      capacity.push(count);
      return parentOf.push(volunteer) - 1;
    });
  });
  return { parentOf, capacityOf: capacity, stretchesOf };
};

/** The arcs of one visit, the cheapest first. */
const arcsOf = (
  { volunteers }: ArcRules,
  visit: PlanVisit,
  pairs: readonly number[],
  { stretchesOf, capacityOf: capacity }: Nodes,
): Float64Array => {
  const arcs: number[] = [];
  for (const pair of pairs) {
    const at = pair % CODE_STEP;
    const [volunteer, stretches] = [volunteers[at], stretchesOf[at] ?? []];
    if (volunteer === undefined || (capacity[at] ?? 0) === 0) continue;
    if (stretches.length === 0) arcs.push(pair);
    else eachFit(visit, volunteer, (stretch) => arcs.push(pair - at + (stretches[stretch] ?? at)));
  }
  return Float64Array.from(arcs).sort();
};

/** Nodes and arcs of a week. */
export const arcsAndNodesOf = (
  rules: ArcRules,
): Pick<FlowNetwork, 'arcsFrom' | 'arcNode' | 'arcCode' | 'parentOf' | 'capacityOf' | 'stretchesOf'> => {
  const uses: (Use | undefined)[][] = rules.volunteers.map(() => []);
  const pairs = rules.visits.map((_, index) => Float64Array.from(pairsOf(rules, index, uses)));
  const nodes = nodesFor(uses.map((used, index) => capacityOf(rules, index, used)));
  const arcsFrom = new Int32Array(rules.visits.length + 1);
  const [arcNode, arcCode] = [new GrowingList(), new GrowingList()];
  rules.visits.forEach((visit, index) => {
    for (const arc of arcsOf(rules, visit, Array.from(pairs[index] ?? []), nodes)) {
      arcCode.push(Math.floor(arc / CODE_STEP));
      arcNode.push(arc % CODE_STEP);
    }
    arcsFrom[index + 1] = arcNode.length;
  });
  return {
    arcsFrom,
    arcNode: arcNode.finished(),
    arcCode: arcCode.finished(),
    parentOf: Int32Array.from(nodes.parentOf),
    capacityOf: Int32Array.from(nodes.capacityOf),
    stretchesOf: nodes.stretchesOf,
  };
};
