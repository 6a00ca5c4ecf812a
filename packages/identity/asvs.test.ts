import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AsvsRows, asvsByChapter, asvsCount, asvsTable } from './asvs.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');
const rows = AsvsRows.parse(JSON.parse(read('asvs.json')));

/** Tables as their cells: a formatter may widen them. */
const cellsOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+\|$/.test(line))
    .map((line) => line.replaceAll(/\s*\|\s*/g, '|'));

describe('the list of security requirements', () => {
  it('has every requirement of level 2 of the standard once, in its order', () => {
    const ids = rows.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    // ASVS 5.0.0 has 70 requirements of level 1 and 183 of level 2.
    expect(rows.filter(({ level }) => level === 1)).toHaveLength(70);
    expect(rows.filter(({ level }) => level === 2)).toHaveLength(183);
    const parts = (id: string) => id.split('.').map(Number);
    const sorted = [...ids].sort((one, other) => {
      const [a, b] = [parts(one), parts(other)];
      return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0);
    });
    expect(ids).toEqual(sorted);
  });

  it('names files that are there for all that is met', () => {
    const gone = rows.flatMap((row) =>
      row.status === 'met' ? row.evidence.filter((path) => !existsSync(join(root, path))) : [],
    );
    expect(gone).toEqual([]);
  });

  it('counts what is met among what applies', () => {
    const { met, applicable } = asvsCount(rows);
    expect(met).toBeLessThanOrEqual(applicable);
    expect(met / applicable).toBeGreaterThan(0.9);
  });

  it('is the same in the documents beside it', () => {
    expect(cellsOf(read('asvs.md'))).toEqual(cellsOf(asvsTable(rows)));
    const chapters = cellsOf(asvsByChapter(rows));
    expect(cellsOf(read('README.md'))).toEqual(expect.arrayContaining(chapters));
  });
});
