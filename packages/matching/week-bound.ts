/** The most visits that any plan of the week can cover: see README "The week plan". */
import { MaxFlow } from './max-flow.ts';
import type { WeekNetwork } from './week-network.ts';

/** Visits of one tier by how many volunteers they still need; `units`: most that this and all tiers before can have. */
interface TierNeed {
  settled: number;
  ofOne: number;
  ofTwo: number;
  units: number;
}

const needsOf = (network: WeekNetwork): TierNeed[] => {
  const flow = new MaxFlow(network.flow);
  const needs = new Map<number, TierNeed>();
  let units = 0;
  network.visits.forEach((visit, index) => {
    const need = needs.get(visit.tier) ?? { settled: 0, ofOne: 0, ofTwo: 0, units: 0 };
    const open = network.unitsOf[index] ?? [];
    if (open.length === 0) need.settled += 1;
    else if (open.length === 1) need.ofOne += 1;
    else need.ofTwo += 1;
    for (const unit of open) if (flow.offer(unit)) units += 1;
    need.units = units;
    needs.set(visit.tier, need);
  });
  return [...needs.values()];
};

/** The most visits that `units` volunteers' turns can cover, those of one first. */
const mostVisits = ({ ofOne, ofTwo, settled }: TierNeed, units: number): number => {
  const single = Math.min(ofOne, units);
  return settled + single + Math.min(ofTwo, Math.floor((units - single) / 2));
};

const leastUnits = ({ ofOne, settled }: TierNeed, covered: number): number => {
  const single = Math.min(ofOne, covered - settled);
  return single + 2 * (covered - settled - single);
};

const together = (needs: readonly TierNeed[]): TierNeed => ({
  settled: needs.reduce((sum, { settled }) => sum + settled, 0),
  ofOne: needs.reduce((sum, { ofOne }) => sum + ofOne, 0),
  ofTwo: needs.reduce((sum, { ofTwo }) => sum + ofTwo, 0),
  units: needs.at(-1)?.units ?? 0,
});

/**
 * The most visits that a plan can cover that puts tier before tier, given how many of each tier one plan covers: a
 * maximum flow in which a visit for two needs two volunteers' turns. From the first tier on in which that plan covers
 * less than the flow could, the tiers are taken together.
 */
export const boundOf = (network: WeekNetwork, coveredByTier: readonly number[]): number => {
  const needs = needsOf(network);
  let [bound, used] = [0, 0];
  for (const [index, need] of needs.entries()) {
    const most = mostVisits(need, need.units - used);
    const covered = coveredByTier[index] ?? 0;
    if (covered < most) {
      const rest = together(needs.slice(index));
      return bound + mostVisits(rest, rest.units - used);
    }
    bound += most;
    used += leastUnits(need, covered);
  }
  return bound;
};
