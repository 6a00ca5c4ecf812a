/**
 * The first sheet of an Excel workbook as the lines of a table, and lines as a workbook. A workbook is looked at before
 * it is read: how large it is unpacked, how far its cells reach, and which of them are formulas.
 */
import { safeText } from '@time-bank/contracts/csv';
import { readSheet } from 'read-excel-file/node';
import writeXlsxFile, { type Cell, type Sheet } from 'write-excel-file/node';
import {
  type Lines,
  type ProblemCode,
  type Row,
  fileLimits,
  isBlank,
  isWorkbook,
  ofFile,
} from './csv-table.ts';
import { type Unpacked, storedZip, unpackZip, unpackedLimits } from './zip-entries.ts';

/** As many columns as a list of ours could ever have. */
const COLUMNS_MAX = 200;

const refused = (code: ProblemCode, reason: string): Lines => ({
  rows: [],
  problems: [ofFile(code, reason)],
});
const noWorkbook = (): Lines =>
  refused('not_a_workbook', '这个文件不是能读的 Excel 工作簿（.xlsx），请用表格软件另存后重新导入。');

const noZip: Unpacked = { kind: 'no_zip' };

const isPart = (name: string): boolean =>
  /^(xl\/|_rels\/|\[Content_Types\])/.test(name) && /\.(xml|rels)$/.test(name);

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1];

/** The first sheet of the workbook: what its relations call it. */
const firstSheetOf = (entries: ReadonlyMap<string, Buffer>): string | undefined => {
  const workbook = entries.get('xl/workbook.xml')?.toString() ?? '';
  const relations = entries.get('xl/_rels/workbook.xml.rels')?.toString() ?? '';
  const id = attribute(/<(?:\w+:)?sheet\s[^>]*>/.exec(workbook)?.[0] ?? '', '\\w+:id');
  const relation = [...relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].find(
    ([tag]) => attribute(tag, 'Id') === id,
  );
  const target = attribute(relation?.[0] ?? '', 'Target');
  return target?.startsWith('/') === true ? target.slice(1) : target && `xl/${target}`;
};

interface Place {
  row: number;
  column: number;
}

const placeOf = (address: string): Place | undefined => {
  const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/.exec(address) ?? [];
  if (letters === undefined || digits === undefined) return undefined;
  const column = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(digits), column };
};

/** The cells that are formulas; a word where the cells reach further than a list does, or are none. */
const formulasOf = (xml: string): Place[] | 'too_far' | 'unreadable' => {
  const formulas: Place[] = [];
  let [rows, cell]: [number, Place | undefined] = [0, undefined];
  for (const [tag, name] of xml.matchAll(/<(?:\w+:)?(row|c|f)(?=[\s/>])[^>]*>/g)) {
    if (name === 'f') {
      if (cell !== undefined) formulas.push(cell);
    } else if (name === 'row') {
      rows = Number(attribute(tag, 'r') ?? rows + 1);
      if (!(rows <= fileLimits.rowsMax + 1)) return 'too_far';
    } else {
      cell = placeOf(attribute(tag, 'r') ?? '');
      if (cell === undefined) return 'unreadable';
      if (cell.row > fileLimits.rowsMax + 1 || cell.column > COLUMNS_MAX) return 'too_far';
    }
  }
  return formulas;
};

const textOfDate = (date: Date): string => {
  const [day = '', clock = ''] = date.toISOString().split('T');
  return clock.startsWith('00:00:00') ? day : `${day} ${clock.slice(0, 8)}`;
};

/** A whole number as it stands, so that nothing is rounded; a fraction without what binary fractions add to it. */
const textOfNumber = (written: string): string =>
  /^-?\d+\.\d+$/.test(written) && !String(Number(written)).includes('e') ? String(Number(written)) : written;

const textOf = (value: unknown): string => {
  if (value instanceof Date) return textOfDate(value);
  if (typeof value === 'string') return value.replace(/\r\n?/g, '\n');
  return typeof value === 'boolean' ? String(value).toUpperCase() : '';
};

