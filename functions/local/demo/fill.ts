/** Fills an empty store with the demo town. */
import { existsSync, readFileSync } from 'node:fs';
import { idMaker } from '@time-bank/contracts/ids';
import { VisitCode } from '@time-bank/contracts/member';
import { countyOf } from '@time-bank/contracts/region';
import { Instant, instantOf, msOf } from '@time-bank/contracts/time';
import { importPeople } from '@time-bank/desk/import-people';
import { keepWeek } from '@time-bank/desk/keep-week';
import type { Ports } from '@time-bank/desk/ports';
import * as z from 'zod/mini';
import { readPeopleFile } from '../people-file.ts';
import { readRegionsFile } from '../regions-file.ts';
import { writeWhole } from '../whole-file.ts';
import { drawFrom } from './draw.ts';
import { type Town, WEEKS_BACK, townOf, writeHistory } from './history.ts';

const SEED = 2026;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** When the town was founded, and whether its filling came to its end. */
const Founding = z.strictObject({ foundedAt: Instant, finished: z.boolean() });

const readFounding = (file: string): z.infer<typeof Founding> | undefined =>
  existsSync(file) ? Founding.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;

const fileOf = (name: string): Uint8Array => readFileSync(new URL(name, import.meta.url));

/** Enters the demo's regions into the register: reference data, there with or without the demo's people. */
export const enterRegions = async (ports: Pick<Ports, 'regions'>): Promise<void> => {
  const { regions } = readRegionsFile(fileOf('regions.csv'));
  await ports.regions.put(regions);
};

/**
 * Fills an empty store, or finishes a filling that was cut off. `foundingFile` keeps the moment of the founding.
 * Gives false where there was nothing to do: the store has data of its own, or is filled.
 */
export const fillDemo = async (
  ports: Pick<
    Ports,
    'clock' | 'journal' | 'careBook' | 'people' | 'regions' | 'weekBook' | 'policies' | 'personFiles'
  >,
  foundingFile: string,
): Promise<boolean> => {
  const founding = readFounding(foundingFile);
  if (founding?.finished === true) return false;
  if (founding === undefined && (await ports.regions.listCounties('')).length > 0) return false;
  const foundedAt = founding?.foundedAt ?? instantOf(ports.clock.nowMs());
  writeWhole(foundingFile, { foundedAt, finished: false });
  await enterRegions(ports);
  const { rows } = readPeopleFile(fileOf('people.csv'));
  const draw = drawFrom(SEED);
  const report = await importPeople(
    {
      ...ports,
      // Ids of their own each time: whoever was entered before a filling was cut off keeps theirs. They are as old as
      // the history, for an id says since when somebody is a member.
      ids: idMaker(() => msOf(foundedAt) - (WEEKS_BACK + 1) * WEEK_MS),
      cardCode: () => VisitCode.parse(String(draw.between(0, 999_999)).padStart(6, '0')),
    },
    rows.map(({ line: _line, ...person }) => person),
    false,
  );
  const [problem] = report.problems;
  if (problem !== undefined) throw new Error(`the demo's people were refused: ${problem.code}`);
  const town = await readTown(ports, rows);
  await writeHistory(ports, town, foundedAt, SEED);
  await fillBoard(ports, town);
  writeWhole(foundingFile, { foundedAt, finished: true });
  return true;
};

/** The board, made from the requests themselves: the town is filled before its stream is opened. */
const fillBoard = async (
  ports: Pick<Ports, 'careBook' | 'weekBook'>,
  { elders, volunteers }: Town,
): Promise<void> => {
  for (const { memberId } of [...elders, ...volunteers]) {
    let cursor: string | undefined;
    do {
      const page = await ports.careBook.listReceived(memberId, { limit: 100, cursor });
      await Promise.all(page.items.map(({ request }) => keepWeek(ports, request)));
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
};

type Rows = ReturnType<typeof readPeopleFile>['rows'];

/** The members in the order of the file, so that the history does not hang on ids. */
const readTown = async (ports: Pick<Ports, 'people'>, rows: Rows) => {
  const communities = [...new Set(rows.map(({ communityCode }) => communityCode))];
  const counties = [...new Set(communities.map(countyOf))];
  const found = [
    ...(await Promise.all(communities.map((code) => ports.people.listResidents(code)))),
    ...(await Promise.all(counties.map((code) => ports.people.listVolunteers(code)))),
    ...(await Promise.all(
      rows
        .filter(({ roles }) => roles.some(({ role }) => role === 'coordinator'))
        .map(async ({ phone }) => {
          const id = phone === undefined ? undefined : await ports.people.findByPhone(phone);
          const member = id === undefined ? undefined : await ports.people.readMember(id);
          return member === undefined ? [] : [member];
        }),
    )),
  ].flat();
  const key = (person: { name: string; birthDate: string; address: string }) =>
    [person.name, person.birthDate, person.address].join();
  const members = new Map(found.map((member) => [key(member), member]));
  return townOf(rows.flatMap((row) => members.get(key(row)) ?? []));
};
