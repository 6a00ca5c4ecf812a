/**
 * Rounds of flow and repair: each flow is mended into a plan, the best plan so far is kept, and before the next flow
 * one pair of every conflict that the last one had is barred, so that it looks elsewhere. The best of them is annealed.
 */
import { MinCostFlow } from './min-cost-flow.ts';
import { WeekAnnealing } from './week-annealing.ts';
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
import type { PlanStep } from './week-problem.ts';
import { WeekRepair, sparedOf } from './week-repair.ts';
import { arePossible, conflictIn, groupsOf } from './week-schedule.ts';

/** Arcs that all rounds together may go over, and the most rounds. */
const roundsMax = { arcs: 130_000, rounds: 24 };

/** Annealing counts in progress as so many rounds. */
const ANNEALING_ROUNDS = 20;

class Rounds {
  readonly #network: WeekNetwork;
  readonly #barred = new Set<number>();
  best: Draft | undefined;

  constructor(network: WeekNetwork) {
    this.#network = network;
  }

  /** One round; yields how many units are in the flow. False where another round would gain nothing. */
  *run(): Generator<number, boolean> {
    const draft = yield* this.#flow();
    const repair = new WeekRepair(this.#network, draft);
    repair.part();
    for (const _ of repair.mend()) yield draft.length;
    this.#keep(repair.draft);
    return !this.#isFull() && this.#barConflicts(draft);
  }

  /** Anneals the best plan, and mends what comes of it; yields which share of that is done. */
  *anneal(): Generator<number> {
    if (this.best === undefined || this.#isFull()) return;
    const annealing = new WeekAnnealing(this.#network, this.best);
    yield* annealing.run();
    const repair = new WeekRepair(this.#network, annealing.draft);
    repair.part();
    for (const _ of repair.mend()) yield 1;
    this.#keep(repair.draft);
  }

  /** The cheapest flow, tier before tier, without barred pairs. */
  *#flow(): Generator<number, Draft> {
    const { volunteers } = this.#network;
    const flow = new MinCostFlow(this.#network.flow, {
      partnersApart: true,
      isBarred: (unit, volunteer) =>
        this.#barred.size > 0 && this.#barred.has(unit * volunteers.length + volunteer),
    });
    for (const [count, unit] of inUrgency(this.#network).entries()) {
      yield count;
      flow.insert(unit);
    }
    return draftOf(this.#network, flow);
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
 * The best plan of some rounds, more of them the smaller the week. Yields between any two pieces of work: in the first
 * round visits that are in of all, then rounds of the most that there may be, annealing among them.
 */
export function* planInRounds(network: WeekNetwork): Generator<PlanStep, Draft> {
  const [visits, units] = [network.visits.length, network.flow.visitOf.length];
  const count = Math.floor(roundsMax.arcs / Math.max(1, network.flow.arcNode.length));
  const most = Math.max(1, Math.min(count, roundsMax.rounds));
  const of = most + ANNEALING_ROUNDS;
  const rounds = new Rounds(network);
  let isWorth = true;
  for (let round = 0; isWorth && round < most; round += 1) {
    const steps = rounds.run();
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) {
        isWorth = step.value;
        break;
      }
      yield round === 0 && step.value < units
        ? { phase: 'arranging', done: Math.floor((step.value / units) * visits), of: visits }
        : { phase: 'improving', done: round, of };
    }
  }
  for (const share of rounds.anneal())
    yield { phase: 'improving', done: most + Math.floor(share * ANNEALING_ROUNDS), of };
  return rounds.best ?? new Int32Array(units).fill(-1);
}