const readRows = async (zip: Buffer, formulas: readonly Place[]): Promise<Row[]> => {
  const data = await readSheet<string>(zip, 1, { parseNumber: textOfNumber, trim: false });
  const rows = data.map((cells, at) => ({ line: at + 1, cells: cells.map(textOf) }));
  // A formula is told as such, whatever it came to last.
  for (const { row, column } of formulas) {
    const cells = rows[row - 1]?.cells;
    if (cells !== undefined) cells[column - 1] = '=';
  }
  return rows.filter(({ cells }) => !isBlank(cells));
};

/**
 * The lines of the first sheet, by their numbers in the sheet. Dates are `2026-03-08`, numbers as they stand. Bounds:
 * `fileLimits`, and `unpackedLimits` before anything is unpacked. Never throws, whatever the bytes.
 */
export const linesOfSheet = async (bytes: Uint8Array): Promise<Lines> => {
  if (bytes.length > fileLimits.bytesMax) {
    return refused('file_too_large', '文件超过 20 MB，请分成几个文件导入。');
  }
  const unpacked = isWorkbook(bytes) ? unpackZip(bytes, isPart) : noZip;
  if (unpacked.kind === 'too_large') {
    const most = String(unpackedLimits.bytesMax / 1024 / 1024);
    return refused('unpacked_too_large', `工作簿解压后超过 ${most} MB，请分成几个文件导入。`);
  }
  if (unpacked.kind !== 'entries') return noWorkbook();
  const sheet = unpacked.entries.get(firstSheetOf(unpacked.entries) ?? '');
  const formulas = sheet === undefined ? 'unreadable' : formulasOf(sheet.toString());
  if (formulas === 'unreadable') return noWorkbook();
  if (formulas === 'too_far') {
    const most = String(fileLimits.rowsMax);
    return refused('too_many_rows', `超过 ${most} 行或 ${String(COLUMNS_MAX)} 列，请分成几个文件导入。`);
  }
  try {
    const rows = await readRows(storedZip(unpacked.entries), formulas);
    return rows.length === 0 ? refused('empty_file', '文件是空的。') : { rows, problems: [] };
  } catch (error) {
    // Whatever its parts say of each other, it is no workbook that can be read.
    if (!(error instanceof Error)) throw error;
    return noWorkbook();
  }
};

/** A sheet of text: `name`, its lines with the heading first, and how wide its columns are, in letters. */
export interface TextSheet {
  name: string;
  rows: readonly (readonly string[])[];
  widths?: readonly number[];
  /** As many empty lines below them keep these columns, by index, as text. */
  blank?: { lines: number; columns: readonly number[] };
}

// In a cell of the format text a number stays as it is. What begins like a formula is marked all the same: nobody knows
// where the cell is copied to.
const textCell = (text: string, isHeading: boolean): Cell => ({
  value: /^\d+$/.test(text) ? text : safeText(text),
  type: String,
  format: '@',
  ...(isHeading ? { fontWeight: 'bold' } : {}),
});

const blankLine = (columns: readonly number[]): Cell[] => {
  const cells: Cell[] = Array.from({ length: Math.max(...columns) + 1 }, () => null);
  for (const column of columns) cells[column] = { value: '', type: String, format: '@' };
  return cells;
};

const sheetOf = ({ name, rows, widths, blank }: TextSheet): Sheet<Buffer> => ({
  sheet: name,
  data: [
    ...rows.map((cells, at) => cells.map((text) => (text === '' ? null : textCell(text, at === 0)))),
    ...Array.from({ length: blank?.lines ?? 0 }, () => blankLine(blank?.columns ?? [])),
  ],
  columns: (widths ?? rows[0]?.map(() => 16) ?? []).map((width) => ({ width })),
  stickyRowsCount: 1,
});

/** A workbook of text: every cell has the format text, and none is a formula or a number. */
export const writeSheets = (sheets: readonly TextSheet[]): Promise<Buffer> =>
  writeXlsxFile(sheets.map(sheetOf), {}).toBuffer();
