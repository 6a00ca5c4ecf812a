/**
 * The week as a mixed-integer model for HiGHS, the exact oracle: one binary variable for each pair that the rules
 * allow, and the objective of the README "The week plan" stage by stage, each held fast for the next. Rows for ways,
 * times and days are added where a solution breaks them, until none does.
 */
import loader, { type Model } from 'highs';
import { personBreaches } from '@time-bank/matching/week-check';
import { kilometresApart } from '@time-bank/matching/travel-time';
import { type WeekNetwork, networkOf } from '@time-bank/matching/week-network';
import type { PlanVisit, PlanVolunteer, WeekProblem } from '@time-bank/matching/week-problem';
import { type Pair, arePossible, conflictIn, groupsOf } from '@time-bank/matching/week-schedule';

/** What HiGHS found. `bound`: the most visits that it has not ruled out; `score`: the values of the stages in order. */
export interface HighsResult {
  covered: number;
  coveredByTier: number[];
  bound: number;
  isOptimal: boolean;
  /** New against `previous`, new faces, wishes not met, kilometres there and back, squares of loads; with `all`. */
  objective: { changes: number; strangers: number; unmetWishes: number; kilometres: number; squares: number };
  seconds: number;
}

/** Objectives are summed into one stage as long as the product of their ranges stays below this. */
const STAGE_RANGE_MAX = 5_000;

/** One thing to be made small: terms over columns, and the most that it can come to. */
interface Aim {
  name: string;
  terms: Map<number, number>;
  range: number;
}

interface Column extends Pair {
  changes: number;
  strangers: number;
  unmetWishes: number;
  kilometres: number;
}

const hasTime = (visit: PlanVisit, volunteer: PlanVolunteer): boolean =>
  visit.windows.some((window) =>
    volunteer.free.some(
      (free) =>
        Math.min(window.toMinute, free.toMinute, volunteer.readyUntil ?? Infinity) -
          Math.max(window.fromMinute, free.fromMinute) >=
        visit.minutes,
    ),
  );

const columnsOf = (network: WeekNetwork): Column[] => {
  const { problem, visits, volunteers, lockedOf, unitsOf } = network;
  const previous = new Set((problem.previous ?? []).map((pair) => `${pair.visitKey} ${pair.volunteerId}`));
  return visits.flatMap((visit, at) =>
    (unitsOf[at] ?? []).length === 0
      ? []
      : volunteers.flatMap((volunteer, index) => {
          const isLocked = lockedOf[at]?.some((pair) => pair.volunteer === index) === true;
          if (isLocked || kilometresApart(visit, volunteer) > problem.rules.reachKm) return [];
          if (!hasTime(visit, volunteer) || personBreaches(problem, visit, volunteer).length > 0) return [];
          const isKept = previous.has(`${visit.visitKey} ${volunteer.volunteerId}`);
          const spoken = visit.wishes.languages.filter((wish) => !volunteer.languages.includes(wish)).length;
          const gender = visit.wishes.gender !== undefined && visit.wishes.gender !== volunteer.gender;
          return [
            {
              visit: at,
              volunteer: index,
              changes: previous.size > 0 && !isKept ? 1 : 0,
              strangers: (volunteer.visitsTo.get(visit.elderId) ?? 0) > 0 ? 0 : 1,
              unmetWishes: spoken + (gender ? 1 : 0),
              kilometres: Math.round(2 * kilometresApart(visit, volunteer)),
            },
          ];
        }),
  );
};

/** The model while it is solved. Columns: the pairs, then one for each visit, then one for each step of a load. */
class HighsWeek {
  readonly #model: Model;
  readonly #network: WeekNetwork;
  readonly #columns: Column[];
  readonly #columnOf: Map<string, number>;
  readonly #endsAtMs: number;
  readonly #waiting: number[] = [];
  #isTimeUp = false;

