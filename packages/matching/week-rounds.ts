/**
 * Rounds of flow and repair: each flow is mended into a plan, the best plan so far is kept, and before the next flow
 * one pair of every conflict that the last one had is barred, so that it looks elsewhere.
 */
import { MinCostFlow } from './min-cost-flow.ts';
import { boundOf } from './week-bound.ts';
import {
  type Draft,
  coveredByTier,
  draftOf,
  inUrgency,
  isBetterScore,
  pairsOf,
  scoreOf,
} from './week-draft.ts';
import type { WeekNetwork } from './week-network.ts';
import { WeekRepair, sparedOf } from './week-repair.ts';
import { arePossible, conflictIn, groupsOf } from './week-schedule.ts';

/** Arcs that all rounds together may go over, and the most rounds. */
const roundsMax = { arcs: 130_000, rounds: 24 };

/** The best plan found; `isWhole` is false where it was stopped on the way. */
export interface RoundsResult {
  draft: Draft;
  isWhole: boolean;
}

class Rounds {
  readonly #network: WeekNetwork;
  readonly #barred = new Set<number>();
  best: Draft | undefined;

  constructor(network: WeekNetwork) {
    this.#network = network;
  }

  /** One round; false where another one would gain nothing, or it was stopped. */
  run(goesOn: (unitsIn: number) => boolean): boolean {
    const { draft, isWhole } = this.#flow(goesOn);
    const repair = new WeekRepair(this.#network, draft);
    repair.part();
    if (isWhole) repair.mend();
    this.#keep(repair.draft);
    return isWhole && !this.#isFull() && this.#barConflicts(draft);
  }

  /** The cheapest flow, tier before tier, without barred pairs. */
  #flow(goesOn: (unitsIn: number) => boolean): { draft: Draft; isWhole: boolean } {
    const { volunteers } = this.#network;
    const flow = new MinCostFlow(this.#network.flow, {
      partnersApart: true,
      isBarred: (unit, volunteer) =>
        this.#barred.size > 0 && this.#barred.has(unit * volunteers.length + volunteer),
    });
    for (const [count, unit] of inUrgency(this.#network).entries()) {
      if (!goesOn(count)) return { draft: draftOf(this.#network, flow), isWhole: false };
      flow.insert(unit);
    }
    return { draft: draftOf(this.#network, flow), isWhole: true };
  }

  #keep(draft: Draft): void {
    const isBetter =
      this.best === undefined ||
      isBetterScore(scoreOf(this.#network, draft), scoreOf(this.#network, this.best));
    if (isBetter) this.best = draft;
  }

  #isFull(): boolean {
    if (this.best === undefined) return false;
    const covered = coveredByTier(this.#network, this.best);
    return covered.reduce((sum, count) => sum + count, 0) === boundOf(this.#network, covered);
  }

  #barConflicts(draft: Draft): boolean {
    const before = this.#barred.size;
    for (const group of groupsOf(this.#network, pairsOf(this.#network, draft))) {
      if (arePossible(this.#network, group)) continue;
      const spared = sparedOf(this.#network, conflictIn(this.#network, group));
      for (const unit of this.#network.unitsOf[spared?.visit ?? -1] ?? [])
        this.#barred.add(unit * this.#network.volunteers.length + (spared?.volunteer ?? 0));
    }
    return this.#barred.size > before;
  }
}

/**
 * The best plan of some rounds, more of them the smaller the week. `goesOn` is told how many units are in during the
 * first one, and that all are from then on.
 */
export const planInRounds = (network: WeekNetwork, goesOn: (unitsIn: number) => boolean): RoundsResult => {
  const units = network.flow.visitOf.length;
  const count = Math.floor(roundsMax.arcs / Math.max(1, network.flow.arcNode.length));
  const rounds = new Rounds(network);
  let isStopped = false;
  const asks = (unitsIn: number): boolean => {
    isStopped = isStopped || !goesOn(unitsIn);
    return !isStopped;
  };
  let isWorth = rounds.run(asks);
  isWorth = asks(units) && isWorth;
  for (let round = 1; isWorth && round < Math.min(count, roundsMax.rounds); round += 1)
    isWorth = rounds.run(() => true) && asks(units);
  return { draft: rounds.best ?? new Int32Array(units).fill(-1), isWhole: !isStopped };
};
