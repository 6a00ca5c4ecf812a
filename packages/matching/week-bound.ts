/**
 * The most visits that any plan of the week can cover: see README "The week plan". Every number here is taken from
 * maximum flows through a network that each plan that can take place is a flow of, so that no plan is above it.
 */
import { CountingNetwork, MaxFlow } from './max-flow.ts';
import { fittingDays } from './week-fit.ts';
import type { WeekNetwork } from './week-network.ts';

/**
 * What one tier can have. `settled`: visits that need nobody any more; `ofOne`, `ofTwo`: the most visits for one and
 * for two that could be covered if nothing else were; `units`: the most volunteers' turns that this and all tiers
 * before can use together; `unitsOfOne`: that, without this tier's visits for two.
 */
interface TierNeed {
  settled: number;
  ofOne: number;
  ofTwo: number;
  units: number;
  unitsOfOne: number;
}

/** The nodes of volunteers and stretches in a network that counts; a node stands `nodesFrom` later than in the flow. */
interface Drawn {
  counting: CountingNetwork;
  nodesFrom: number;
  /** By visit: where its units are offered. */
  visitsFrom: number;
}

const drawPeople = ({ flow }: WeekNetwork, counting: CountingNetwork): number => {
  const nodesFrom = counting.addNodes(flow.parentOf.length);
  flow.parentOf.forEach((parent, node) => {
    const to = parent < 0 ? counting.sink : nodesFrom + parent;
    counting.addArc(nodesFrom + node, to, flow.capacityOf[node] ?? 0);
  });
  return nodesFrom;
};

/** Calls `use` for each node to which a visit has an arc. */
const eachNode = ({ flow }: WeekNetwork, visit: number, use: (node: number) => void): void => {
  for (let arc = flow.arcsFrom[visit] ?? 0; arc < (flow.arcsFrom[visit + 1] ?? 0); arc += 1)
    use(flow.arcNode[arc] ?? 0);
};

/** The days, as bits, on which a visit could be at a node: of one stretch, or of all of a volunteer's. */
const daysAt = (network: WeekNetwork, visit: number, node: number): number => {
  const parent = network.flow.parentOf[node] ?? -1;
  const wanted = network.visits[visit];
  const free = network.volunteers[parent < 0 ? node : parent]?.free ?? [];
  if (wanted === undefined) return 0;
  if (parent < 0) return fittingDays(wanted, free);
  const stretch = free[network.flow.stretchesOf[parent]?.indexOf(node) ?? -1];
  return stretch === undefined ? 0 : fittingDays(wanted, [stretch]);
};

/**
 * An elder with several visits has one of them on a day: their units go through a gate of that day, as many as the
 * largest of those visits needs, and no volunteer takes two of them.
 */
const drawElder = (network: WeekNetwork, drawn: Drawn, visits: readonly number[]): void => {
  const { counting, nodesFrom, visitsFrom } = drawn;
  const most = Math.max(...visits.map((visit) => network.unitsOf[visit]?.length ?? 0));
  for (let day = 0; day < 7; day += 1) {
    const gate = counting.addNodes(2);
    counting.addArc(gate, gate + 1, most);
    const nodes = new Set<number>();
    for (const visit of visits) {
      counting.addArc(visitsFrom + visit, gate, network.unitsOf[visit]?.length ?? 0);
      eachNode(network, visit, (node) => {
        if ((daysAt(network, visit, node) & (1 << day)) !== 0) nodes.add(node);
      });
    }
    for (const node of nodes) counting.addArc(gate + 1, nodesFrom + node, 1);
  }
};

const draw = (network: WeekNetwork): Drawn => {
  const counting = new CountingNetwork();
  const nodesFrom = drawPeople(network, counting);
  const drawn = { counting, nodesFrom, visitsFrom: counting.addNodes(network.visits.length) };
  for (const visits of Map.groupBy(
    network.visits.keys(),
    (visit) => network.visits[visit]?.elderId,
  ).values()) {
    const [visit] = visits;
    if (visits.length > 1) drawElder(network, drawn, visits);
    else if (visit !== undefined)
      // One unit over each arc: of two who go together each is somebody else.
      eachNode(network, visit, (node) => {
        counting.addArc(drawn.visitsFrom + visit, nodesFrom + node, 1);
      });
  }
  return drawn;
};

