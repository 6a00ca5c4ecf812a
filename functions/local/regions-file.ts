/** The file of the regions that take part: a table saved as CSV with a code and a name a line. */
import { writeTable } from '@time-bank/contracts/csv';
import { Region, type RegionCode } from '@time-bank/contracts/region';
import {
  cellsReader,
  type Column,
  isScientific,
  plain,
  type Problem,
  type Reading,
  readTable,
  type Table,
  unreadable,
  worthTelling,
} from './csv-table.ts';

type RegionColumn = 'code' | 'name';

const regionColumns: readonly Column<RegionColumn>[] = [
  { key: 'code', heading: '代码', also: ['区划代码', 'code'] },
  { key: 'name', heading: '名称', also: ['name'] },
];

const readCode = (text: string): Reading<RegionCode> => {
  if (isScientific(text)) {
    return unreadable(
      'scientific_notation',
      '代码被表格软件写成了科学计数法（如 3.41302E+11），后几位已丢失，请把该列设为文本后重填。',
    );
  }
  const read = Region.shape.code.safeParse(plain(text));
  return read.success
    ? { value: read.data }
    : unreadable('bad_region_code', '代码应是 2、4、6、9 或 12 位数字的统计用区划代码。');
};

const readName = (text: string): Reading<string> => {
  const read = Region.shape.name.safeParse(text.replaceAll('\n', ' '));
  return read.success ? { value: read.data } : unreadable('text_too_long', '名称太长，最多 60 个字。');
};

interface RegionLine {
  line: number;
  region: Region;
}

type RegionTable = Table<RegionColumn>;

const readRegion = (
  row: RegionTable['rows'][number],
  headings: RegionTable['headings'],
): { found: RegionLine[]; problems: Problem[] } => {
  const { required, problems } = cellsReader(row, headings);
  const code = required('code', readCode);
  const name = required('name', readName);
  return {
    found: code === undefined || name === undefined ? [] : [{ line: row.line, region: { code, name } }],
    problems,
  };
};

const levels = [2, 4, 6, 9, 12];

/** The region one level up; none above a province. */
const parentOf = (code: RegionCode): RegionCode | undefined => {
  const level = levels.indexOf(code.length);
  return level > 0 ? code.slice(0, levels[level - 1]) : undefined;
};

// The top of the file is its first region of the highest level; provinces have nothing above them anyway.
const outOfPlace = (lines: readonly RegionLine[], column: string): Problem[] => {
  const problems: Problem[] = [];
  const firstLine = new Map<RegionCode, number>();
  for (const { line, region } of lines) {
    const before = firstLine.get(region.code);
    if (before === undefined) firstLine.set(region.code, line);
    else problems.push({ line, column, code: 'duplicate_region', reason: `与第 ${before} 行的代码相同。` });
  }
  const highest = Math.min(...[...firstLine.keys()].map((code) => code.length));
  const top = lines.find(({ region }) => region.code.length === highest)?.region.code;
  for (const { line, region } of lines) {
    const parent = parentOf(region.code);
    if (parent === undefined || region.code === top || firstLine.has(parent)) continue;
    problems.push({ line, column, code: 'missing_parent', reason: `文件里没有它的上级 ${parent}。` });
  }
  return problems;
};

/** Reads the regions from a CSV file with the columns 代码 (code) and 名称 (name); encodings, bounds and manners
 *  as in `readPeopleFile`. Every region but the top one stands under its parent, which is in the file too,
 *  before or after it; no code twice. `regions` are those with which nothing is wrong; take them only where
 *  `problems` is empty. Never throws, whatever the bytes. */
export const readRegionsFile = (bytes: Uint8Array): { regions: Region[]; problems: Problem[] } => {
  const { rows, headings, problems } = readTable(bytes, regionColumns);
  const read = rows.map((row) => readRegion(row, headings));
  const lines = read.flatMap(({ found }) => found);
  const all = [
    ...problems,
    ...read.flatMap((one) => one.problems),
    ...outOfPlace(lines, headings.get('code') ?? ''),
  ];
  const wrong = new Set(all.map(({ line }) => line));
  return {
    regions: lines.filter(({ line }) => !wrong.has(line)).map(({ region }) => region),
    problems: worthTelling(all),
  };
};

/** Writes regions as a file that `readRegionsFile` reads back; safe to open in a spreadsheet. */
export const writeRegionsFile = (regions: readonly Region[]): string =>
  writeTable([regionColumns.map(({ heading }) => heading), ...regions.map(({ code, name }) => [code, name])]);
