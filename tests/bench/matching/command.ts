/** `npm run bench -- matching`: what is measured, and the towns and plans of others. README "Run". */
import { readFileSync } from 'node:fs';
import { measureBoard } from './board.ts';
import { measureCandidates } from './candidates.ts';
import { measurePlanning } from './planning.ts';
import { faultsOf, scoreOf } from './scorer.ts';
import { scoreTable, sizeTable } from './table.ts';
import { readPlanFile, townFile } from './town-file.ts';
import { type TownSize, townSizes } from './town-law.ts';
import { makeTown } from './town.ts';

/** What is asked on the command line. `limitSeconds`: how long HiGHS may take for one size. */
export interface Asked {
  sizes: readonly TownSize[];
  limitSeconds: number;
  /** Also the top 20 of 100,000 volunteers, and a community's board. */
  withStore: boolean;
}

/** A size by its name; undefined where there is none. */
export const sizeNamed = (name: string): TownSize | undefined => townSizes.find((each) => each === name);

/** Faults that are told; who breaks more mends these first. */
const FAULTS_TOLD = 20;

type Say = (line: string) => void;

/** The figures of the report, one size after the other; the tables are said on the way. */
export const measureMatching = async (asked: Asked, say: Say): Promise<Record<string, unknown>> => {
  const report: Record<string, unknown> = {};
  for (const size of asked.sizes) {
    const measured = await measurePlanning(size, asked.limitSeconds);
    sizeTable(measured).forEach(say);
    report[size] = measured.figures;
  }
  if (asked.withStore) {
    const { volunteers, itemsReadP95, msP50, msP95, ...list } = await measureCandidates();
    say(
      `candidates: ${String(list.found)} found on average; items read ${String(list.itemsReadP50)} at the median, ${String(list.itemsReadMax)} at most`,
    );
    report['candidates'] = { volunteers, itemsReadP95, msP50, msP95 };
    const board = await measureBoard();
    say(`board: ${String(board.roundTrips)} round trips, p95 ${String(board.msP95)} ms`);
    report['board'] = { elders: board.elders, rcu: board.rcu, msP50: board.msP50 };
  }
  return report;
};

/** The town of a size as a file. */
export const exportTown = (size: TownSize): string => JSON.stringify(townFile(size, makeTown(size).problem));

/** Scores the plan in a file; one that is not legal has faults instead. Throws where the file is no plan for this town. */
export const scorePlan = (path: string, size: TownSize, say: Say): Record<string, unknown> => {
  const { problem } = makeTown(size);
  const pairs = readPlanFile(readFileSync(path, 'utf8'), size);
  const faults = faultsOf(problem, pairs);
  if (faults.length > 0) {
    for (const { rule, where } of faults.slice(0, FAULTS_TOLD)) say(`not legal: ${rule} at ${where}`);
    return { faults: faults.length };
  }
  const score = scoreOf(problem, pairs);
  scoreTable(size, score).forEach(say);
  return { ...score };
};
