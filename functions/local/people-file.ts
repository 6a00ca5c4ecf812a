/**
 * The file in which a community hands over its people: a table saved as CSV, one person a line, as Excel and
 * WPS write it. Nothing is guessed: what cannot be read is told with its line and column, in a sentence for
 * the person who filled the table in, and never with the phone, name or address that stood there.
 */
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
import {
  type Column,
  type Problem,
  type ProblemCode,
  type Reading,
  type Table,
  cellsReader,
  isScientific,
  plain,
  readTable,
  unreadable,
  worthTelling,
  writeTable,
} from './csv-table.ts';

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
