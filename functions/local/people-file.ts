/**
 * The file in which a community hands over its people: a table saved as CSV, one person a line, as Excel and
 * WPS write it. Nothing is guessed: what cannot be read is told with its line and column, in a sentence for
 * the person who filled the table in, and never with the phone, name or address that stood there.
 */
import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod/mini';
import {
  type AbilityLevel,
  FreeTime,
  Gender,
  Language,
  LivingSituation,
  Member,
  type Phone,
  phoneOf,
  Point,
  Role,
  type RoleGrant,
  Skill,
} from '@time-bank/contracts/member';
import { RegionCode } from '@time-bank/contracts/region';

// ---------------------------------------------------------------------------------------------------------
// Tables: bytes to cells

/** How much one file may hold: 20 MiB, 100,000 lines under the heading; problems told of one file, 1,000. */
export const fileLimits = { bytesMax: 20 * 1024 * 1024, rowsMax: 100_000, problemsMax: 1000 } as const;

/** A cell longer than this is never a value of ours: UTF-16 units. */
const CELL_LENGTH_MAX = 1000;

/** Every reason for which a file, a line or a cell is not taken; never renamed. */
export const problemCodes = [
  // The file
  'file_too_large',
  'not_a_csv_file',
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
  'unknown_skill',
  'bad_free_time',
  'unknown_living_situation',
  'unknown_ability_level',
  'bad_latitude',
  'bad_longitude',
  'half_a_point',
  'too_many_values',
  // Lines beside each other
  'duplicate_phone',
  'duplicate_person',
  // Regions
  'bad_region_code',
  'duplicate_region',
  'missing_parent',
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

interface Row {
  line: number;
  cells: readonly string[];
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

const ofFile = (code: ProblemCode, reason: string, line = 1): Problem => ({ line, column: '', code, reason });

const begins = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

const XLSX = [0x50, 0x4b, 0x03, 0x04];
const XLS = [0xd0, 0xcf, 0x11, 0xe0];
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

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

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

const linesOfFile = (bytes: Uint8Array): { rows: Row[]; problems: Problem[] } => {
  const refused = (code: ProblemCode, reason: string, line?: number) => ({
    rows: [],
    problems: [ofFile(code, reason, line)],
  });
  if (bytes.length > fileLimits.bytesMax) {
    return refused('file_too_large', '文件超过 20 MB，请分成几个文件导入。');
  }
  if (begins(bytes, XLSX) || begins(bytes, XLS)) {
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

/** Reads a CSV file as a table with the given columns, in any order.
 *  UTF-8 or GB18030, with or without a byte-order mark; lines end with CRLF, LF or CR; blank lines and empty
 *  cells at the end of a line are passed over. Where the file or its heading has a problem there are no rows. */
export const readTable = <Key extends string>(
  bytes: Uint8Array,
  columns: readonly Column<Key>[],
): Table<Key> => {
  const file = linesOfFile(bytes);
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

// A cell that begins like a formula runs when the file is opened; long numbers and leading zeros are lost.
// Both are kept as text by a leading apostrophe, which `readCell` takes away again.
const needsApostrophe = (text: string): boolean =>
  (/^[=+\-@＝＋－＠'"]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) || /^(0\d+|\d{12,})$/.test(text);

const csvCell = (text: string): string => {
  const safe = needsApostrophe(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Writes a table that Excel opens as it is meant: UTF-8 with a byte-order mark, CRLF. Cells that a
 *  spreadsheet would run as a formula or round (twelve digits and more) begin with an apostrophe. */
export const writeTable = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')}`;

// ---------------------------------------------------------------------------------------------------------
// People

/** A person as one line of the file; everything of a `Member` but the id and the code on the card, which the
 *  time bank gives. `line`: 1-based, the physical line on which the person starts. */
export const PersonRow = z.strictObject({
  line: z.int().check(z.gte(1)),
  ...z.omit(Member, { memberId: true, visitCode: true }).shape,
});
export type PersonRow = z.infer<typeof PersonRow>;

type PersonColumn =
  | 'name'
  | 'phone'
  | 'birthDate'
  | 'gender'
  | 'communityCode'
  | 'address'
  | 'languages'
  | 'roles'
  | 'skills'
  | 'freeTimes'
  | 'livingSituation'
  | 'abilityLevel'
  | 'latitude'
  | 'longitude';

/** The columns of the people file, in the order in which they are written. */
export const peopleColumns: readonly Column<PersonColumn>[] = [
  { key: 'name', heading: '姓名', also: ['name'] },
  { key: 'phone', heading: '电话', also: ['手机号', '手机', '联系电话', 'phone'] },
  { key: 'birthDate', heading: '出生日期', also: ['birth date'] },
  { key: 'gender', heading: '性别', also: ['gender'] },
  { key: 'communityCode', heading: '社区代码', also: ['community code', 'community'] },
  { key: 'address', heading: '地址', also: ['住址', 'address'] },
  { key: 'languages', heading: '语言', also: ['languages', 'language'] },
  { key: 'roles', heading: '身份', also: ['roles', 'role'] },
  { key: 'skills', heading: '技能', also: ['skills'] },
  { key: 'freeTimes', heading: '空闲时间', also: ['free times'] },
  { key: 'livingSituation', heading: '居住状况', also: ['living situation'] },
  { key: 'abilityLevel', heading: '能力等级', also: ['ability level'] },
  { key: 'latitude', heading: '纬度', also: ['latitude'], mayBeAbsent: true },
  { key: 'longitude', heading: '经度', also: ['longitude'], mayBeAbsent: true },
];

// The words people use for the codes; the first is the one that is written.
const genderWords: Record<Gender, readonly string[]> = {
  female: ['女', '女性'],
  male: ['男', '男性'],
};
const languageWords: Record<Language, readonly string[]> = {
  cmn: ['普通话', '国语', '汉语'],
  wanbei: ['皖北话', '宿州话', '本地话'],
  yue: ['粤语', '广东话'],
  wuu: ['吴语', '上海话'],
  nan: ['闽南语', '闽南话'],
  hak: ['客家话'],
  eng: ['英语'],
  csl: ['手语', '中国手语'],
};
const roleWords: Record<Role, readonly string[]> = {
  resident: ['居民', '老人'],
  volunteer: ['志愿者', '义工'],
  coordinator: ['协调员', '社区协调员', '社区干部', '协调员(社区干部)'],
};
const skillWords: Record<Skill, readonly string[]> = {
  chat: ['聊天', '陪聊'],
  reading: ['读书读报', '读书', '读报'],
  cooking: ['做饭'],
  errands: ['跑腿代办', '跑腿', '代办'],
  smartphone: ['教用手机', '智能手机', '手机'],
  medical_escort: ['陪同就医', '陪诊'],
  crafts: ['手工'],
  music: ['音乐', '唱歌'],
  repairs: ['维修', '修理'],
};
const livingWords: Record<LivingSituation, readonly string[]> = {
  alone: ['独居'],
  empty_nest: ['空巢'],
  left_behind: ['留守'],
  with_family: ['与家人同住', '与子女同住', '同住'],
};
const abilityWords: readonly (readonly string[])[] = [
  ['能力完好', '完好'],
  ['轻度失能', '能力轻度受损', '能力轻度受损(轻度失能)'],
  ['中度失能', '能力中度受损', '能力中度受损(中度失能)'],
  ['重度失能', '能力重度受损', '能力重度受损(重度失能)'],
  ['完全失能', '能力完全丧失', '能力完全丧失(完全失能)'],
];
const weekdays = ['一', '二', '三', '四', '五', '六', '日'];

const shown = (text: string): string => (text.length > 20 ? `${text.slice(0, 20)}…` : text);

type Reader<T> = (text: string) => Reading<T>;

const wordReader = <T extends string>(
  schema: z.ZodMiniType<T>,
  words: Record<T, readonly string[]>,
  code: ProblemCode,
  label: string,
): Reader<T> => {
  const known = new Map<string, T>();
  const written: string[] = [];
  for (const [key, names] of Object.entries<readonly string[]>(words)) {
    const value = schema.parse(key);
    for (const name of [key, ...names]) known.set(plain(name), value);
    written.push(...names.slice(0, 1));
  }
  return (text) => {
    const value = known.get(plain(text));
    if (value !== undefined) return { value };
    return unreadable(code, `不认识的${label}“${shown(text)}”，可以写：${written.join('、')}。`);
  };
};

/** A list in one cell: parted by `;`, `,`, `、`, `|` or a line break; what is said twice counts once. */
const listReader =
  <T>(readOne: Reader<T>): Reader<T[]> =>
  (text) => {
    const values = new Map<string, T>();
    for (const part of text.normalize('NFKC').split(/[;,、|\n]/)) {
      if (part.trim() === '') continue;
      const read = readOne(part.trim());
      if (!('value' in read)) return read;
      values.set(JSON.stringify(read.value), read.value);
    }
    return { value: [...values.values()] };
  };

const textReader =
  (schema: z.ZodMiniType<string>): Reader<string> =>
  (text) => {
    const read = schema.safeParse(text.replaceAll('\n', ' '));
    if (read.success) return { value: read.data };
    const issue = read.error.issues[0];
    const most = issue?.code === 'too_big' ? `，最多 ${String(issue.maximum)} 个字` : '';
    return unreadable('text_too_long', `这一格太长${most}。`);
  };

const readAnyName = textReader(PersonRow.shape.name);
// Two-letter names are often widened with a blank to line up with longer ones.
const readName: Reader<string> = (text) =>
  readAnyName(/^[\p{Script=Han}·\s]+$/u.test(text) ? text.replace(/\s/g, '') : text);
const readAddress = textReader(PersonRow.shape.address);

const readPhone: Reader<Phone> = (text) => {
  if (isScientific(text)) {
    return unreadable('scientific_notation', '电话被表格软件写成了科学计数法，请把该列设为文本后重填。');
  }
  const value = phoneOf(text);
  return value === undefined
    ? unreadable('bad_phone', '电话写法不对，请填 11 位手机号，或以 + 和国家代码开头的号码。')
    : { value };
};

const readBirthDate: Reader<PersonRow['birthDate']> = (text) => {
  const [, year = '', month = '', day = ''] =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain(text)) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(plain(text)) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain(text)) ??
    [];
  const read = PersonRow.shape.birthDate.safeParse(
    `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  );
  return read.success && Number(year) >= 1900
    ? { value: read.data }
    : unreadable('bad_birth_date', '出生日期写法不对或没有这一天，请写成 1951-03-08，1900 年起。');
};

const readGender = wordReader(Gender, genderWords, 'unknown_gender', '性别');

const readCommunityCode: Reader<PersonRow['communityCode']> = (text) => {
  if (isScientific(text)) {
    return unreadable(
      'scientific_notation',
      '社区代码被表格软件写成了科学计数法（如 3.41302E+11），后几位已丢失，请把该列设为文本后重填 12 位代码。',
    );
  }
  const read = PersonRow.shape.communityCode.safeParse(plain(text));
  return read.success
    ? { value: read.data }
    : unreadable('bad_community_code', '社区代码应是 12 位数字的统计用区划代码。');
};

const readRoleWord = wordReader(Role, roleWords, 'unknown_role', '身份');

/** A role, and for coordinators the reach where it is not the home community: `协调员@341302001`. */
const readRole: Reader<{ role: Role; reach?: RegionCode }> = (text) => {
  const [word = '', ...reaches] = text.split('@');
  const role = readRoleWord(word);
  if (!('value' in role)) return role;
  if (reaches.length === 0) return { value: { role: role.value } };
  const reach = RegionCode.safeParse(plain(reaches.join('@')));
  return role.value === 'coordinator' && reach.success
    ? { value: { role: role.value, reach: reach.data } }
    : unreadable('bad_reach', '只有协调员可以用 @ 写管理范围，范围是 2、4、6、9 或 12 位区划代码。');
};

const clockMinute = (hour: string, minute: string): number =>
  Number(minute) < 60 ? Number(hour) * 60 + Number(minute) : Number.NaN;

const readFreeTime: Reader<FreeTime> = (text) => {
  const [, named, numbered, fromHour = '', fromMinute = '', toHour = '', toMinute = ''] =
    /^(?:(?:周|星期|礼拜)\s*([一二三四五六日天1-7])|([1-7])\s)\s*(\d{1,2}):(\d{2})\s*[-~–—至到]\s*(\d{1,2}):(\d{2})$/.exec(
      text,
    ) ?? [];
  const day = (named ?? numbered ?? '').replace('天', '日');
  const read = FreeTime.safeParse({
    weekday: /\d/.test(day) ? Number(day) : weekdays.indexOf(day) + 1,
    fromMinute: clockMinute(fromHour, fromMinute),
    toMinute: clockMinute(toHour, toMinute),
  });
  return read.success
    ? { value: read.data }
    : unreadable('bad_free_time', '空闲时间写法不对，请写成“周一 09:00-11:00;周三 14:00-17:00”。');
};

const readLivingSituation = wordReader(LivingSituation, livingWords, 'unknown_living_situation', '居住状况');

const readAbilityLevel: Reader<AbilityLevel> = (text) => {
  const value = /^[0-4]级?$/.test(plain(text))
    ? Number.parseInt(plain(text), 10)
    : abilityWords.findIndex((names) => names.includes(plain(text)));
  if (value >= 0) return { value };
  const words = abilityWords.map((names) => names[0]).join('、');
  return unreadable('unknown_ability_level', `不认识的能力等级“${shown(text)}”，可以写：0-4 或${words}。`);
};

const degreesReader =
  (schema: z.ZodMiniType<number>, code: 'bad_latitude' | 'bad_longitude', example: string): Reader<number> =>
  (text) => {
    const written = plain(text);
    const read = schema.safeParse(/^-?\d{1,3}(\.\d{1,15})?$/.test(written) ? Number(written) : Number.NaN);
    return read.success ? { value: read.data } : unreadable(code, `应是以度为单位的小数，如 ${example}。`);
  };

const readers = {
  languages: listReader(wordReader(Language, languageWords, 'unknown_language', '语言')),
  roles: listReader(readRole),
  skills: listReader(wordReader(Skill, skillWords, 'unknown_skill', '技能')),
  freeTimes: listReader(readFreeTime),
  latitude: degreesReader(Point.shape.latitude, 'bad_latitude', '33.64012'),
  longitude: degreesReader(Point.shape.longitude, 'bad_longitude', '116.97034'),
};

type PersonTable = Table<PersonColumn>;

/** One line as far as it could be read; `row` only where nothing is wrong with it. */
interface ReadPerson {
  row?: PersonRow;
  known: { line: number; phone?: Phone; identity?: string };
  problems: Problem[];
}

const readPerson = (row: PersonTable['rows'][number], headings: PersonTable['headings']): ReadPerson => {
  const { line } = row;
  const { optional, required, tell, problems } = cellsReader(row, headings);
  const name = required('name', readName);
  const phone = optional('phone', readPhone);
  const birthDate = required('birthDate', readBirthDate);
  const gender = required('gender', readGender);
  const communityCode = required('communityCode', readCommunityCode);
  const address = required('address', readAddress);
  const languages = optional('languages', readers.languages) ?? [];
  const roles = required('roles', readers.roles);
  const skills = optional('skills', readers.skills) ?? [];
  const freeTimes = optional('freeTimes', readers.freeTimes) ?? [];
  const livingSituation = optional('livingSituation', readLivingSituation);
  const abilityLevel = optional('abilityLevel', readAbilityLevel);
  const latitude = optional('latitude', readers.latitude);
  const longitude = optional('longitude', readers.longitude);
  if (problems.length === 0 && (latitude === undefined) !== (longitude === undefined)) {
    tell(
      latitude === undefined ? 'latitude' : 'longitude',
      unreadable('half_a_point', '纬度和经度要一起填，或都不填。'),
    );
  }

  const known = {
    line,
    ...(phone === undefined ? {} : { phone }),
    ...(name === undefined || birthDate === undefined || communityCode === undefined
      ? {}
      : { identity: [name, birthDate, communityCode, phone ?? ''].join('\n') }),
  };
  if (
    problems.length > 0 ||
    name === undefined ||
    birthDate === undefined ||
    gender === undefined ||
    communityCode === undefined ||
    address === undefined ||
    roles === undefined
  ) {
    return { known, problems };
  }
  const grants = roles.map(({ role, reach }): RoleGrant => ({ role, region: reach ?? communityCode }));
  const read = PersonRow.safeParse({
    line,
    name,
    ...(phone === undefined ? {} : { phone }),
    birthDate,
    gender,
    communityCode,
    address,
    ...(latitude === undefined || longitude === undefined ? {} : { point: { latitude, longitude } }),
    languages,
    roles: [...new Map(grants.map((grant) => [`${grant.role}@${grant.region}`, grant])).values()],
    skills,
    freeTimes,
    ...(livingSituation === undefined ? {} : { livingSituation }),
    ...(abilityLevel === undefined ? {} : { abilityLevel }),
  } satisfies PersonRow);
  if (read.success) return { row: read.data, known, problems };
  // Every cell is good by itself; what is left to refuse is the length of a list.
  for (const { path } of read.error.issues) {
    const column = peopleColumns.find(({ key }) => key === path[0]);
    if (column === undefined) throw new Error('a line of good cells is a person');
    tell(column.key, unreadable('too_many_values', '这一格写的项数太多。'));
  }
  return { known, problems };
};

/** The lines that name a person or a telephone a second time. */
const repeated = (people: readonly ReadPerson[], headings: PersonTable['headings']): Problem[] => {
  const problems: Problem[] = [];
  const lineOfPerson = new Map<string, number>();
  const lineOfPhone = new Map<Phone, number>();
  for (const { line, phone, identity } of people.map(({ known }) => known)) {
    const samePerson = identity === undefined ? undefined : lineOfPerson.get(identity);
    const samePhone = phone === undefined ? undefined : lineOfPhone.get(phone);
    if (samePerson !== undefined) {
      const reason = `与第 ${samePerson} 行是同一个人，请删去一行。`;
      problems.push({ line, column: headings.get('name') ?? '', code: 'duplicate_person', reason });
    } else if (samePhone !== undefined) {
      const reason = `与第 ${samePhone} 行的电话相同，每个人要有自己的电话，没有就留空。`;
      problems.push({ line, column: headings.get('phone') ?? '', code: 'duplicate_phone', reason });
    }
    if (identity !== undefined && samePerson === undefined) lineOfPerson.set(identity, line);
    if (phone !== undefined && samePhone === undefined) lineOfPhone.set(phone, line);
  }
  return problems;
};

/** Reads the people of a community from a CSV file: headings in Chinese or English, in any order.
 *
 *  `rows` are the people with whom nothing is wrong, in the order of the file; `problems` are in the order of
 *  lines, at most `fileLimits.problemsMax` and one more that says so. A file with a problem is for mending:
 *  whoever imports takes `rows` only where `problems` is empty. Bounds: `fileLimits`; every value is bounded as
 *  in `Member`; birth dates from 1900. A resident and a volunteer belong to the community of the line, a
 *  coordinator too unless a reach is given (`协调员@341302001`).
 *  Never throws, whatever the bytes. Age limits and whether a community exists are not looked at here. */
export const readPeopleFile = (bytes: Uint8Array): { rows: PersonRow[]; problems: Problem[] } => {
  const { rows, headings, problems } = readTable(bytes, peopleColumns);
  const people = rows.map((row) => readPerson(row, headings));
  const all = [...problems, ...people.flatMap((person) => person.problems), ...repeated(people, headings)];
  const wrong = new Set(all.map(({ line }) => line));
  return {
    rows: people.flatMap(({ row }) => (row === undefined || wrong.has(row.line) ? [] : [row])),
    problems: worthTelling(all),
  };
};

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const grantText = ({ role, region }: RoleGrant, home: RegionCode): string => {
  const word = roleWords[role][0] ?? role;
  if (region === home) return word;
  if (role !== 'coordinator') throw new Error('residents and volunteers belong to their own community');
  return `${word}@${region}`;
};

// Six decimals of a degree are a tenth of a metre.
const degrees = (value: number | undefined): string =>
  value === undefined ? '' : String(Number(value.toFixed(6)));

const cellsOf = (person: Omit<PersonRow, 'line'>): Record<PersonColumn, string> => ({
  name: person.name,
  phone: person.phone?.replace(/^\+86(?=1\d{10}$)/, '') ?? '',
  birthDate: person.birthDate,
  gender: genderWords[person.gender][0] ?? person.gender,
  communityCode: person.communityCode,
  address: person.address,
  languages: person.languages.map((language) => languageWords[language][0] ?? language).join(';'),
  roles: person.roles.map((grant) => grantText(grant, person.communityCode)).join(';'),
  skills: person.skills.map((skill) => skillWords[skill][0] ?? skill).join(';'),
  freeTimes: person.freeTimes
    .map((slot) => `周${weekdays[slot.weekday - 1] ?? ''} ${clock(slot.fromMinute)}-${clock(slot.toMinute)}`)
    .join(';'),
  livingSituation:
    person.livingSituation === undefined
      ? ''
      : (livingWords[person.livingSituation][0] ?? person.livingSituation),
  abilityLevel: person.abilityLevel === undefined ? '' : (abilityWords[person.abilityLevel]?.[0] ?? ''),
  latitude: degrees(person.point?.latitude),
  longitude: degrees(person.point?.longitude),
});

/** Writes people as a file that `readPeopleFile` reads back to the same people, points to six decimals.
 *  Chinese headings; safe to open in a spreadsheet (`writeTable`).
 *  Throws where a resident's or volunteer's role holds in another region than the home community. */
export const writePeopleFile = (rows: readonly Omit<PersonRow, 'line'>[]): string => {
  const lines = rows.map((row) => {
    const cells = cellsOf(row);
    return peopleColumns.map(({ key }) => cells[key]);
  });
  return writeTable([peopleColumns.map(({ heading }) => heading), ...lines]);
};
