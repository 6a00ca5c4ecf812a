import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { accessTable } from './access-table.ts';

/** Tables as their cells: a formatter may widen them. */
const cellsOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+\|$/.test(line))
    .map((line) => line.replaceAll(/\s*\|\s*/g, '|'));

it('the table that people read is the table that is asked: print it with `node packages/identity/print-access.ts`', () => {
  const written = readFileSync(new URL('./access.md', import.meta.url), 'utf8');
  expect(cellsOf(written)).toEqual(cellsOf(accessTable()));
});