/** Visits of one tier by how many volunteers they still need. */
interface TierVisits {
  none: number;
  one: readonly number[];
  two: readonly number[];
}

const visitsByTier = ({ visits, unitsOf }: WeekNetwork): TierVisits[] =>
  [...Map.groupBy(visits.keys(), (visit) => visits[visit]?.tier).values()].map((ofTier) => {
    const needing = (count: number): number[] => ofTier.filter((visit) => unitsOf[visit]?.length === count);
    return { none: needing(0).length, one: needing(1), two: needing(2) };
  });

const needsOf = (network: WeekNetwork): TierNeed[] => {
  const { counting, visitsFrom } = draw(network);
  /** How many units of visits have a way, beside those that a flow has already. */
  const add = (flow: MaxFlow, visits: readonly number[]): number =>
    visits
      .flatMap((visit) => (network.unitsOf[visit] ?? []).map(() => visitsFrom + visit))
      .filter((node) => flow.offer(node)).length;
  const ofAll = new MaxFlow(counting);
  let units = 0;
  return visitsByTier(network).map(({ none, one, two }) => {
    const unitsOfOne = units + add(ofAll, one);
    units = unitsOfOne + add(ofAll, two);
    return {
      settled: none,
      ofOne: add(new MaxFlow(counting), one),
      ofTwo: Math.floor(add(new MaxFlow(counting), two) / 2),
      units,
      unitsOfOne,
    };
  });
};

/** A week is asked about again and again while its plan is made, and its flows are always the same. */
const knownNeeds = new WeakMap<WeekNetwork, readonly TierNeed[]>();

const needsOnce = (network: WeekNetwork): readonly TierNeed[] => {
  const needs = knownNeeds.get(network) ?? needsOf(network);
  knownNeeds.set(network, needs);
  return needs;
};

/** How many visits for one a tier can have at most, once the tiers before have used so many turns. */
const mostOfOne = ({ ofOne, unitsOfOne }: TierNeed, used: number): number =>
  Math.min(ofOne, unitsOfOne - used);

/** The most visits that a tier can cover once the tiers before have used so many turns: those of one first. */
const mostVisits = (need: TierNeed, used: number): number => {
  const single = mostOfOne(need, used);
  return need.settled + single + Math.min(need.ofTwo, Math.floor((need.units - used - single) / 2));
};

/** The fewest turns with which so many visits of a tier can be covered. */
const leastUnits = (need: TierNeed, covered: number, used: number): number => {
  const single = Math.min(mostOfOne(need, used), covered - need.settled);
  return single + 2 * (covered - need.settled - single);
};

/** The most visits of all of these tiers together, however they share what is left once `used` turns are gone. */
const mostTogether = (needs: readonly TierNeed[], used: number): number => {
  const left = Math.max(0, (needs.at(-1)?.units ?? 0) - used);
  const settled = needs.reduce((sum, need) => sum + need.settled, 0);
  const ofOne = needs.reduce((sum, need) => sum + need.ofOne, 0);
  const ofTwo = needs.reduce((sum, need) => sum + need.ofTwo, 0);
  const single = Math.min(ofOne, left);
  return settled + single + Math.min(ofTwo, Math.floor((left - single) / 2));
};

/**
 * The best plan covers in its first tier as many as the given one, and then no fewer in the next; or more, up to what
 * the flow allows, and then the tiers after it may have any share of what is left. Tiers before have used `used` turns
 * at least.
 */
const boundFrom = (needs: readonly TierNeed[], coveredByTier: readonly number[], used: number): number => {
  const [need, ...rest] = needs;
  if (need === undefined) return 0;
  const [covered = 0, ...coveredRest] = coveredByTier;
  const usedBy = (count: number): number => used + leastUnits(need, count, used);
  let bound = covered + boundFrom(rest, coveredRest, usedBy(covered));
  for (let more = covered + 1; more <= mostVisits(need, used); more += 1)
    bound = Math.max(bound, more + mostTogether(rest, usedBy(more)));
  return bound;
};

/** The most visits that a plan can cover that puts tier before tier, given how many of each tier one plan covers. */
export const boundOf = (network: WeekNetwork, coveredByTier: readonly number[]): number =>
  boundFrom(needsOnce(network), coveredByTier, 0);
