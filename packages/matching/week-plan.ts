/**
 * The plan of a week: all open visits at once. The core is a minimum-cost flow; what a flow cannot say (two together,
 * ways between visits, one visit a day) is mended afterwards, and small weeks are searched to the end. Model,
 * objective and what is guaranteed: README "The week plan".
 */
import { boundOf } from './week-bound.ts';
import { branch } from './week-branch.ts';
import { type Draft, coveredByTier, isCovered, pairsOf } from './week-draft.ts';
import { figuresOf } from './week-figures.ts';
import { type WeekNetwork, networkOf } from './week-network.ts';
import type { PlanPair, PlanStep, WeekPlan, WeekProblem } from './week-problem.ts';
import { WeekRepair } from './week-repair.ts';
import { planInRounds } from './week-rounds.ts';
import { type Pair, SEARCH_STEPS_MAX, groupsOf, startsOf } from './week-schedule.ts';
import { uncoveredOf } from './week-uncovered.ts';

/**
 * Work that the exact search may cost, in arcs and units looked at; the most cases that it may split into; and the
 * least with which it is begun at all, since a week that is too large for them gains nothing by a few.
 */
const exactSearch = { workMax: 2_000_000, workPerUnit: 50, casesMax: 4_000, casesMin: 50 };

/** Steps in which the shortest ways of one group are looked for. */
const SHORTEST_STEPS_MAX = 500;

const casesMaxFor = ({ flow }: WeekNetwork): number => {
  const work = flow.arcNode.length + flow.visitOf.length * exactSearch.workPerUnit;
  const cases = Math.min(exactSearch.casesMax, Math.floor(exactSearch.workMax / Math.max(1, work)));
  return cases < exactSearch.casesMin ? 0 : cases;
};

/** The best draft that can be found. */
function* solve(network: WeekNetwork): Generator<PlanStep, Draft> {
  const found = yield* planInRounds(network);
  const best = yield* branch(network, found, casesMaxFor(network));
  // What was tried in a few steps on the way is looked at once more as thoroughly as the starts are chosen.
  const repair = new WeekRepair(network, best);
  repair.part();
  return repair.draft;
}

/** The pairs of one group, each with its start: those with the shortest ways, where they are found in time. */
const timed = (network: WeekNetwork, pairs: readonly Pair[]): PlanPair[] => {
  const starts =
    startsOf(network, pairs, { stepsMax: SHORTEST_STEPS_MAX, isShortest: true }) ??
    startsOf(network, pairs, { stepsMax: SEARCH_STEPS_MAX, isShortest: false });
  return pairs.map(({ visit, volunteer }) => {
    const startMinute = starts?.get(visit);
    const { visitKey } = network.visits[visit] ?? {};
    const { volunteerId } = network.volunteers[volunteer] ?? {};
    if (startMinute === undefined || visitKey === undefined || volunteerId === undefined)
      throw new Error('what was found possible has starts');
    return { visitKey, volunteerId, startMinute };
  });
};

function* startsFor(network: WeekNetwork, draft: Draft): Generator<PlanStep, PlanPair[]> {
  const groups = groupsOf(network, pairsOf(network, draft));
  const pairs: PlanPair[] = [];
  for (const [done, group] of groups.entries()) {
    yield { phase: 'timing', done, of: groups.length };
    pairs.push(...timed(network, group));
  }
  return pairs;
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Locked pairs stand as they are, also those of visits that are wanted no more. */
const withLocked = ({ problem }: WeekNetwork, pairs: readonly PlanPair[]): PlanPair[] =>
  [...pairs, ...problem.locked].sort(
    (a, b) => compare(a.visitKey, b.visitKey) || compare(a.volunteerId, b.volunteerId),
  );

/**
 * Plans a week step by step, and yields between any two how far it is: whoever drives it may do something else in
 * between, or leave it, and then nothing is planned. The same problem gives the same steps and the same plan, in
 * whatever order its visits, volunteers and pairs come.
 */
export function* weekPlanSteps(problem: WeekProblem): Generator<PlanStep, WeekPlan> {
  const network = networkOf(problem);
  const draft = yield* solve(network);
  const pairs = withLocked(network, yield* startsFor(network, draft));
  const bound = boundOf(network, coveredByTier(network, draft));
  return {
    pairs,
    uncovered: network.visits
      .filter((_, visit) => !isCovered(network, draft, visit))
      .map((visit) => uncoveredOf(network, visit)),
    figures: {
      ...figuresOf({ ...problem, visits: network.visits, volunteers: network.volunteers }, pairs),
      bound,
    },
  };
}

/** Plans a week in one go. */
export const planWeek = (problem: WeekProblem): WeekPlan => {
  const steps = weekPlanSteps(problem);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
};
