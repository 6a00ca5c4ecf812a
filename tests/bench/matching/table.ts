/** The benchmark's figures as tables for people. */
import type { ScoredPlan, SizeReport } from './planning.ts';
import type { Score } from './scorer.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const headings = ['covered', 'by tier', 'known face', 'wishes', 'km/visit', 'Gini', 'seconds'] as const;

const cells = ({ score, seconds }: Pick<ScoredPlan, 'score'> & { seconds?: number }): string[] => [
  percent(score.coverage),
  score.byTier.map(({ coverage }) => (coverage * 100).toFixed(0)).join('/'),
  percent(score.continuity),
  percent(score.wishesMet),
  score.travelKmPerVisit.toFixed(2),
  score.loadGini.toFixed(2),
  seconds === undefined ? '' : seconds.toFixed(2),
];

const line = (name: string, values: readonly string[]): string =>
  [name.padEnd(32), ...values.map((value) => value.padStart(11))].join('').trimEnd();

const highsLines = ({ highs }: SizeReport, wanted: number): string[] => {
  if (highs === undefined) return [];
  const atMost = `${String(highs.bound)} of ${String(wanted)} visits`;
  return [
    line('HiGHS, coverage alone', cells(highs.plan)),
    highs.isExact ? `exact optimum: ${atMost}` : `HiGHS had not ended: at most ${atMost}`,
  ];
};

/** One size as lines of text: each way to plan, then the bounds. */
export const sizeTable = (report: SizeReport): string[] => {
  const wanted = report.plans[0]?.score.wanted ?? 0;
  return [
    line(`${report.size}: ${String(wanted)} visits`, headings),
    ...report.plans.map((plan) => line(plan.name, cells(plan))),
    ...highsLines(report, wanted),
    `flow bound: ${percent(report.figures.bound)}; gap to the exact optimum ${percent(report.figures.gapToExact)}; peak ${String(report.figures.peakMiB)} MiB`,
    '',
  ];
};

/** A scored plan of anybody's as lines of text. */
export const scoreTable = (town: string, score: Score): string[] => [
  line(`${town}: ${String(score.wanted)} visits`, headings),
  line('your plan', cells({ score })),
];
