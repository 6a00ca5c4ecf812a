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
import type { OnProgress, PlanPair, WeekPlan, WeekProblem } from './week-problem.ts';
import { WeekRepair } from './week-repair.ts';
import { type RoundsResult, planInRounds } from './week-rounds.ts';
import { SEARCH_STEPS_MAX, groupsOf, startsOf } from './week-schedule.ts';
import { uncoveredOf } from './week-uncovered.ts';

/** Progress is told so many times while the flow grows. */
const PROGRESS_STEPS = 100;

/**
 * Work that the exact search may cost, in arcs and units looked at; the most cases that it may split into; and the
 * least with which it is begun at all, since a week that is too large for them gains nothing by a few.
 */
const exactSearch = { workMax: 2_000_000, workPerUnit: 50, casesMax: 4_000, casesMin: 50 };

/** Steps in which the shortest ways of one group are looked for. */
const SHORTEST_STEPS_MAX = 500;

const progressIn = (
  network: WeekNetwork,
  onProgress: OnProgress | undefined,
): ((unitsIn: number) => boolean) => {
  const [all, units] = [network.visits.length, network.flow.visitOf.length];
  const every = Math.max(1, Math.floor(units / PROGRESS_STEPS));
  return (unitsIn) =>
    onProgress === undefined ||
    (unitsIn % every !== 0 && unitsIn < units) ||
    onProgress({ done: units === 0 ? all : Math.floor((unitsIn / units) * all), all });
};

const casesMaxFor = ({ flow }: WeekNetwork): number => {
  const work = flow.arcNode.length + flow.visitOf.length * exactSearch.workPerUnit;
  const cases = Math.min(exactSearch.casesMax, Math.floor(exactSearch.workMax / Math.max(1, work)));
  return cases < exactSearch.casesMin ? 0 : cases;
};

/** The best draft that can be found, and whether the search for it ran to its end. */
const solve = (network: WeekNetwork, goesOn: (unitsIn: number) => boolean): RoundsResult => {
  const found = planInRounds(network, goesOn);
  const best = found.isWhole ? branch(network, found.draft, casesMaxFor(network)) : found.draft;
  // What was tried in a few steps on the way is looked at once more as thoroughly as the starts are chosen.
  const repair = new WeekRepair(network, best);
  repair.part();
  return { draft: repair.draft, isWhole: found.isWhole };
};

const startsFor = (network: WeekNetwork, draft: Draft): PlanPair[] =>
  groupsOf(network, pairsOf(network, draft)).flatMap((pairs) => {
    const starts =
      startsOf(network, pairs, { stepsMax: SHORTEST_STEPS_MAX, isShortest: true }) ??
      startsOf(network, pairs, { stepsMax: SEARCH_STEPS_MAX, isShortest: false });
    return pairs.flatMap(({ visit, volunteer }) => {
      const startMinute = starts?.get(visit);
      const { visitKey } = network.visits[visit] ?? {};
      const { volunteerId } = network.volunteers[volunteer] ?? {};
      if (startMinute === undefined || visitKey === undefined || volunteerId === undefined)
        throw new Error('what was found possible has starts');
      return [{ visitKey, volunteerId, startMinute }];
    });
  });

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Locked pairs stand as they are, also those of visits that are wanted no more. */
const allPairs = (network: WeekNetwork, draft: Draft): PlanPair[] =>
  [...startsFor(network, draft), ...network.problem.locked].sort(
    (a, b) => compare(a.visitKey, b.visitKey) || compare(a.volunteerId, b.volunteerId),
  );

/**
 * Plans a week. The same problem gives the same plan, in whatever order its visits, volunteers and pairs come. Where
 * `onProgress` says to stop, what stands by then; undefined where nothing does.
 */
export const planWeek = (problem: WeekProblem, onProgress?: OnProgress): WeekPlan | undefined => {
  const network = networkOf(problem);
  const { draft, isWhole } = solve(network, progressIn(network, onProgress));
  const pairs = allPairs(network, draft);
  if (!isWhole && pairs.length === 0) return undefined;
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
};
