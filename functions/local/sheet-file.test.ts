import { deflateRawSync } from 'node:zlib';
import writeXlsxFile, { type CellObject, type Row } from 'write-excel-file/node';
import { describe, expect, it } from 'vitest';
import { csvLines } from '@time-bank/contracts/csv';
import { fileLimits, linesOfFile } from './csv-table.ts';
import { peopleCells, peopleColumns, readPeopleLines } from './people-file.ts';
import { exampleCells, peopleSheet, writeTemplate } from './people-template.ts';
import { linesOfSheet, writeSheets } from './sheet-file.ts';
import { storedZip, unpackZip, unpackedLimits } from './zip-entries.ts';

const headings = peopleColumns.map(({ heading }) => heading);
const parts = (bytes: Uint8Array): Map<string, Buffer> => {
  const unpacked = unpackZip(bytes, () => true);
  if (unpacked.kind !== 'entries') throw new Error(unpacked.kind);
  return unpacked.entries;
};
const SHEET = 'xl/worksheets/sheet1.xml';
const withSheet = async (change: (xml: string) => string): Promise<Buffer> => {
  const entries = parts(await writeSheets([{ name: 'a', rows: [headings, ['王示例']] }]));
  entries.set(SHEET, Buffer.from(change(entries.get(SHEET)!.toString())));
  return storedZip(entries);
};

describe('a workbook', () => {
  it('gives text, numbers and dates as they stand, by their lines', async () => {
    const bytes = await writeXlsxFile([
      ['甲', '乙', '丙', '丁'],
      [{ value: 10000000001, type: Number }, { value: 341302001003, type: Number }, '１２', null],
      [],
      [
        { value: new Date('1951-03-08'), type: Date, format: 'yyyy/mm/dd' },
        { value: true, type: Boolean },
        33.1 + 0.54012,
      ],
    ]).toBuffer();
    expect(await linesOfSheet(bytes)).toEqual({
      problems: [],
      rows: [
        { line: 1, cells: ['甲', '乙', '丙', '丁'] },
        { line: 2, cells: ['10000000001', '341302001003', '１２', ''] },
        { line: 4, cells: ['1951-03-08', 'TRUE', '33.64012', ''] },
      ],
    });
  });

  it('with a number that was rounded, a formula or an unknown word says in which cell', async () => {
    const cells = peopleColumns.map(({ key }, at) => (key === 'trainedOn' ? '' : (exampleCells[at] ?? '')));
    const row = (changes: Record<string, CellObject>): Row =>
      cells.map((text, place) => changes[peopleColumns[place]!.key] ?? (text === '' ? null : text));
    const bytes = await writeXlsxFile([
      headings,
      row({ communityCode: { value: '3.41302E+11', type: String } }),
      row({ name: { value: '1+1', type: 'Formula' }, phone: { value: '10000000009', type: String } }),
      row({ visitTier: { value: '机密', type: String }, phone: { value: '10000000008', type: String } }),
    ]).toBuffer();
    const { problems } = readPeopleLines(await linesOfSheet(bytes));
    expect(problems.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, '社区代码', 'scientific_notation'],
      [3, '姓名', 'formula'],
      [4, '探访等级', 'unknown_visit_tier'],
    ]);
    expect(JSON.stringify(problems)).not.toContain('机密');
  });

  it('is refused before it is unpacked where it declares too much', async () => {
    const bytes = Buffer.from(await writeSheets([{ name: 'a', rows: [headings] }]));
    const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes.writeUInt32LE(unpackedLimits.bytesMax + 1, directory + 24);
    // Nothing of it could be unpacked: where its entries are said to be there is nothing.
    bytes.writeUInt32LE(0xfffffff, directory + 42);
    expect((await linesOfSheet(bytes)).problems).toMatchObject([{ code: 'unpacked_too_large' }]);
  });

  it('is refused where it unpacks to more than it declares', async () => {
    const bomb = deflateRawSync(Buffer.alloc(5_000_000, ' '));
    const entries = new Map([[SHEET, bomb]]);
    const zip = storedZip(entries);
    const directory = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    zip.writeUInt16LE(8, 8);
    zip.writeUInt16LE(8, directory + 10);
    zip.writeUInt32LE(1000, directory + 24);
    expect(unpackZip(zip, () => true)).toEqual({ kind: 'no_zip' });
    expect((await linesOfSheet(zip)).problems).toMatchObject([{ code: 'not_a_workbook' }]);
  });

  it.each<[string, (xml: string) => string, string]>([
    ['a cell a million lines down', (xml) => xml.replace('r="A2"', 'r="A1048576"'), 'too_many_rows'],
    ['a cell sixteen thousand columns out', (xml) => xml.replace('r="A2"', 'r="XFD2"'), 'too_many_rows'],
    ['cells that say nowhere where they are', (xml) => xml.replace('r="A2"', ''), 'not_a_workbook'],
    [
      'a sheet that is none',
      () => '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>99999</v>',
      'not_a_workbook',
    ],
  ])('is refused with %s', async (_, change, code) => {
    expect((await linesOfSheet(await withSheet(change))).problems).toMatchObject([{ code }]);
  });

  it('is refused where it is none, or too large', async () => {
    const good = await writeSheets([{ name: 'a', rows: [headings] }]);
    for (const bytes of [good.subarray(0, 900), Buffer.from('PK\u0003\u0004 and so on'), Buffer.from('王')]) {
      expect((await linesOfSheet(bytes)).problems).toMatchObject([{ code: 'not_a_workbook' }]);
    }
    const large = new Uint8Array(fileLimits.bytesMax + 1);
    expect((await linesOfSheet(large)).problems).toMatchObject([{ code: 'file_too_large' }]);
  });
});

