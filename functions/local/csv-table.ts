/**
 * Tables as Excel and WPS write them: CSV bytes to cells, with the line and column of whatever cannot be read.
 * Nothing is guessed, and a reason never repeats a name, a number or an address that stood in the table.
 */
import { CsvError, parse } from 'csv-parse/sync';

/** How much one file may hold: 20 MiB, 100,000 lines under the heading; problems told of one file, 1,000. */
export const fileLimits = { bytesMax: 20 * 1024 * 1024, rowsMax: 100_000, problemsMax: 1000 } as const;

/** A cell longer than this is never a value of ours: UTF-16 units. */
const CELL_LENGTH_MAX = 4000;

/** Every reason for which a file, a line or a cell is not taken; never renamed. */
export const problemCodes = [
  // The file
  'file_too_large',
  'not_a_csv_file',
  'not_a_workbook',
  'unpacked_too_large',
  'undecodable_bytes',
  'nul_bytes',
  'quote_not_closed',
  'empty_file',
  'too_many_rows',
  // Its heading
  'missing_header',
  'missing_column',
  'unknown_column',
  'duplicate_column',
  // A line or a cell
  'too_many_cells',
  'missing_value',
  'text_too_long',
  'bad_characters',
  'bad_quotes',
  'formula',
  'scientific_notation',
  'bad_phone',
  'bad_birth_date',
  'unknown_gender',
  'bad_community_code',
  'unknown_language',
  'unknown_role',
  'bad_reach',
  'bad_role_period',
  'unknown_skill',
  'bad_free_time',
  'unknown_living_situation',
  'unknown_ability_level',
  'bad_latitude',
  'bad_longitude',
  'half_a_point',
  'unknown_volunteer_state',
  'bad_paper_date',
  'papers_without_date',
  'unknown_check_result',
  'bad_training',
  'bad_licence',
  'half_an_insurance',
  'unknown_tag',
  'bad_tag',
  'bad_score',
  'half_an_assessment',
  'bad_contact',
  'unknown_visit_tier',
  'too_many_values',
  // Lines beside each other
  'duplicate_phone',
  'duplicate_person',
  // Regions
  'bad_region_code',
  'duplicate_region',
  'missing_parent',
  // Another bank's export
  'bad_amount',
  'duplicate_number',
  'unknown_number',
  'negative_balance',
  // The list of problems itself
  'more_problems',
] as const;

/** A stable word for a problem. */
export type ProblemCode = (typeof problemCodes)[number];

/** One thing that has to be mended in the file before it can be taken.
 *  `line`: 1-based, the physical line on which the row starts. `column`: the heading as it is written in the
 *  file, empty where the whole line or file is meant. `reason`: one sentence in Chinese. */
export interface Problem {
  line: number;
  column: string;
  code: ProblemCode;
  reason: string;
}

/** A value that was read, or why not. */
export type Reading<T> = { value: T } | { code: ProblemCode; reason: string };

/** A reading that was refused. */
export const unreadable = (code: ProblemCode, reason: string): { code: ProblemCode; reason: string } => ({
  code,
  reason,
});

/** A column of a table: `heading` is what we write; `also` what is understood as well, in lower case. */
export interface Column<Key extends string> {
  key: Key;
  heading: string;
  also: readonly string[];
  mayBeAbsent?: boolean;
}

/** A table: `headings` as they are written in the file; `rows` without blank lines, cells by column. */
export interface Table<Key extends string> {
  headings: ReadonlyMap<Key, string>;
  rows: readonly { line: number; cells: ReadonlyMap<Key, string> }[];
  problems: readonly Problem[];
}

/** A line of a file, 1-based, and its cells. */
export interface Row {
  line: number;
  cells: readonly string[];
}

/** The lines of a file, its heading first; none where the file as a whole cannot be read. */
export interface Lines {
  rows: Row[];
  problems: Problem[];
}

