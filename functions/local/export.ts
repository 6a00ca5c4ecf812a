/**
 * `npm run export -- FILE.csv|FILE.xlsx [--region CODE]`: all people of a place as a list that the import reads back;
 * `npm run export -- --template FILE.xlsx`: the empty list, with what may be written in it.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { RegionCode } from '@time-bank/contracts/region';
import { instantOf } from '@time-bank/contracts/time';
import { listPeopleOf } from '@time-bank/desk/export-people';
import { dynamoPorts } from '@time-bank/store/dynamo-ports';
import { jitter, systemClock, systemIds } from '@time-bank/store/system';
import { peopleCells, writePeopleFile } from './people-file.ts';
import { peopleSheet, writeTemplate } from './people-template.ts';
import { localVault } from './personal-keys.ts';
import { CannotStart, readLocalSettings } from './settings.ts';
import { writeSheets } from './sheet-file.ts';
import { openStore } from './store-at.ts';

const USAGE =
  'Usage: npm run export -- FILE.csv|FILE.xlsx [--region 341302001], or npm run export -- --template FILE.xlsx';

interface Order {
  file: string;
  isTemplate: boolean;
  region: RegionCode | undefined;
}

const readOrder = (): Order => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { template: { type: 'boolean' }, region: { type: 'string' } },
    });
    const [file = '', ...more] = positionals;
    const isTemplate = values.template === true;
    const isNamed = /\.xlsx$/i.test(file) || (!isTemplate && /\.csv$/i.test(file));
    if (!isNamed || more.length > 0) throw new CannotStart(USAGE);
    const region = values.region === undefined ? undefined : RegionCode.parse(values.region);
    return { file, isTemplate, region };
  } catch {
    throw new CannotStart(USAGE);
  }
};

/** A list of people is readable by its owner only, and never written over another file. */
const keep = (file: string, content: string | Buffer, mode: number): void => {
  try {
    writeFileSync(file, content, { mode, flag: 'wx' });
  } catch {
    throw new CannotStart(`The file ${file} cannot be written, or is there already.`);
  }
};

const readPeople = async (region: RegionCode | undefined) => {
  const settings = readLocalSettings();
  const store = await openStore(settings, { share: true });
  try {
    const ports = dynamoPorts(store.connection, localVault(settings), systemClock, jitter);
    const provinces = (await ports.regions.listCounties('')).map(({ code }) => code.slice(0, 2));
    const places = region === undefined ? [...new Set(provinces)].sort() : [region];
    const people = [];
    for (const place of places) {
      people.push(...(await listPeopleOf(ports, place)));
      await ports.auditLog.append({
        eventId: systemIds.event(),
        at: instantOf(systemClock.nowMs()),
        action: 'people_exported',
        outcome: 'done',
        region: place,
        channel: 'job',
      });
    }
    return people;
  } finally {
    await store.close();
  }
};

const run = async ({ file, isTemplate, region }: Order): Promise<string> => {
  if (isTemplate) {
    keep(file, await writeTemplate(), 0o644);
    return '模板已写好。 The template is written.';
  }
  const people = await readPeople(region);
  const isWorkbook = /\.xlsx$/i.test(file);
  const content = isWorkbook
    ? await writeSheets([peopleSheet(peopleCells(people))])
    : writePeopleFile(people);
  keep(file, content, 0o600);
  return `完成:导出 ${String(people.length)} 人。 Done: ${String(people.length)} people.`;
};

try {
  process.stdout.write(`${await run(readOrder())}\n`);
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
