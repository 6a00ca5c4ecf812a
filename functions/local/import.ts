/**
 * `npm run import -- FILE.csv|FILE.xlsx [--dry-run]`: takes a list of people into the time bank, all of it or none;
 * with `--regions` the file is a register of regions; with `--time-overflow` two files are another bank's users and
 * transfers.
 */
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { VisitCode } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { civilDateOf, instantOf } from '@time-bank/contracts/time';
import { type RowProblem, importPeople } from '@time-bank/desk/import-people';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { dynamoRegions } from '@time-bank/store/dynamo-regions';
import { jitter, systemClock, systemIds } from '@time-bank/store/system';
import type { Vault } from '@time-bank/store/vault';
import { type Problem, isWorkbook } from './csv-table.ts';
import { type JoinOrder, joinBank } from './join-bank.ts';
import { type PersonRow, readPeopleFile, readPeopleLines } from './people-file.ts';
import { localVault } from './personal-keys.ts';
import { readRegionsFile } from './regions-file.ts';
import { CannotStart, readLocalSettings } from './settings.ts';
import { linesOfSheet } from './sheet-file.ts';
import { type OpenStore, openStore } from './store-at.ts';

const USAGE =
  'Usage: npm run import -- FILE.csv|FILE.xlsx [--regions] [--dry-run], or npm run import -- --time-overflow USERS.csv TRANSFERS.csv --bank NAME --community CODE [--country +34] [--forgive-debts] [--dry-run]';

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
  join?: Omit<JoinOrder, 'dryRun'>;
  file: string;
  regions: boolean;
  dryRun: boolean;
}

const readOrder = (): Order => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        regions: { type: 'boolean' },
        'time-overflow': { type: 'boolean' },
        bank: { type: 'string' },
        community: { type: 'string' },
        country: { type: 'string' },
        'forgive-debts': { type: 'boolean' },
      },
    });
    const [file, transfers, ...more] = positionals;
    const dryRun = values['dry-run'] === true;
    if (file === undefined || more.length > 0) throw new CannotStart(USAGE);
    if (values['time-overflow'] === true) {
      const { bank, community, country } = values;
      if (transfers === undefined || bank === undefined || bank === '') throw new CannotStart(USAGE);
      const home = { communityCode: CommunityCode.parse(community), countryCode: country };
      const files = { users: readBytes(file), transfers: readBytes(transfers) };
      const join = { ...files, bank, home, forgivesDebts: values['forgive-debts'] === true };
      return { join, file, regions: false, dryRun };
    }
    if (transfers !== undefined) throw new CannotStart(USAGE);
    return { file, regions: values.regions === true, dryRun };
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

const portsOn = ({ connection }: OpenStore, vault: Vault) => ({
  clock: systemClock,
  ids: systemIds,
  cardCode: () => VisitCode.parse(String(randomInt(1_000_000)).padStart(6, '0')),
  ...dynamoPorts(connection, vault, systemClock, jitter),
});

const takePeople = async (
  rows: readonly PersonRow[],
  dryRun: boolean,
  store: OpenStore,
  vault: Vault,
): Promise<boolean> => {
  const ports = portsOn(store, vault);
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

const inHours = (minutes: number): string => (minutes / 60).toFixed(2);

const takeBank = async (order: JoinOrder): Promise<boolean> => {
  const settings = readLocalSettings();
  const store = await openStore(settings, { share: true });
  try {
    const ports = portsOn(store, localVault(settings));
    const report = await joinBank(ports, order, civilDateOf(instantOf(systemClock.nowMs())));
    const { people, hours } = report;
    if (report.problems.length > 0) {
      tellProblems(report.problems);
      return false;
    }
    if (people.problems.length > 0) {
      tellProblems(
        people.problems.map(({ row, code }) => ({ line: row + 2, code, ...reasons[code] })),
        people.added,
      );
      return false;
    }
    tell(outcome(order.dryRun, people.added, people.unchanged));
    tell(
      `流水 ${String(report.transfers)} 笔;结余 ${inHours(report.positiveMinutes)} 小时,放弃欠时 ${inHours(report.forgivenMinutes)} 小时,已离开的人 ${inHours(report.leftMinutes)} 小时,原机构 ${inHours(report.bankMinutes)} 小时。`,
    );
    tell(
      `已转入 ${String(hours.brought)} 人 ${inHours(hours.broughtMinutes)} 小时,此前已转入 ${String(hours.had)} 人。 Brought in: ${String(hours.brought)}, before: ${String(hours.had)}.`,
    );
    for (const { number, code } of hours.refused) tell(`编号 ${number}:没有转入(${code})`);
    return hours.refused.length === 0;
  } finally {
    await store.close();
  }
};

const readPeople = async (bytes: Uint8Array) =>
  isWorkbook(bytes) ? readPeopleLines(await linesOfSheet(bytes)) : readPeopleFile(bytes);

const run = async ({ join, file, regions, dryRun }: Order): Promise<boolean> => {
  if (join !== undefined) return takeBank({ ...join, dryRun });
  const bytes = readBytes(file);
  const list = regions ? readRegionsFile(bytes) : await readPeople(bytes);
  if (list.problems.length > 0) {
    tellProblems(list.problems);
    return false;
  }
  const settings = readLocalSettings();
  const store = await openStore(settings, { share: true });
  try {
    if ('rows' in list) return await takePeople(list.rows, dryRun, store, localVault(settings));
    const register = dynamoRegions(store.connection, systemClock);
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
