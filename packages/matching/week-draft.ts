/** A plan in the making: who has which unit of which visit, without starts; and how good that is. */
import { type MinCostFlow, partsOf } from './min-cost-flow.ts';
import type { WeekNetwork } from './week-network.ts';
import type { Pair } from './week-schedule.ts';

/** The volunteer of each unit, -1 for none. */
export type Draft = Int32Array;

/** The draft that a flow stands for. */
export const draftOf = (network: WeekNetwork, flow: MinCostFlow): Draft =>
  network.flow.visitOf.map((_, unit) => flow.volunteerOf(unit));

/** The pairs of a draft, in the order of units. */
export const pairsOf = (network: WeekNetwork, draft: Draft): Pair[] => {
  const pairs: Pair[] = [];
  draft.forEach((volunteer, unit) => {
    if (volunteer >= 0) pairs.push({ visit: network.flow.visitOf[unit] ?? 0, volunteer });
  });
  return pairs;
};

/** What a pair costs, as an arc's code; undefined where there is no such arc. */
export const codeOfPair = ({ flow }: WeekNetwork, { visit, volunteer }: Pair): number | undefined => {
  const end = flow.arcsFrom[visit + 1] ?? 0;
  for (let arc = flow.arcsFrom[visit] ?? 0; arc < end; arc += 1) {
    const node = flow.arcNode[arc] ?? 0;
    const parent = flow.parentOf[node] ?? -1;
    if ((parent === -1 ? node : parent) === volunteer) return flow.arcCode[arc];
  }
  return undefined;
};

/**
 * How good a draft is, less is better, compared from the first number on: for each tier what is covered, twice and
 * negated, a visit for two with one person counting half; then changes, new faces, wishes not met, kilometres there
 * and back, squares of loads.
 */
export type Score = readonly number[];

/** The score of a draft. */
export const scoreOf = (network: WeekNetwork, draft: Draft): Score => {
  const tiers = [...new Set(network.visits.map(({ tier }) => tier))];
  const covered = tiers.map(() => 0);
  const sums = { changes: 0, strangers: 0, unmetWishes: 0, kilometres: 0 };
  const loads = Array.from(network.flow.baseLoad);
  draft.forEach((volunteer, unit) => {
    if (volunteer < 0) return;
    const visit = network.flow.visitOf[unit] ?? 0;
    const tier = tiers.indexOf(network.visits[visit]?.tier ?? 0);
    covered[tier] = (covered[tier] ?? 0) - ((network.unitsOf[visit]?.length ?? 1) === 2 ? 1 : 2);
    const parts = partsOf(codeOfPair(network, { visit, volunteer }) ?? 0);
    sums.changes += parts.changes;
    sums.strangers += parts.strangers;
    sums.unmetWishes += parts.unmetWishes;
    sums.kilometres += parts.kilometres;
    loads[volunteer] = (loads[volunteer] ?? 0) + 1;
  });
  const squares = loads.reduce((sum, load) => sum + load * load, 0);
  return [...covered, sums.changes, sums.strangers, sums.unmetWishes, sums.kilometres, squares];
};

/** True where `a` is better than `b`. */
export const isBetterScore = (a: Score, b: Score): boolean => {
  const index = a.findIndex((number, at) => number !== b[at]);
  return index >= 0 && (a[index] ?? 0) < (b[index] ?? 0);
};

/** Units in the order in which they are put in: the most urgent first. */
export const inUrgency = ({ flow }: WeekNetwork): number[] =>
  Array.from(flow.visitOf, (_, unit) => unit).sort(
    (a, b) => (flow.urgencyOf[b] ?? 0) - (flow.urgencyOf[a] ?? 0) || a - b,
  );

/** Visits for two of which a draft has one person only. */
export const halves = ({ unitsOf }: WeekNetwork, draft: Draft): number[] =>
  unitsOf.flatMap((units, visit) => {
    const placed = units.filter((unit) => (draft[unit] ?? -1) >= 0).length;
    return placed > 0 && placed < units.length ? [visit] : [];
  });

/** True where a visit has everybody it needs. */
export const isCovered = ({ unitsOf }: WeekNetwork, draft: Draft, visit: number): boolean =>
  (unitsOf[visit] ?? []).every((unit) => (draft[unit] ?? -1) >= 0);

/** Covered visits of each tier, the most urgent first. */
export const coveredByTier = (network: WeekNetwork, draft: Draft): number[] => {
  const counts = new Map<number, number>();
  network.visits.forEach(({ tier }, visit) => {
    counts.set(tier, (counts.get(tier) ?? 0) + (isCovered(network, draft, visit) ? 1 : 0));
  });
  return [...counts.values()];
};
