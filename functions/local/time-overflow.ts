/**
 * What the time bank software TimeOverflow exports as CSV: its users and its transfers, by the place of their columns,
 * for the headings are in the language of the bank. Nothing is guessed: a user without a day of birth, or of a gender
 * that the time bank does not know, is told with the line. Hours are decimals there (`0.33`); each transfer is rounded
 * to the nearest whole minute. Source: coopdevs/timeoverflow, app/decorators/member_complete_report_decorator.rb and
 * transfer_complete_report_decorator.rb.
 */
import { Member, type Phone, phoneOf } from '@time-bank/contracts/member';
import type { CommunityCode } from '@time-bank/contracts/region';
import { CivilDate } from '@time-bank/contracts/time';
import type { ListedPerson } from '@time-bank/desk/import-people';
import * as z from 'zod/mini';
import { type Problem, type ProblemCode, linesOfFile, readCell, worthTelling } from './csv-table.ts';

/** A user of the other bank as a person of this one, under the number that the other bank gave them. */
export interface BankUser {
  line: number;
  number: string;
  person: ListedPerson;
}

/** What moved in the other bank. `minutes`, whole: net of each number, above zero where more was received than given. */
export interface BankHours {
  net: ReadonlyMap<string, number>;
  /** Net of those who have left, and of the bank itself. */
  leftMinutes: number;
  bankMinutes: number;
  transfers: number;
  problems: Problem[];
}

/** Where the export says nothing: shown as it is until somebody writes the address in. */
const NO_ADDRESS = '（未登记）';

const userColumns = {
  number: 0,
  name: 1,
  birthDate: 3,
  phone: 4,
  address: 6,
  createdAt: 7,
  gender: 9,
} as const;
const transferColumns = { date: 0, from: 2, to: 4, hours: 8 } as const;
const USER_COLUMNS = 16;
const TRANSFER_COLUMNS = 9;
/** Whom the transfers name instead of a number. */
const gone: readonly string[] = ['inactive_user', 'deleted_user'];
const THE_BANK = '0';

type Cells = readonly string[];

const cellsOf = (cells: Cells) => {
  const problems: { code: ProblemCode; reason: string }[] = [];
  const at = (place: number): string => {
    const read = readCell(cells[place] ?? '');
    if ('value' in read) return read.value;
    problems.push(read);
    return '';
  };
  return { at, problems };
};

/** A number as it is written there: with its country code, or a national one of `countryCode` (`+34`). */
const phoneAt = (written: string, countryCode: string | undefined): Phone | undefined => {
  const national = written.replace(/[\s()-]/g, '');
  const isNational = countryCode !== undefined && /^\d{5,12}$/.test(national);
  return phoneOf(isNational ? `${countryCode}${national}` : written);
};

/** Where the users are to live, and the country of their numbers. */
export interface NewHome {
  communityCode: CommunityCode;
  countryCode?: string | undefined;
}

const Person = z.omit(Member, { memberId: true, visitCode: true });

type ReadUser = { user: BankUser } | { problems: Problem[] };

const readUser = (line: number, cells: Cells, home: NewHome): ReadUser => {
  const { at, problems } = cellsOf(cells);
  const told: Problem[] = [];
  const tell = (column: string, code: ProblemCode, reason: string): void => {
    told.push({ line, column, code, reason });
  };
  const number = at(userColumns.number);
  const name = at(userColumns.name);
  const address = at(userColumns.address);
  const written = at(userColumns.phone);
  const phone = phoneAt(written, home.countryCode);
  const gender = at(userColumns.gender);
  const day = at(userColumns.birthDate).slice(0, 10);
  const since = CivilDate.safeParse(at(userColumns.createdAt).slice(0, 10));
  if (!/^\d{1,9}$/.test(number)) tell('N', 'bad_characters', '用户编号应是数字。');
  if (!CivilDate.safeParse(day).success) tell('出生日期', 'bad_birth_date', '没有出生日期，请先补上。');
  if (gender !== 'female' && gender !== 'male')
    tell('性别', 'unknown_gender', '性别不是 female 或 male，请先补上。');
  if (written !== '' && phone === undefined) {
    tell('电话', 'bad_phone', '电话没有国家代码，请加上，或用 --country 写明国家代码。');
  }
  told.push(...problems.map(({ code, reason }) => ({ line, column: '', code, reason })));
  if (told.length > 0) return { problems: told };
  const person = Person.safeParse({
    name,
    ...(phone === undefined ? {} : { phone }),
    birthDate: day,
    gender,
    communityCode: home.communityCode,
    address: address === '' ? NO_ADDRESS : address,
    languages: [],
    roles: [{ role: 'resident', region: home.communityCode, ...(since.success ? { from: since.data } : {}) }],
    skills: [],
    freeTimes: [],
  });
  if (person.success) return { user: { line, number, person: person.data } };
  const column = String(person.error.issues[0]?.path[0] ?? '');
  return {
    problems: [{ line, column, code: 'text_too_long', reason: '这一格不能照录，请检查长短和字符。' }],
  };
};

