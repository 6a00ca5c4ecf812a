/**
 * The exact optimum of coverage, tier by tier, by HiGHS: each tier is solved with what was reached for those before
 * held fast. Where the solution finds no hours, a row says so, and it is solved again. For weeks in which nothing is
 * locked. Only what it proves is exact: README "Scores".
 */
import loader, { type Model } from 'highs';
import type { PlanPair, WeekProblem } from '@time-bank/matching/week-problem';
import { hoursOf } from './stretch-conflict.ts';
import { type Place, type Row, placesOf, rowsOf } from './stretch-model.ts';

/**
 * What HiGHS found within its time: a legal plan with what it covers by tier, and the most that the tiers could have
 * covered together, those before as they are. `isExact`: the two are proved to be one. `seconds` of one core in all, and
 * until it first had as many of each tier as were asked for (hours not yet looked at); undefined where it never had.
 */
export interface HighsCoverage {
  pairs: PlanPair[];
  coveredByTier: number[];
  covered: number;
  bound: number;
  isExact: boolean;
  seconds: number;
  secondsToEqual: number | undefined;
}

interface Week {
  problem: WeekProblem;
  places: readonly Place[];
  model: Model;
  endsAtMs: number;
  /** Told how many visits of the tier each better solution covers. */
  onBetter: (covered: number) => void;
}

/** Seconds that this process has had of any core. */
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const addRow = (model: Model, { lower, upper, terms }: Row): void => {
  model.addRow(lower, upper, {
    indices: terms.map(([column]) => column),
    values: terms.map(([, value]) => value),
  });
};

// The types of the package say that its default export is a module; at run time it is the function itself.
const loadHighs = loader as unknown as (typeof loader)['default'];

const INTEGER = 1;
/** `callbackType.mipImprovingSolution` of the package. */
const BETTER_SOLUTION = 4;

const fill = ({ problem, places, model }: Pick<Week, 'problem' | 'places' | 'model'>): void => {
  const count = places.length + problem.visits.length;
  model.addVars(new Float64Array(count), new Float64Array(count).fill(1));
  model.changeColsIntegrality({ kind: 'range', from: 0, to: count - 1 }, new Int32Array(count).fill(INTEGER));
  for (const row of rowsOf(problem, places)) addRow(model, row);
  // Whole visits: whoever is nearer than one to the bound is there.
  model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0.99 });
};

/** The columns of the visits of a tier. */
const columnsOf = ({ problem, places }: Week, wanted: (tier: number) => boolean): number[] =>
  problem.visits.flatMap(({ tier }, at) => (wanted(tier) ? [places.length + at] : []));

interface Solved {
  chosen: Place[];
  /** The most that the tier can have; not whole where the time was up. */
  most: number;
  isDone: boolean;
}

const solve = ({ model, places, endsAtMs, onBetter }: Week): Solved => {
  const secondsLeft = (endsAtMs - performance.now()) / 1000;
  model.zeroAllClocks();
  model.options.set('time_limit', Math.max(0.01, secondsLeft));
  model.run({
    [BETTER_SOLUTION]: ({ data }) => {
      onBetter(-Math.round(data.objective_function_value ?? 0));
    },
  });
  const values = model.getSolution().colValue;
  return {
    chosen: places.filter((_, column) => (values[column] ?? 0) > 0.5),
    most: -Number(model.info.get('mip_dual_bound')),
    isDone: performance.now() < endsAtMs,
  };
};

/** Solves a tier until its visits find hours, or time is up. */
const settle = (week: Week): Solved & { pairs: PlanPair[] } => {
  const columns = new Map(week.places.map((place, column) => [place, column]));
  for (;;) {
    const solved = solve(week);
    const { pairs, conflicts } = hoursOf(week.problem.rules.seatMinutes, solved.chosen);
    if (!solved.isDone || conflicts.length === 0) return { ...solved, pairs };
    for (const conflict of conflicts) {
      const terms = conflict.map((place) => [columns.get(place) ?? 0, 1] as const);
      addRow(week.model, { lower: -Infinity, upper: conflict.length - 1, terms });
    }
  }
};

const countByTier = (
  { visits }: WeekProblem,
  tiers: readonly number[],
  pairs: readonly PlanPair[],
): number[] => {
  const made = new Set(pairs.map(({ visitKey }) => visitKey));
  return tiers.map(
    (tier) => visits.filter((visit) => visit.tier === tier && made.has(visit.visitKey)).length,
  );
};

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);

/**
 * Covers as much as can be, tier by tier, within the time. `asked`: covered visits of each tier, to which its way is
 * timed. Throws where something is locked.
 */
export const coverWithHighs = async (
  problem: WeekProblem,
  timeLimitSeconds: number,
  asked: readonly number[] = [],
): Promise<HighsCoverage> => {
  if (problem.locked.length > 0) throw new Error('a week with locked pairs is not for this model');
  const highs = await loadHighs();
  const [began, beganSeconds] = [performance.now(), cpuSeconds()];
  using model = highs.createModel();
  let secondsToEqual: number | undefined;
  let wanted = Infinity;
  const week: Week = {
    problem,
    places: placesOf(problem),
    model,
    endsAtMs: began + timeLimitSeconds * 1000,
    onBetter: (covered) => {
      if (covered >= wanted) secondsToEqual ??= cpuSeconds() - beganSeconds;
    },
  };
  fill(week);
  const tiers = [...new Set(problem.visits.map(({ tier }) => tier))].sort((one, other) => one - other);
  let pairs: PlanPair[] = [];
  let bound = 0;
  let isExact = true;
  for (const tier of tiers) {
    const own = columnsOf(week, (each) => each === tier);
    if (!isExact) {
      bound += own.length;
      continue;
    }
    for (const column of columnsOf(week, (each) => each > tier)) model.changeColBounds(column, 0, 0);
    for (const column of own) {
      model.changeColBounds(column, 0, 1);
      model.changeColCost(column, -1);
    }
    // The tiers before are as good as can be by now, so with this one equal all are.
    if (tier === tiers.at(-1)) wanted = asked.at(-1) ?? Infinity;
    const settled = settle(week);
    const covered = countByTier(problem, tiers, settled.pairs);
    if (sum(covered) >= sum(countByTier(problem, tiers, pairs))) pairs = settled.pairs;
    const most = Math.floor(settled.most + 1e-6);
    isExact = settled.isDone;
    bound += settled.isDone ? (covered[tiers.indexOf(tier)] ?? 0) : Math.min(own.length, most);
    const terms = own.map((column) => [column, 1] as const);
    if (isExact) addRow(model, { lower: covered[tiers.indexOf(tier)] ?? 0, upper: own.length, terms });
    for (const column of own) model.changeColCost(column, 0);
  }
  const coveredByTier = countByTier(problem, tiers, pairs);
  const seconds = cpuSeconds() - beganSeconds;
  return { pairs, coveredByTier, covered: sum(coveredByTier), bound, isExact, seconds, secondsToEqual };
};