/** At most as many problems as a person can work through; the last one says that there are more. */
export const worthTelling = (problems: readonly Problem[]): Problem[] => {
  const sorted = [...problems].sort((a, b) => a.line - b.line);
  const more = sorted[fileLimits.problemsMax];
  if (more === undefined) return sorted;
  const { line } = more;
  const reason = `问题太多，只列出前 ${fileLimits.problemsMax} 个，请改好后重新导入。`;
  return [...sorted.slice(0, fileLimits.problemsMax), { line, column: '', code: 'more_problems', reason }];
};

/** A problem of a whole line or file. */
export const ofFile = (code: ProblemCode, reason: string, line = 1): Problem => ({
  line,
  column: '',
  code,
  reason,
});

const begins = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

const XLSX = [0x50, 0x4b, 0x03, 0x04];
const XLS = [0xd0, 0xcf, 0x11, 0xe0];
/** True for the bytes of an .xlsx workbook, or of any other zip file. */
export const isWorkbook = (bytes: Uint8Array): boolean => begins(bytes, XLSX);
const UTF8_MARK = [0xef, 0xbb, 0xbf];
const CR = 0x0d;
const LF = 0x0a;

type Encoding = 'utf-8' | 'gb18030';

const decoded = (encoding: Encoding, bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};

// Neither encoding has a line break inside a character, so bytes may be cut into lines before they are read.
function* byteLines(bytes: Uint8Array): Generator<{ line: number; part: Uint8Array }> {
  let line = 1;
  let from = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== LF && bytes[at] !== CR) continue;
    yield { line, part: bytes.subarray(from, at) };
    if (bytes[at] === CR && bytes[at + 1] === LF) at += 1;
    from = at + 1;
    line += 1;
  }
  yield { line, part: bytes.subarray(from) };
}

/** The first lines beyond ASCII that cannot be read; `seen`: how many lines beyond ASCII were looked at. */
const damagedLines = (
  encoding: Encoding,
  bytes: Uint8Array,
  { seenMax = Infinity }: { seenMax?: number } = {},
): { seen: number; damaged: number[] } => {
  const damaged: number[] = [];
  let seen = 0;
  for (const { line, part } of byteLines(bytes)) {
    if (seen === seenMax || damaged.length > fileLimits.problemsMax) break;
    if (!part.some((byte) => byte > 0x7f)) continue;
    seen += 1;
    if (decoded(encoding, part) === undefined) damaged.push(line);
  }
  return { seen, damaged };
};

/** GB18030 takes nearly any bytes, so a UTF-8 file with one broken letter would come out as wrong letters. It
 *  is therefore read as GB18030 only where at least half of its first lines beyond ASCII cannot be UTF-8. */
const textOf = (bytes: Uint8Array): { text: string } | { problems: Problem[] } => {
  const whole = decoded('utf-8', bytes);
  if (whole !== undefined) return { text: whole };

  const start = damagedLines('utf-8', bytes, { seenMax: fileLimits.problemsMax });
  const isUtf8 = begins(bytes, UTF8_MARK) || start.damaged.length * 2 < start.seen;
  const text = isUtf8 ? undefined : decoded('gb18030', bytes);
  if (text !== undefined) return { text };

  const { damaged } = damagedLines(isUtf8 ? 'utf-8' : 'gb18030', bytes);
  const name = isUtf8 ? 'UTF-8' : 'GB18030';
  const reason = `这一行有不能按 ${name} 读出的字节，请用表格软件另存为“CSV UTF-8”后重新导入。`;
  return { problems: damaged.map((line) => ofFile('undecodable_bytes', reason, line)) };
};

/** True for a line without anything in it. */
export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