const ofWrongShape = (
  problems: readonly Problem[],
  rows: readonly { cells: Cells }[],
  columns: number,
): Problem[] => {
  if (problems.length > 0) return [...problems];
  const isRight = rows[0]?.cells.length === columns;
  const reason = `这个文件应有 ${String(columns)} 列，请直接使用对方系统导出的文件。`;
  return isRight ? [] : [{ line: 1, column: '', code: 'missing_column', reason }];
};

/** The users of the other bank. Bounds: `fileLimits`. Where there is any problem there is no user. Never throws. */
export const readBankUsers = (
  bytes: Uint8Array,
  home: NewHome,
): { users: BankUser[]; problems: Problem[] } => {
  const file = linesOfFile(bytes);
  const wrong = ofWrongShape(file.problems, file.rows, USER_COLUMNS);
  if (wrong.length > 0) return { users: [], problems: wrong };
  const read = file.rows.slice(1).map(({ line, cells }) => readUser(line, cells, home));
  const problems = read.flatMap((one) => ('problems' in one ? one.problems : []));
  const users = read.flatMap((one) => ('user' in one ? [one.user] : []));
  const seen = new Set<string>();
  for (const { number, line } of users) {
    if (seen.has(number)) {
      problems.push({ line, column: 'N', code: 'duplicate_number', reason: '这个用户编号出现了两次。' });
    }
    seen.add(number);
  }
  return problems.length > 0 ? { users: [], problems: worthTelling(problems) } : { users, problems: [] };
};

const minutesOf = (hours: string): number | undefined => {
  const minutes = Math.round(Number(hours) * 60);
  return /^\d{1,6}(\.\d{1,2})?$/.test(hours) ? minutes : undefined;
};

/** The transfers of the other bank as what each of its users has in the end. Bounds: `fileLimits`. Never throws. */
export const readBankTransfers = (bytes: Uint8Array, numbers: ReadonlySet<string>): BankHours => {
  const file = linesOfFile(bytes);
  const problems = ofWrongShape(file.problems, file.rows, TRANSFER_COLUMNS);
  const net = new Map<string, number>();
  const add = (number: string, minutes: number): void => {
    net.set(number, (net.get(number) ?? 0) + minutes);
  };
  const body = problems.length > 0 ? [] : file.rows.slice(1);
  for (const { line, cells } of body) {
    const { at, problems: unread } = cellsOf(cells);
    const [from, to] = [at(transferColumns.from), at(transferColumns.to)];
    const minutes = minutesOf(at(transferColumns.hours));
    const tell = (column: string, code: ProblemCode, reason: string): void => {
      problems.push({ line, column, code, reason });
    };
    for (const { code, reason } of unread) tell('', code, reason);
    for (const number of [from, to]) {
      if (number === THE_BANK || gone.includes(number) || numbers.has(number)) continue;
      tell('from ID / to ID', 'unknown_number', '用户文件里没有这个编号。');
    }
    if (minutes === undefined) tell('quantity', 'bad_amount', '数量应是小时数，最多两位小数。');
    else {
      add(from, -minutes);
      add(to, minutes);
    }
  }
  const sum = [...net.values()].reduce((total, minutes) => total + minutes, 0);
  if (sum !== 0) throw new Error('what was given in a bank was received in it');
  const of = (names: readonly string[]): number =>
    names.reduce((total, name) => total + (net.get(name) ?? 0), 0);
  return {
    net: new Map([...net].filter(([number]) => numbers.has(number))),
    leftMinutes: of(gone),
    bankMinutes: of([THE_BANK]),
    transfers: body.length,
    problems: worthTelling(problems),
  };
};
