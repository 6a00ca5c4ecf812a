import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readPeopleFile, readPeopleLines } from '@time-bank/local/people-file';
import { linesOfSheet } from '@time-bank/local/sheet-file';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Folder, aFolder, endAll, runExport, runImport, start } from './commands.ts';

const demo = join(import.meta.dirname, '../../functions/local/demo/people.csv');

let folder: Folder;
beforeEach(() => {
  folder = aFolder();
});
afterEach(() => {
  endAll();
  folder.remove();
});

it('npm run export writes everybody, and the import finds nobody changed', { timeout: 120_000 }, async () => {
  const { environment, dataDir } = folder;
  await (await start(environment)).interrupt();
  expect((await runImport([demo], environment)).code).toBe(0);
  const [csv, xlsx, part] = ['all.csv', 'all.xlsx', 'part.csv'].map((name) => join(dataDir, name));
  const written = await runExport([csv!], environment);
  expect(written).toMatchObject({ code: 0, output: expect.stringContaining('Done: 432 people') });
  expect(statSync(csv!).mode & 0o077).toBe(0);
  const { rows, problems } = readPeopleFile(readFileSync(csv!));
  expect([rows.length, problems]).toEqual([432, []]);
  const again = await runImport([csv!], environment);
  expect(again).toMatchObject({ code: 0, output: expect.stringContaining('0 added, 432 unchanged') });

  expect((await runExport([xlsx!], environment)).code).toBe(0);
  const sheet = readPeopleLines(await linesOfSheet(readFileSync(xlsx!)));
  expect(sheet).toEqual({ rows, problems: [] });
  const third = await runImport([xlsx!, '--dry-run'], environment);
  expect(third.output).toContain('0 would be added, 432 unchanged');

  expect((await runExport([part!, '--region', rows[0]!.communityCode], environment)).code).toBe(0);
  const few = readPeopleFile(readFileSync(part!)).rows;
  expect(few).toEqual(
    rows
      .filter(({ communityCode }) => communityCode === rows[0]!.communityCode)
      .map((row, at) => ({ ...row, line: at + 2 })),
  );
  expect((await runExport([csv!], environment)).code).toBe(1);
});