const rowsOf = (text: string): { rows: Row[]; problems: Problem[] } => {
  const rows: Row[] = [];
  let end = 0;
  try {
    parse(text, {
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true, // `="1000"`
      on_record: (cells, { lines }) => {
        const line = end + 1;
        end = lines;
        // One line over the limit is kept, to know that there is one.
        if (!isBlank(cells) && rows.length < fileLimits.rowsMax + 2) rows.push({ line, cells });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== 'CSV_QUOTE_NOT_CLOSED') throw error;
    return { rows, problems: [ofFile('quote_not_closed', '从这一行起有一个引号没有配对。', end + 1)] };
  }
  return { rows, problems: [] };
};

/** The cells of a CSV file by line, its heading first; no rows where the file as a whole cannot be read. */
export const linesOfFile = (bytes: Uint8Array): Lines => {
  const refused = (code: ProblemCode, reason: string, line?: number) => ({
    rows: [],
    problems: [ofFile(code, reason, line)],
  });
  if (bytes.length > fileLimits.bytesMax) {
    return refused('file_too_large', '文件超过 20 MB，请分成几个文件导入。');
  }
  if (isWorkbook(bytes) || begins(bytes, XLS)) {
    return refused('not_a_csv_file', '这是 Excel 工作簿，不是 CSV，请另存为“CSV UTF-8”后重新导入。');
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    let line = 0;
    for (const before of byteLines(bytes.subarray(0, nul))) line = before.line;
    return refused('nul_bytes', '文件里有空字节，请用表格软件另存为“CSV UTF-8”后重新导入。', line);
  }
  const read = textOf(bytes);
  if ('problems' in read) return { rows: [], problems: read.problems };

  const { rows, problems } = rowsOf(read.text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
  if (problems.length > 0) return { rows: [], problems };
  if (rows.length === 0) return refused('empty_file', '文件是空的。');
  if (rows.length > fileLimits.rowsMax + 1) {
    return refused('too_many_rows', `超过 ${fileLimits.rowsMax} 行，请分成几个文件导入。`);
  }
  return { rows, problems: [] };
};

// `姓名（必填）`, `*姓名` and `Birth_Date` are the same headings as `姓名` and `birth date`.
const plainHeading = (written: string): string =>
  written
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)$/, '')
    .replace(/[\s_*-]/g, '');

const headingsOf = <Key extends string>(
  header: Row,
  columns: readonly Column<Key>[],
): { places: Map<number, Key>; headings: Map<Key, string>; problems: Problem[] } => {
  const places = new Map<number, Key>();
  const headings = new Map<Key, string>();
  const problems: Problem[] = [];
  const tell = (column: string, code: ProblemCode, reason: string): void => {
    problems.push({ line: header.line, column, code, reason });
  };
  const last = header.cells.findLastIndex((cell) => cell.trim() !== '');
  for (const [place, cell] of header.cells.slice(0, last + 1).entries()) {
    const written = cell.trim();
    const heading = plainHeading(written);
    const known = columns.find((column) =>
      [column.heading, ...column.also].map(plainHeading).includes(heading),
    );
    if (known === undefined) {
      tell(written, 'unknown_column', `第 ${place + 1} 列的列名不认识，请改名或删去这一列。`);
    } else if (headings.has(known.key)) {
      tell(written, 'duplicate_column', `“${known.heading}”这一列出现了两次，请删去一列。`);
    } else {
      places.set(place, known.key);
      headings.set(known.key, written);
    }
  }
  const names = columns.filter((column) => column.mayBeAbsent !== true);
  if (headings.size === 0) {
    const wanted = names.map((column) => column.heading).join('、');
    return {
      places,
      headings,
      problems: [ofFile('missing_header', `第一行应是列名：${wanted}。`, header.line)],
    };
  }
  for (const column of names) {
    if (!headings.has(column.key)) tell(column.heading, 'missing_column', `缺少“${column.heading}”这一列。`);
  }
  return { places, headings, problems };
};

/** Lines as a table with the given columns, in any order; empty cells at the end of a line are passed over. Where
 *  the file or its heading has a problem there are no rows. */
export const tableOf = <Key extends string>(file: Lines, columns: readonly Column<Key>[]): Table<Key> => {
  const [header, ...body] = file.rows;
  if (header === undefined) return { headings: new Map(), rows: [], problems: file.problems };
  const { places, headings, problems } = headingsOf(header, columns);
  if (problems.length > 0) return { headings, rows: [], problems };

  const tooLong = body.filter((row) => row.cells.some((cell, at) => !places.has(at) && cell.trim() !== ''));
  return {
    headings,
    rows: body.map(({ line, cells }) => ({
      line,
      cells: new Map([...places].map(([place, key]) => [key, cells[place] ?? ''])),
    })),
    problems: tooLong.map(({ line }) => ofFile('too_many_cells', '这一行的格数比列名多。', line)),
  };
};

/** Reads a CSV file as a table. UTF-8 or GB18030, with or without a byte-order mark; lines end with CRLF, LF or CR;
 *  blank lines are passed over. */
export const readTable = <Key extends string>(
  bytes: Uint8Array,
  columns: readonly Column<Key>[],
): Table<Key> => tableOf(linesOfFile(bytes), columns);

/** What a person meant by a cell: without Excel's marks of text (`="1000"`, `'1000`) and without blanks around
 *  it; runs of blanks are one blank, line breaks inside a cell stay. Refuses: bad_quotes, formula,
 *  text_too_long, bad_characters. */
export const readCell = (written: string): Reading<string> => {
  const text = written
    .replace(/[\u200B\uFEFF]/g, '')
    .replace(/\s*\n\s*/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
  if (text.length > CELL_LENGTH_MAX) return unreadable('text_too_long', '这一格太长。');
  if (/[\p{Cc}\uFFFD\u202A-\u202E\u2066-\u2069]/u.test(text.replaceAll('\n', ''))) {
    return unreadable('bad_characters', '这一格里有看不见的控制字符或乱码。');
  }
  if (text.startsWith("'")) return { value: text.slice(1).trim() };
  if (text.startsWith('"')) return unreadable('bad_quotes', '这一格的引号没有配对。');
  const quoted = /^="(.*)"$/s.exec(text)?.[1];
  if (quoted !== undefined) return { value: quoted.replaceAll('""', '"').trim() };
  if (text.startsWith('=')) return unreadable('formula', '这一格是公式，请改成文字或数字。');
  return { value: text };
};

/** A text or a number without letter widths and blanks, for comparing: full-width `１` is `1`. */
export const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');

/** True where a spreadsheet has rounded a long number: `3.41302E+11`. The digits are lost. */
export const isScientific = (text: string): boolean => /^\d(\.\d+)?e\+?\d+$/.test(plain(text));

/** Reads the cells of one line and gathers what is wrong with them.
 *  `optional`: undefined where the cell is empty or cannot be read; `required`: the empty cell is a problem too. */
export const cellsReader = <Key extends string>(
  { line, cells }: Table<Key>['rows'][number],
  headings: Table<Key>['headings'],
) => {
  const problems: Problem[] = [];
  const tell = (key: Key, { code, reason }: { code: ProblemCode; reason: string }): void => {
    problems.push({ line, column: headings.get(key) ?? '', code, reason });
  };
  const optional = <T>(key: Key, read: (text: string) => Reading<T>): T | undefined => {
    const text = readCell(cells.get(key) ?? '');
    if ('value' in text && text.value === '') return undefined;
    const reading = 'value' in text ? read(text.value) : text;
    if ('value' in reading) return reading.value;
    tell(key, reading);
    return undefined;
  };
  const required = <T>(key: Key, read: (text: string) => Reading<T>): T | undefined => {
    const before = problems.length;
    const value = optional(key, read);
    if (value === undefined && problems.length === before) {
      tell(key, unreadable('missing_value', `“${headings.get(key) ?? ''}”不能为空。`));
    }
    return value;
  };
  return { optional, required, tell, problems };
};