  constructor(model: Model, network: WeekNetwork, timeLimitSeconds: number) {
    this.#model = model;
    this.#network = network;
    this.#endsAtMs = performance.now() + timeLimitSeconds * 1000;
    this.#columns = columnsOf(network);
    this.#columnOf = new Map(
      this.#columns.map(({ visit, volunteer }, at) => [`${String(visit)} ${String(volunteer)}`, at]),
    );
    model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0.5 });
    this.#addColumns();
    this.#addRows();
    this.#addStretches();
    this.#addCliques();
  }

  /** True where the limit of time has been reached; what was found then is not the best. */
  timeIsUp(): boolean {
    return this.#isTimeUp;
  }

  get #visitColumn(): number {
    return this.#columns.length;
  }

  get #stepColumn(): number {
    return this.#columns.length + this.#network.visits.length;
  }

  #addColumns(): void {
    const steps = this.#steps().length;
    const count = this.#stepColumn + steps;
    this.#model.addVars(new Float64Array(count), new Float64Array(count).fill(1));
    this.#model.changeColsIntegrality(
      { kind: 'range', from: 0, to: this.#stepColumn - 1 } as never,
      new Int32Array(this.#stepColumn).fill(1) as never,
    );
  }

  /** The steps of everybody's load: one for each visit more, each dearer than the one before. */
  #steps(): { volunteer: number; cost: number }[] {
    const { capacityOf, baseLoad } = this.#network.flow;
    return this.#network.volunteers.flatMap((_, volunteer) =>
      Array.from({ length: capacityOf[volunteer] ?? 0 }, (__, step) => ({
        volunteer,
        cost: 2 * ((baseLoad[volunteer] ?? 0) + step) + 1,
      })),
    );
  }

  #addRow(lower: number, upper: number, terms: readonly (readonly [number, number])[]): void {
    this.#model.addRow(lower, upper, {
      indices: terms.map(([column]) => column),
      values: terms.map(([, value]) => value),
    });
  }

  #addRows(): void {
    const { visits, volunteers, unitsOf, locked } = this.#network;
    const byVisit = Map.groupBy(this.#columns.keys(), (at) => this.#columns[at]?.visit ?? -1);
    visits.forEach((_, visit) => {
      const needed = unitsOf[visit]?.length ?? 0;
      const terms = (byVisit.get(visit) ?? []).map((at) => [at, 1] as const);
      this.#addRow(0, 0, [...terms, [this.#visitColumn + visit, -needed]]);
      // Nobody goes there before it is the turn of its tier; settled ones count from the start.
      if (needed > 0) this.#waiting.push(this.#visitColumn + visit);
      this.#model.changeColBounds(this.#visitColumn + visit, needed > 0 ? 0 : 1, needed > 0 ? 0 : 1);
    });
    const byVolunteer = Map.groupBy(this.#columns.keys(), (at) => this.#columns[at]?.volunteer ?? -1);
    const stepsOf = Map.groupBy(this.#steps().entries(), ([, { volunteer }]) => volunteer);
    volunteers.forEach((volunteer, index) => {
      const mine = byVolunteer.get(index) ?? [];
      const lockedMinutes = locked
        .filter((pair) => pair.volunteer === index)
        .reduce((sum, pair) => sum + (visits[pair.visit]?.minutes ?? 0), 0);
      if (mine.length === 0) return;
      this.#addRow(0, 0, [
        ...mine.map((at) => [at, 1] as const),
        ...(stepsOf.get(index) ?? []).map(([step]) => [this.#stepColumn + step, -1] as const),
      ]);
      this.#addRow(
        -Infinity,
        Math.max(0, volunteer.minutesMax - lockedMinutes),
        mine.map((at) => [at, visits[this.#columns[at]?.visit ?? -1]?.minutes ?? 0] as const),
      );
    });
  }

  /** Covered visits of each tier, negated, so that all aims are to be made small. */
  coverageAims(): Aim[] {
    const { visits } = this.#network;
    return [...new Set(visits.map(({ tier }) => tier))].map((tier) => {
      const ofTier = [...visits.keys()].filter((visit) => visits[visit]?.tier === tier);
      const terms = new Map(ofTier.map((visit) => [this.#visitColumn + visit, -1]));
      return { name: `tier ${String(tier)}`, terms, range: ofTier.length };
    });
  }

  otherAims(): Aim[] {
    const ofPairs = (name: 'changes' | 'strangers' | 'unmetWishes' | 'kilometres'): Aim => {
      const used = [...this.#columns.entries()].filter(([, column]) => column[name] > 0);
      const most = used.reduce((sum, [, column]) => Math.max(sum, column[name]), 0);
      return {
        name,
        terms: new Map(used.map(([at, column]) => [at, column[name]])),
        range: most * this.#network.flow.visitOf.length,
      };
    };
    const steps = this.#steps();
    const squares: Aim = {
      name: 'squares',
      terms: new Map([...steps.entries()].map(([at, { cost }]) => [this.#stepColumn + at, cost])),
      range: steps.reduce((sum, { cost }) => sum + cost, 0),
    };
    return [ofPairs('changes'), ofPairs('strangers'), ofPairs('unmetWishes'), ofPairs('kilometres'), squares];
  }

  valueOf({ terms }: Aim, values: ArrayLike<number>): number {
    let sum = 0;
    for (const [column, factor] of terms) sum += factor * (values[column] ?? 0);
    return Math.round(sum);
  }

  /** Makes aims small, the first before the next, and holds the result; the least that they can be at best. */
  settle(aims: readonly Aim[]): { values: ArrayLike<number>; least: number } {
    const weights = aims.map((_, at) =>
      aims.slice(at + 1).reduce((product, aim) => product * (aim.range + 1), 1),
    );
    const costs = new Float64Array(this.#stepColumn + this.#steps().length);
    aims.forEach(({ terms }, at) => {
      for (const [column, factor] of terms)
        costs[column] = (costs[column] ?? 0) + factor * (weights[at] ?? 1);
    });
    costs.forEach((cost, column) => this.#model.changeColCost(column, cost));
    for (const column of this.#waiting) if (costs[column] !== 0) this.#model.changeColBounds(column, 0, 1);
    const { values, least } = this.#solveWithCuts();
    for (const aim of aims) {
      const value = this.valueOf(aim, values);
      if (!this.#isTimeUp && aim.terms.size > 0) this.#addRow(-Infinity, value, [...aim.terms]);
    }
    return { values, least };
  }

  #solveWithCuts(): { values: ArrayLike<number>; least: number } {
    for (;;) {
      const secondsLeft = (this.#endsAtMs - performance.now()) / 1000;
      this.#model.zeroAllClocks();
      this.#model.options.set('time_limit', Math.max(0.01, secondsLeft));
      this.#model.run();
      const least = Number(this.#model.info.get('mip_dual_bound'));
      const values = this.#model.getSolution().colValue;
      this.#isTimeUp = performance.now() >= this.#endsAtMs;
      if (this.#isTimeUp || !this.#cut(values)) return { values, least };
    }
  }

  #pairsIn(values: ArrayLike<number>): Pair[] {
    return this.#columns.filter((_, at) => (values[at] ?? 0) > 0.5);
  }

  /** Adds a row for everything that cannot take place; false where all can. */
  #cut(values: ArrayLike<number>): boolean {
    const groups = groupsOf(this.#network, this.#pairsIn(values)).filter(
      (pairs) => !arePossible(this.#network, pairs),
    );
    for (const group of groups) {
      const conflict = conflictIn(this.#network, group);
      const terms = conflict.map(
        ({ visit, volunteer }) =>
          [this.#columnOf.get(`${String(visit)} ${String(volunteer)}`) ?? 0, 1] as const,
      );
      this.#addRow(-Infinity, conflict.length - 1, terms);
    }
    return groups.length > 0;
  }

  /** For those who can make several visits: in which free stretch each is, and how many go into it. */
  #addStretches(): void {
    const { visits, volunteers, flow, problem } = this.#network;
    let next = this.#model.getDimensions().numCols;
    for (const [index, mine] of Map.groupBy(
      this.#columns.keys(),
      (at) => this.#columns[at]?.volunteer ?? -1,
    )) {
      const volunteer = volunteers[index];
      if (volunteer === undefined || (flow.capacityOf[index] ?? 0) < 2) continue;
      const choices = new Map(mine.map((at) => [at, [] as number[]]));
      for (const free of volunteer.free) {
        const fitting = mine.filter((at) =>
          hasTime(visits[this.#columns[at]?.visit ?? -1]!, { ...volunteer, free: [free] }),
        );
        if (fitting.length === 0) continue;
        const times = fitting.map((at) => visits[this.#columns[at]?.visit ?? -1]!);
        const windows = times.flatMap((visit) =>
          visit.windows.filter((window) =>
            hasTime({ ...visit, windows: [window] }, { ...volunteer, free: [free] }),
          ),
        );
        const [from, to] = [
          Math.min(...windows.map((each) => each.fromMinute)),
          Math.max(...windows.map((each) => each.toMinute)),
        ];
        const minutes = Math.min(free.toMinute, to) - Math.max(free.fromMinute, from);
        const shortest = Math.min(...times.map((visit) => visit.minutes));
        const seat = problem.rules.seatMinutes;
        this.#model.addVars(new Float64Array(fitting.length), new Float64Array(fitting.length).fill(1));
        const terms = fitting.map((at, place) => {
          choices.get(at)?.push(next + place);
          return [next + place, Math.max(seat, times[place]!.minutes)] as const;
        });
        next += fitting.length;
        this.#addRow(-Infinity, minutes + Math.max(0, seat - shortest), terms);
        this.#addRow(
          -Infinity,
          Math.floor((minutes - shortest) / Math.max(seat, shortest)) + 1,
          terms.map(([column]) => [column, 1] as const),
        );
      }
      for (const [at, stretches] of choices)
        this.#addRow(0, 0, [[at, 1], ...stretches.map((column) => [column, -1] as const)]);
    }
  }

  /** Sets of pairs of one volunteer, or of one visit for two, of which one at most can be. */
  #addCliques(): void {
    const { visits, flow } = this.#network;
    const ofVolunteers = Map.groupBy(this.#columns.keys(), (at) => this.#columns[at]?.volunteer ?? -1);
    const ofVisits = Map.groupBy(this.#columns.keys(), (at) => this.#columns[at]?.visit ?? -1);
    for (const [volunteer, mine] of ofVolunteers)
      if ((flow.capacityOf[volunteer] ?? 0) > 1) this.#addCliquesOf(this.#exclusions(mine));
    for (const [visit, its] of ofVisits)
      if (visits[visit]?.persons === 2) this.#addCliquesOf(this.#exclusions(its));
  }

  /** Rows until every two columns that exclude each other are in one. */
  #addCliquesOf(excluded: ReadonlyMap<number, ReadonlySet<number>>): void {
    const covered = new Set<string>();
    for (const [one, others] of excluded)
      for (const other of others) {
        if (one > other || covered.has(`${String(one)} ${String(other)}`)) continue;
        const clique = [one, other];
        for (const next of others)
          if (next !== other && clique.every((at) => excluded.get(at)?.has(next) === true)) clique.push(next);
        for (const a of clique) for (const b of clique) covered.add(`${String(a)} ${String(b)}`);
        this.#addRow(
          -Infinity,
          1,
          clique.map((at) => [at, 1] as const),
        );
      }
  }

  /** Columns that cannot both be, both ways round. */
  #exclusions(columns: readonly number[]): Map<number, Set<number>> {
    const excluded = new Map(columns.map((at) => [at, new Set<number>()]));
    columns.forEach((at, index) => {
      for (const other of columns.slice(index + 1)) {
        const pairs = [this.#columns[at], this.#columns[other]].flatMap((pair) => pair ?? []);
        if (arePossible(this.#network, pairs)) continue;
        excluded.get(at)?.add(other);
        excluded.get(other)?.add(at);
      }
    });
    return excluded;
  }

  /** Visits covered by what can take place of a solution. */
  coveredIn(values: ArrayLike<number>): number[] {
    const bad = new Set(
      groupsOf(this.#network, this.#pairsIn(values))
        .filter((pairs) => !arePossible(this.#network, pairs))
        .flat()
        .map(({ visit }) => visit),
    );
    return this.coverageAims().map(
      ({ terms }) =>
        [...terms.keys()].filter(
          (column) => (values[column] ?? 0) > 0.5 && !bad.has(column - this.#visitColumn),
        ).length,
    );
  }
}

/** Aims that can be settled in one stage each. */
const stagesOf = (aims: readonly Aim[]): Aim[][] => {
  const stages: Aim[][] = [];
  let range = Infinity;
  for (const aim of aims) {
    range *= aim.range + 1;
    if (range > STAGE_RANGE_MAX) {
      stages.push([]);
      range = aim.range + 1;
    }
    stages.at(-1)?.push(aim);
  }
  return stages;
};

// The types of the package say that its default export is a module; at run time it is the function itself.
const loadHighs = loader as unknown as (typeof loader)['default'];
let highs: ReturnType<typeof loadHighs> | undefined;

/** Solves a week exactly, or as far as the time allows. */
export const solveWithHighs = async (
  problem: WeekProblem,
  { timeLimitSeconds, stage }: { timeLimitSeconds: number; stage: 'coverage' | 'all' },
): Promise<HighsResult> => {
  highs ??= loadHighs();
  const solver = await highs;
  const startedAtMs = performance.now();
  using model = solver.createModel();
  const week = new HighsWeek(model, networkOf(problem), timeLimitSeconds);
  const [coverage, others] = [week.coverageAims(), week.otherAims()];
  let values: ArrayLike<number> = [];
  let bound = 0;
  const settled = new Set<Aim>();
  for (const aims of stagesOf(coverage)) {
    for (const aim of aims) settled.add(aim);
    const found = week.settle(aims);
    values = found.values;
    if (week.timeIsUp()) {
      const rest = coverage.filter((aim) => !settled.has(aim));
      const isOne = aims.length === 1;
      const most = Math.floor(-found.least + 1e-6);
      const range = aims.reduce((sum, aim) => sum + aim.range, 0);
      bound += isOne && most < range ? most : range;
      bound += rest.reduce((sum, aim) => sum + aim.range, 0);
      break;
    }
    bound -= aims.reduce((sum, aim) => sum + week.valueOf(aim, values), 0);
  }
  if (stage === 'all' && !week.timeIsUp())
    for (const aims of stagesOf(others)) {
      const found = week.settle(aims);
      if (!week.timeIsUp()) values = found.values;
    }
  const coveredByTier = week.coveredIn(values);
  const valueOf = (name: string): number => {
    const aim = others.find((each) => each.name === name);
    return aim === undefined ? 0 : week.valueOf(aim, values);
  };
  return {
    covered: coveredByTier.reduce((sum, covered) => sum + covered, 0),
    coveredByTier,
    bound,
    isOptimal: !week.timeIsUp(),
    objective: {
      changes: valueOf('changes'),
      strangers: valueOf('strangers'),
      unmetWishes: valueOf('unmetWishes'),
      kilometres: valueOf('kilometres'),
      squares: valueOf('squares'),
    },
    seconds: (performance.now() - startedAtMs) / 1000,
  };
};
