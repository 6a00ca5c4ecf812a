/** How good the week's plan is, and what it takes, on the towns of the benchmark: README "Figures". */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PlanPair, WeekProblem } from '@time-bank/matching/week-problem';
import * as z from 'zod/mini';
import { bestScoreFirst, nearestFirst, selfClaim } from './baselines.ts';
import { type Score, scoreOf } from './scorer.ts';
import { makeTown } from './town.ts';
import { townFile } from './town-file.ts';
import type { TownSize } from './town-law.ts';

const run = promisify(execFile);

/** More than the pairs or figures of a city take in words. */
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

const Planned = z.object({
  seconds: z.number(),
  peakMiB: z.number(),
  figures: z.object({
    covered: z.int(),
    bound: z.int(),
    coveredByTier: z.array(z.object({ covered: z.int() })),
  }),
});
const Pairs = z.array(z.object({ visitKey: z.string(), volunteerId: z.string(), startMinute: z.int() }));
const Solved = z.object({
  pairs: Pairs,
  covered: z.int(),
  bound: z.int(),
  isExact: z.boolean(),
  seconds: z.number(),
  secondsToEqual: z.exactOptional(z.number()),
});

/** Runs a script of this folder in a process of its own. Gives what it prints. */
const alone = async (flags: readonly string[], script: string, ...given: string[]): Promise<unknown> => {
  const words = [...flags, join(import.meta.dirname, script), ...given];
  const { stdout } = await run(process.execPath, words, { maxBuffer: OUTPUT_BYTES_MAX });
  return JSON.parse(stdout);
};

/** One core for the planner: the engine cleans up and compiles on the same thread. HiGHS may have its helpers. */
const ON_ONE_CORE = ['--single-threaded'];

/**
 * The figures of one size. Shares of all wanted visits: `coverage`, `bound` (of the flow), `greedyCoverage` (the
 * better of the two greedy baselines), `selfClaimCoverage`; `gapToExact`: how far the plan stays behind the optimum
 * that HiGHS proves, or behind the least bound that is known, as a share of it; `seconds` and `highsSeconds`: of one
 * core, so that other work on the machine does not count; the latter until HiGHS covers as many of each tier as the
 * plan, or all that it had where `highsCoverage` stays below `coverage`, null where it does not run.
 */
export interface SizeFigures {
  coverage: number;
  bound: number;
  gapToExact: number;
  continuity: number;
  travelKmPerVisit: number;
  loadGini: number;
  seconds: number;
  peakMiB: number;
  greedyCoverage: number;
  selfClaimCoverage: number;
  highsSeconds: number | null;
  highsCoverage: number | null;
}

/** One way to plan, scored. */
export interface ScoredPlan {
  name: string;
  score: Score;
  seconds: number;
}

/** What was measured at one size: the figures for the report, and every way to plan for the table. */
export interface SizeReport {
  size: TownSize;
  figures: SizeFigures;
  plans: ScoredPlan[];
  highs?: HighsReport;
}

/** What HiGHS found within its limit, in visits. `isExact`: `bound` is reached, tier by tier. */
export interface HighsReport {
  plan: ScoredPlan;
  bound: number;
  isExact: boolean;
  /** Until it had as many visits of each tier as the week plan, or in all where it never had. */
  secondsToEqual: number;
}

const rounded = (value: number, digits = 4): number => Number(value.toFixed(digits));

const timed = (name: string, problem: WeekProblem, plan: () => PlanPair[]): ScoredPlan => {
  const began = performance.now();
  const pairs = plan();
  const seconds = (performance.now() - began) / 1000;
  return { name, score: scoreOf(problem, pairs), seconds };
};

const baselinesOf = (problem: WeekProblem) => {
  const claimed = timed('first-come self-claim', problem, () => selfClaim(problem));
  const claimedByAll = timed('self-claim, all of them active', problem, () =>
    selfClaim(problem, { seed: 1, activePerMille: 1000 }),
  );
  const nearest = timed('nearest first', problem, () => nearestFirst(problem));
  const best = timed('best score first', problem, () => bestScoreFirst(problem));
  return { claimed, nearest, best, all: [claimed, claimedByAll, nearest, best] };
};

/** HiGHS on the town in a file; not on the city, whose model is too large for it. */
const solveWithHighs = async (
  size: TownSize,
  problem: WeekProblem,
  given: { townPath: string; timeLimitSeconds: number; asked: readonly number[] },
): Promise<HighsReport | undefined> => {
  if (size === 'city') return undefined;
  const { townPath, timeLimitSeconds, asked } = given;
  const { pairs, bound, isExact, seconds, secondsToEqual } = Solved.parse(
    await alone([], 'run-highs.ts', townPath, String(timeLimitSeconds), asked.join(',')),
  );
  return {
    plan: { name: 'HiGHS', score: scoreOf(problem, pairs), seconds },
    bound,
    isExact,
    secondsToEqual: secondsToEqual ?? seconds,
  };
};

/** Plans the town of a size in every way. `timeLimitSeconds` bounds HiGHS. Throws where a plan is not legal. */
export const measurePlanning = async (size: TownSize, timeLimitSeconds: number): Promise<SizeReport> => {
  const { problem } = makeTown(size);
  const folder = mkdtempSync(join(tmpdir(), 'time-bank-matching-'));
  try {
    const [townPath, planPath] = [join(folder, 'town.json'), join(folder, 'plan.json')];
    writeFileSync(townPath, JSON.stringify(townFile(size, problem)));
    const planned = Planned.parse(await alone(ON_ONE_CORE, 'run-planner.ts', townPath, planPath));
    const score = scoreOf(problem, Pairs.parse(JSON.parse(readFileSync(planPath, 'utf8'))));
    if (score.covered !== planned.figures.covered) throw new Error('planner and scorer count differently');
    const asked = planned.figures.coveredByTier.map(({ covered }) => covered);
    const highs = await solveWithHighs(size, problem, { townPath, timeLimitSeconds, asked });
    const { claimed, nearest, best, all } = baselinesOf(problem);
    const exact = Math.min(planned.figures.bound, highs?.bound ?? Infinity);
    return {
      size,
      ...(highs === undefined ? {} : { highs }),
      plans: [{ name: 'week plan', score, seconds: planned.seconds }, ...all],
      figures: {
        coverage: rounded(score.coverage),
        bound: rounded(planned.figures.bound / score.wanted),
        gapToExact: rounded((exact - score.covered) / exact),
        continuity: rounded(score.continuity),
        travelKmPerVisit: rounded(score.travelKmPerVisit, 2),
        loadGini: rounded(score.loadGini),
        seconds: rounded(planned.seconds, 2),
        peakMiB: Math.round(planned.peakMiB),
        greedyCoverage: rounded(Math.max(nearest.score.coverage, best.score.coverage)),
        selfClaimCoverage: rounded(claimed.score.coverage),
        highsSeconds: highs === undefined ? null : rounded(highs.secondsToEqual, 2),
        highsCoverage: highs === undefined ? null : rounded(highs.plan.score.coverage),
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
