/**
 * `npm run simulate -- --seed N --steps M [--faults all|none|name,name]`: two workers live towns from seeds derived
 * from N until M steps are done between them. Ends with 1 at the first broken law, and tells how to see it again.
 * `--alone` is one worker with the very seed.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { laws } from './auditor.ts';
import { addTo, neverHit, tableOf } from './coverage.ts';
import { type Fault, allFaults } from './faults.ts';
import { seedOf } from './random.ts';
import { SimulationFailed, emptyReport, simulate, type SimulationReport } from './simulation.ts';

interface Task {
  seed: number;
  steps: number;
  faults: Fault[];
}

type Result =
  | { kind: 'lived'; report: SimulationReport }
  | { kind: 'broken'; message: string; step: number; tail: readonly string[] };

const live = async ({ seed, steps, faults }: Task): Promise<Result> => {
  try {
    return { kind: 'lived', report: await simulate({ seed, steps, faults: new Set(faults) }, { addTo }) };
  } catch (error) {
    if (!(error instanceof SimulationFailed)) throw error;
    return { kind: 'broken', message: error.message, step: error.step, tail: error.tail };
  }
};

const inWorker = (task: Task): Promise<Result> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
  });

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const faultsOf = (text: string): Fault[] => {
  if (text === 'all') return [...allFaults];
  const names = text === 'none' ? [] : text.split(',');
  const unknown = names.filter((name) => !allFaults.some((fault) => fault === name));
  if (unknown.length > 0)
    throw new Error(`unknown faults: ${unknown.join(', ')}; known: ${allFaults.join(', ')}`);
  return allFaults.filter((fault) => names.includes(fault));
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '20261122' },
      steps: { type: 'string', default: '100000' },
      faults: { type: 'string', default: 'all' },
      alone: { type: 'boolean', default: false },
    },
  });
  const [seed, steps] = [Number(values.seed), Number(values.steps)];
  const faults = faultsOf(values.faults);
  const count = values.alone ? 1 : Math.max(2, Math.min(2, availableParallelism()));
  const tasks = Array.from({ length: count }, (_, part): Task => ({
    seed: values.alone ? seed : seedOf(seed, part),
    steps: Math.ceil(steps / count),
    faults,
  }));
  const began = performance.now();
  const results = await Promise.all(tasks.map(inWorker));
  const seconds = (performance.now() - began) / 1000;
  const all = emptyReport();
  for (const [part, result] of results.entries()) {
    if (result.kind === 'broken') {
      const of = tasks[part] ?? { seed, steps, faults };
      say(
        `BROKEN at step ${String(result.step)} of seed ${String(of.seed)}\n${result.message}\n\nThe last things that happened:\n${result.tail.join('\n')}\n`,
      );
      say(
        `To see it again: npm run simulate -- --alone --seed ${String(of.seed)} --steps ${String(of.steps)} --faults ${values.faults}`,
      );
      process.exitCode = 1;
      continue;
    }
    const { report } = result;
    all.steps += report.steps;
    all.commands += report.commands;
    all.answered += report.answered;
    all.towns += report.towns;
    addTo(all.coverage, report.coverage);
    for (const [name, times] of report.happened)
      all.happened.set(name, (all.happened.get(name) ?? 0) + times);
  }
  if (all.steps === 0) return;
  say(tableOf(all.coverage));
  const missing = neverHit(all.coverage);
  say(`\nnever hit: ${String(missing.length)}${missing.length === 0 ? '' : `\n  ${missing.join('\n  ')}`}`);
  say(
    `\nwhat happened:\n${[...all.happened]
      .sort()
      .map(([name, times]) => `  ${name.padEnd(44)}${String(times).padStart(9)}`)
      .join('\n')}`,
  );
  say(`\nlaws: ${Object.keys(laws).join(', ')}`);
  say(
    `seed ${String(seed)} (${tasks.map((task) => String(task.seed)).join(', ')}), ${String(all.steps)} steps, ${String(all.towns)} towns, ${String(all.commands)} commands, ${String(all.answered)} answered`,
  );
  say(`${seconds.toFixed(1)} s, ${String(Math.round(all.steps / seconds))} steps a second`);
};

if (isMainThread) await main();
else parentPort?.postMessage(await live(workerData as Task));
