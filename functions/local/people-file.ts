/**
 * The file in which a community hands over its people: a table saved as CSV, one person a line, as Excel and
 * WPS write it. Nothing is guessed: what cannot be read is told with its line and column, in a sentence for
 * the person who filled the table in, and never with the phone, name or address that stood there.
 */
import * as z from 'zod/mini';
import {
  FreeTime,
  Gender,
  Language,
  LivingSituation,
  Member,
  type Phone,
  phoneOf,
  Point,
  Skill,
} from '@time-bank/contracts/member';
import { writeTable } from '@time-bank/contracts/csv';
import { RegionCode } from '@time-bank/contracts/region';
import { Role, RoleGrant } from '@time-bank/contracts/role';
import {
  type Column,
  type Lines,
  type Problem,
  type Table,
  cellsReader,
  isScientific,
  linesOfFile,
  plain,
  tableOf,
  unreadable,
  worthTelling,
} from './csv-table.ts';
import { type ElderColumn, elderCells, elderColumns, readElderCells } from './people-elders.ts';
import { type PaperColumn, paperCells, paperColumns, readPapers } from './people-papers.ts';
import {
  type Reader,
  abilityWords,
  dayIn,
  dayOf,
  genderWords,
  known,
  languageWords,
  listReader,
  livingWords,
  periodText,
  readLevel,
  roleWords,
  skillWords,
  splitPeriod,
  textReader,
  wordOf,
  wordReader,
} from './people-words.ts';

/** A person as one line of the file; everything of a `Member` but id, version and the code on the card, which the
 *  time bank gives. `line`: 1-based, the physical line on which the person starts. */
export const PersonRow = z.strictObject({
  line: z.int().check(z.gte(1)),
  ...z.omit(Member, { memberId: true, visitCode: true, version: true }).shape,
  roles: z.array(RoleGrant).check(z.minLength(1), z.maxLength(12)),
});
export type PersonRow = z.infer<typeof PersonRow>;

/** The columns of the people file. */
export type PersonColumn =
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
  | 'longitude'
  | PaperColumn
  | ElderColumn;

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
  ...paperColumns,
  ...elderColumns,
];

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];

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
  const value = dayOf(text);
  return value === undefined
    ? unreadable('bad_birth_date', '出生日期写法不对或没有这一天，请写成 1951-03-08，1900 年起。')
    : { value };
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

/** A role as it is written; without a region it is held at home. */
interface WrittenRole {
  role: Role;
  reach?: RegionCode;
  period: Record<string, unknown>;
}

/** Residents and volunteers belong to a community, everybody else to a reach of any size. */
const isReach = (role: Role, reach: string): boolean =>
  RegionCode.safeParse(reach).success &&
  (reach.length === 12 || (role !== 'resident' && role !== 'volunteer'));

/** A role, its region where that is not the home community, and its days: `协调员@341302001 自2026-01-01`. */
const readRole: Reader<WrittenRole> = (text) => {
  const { head, from, until } = splitPeriod(text);
  const [word = '', ...reaches] = head.split('@');
  const role = readRoleWord(word);
  if (!('value' in role)) return role;
  const period = known({ from: dayIn(from), until: dayIn(until) });
  if (!RoleGrant.safeParse({ role: role.value, region: '34', ...period }).success) {
    return unreadable(
      'bad_role_period',
      '身份的起止日期写法不对，请写成“协调员 自2026-01-01 至2026-12-31”。',
    );
  }
  if (reaches.length === 0) return { value: { role: role.value, period } };
  const reach = plain(reaches.join('@'));
  return isReach(role.value, reach)
    ? { value: { role: role.value, reach, period } }
    : unreadable('bad_reach', '@ 后面是 2、4、6、9 或 12 位区划代码；居民和志愿者只能写 12 位社区代码。');
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
  const cells = cellsReader(row, headings);
  const { optional, required, tell, problems } = cells;
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
  const abilityLevel = optional('abilityLevel', readLevel);
  const latitude = optional('latitude', readers.latitude);
  const longitude = optional('longitude', readers.longitude);
  if (problems.length === 0 && (latitude === undefined) !== (longitude === undefined)) {
    tell(
      latitude === undefined ? 'latitude' : 'longitude',
      unreadable('half_a_point', '纬度和经度要一起填，或都不填。'),
    );
  }

  const volunteering = readPapers(cells);
  const elderFile = readElderCells(cells);

  const seen = {
    line,
    ...(phone === undefined ? {} : { phone }),
    ...(name === undefined || birthDate === undefined || communityCode === undefined
      ? {}
      : { identity: [name, birthDate, communityCode].join('\n') }),
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
    return { known: seen, problems };
  }
  const grants = roles.map(({ role, reach, period }) => ({
    role,
    region: reach ?? communityCode,
    ...period,
  }));
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
    roles: [...new Map(grants.map((grant) => [JSON.stringify(grant), grant])).values()],
    skills,
    freeTimes,
    ...(livingSituation === undefined ? {} : { livingSituation }),
    ...(abilityLevel === undefined ? {} : { abilityLevel }),
    ...(volunteering === undefined ? {} : { volunteering }),
    ...(elderFile === undefined ? {} : { elderFile }),
  });
  if (read.success) return { row: read.data, known: seen, problems };
  // Every cell is good by itself; what is left to refuse is the length of a list.
  for (const { path } of read.error.issues) {
    const column = columnOfPath(path.map(String));
    if (column === undefined) throw new Error('a line of good cells is a person');
    tell(column.key, unreadable('too_many_values', '这一格写的项数太多。'));
  }
  return { known: seen, problems };
};

