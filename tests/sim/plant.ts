/**
 * `npm run plant [-- --only 3,17] [-- --list]`: puts each fault of `plants.ts`, alone, into a copy of the sources
 * and runs the checks from cheap to dear until one finds it. Ends with 1 where one is not found, where its text no
 * longer stands exactly once, or where a check fails without any fault. The work tree is never touched. `--by simulation`
 * asks that check alone; `--unsound` leaves out the run without a fault.
 */
import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Plant, plants } from './plants.ts';

const root = resolve(import.meta.dirname, '../..');
const PARALLEL = 2;
const CHECK_MS = 300_000;
const left = ['node_modules', '.git', 'cdk.out', 'test-results', 'dist', '.data'];

interface Check {
  name: string;
  args: (plant: Plant) => string[];
}

const vitest = (...paths: string[]): string[] => [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=dot',
  '--bail=1',
  ...paths,
];

/** From cheap to dear. */
const checks: readonly Check[] = [
  { name: 'tests of the room', args: ({ file }) => vitest(dirname(file)) },
  {
    name: 'conformance in memory',
    args: () => vitest('tests/store/memory.test.ts', 'packages/desk/carry-out.test.ts'),
  },
  {
    name: 'simulation',
    args: () => ['tests/sim/run.ts', '--alone', '--seed', '20261122', '--steps', '40000'],
  },
  {
    name: 'conformance on the engine',
    args: () => vitest('tests/store/dynamo.test.ts', 'tests/store/twins.test.ts'),
  },
  {
    name: 'cost and contention',
    args: () => vitest('tests/store/cost.test.ts', 'tests/store/contention.test.ts'),
  },
];

const copy = (): string => {
  const to = mkdtempSync(join(tmpdir(), 'plant-'));
  for (const name of readdirSync(root)) {
    if (left.includes(name)) continue;
    cpSync(join(root, name), join(to, name), {
      recursive: true,
      filter: (from) => !left.includes(basename(from)),
    });
  }
  linkModules(to);
  return to;
};

/** The packages from the registry are linked; the rooms are those of the copy. */
const linkModules = (to: string): void => {
  mkdirSync(join(to, 'node_modules/@time-bank'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@time-bank' || name.startsWith('.vite')) continue;
    symlinkSync(join(root, 'node_modules', name), join(to, 'node_modules', name));
  }
  for (const place of ['packages', 'functions', '.']) {
    for (const name of readdirSync(join(to, place))) {
      const at = join(to, place, name);
      try {
        const { name: full } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as { name: string };
        if (full.startsWith('@time-bank/')) symlinkSync(at, join(to, 'node_modules', full));
      } catch {
        // Not a room.
      }
    }
  }
};

const run = (where: string, args: string[]): Promise<boolean> =>
  new Promise((done) => {
    const child = spawn(process.execPath, args, {
      cwd: where,
      stdio: 'ignore',
      timeout: CHECK_MS,
      killSignal: 'SIGKILL',
    });
    child.once('exit', (code) => {
      done(code === 0);
    });
  });

/** True where the fault could be put in: its text stands there exactly once. */
const applied = (where: string, { file, text, instead }: Plant): boolean => {
  const path = join(where, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(text).length !== 2) return false;
  writeFileSync(
    path,
    source.replace(text, () => instead),
  );
  return true;
};

/** The name of the check that finds it; undefined where none does. */
const finderOf = async (plant: Plant, by: string): Promise<string | undefined> => {
  const where = copy();
  try {
    if (!applied(where, plant)) return 'NOT THERE ANY MORE';
    for (const { name, args } of checks) {
      if (name.includes(by) && !(await run(where, args(plant)))) return name;
    }
    return undefined;
  } finally {
    rmSync(where, { recursive: true, force: true });
  }
};

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Without a fault every check passes, or what it finds says nothing. */
const isSound = async (): Promise<boolean> => {
  const where = copy();
  const rooms = ['packages/ledger', 'packages/store', 'packages/desk'];
  let sound = true;
  try {
    for (const { name, args } of checks) {
      const files = name === 'tests of the room' ? rooms.map((room) => `${room}/any.ts`) : ['any'];
      for (const file of files) {
        if (await run(where, args({ file, text: '', instead: '', means: '' }))) continue;
        sound = false;
        say(`without a fault, this fails: ${name} (${file})`);
      }
    }
  } finally {
    rmSync(where, { recursive: true, force: true });
  }
  return sound;
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      list: { type: 'boolean', default: false },
      by: { type: 'string', default: '' },
      unsound: { type: 'boolean', default: false },
    },
  });
  const chosen = values.only?.split(',').map(Number) ?? plants.map((_, index) => index + 1);
  const wrong = plants.filter(
    ({ file, text }) => readFileSync(join(root, file), 'utf8').split(text).length !== 2,
  );
  for (const { file, text } of wrong) say(`not exactly once in ${file}: ${text}`);
  if (wrong.length > 0) process.exitCode = 1;
  if (values.list) return;
  if (!values.unsound && !(await isSound())) process.exitCode = 1;
  const queue = [...chosen];
  let missed = 0;
  const work = async (): Promise<void> => {
    for (let number = queue.shift(); number !== undefined; number = queue.shift()) {
      const plant = plants[number - 1];
      if (plant === undefined) continue;
      const began = performance.now();
      const finder = await finderOf(plant, values.by);
      if (finder === undefined || finder === 'NOT THERE ANY MORE') missed += 1;
      const seconds = Math.round((performance.now() - began) / 1000);
      say(
        `${String(number).padStart(3)} ${(finder ?? 'NOT FOUND').padEnd(26)} ${String(seconds).padStart(4)} s  ${plant.file.slice(9)}: ${plant.means}`,
      );
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  say(`${String(chosen.length - missed)} found, ${String(missed)} not found`);
  if (missed > 0) process.exitCode = 1;
};

await main();
