/**
 * `npm run import -- FILE.csv [--dry-run]`: takes a list of people into the time bank, all of it or none;
 * with `--regions` the file is a register of regions.
 */
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { VisitCode } from '@time-bank/contracts/member';
import { type RowProblem, importPeople } from '@time-bank/desk/import-people';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { jitter, systemClock, systemIds } from '@time-bank/store/system';
import type { Problem } from './csv-table.ts';
import { type PersonRow, readPeopleFile } from './people-file.ts';
import { readRegionsFile } from './regions-file.ts';
import { CannotStart, readLocalSettings } from './settings.ts';
import { type OpenStore, openStore } from './store-at.ts';

const USAGE = 'Usage: npm run import -- FILE.csv [--regions] [--dry-run]';

/** What the store said of a row, as a line of the list of problems. */
const reasons: Record<RowProblem['code'], { column: string; reason: string }> = {
  unknown_region: { column: '社区代码', reason: '区划登记册里没有这个代码' },
  conflicting_person: { column: '姓名', reason: '此人已登记,但资料与本行不一致' },
  phone_taken: { column: '电话', reason: '这个电话已登记在另一个人名下' },
};

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const tellProblems = (problems: readonly (Omit<Problem, 'code'> & { code: string })[], added = 0): void => {
  for (const { line, column, code, reason } of problems) {
    tell(`第 ${String(line)} 行${column === '' ? '' : `「${column}」`}:${reason}(${code})`);
  }
  const count = String(problems.length);
  tell(
    added === 0
      ? `共 ${count} 处问题,什么也没有写入。 Nothing was written: ${count} problems.`
      : `另一次导入同时在进行:已新增 ${String(added)},有 ${count} 处问题。 ${String(added)} added beside another import, ${count} problems.`,
  );
};

interface Order {
  file: string;
  regions: boolean;
  dryRun: boolean;
}

const readOrder = (): Order => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' }, regions: { type: 'boolean' } },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new CannotStart(USAGE);
    return { file, regions: values.regions === true, dryRun: values['dry-run'] === true };
  } catch {
    throw new CannotStart(USAGE);
  }
};

const readBytes = (file: string): Uint8Array => {
  try {
    return readFileSync(file);
  } catch {
    throw new CannotStart(`The file ${file} cannot be read.`);
  }
};

const outcome = (dryRun: boolean, added: number, unchanged: number): string =>
  dryRun
    ? `试运行:将新增 ${String(added)},不变 ${String(unchanged)};没有写入。 Dry run: ${String(added)} would be added, ${String(unchanged)} unchanged.`
    : `完成:新增 ${String(added)},不变 ${String(unchanged)}。 Done: ${String(added)} added, ${String(unchanged)} unchanged.`;

const takePeople = async (
  rows: readonly PersonRow[],
  dryRun: boolean,
  { connection }: OpenStore,
): Promise<boolean> => {
  const ports = {
    clock: systemClock,
    ids: systemIds,
    cardCode: () => VisitCode.parse(String(randomInt(1_000_000)).padStart(6, '0')),
    ...dynamoPorts(connection, systemClock, jitter),
  };
  const report = await importPeople(
    ports,
    rows.map(({ line: _line, ...person }) => person),
    dryRun,
  );
  if (report.problems.length > 0) {
    tellProblems(
      report.problems.map(({ row, code }) => ({ line: rows[row]?.line ?? 0, code, ...reasons[code] })),
      report.added,
    );
    return false;
  }
  tell(outcome(dryRun, report.added, report.unchanged));
  return true;
};

const run = async ({ file, regions, dryRun }: Order): Promise<boolean> => {
  const bytes = readBytes(file);
  const list = regions ? readRegionsFile(bytes) : readPeopleFile(bytes);
  if (list.problems.length > 0) {
    tellProblems(list.problems);
    return false;
  }
  const store = await openStore(readLocalSettings(), { share: true });
  try {
    if ('rows' in list) return await takePeople(list.rows, dryRun, store);
    const register = dynamoPorts(store.connection, systemClock, jitter).regions;
    const known = await Promise.all(list.regions.map(({ code }) => register.read(code)));
    const fresh = list.regions.filter((region, index) => known[index]?.name !== region.name);
    if (!dryRun) await register.put(fresh);
    tell(outcome(dryRun, fresh.length, list.regions.length - fresh.length));
    return true;
  } finally {
    await store.close();
  }
};

try {
  process.exitCode = (await run(readOrder())) ? 0 : 1;
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