/** The column in which a list stands that is too long. */
const columnOfPath = (path: readonly string[]): Column<PersonColumn> | undefined => {
  const inside = path[0] === 'volunteering' || path[0] === 'elderFile' ? path[1] : path[0];
  const key = inside === 'emergencyContacts' ? 'contacts' : inside;
  return peopleColumns.find((column) => column.key === key);
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

/** Reads the people of a community from the lines of a table: headings in Chinese or English, in any order.
 *
 *  `rows` are the people with whom nothing is wrong, in the order of the file; `problems` are in the order of
 *  lines, at most `fileLimits.problemsMax` and one more that says so. A file with a problem is for mending:
 *  whoever imports takes `rows` only where `problems` is empty. Bounds: `fileLimits`; every value is bounded as
 *  in `Member`; birth dates from 1900. A role belongs to the community of the line unless a region is written
 *  (`协调员@341302001`). Age limits and whether a region exists are not looked at here. */
export const readPeopleLines = (lines: Lines): { rows: PersonRow[]; problems: Problem[] } => {
  const { rows, headings, problems } = tableOf(lines, peopleColumns);
  const people = rows.map((row) => readPerson(row, headings));
  const all = [...problems, ...people.flatMap((person) => person.problems), ...repeated(people, headings)];
  const wrong = new Set(all.map(({ line }) => line));
  return {
    rows: people.flatMap(({ row }) => (row === undefined || wrong.has(row.line) ? [] : [row])),
    problems: worthTelling(all),
  };
};

/** The same for the bytes of a CSV file. Never throws, whatever the bytes. */
export const readPeopleFile = (bytes: Uint8Array): { rows: PersonRow[]; problems: Problem[] } =>
  readPeopleLines(linesOfFile(bytes));

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const grantText = (grant: RoleGrant, home: RegionCode): string =>
  `${wordOf(roleWords, grant.role)}${grant.region === home ? '' : `@${grant.region}`}${periodText(grant)}`;

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
  ...paperCells(person.volunteering),
  ...elderCells(person.elderFile),
});

/** People as the cells of a table under `peopleColumns`, headings first. What names other people by their ids is left
 *  out: who gave a role or took a step, an organisation, a guardian, whom not to send; and all assessments but the newest. */
export const peopleCells = (people: readonly Omit<PersonRow, 'line'>[]): string[][] => [
  peopleColumns.map(({ heading }) => heading),
  ...people.map((person) => {
    const cells = cellsOf(person);
    return peopleColumns.map(({ key }) => cells[key]);
  }),
];

/** Writes people as a file that `readPeopleFile` reads back to the same people but for what `peopleCells` leaves out,
 *  points to six decimals. Chinese headings; safe to open in a spreadsheet (`writeTable`). */
export const writePeopleFile = (people: readonly Omit<PersonRow, 'line'>[]): string =>
  writeTable(peopleCells(people));