describe('the template', () => {
  it('has the columns, words for every one, and nobody in it', async () => {
    const bytes = await writeTemplate();
    expect(await linesOfSheet(bytes)).toEqual({ problems: [], rows: [{ line: 1, cells: headings }] });
    expect(readPeopleLines(await linesOfSheet(bytes))).toEqual({ rows: [], problems: [] });
    const text = [...parts(bytes).values()].map(String).join('');
    for (const word of ['人员', '说明', '皖北话', '计生特扶', '王示例']) {
      expect(text).toContain(word);
    }
  });

  it('has an example that can be read', async () => {
    const bytes = await writeSheets([peopleSheet([headings, exampleCells])]);
    const { rows, problems } = readPeopleLines(await linesOfSheet(bytes));
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([
      {
        name: '王示例',
        phone: '+8610000000000',
        volunteering: { state: 'active', trainings: [{ minutes: 120 }], insurance: { until: '2026-12-31' } },
        elderFile: { emergencyContacts: [{ relation: '女儿' }] },
      },
    ]);
    // Written and read again it is the same person.
    const again = await writeSheets([peopleSheet(peopleCells(rows))]);
    expect(readPeopleLines(await linesOfSheet(again)).rows).toEqual(rows);
  });
});

describe('what somebody wrote cannot run in a spreadsheet', () => {
  const corpus = [
    '=1+1',
    '=HYPERLINK("http://example.invalid","看")',
    "=cmd|' /C calc'!A0",
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    ' =1+1',
    '＝1+1',
    '＋1',
    '－1+1',
    '＠SUM(A1)',
    '"=1+1"',
    '%0A=1',
    '|calc',
  ];

  it.each(corpus.map((text) => [text]))('as CSV: %j', (text) => {
    const [row] = linesOfFile(new TextEncoder().encode(csvLines([[text, '尾']]))).rows;
    expect(row?.cells[0]?.startsWith("'")).toBe(true);
  });

  it.each(corpus.map((text) => [text]))('as a workbook: %j', async (text) => {
    const bytes = await writeSheets([{ name: 'a', rows: [['甲'], [text]] }]);
    const xml = parts(bytes).get(SHEET)!.toString();
    expect(xml).not.toMatch(/<f[\s>]/);
    const { rows } = await linesOfSheet(bytes);
    expect(rows[1]?.cells[0]?.startsWith("'")).toBe(true);
  });
});
