import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLines, writeTable } from './csv.ts';

/** Cells as a spreadsheet takes them from a line that has no line break within. */
const cellOf = (text: string): string => {
  const line = csvLines([[text]]).slice(0, -2);
  return line.startsWith('"') ? line.slice(1, -1).replaceAll('""', '"') : line;
};

describe('a cell that a spreadsheet would run is text', () => {
  it.each([
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '=HYPERLINK("http://x.example")',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    ' =1+1',
    '＝1+1',
    '＋1',
    '－1+1',
    '＠SUM(A1)',
    '|calc',
    '%0A=1',
    "'=1",
    '"=1',
    '=1\r\n=2',
  ])('%j', (text) => {
    expect(cellOf(text)).toBe(`'${text}`);
  });

  it('whatever stands there: no cell begins with what a formula begins with', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        expect(cellOf(text)).not.toMatch(/^[=+@\t\r\n＝＋－＠|%]/);
      }),
    );
  });
});

it('a number that a spreadsheet would round, or whose zeros it would lose, is text', () => {
  expect(['341302001003', '007', '-5', '12.5', '341302'].map(cellOf)).toEqual([
    "'341302001003",
    "'007",
    '-5',
    '12.5',
    '341302',
  ]);
});

it('a cell stays one cell, and a line one line', () => {
  expect(
    writeTable([
      ['甲,乙', '他说"好"', '两\n行'],
      ['', 'b', 'c'],
    ]),
  ).toBe('\uFEFF"甲,乙","他说""好""","两\n行"\r\n,b,c\r\n');
});
