import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import {
  AbilityLevel,
  Address,
  Gender,
  Language,
  LivingSituation,
  PersonName,
  Phone,
  Skill,
} from '@time-bank/contracts/member';
import { type ElderFile, HardshipTag, VisitTier } from '@time-bank/contracts/elder-file';
import { CommunityCode, RegionCode } from '@time-bank/contracts/region';
import { Role, RoleGrant } from '@time-bank/contracts/role';
import { CivilDate } from '@time-bank/contracts/time';
import { VolunteerState, type Volunteering } from '@time-bank/contracts/volunteering';
import { fileLimits } from './csv-table.ts';
import {
  type PersonRow,
  peopleCells,
  readPeopleFile,
  readPeopleLines,
  writePeopleFile,
} from './people-file.ts';
import { linesOfSheet, writeSheets } from './sheet-file.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const gb18030 = (text: string): Uint8Array => new Uint8Array(iconv.encode(text, 'gb18030'));

const HEADINGS =
  '姓名,电话,出生日期,性别,社区代码,地址,语言,身份,技能,空闲时间,居住状况,能力等级,纬度,经度,志愿者状态,无犯罪记录核查日期,培训日期';

const wang = {
  姓名: '王桂侠',
  电话: '10012345678',
  出生日期: '1951-03-08',
  性别: '女',
  社区代码: '341302001003',
  地址: '东仙桥社区和平里3号楼2单元401室',
  语言: '普通话;皖北话',
  身份: '居民',
  技能: '',
  空闲时间: '',
  居住状况: '独居',
  能力等级: '1',
  纬度: '33.64012',
  经度: '116.97034',
  志愿者状态: '',
  无犯罪记录核查日期: '',
  培训日期: '',
};

const lineOf = (changes: Partial<typeof wang> = {}): string =>
  Object.values({ ...wang, ...changes })
    .map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');

const fileOf = (...lines: string[]): Uint8Array => utf8([HEADINGS, ...lines, ''].join('\r\n'));
const only = (bytes: Uint8Array): PersonRow => {
  const { rows, problems } = readPeopleFile(bytes);
  expect(problems).toEqual([]);
  expect(rows).toHaveLength(1);
  return rows[0]!;
};

describe('a person of the file', () => {
  it('is read whole', () => {
    expect(only(fileOf(lineOf()))).toEqual({
      line: 2,
      name: '王桂侠',
      phone: '+8610012345678',
      birthDate: '1951-03-08',
      gender: 'female',
      communityCode: '341302001003',
      address: '东仙桥社区和平里3号楼2单元401室',
      point: { latitude: 33.64012, longitude: 116.97034 },
      languages: ['cmn', 'wanbei'],
      roles: [{ role: 'resident', region: '341302001003' }],
      skills: [],
      freeTimes: [],
      livingSituation: 'alone',
      abilityLevel: 1,
    });
  });

  it('who volunteers brings the day of the check and of the training', () => {
    const cells = {
      身份: '志愿者',
      志愿者状态: '启用',
      无犯罪记录核查日期: '2026-01-04',
      培训日期: '2026/1/5',
    };
    expect(only(fileOf(lineOf(cells))).volunteering).toEqual({
      state: 'active',
      since: '2026-01-05',
      recordCheck: { isPassed: true, on: '2026-01-04' },
      trainings: [{ course: '岗前培训', minutes: 120, on: '2026-01-05' }],
      licences: [],
    });
  });

  it('may be without telephone, point, situation and ability', () => {
    const row = only(fileOf(lineOf({ 电话: '', 纬度: '', 经度: '', 居住状况: '', 能力等级: '', 语言: '' })));
    expect(Object.keys(row)).not.toContain('phone');
    expect(Object.keys(row)).not.toContain('point');
    expect(row.languages).toEqual([]);
  });

  it.each<[keyof typeof wang, string, keyof PersonRow, unknown]>([
    ['姓名', '王　芳', 'name', '王芳'],
    ['姓名', "'=王", 'name', '=王'],
    ['电话', '１００１２３４５６７８', 'phone', '+8610012345678'],
    ['电话', '100-1234-5678', 'phone', '+8610012345678'],
    ['电话', "'+8610012345678", 'phone', '+8610012345678'],
    ['电话', '="10012345678"', 'phone', '+8610012345678'],
    ['出生日期', '1951/3/8', 'birthDate', '1951-03-08'],
    ['出生日期', '19510308', 'birthDate', '1951-03-08'],
    ['出生日期', '1951年3月8日', 'birthDate', '1951-03-08'],
    ['出生日期', '１９５１．０３．０８', 'birthDate', '1951-03-08'],
    ['性别', '男', 'gender', 'male'],
    ['性别', 'Female', 'gender', 'female'],
    ['社区代码', "'341302001003", 'communityCode', '341302001003'],
    ['社区代码', '="341302001003"', 'communityCode', '341302001003'],
    ['社区代码', '３４１３０２００１００３', 'communityCode', '341302001003'],
    ['地址', '和平里, "东" 院\n3号', 'address', '和平里, "东" 院 3号'],
    ['语言', 'cmn|吴语、粤语；nan,eng', 'languages', ['cmn', 'wuu', 'yue', 'nan', 'eng']],
    ['语言', '普通话;cmn;国语', 'languages', ['cmn']],
    ['技能', '聊天\n维修', 'skills', ['chat', 'repairs']],
    ['空闲时间', '周日 9:00~11:30', 'freeTimes', [{ weekday: 7, fromMinute: 540, toMinute: 690 }]],
    ['空闲时间', '星期天 22：00—24：00', 'freeTimes', [{ weekday: 7, fromMinute: 1320, toMinute: 1440 }]],
    [
      '空闲时间',
      '1 09:00-11:00; 周三14:00至17:00',
      'freeTimes',
      [
        { weekday: 1, fromMinute: 540, toMinute: 660 },
        { weekday: 3, fromMinute: 840, toMinute: 1020 },
      ],
    ],
    ['居住状况', '空巢', 'livingSituation', 'empty_nest'],
    ['居住状况', 'left_behind', 'livingSituation', 'left_behind'],
    ['能力等级', '重度失能', 'abilityLevel', 3],
    ['能力等级', '能力轻度受损（轻度失能）', 'abilityLevel', 1],
    ['能力等级', '0', 'abilityLevel', 0],
    ['身份', '老人', 'roles', [{ role: 'resident', region: '341302001003' }]],
    [
      '身份',
      'resident;志愿者',
      'roles',
      [
        { role: 'resident', region: '341302001003' },
        { role: 'volunteer', region: '341302001003' },
      ],
    ],
    ['身份', '协调员（社区干部）', 'roles', [{ role: 'coordinator', region: '341302001003' }]],
    ['身份', '协调员@341302001', 'roles', [{ role: 'coordinator', region: '341302001' }]],
  ])('with %s written %j', (column, written, key, value) => {
    expect(only(fileOf(lineOf({ [column]: written })))[key]).toEqual(value);
  });
});

describe('the file', () => {
  const two = [lineOf(), '', ',,,,,,,,,,,,,,,', `${lineOf({ 姓名: '李素云', 电话: '' })},,`, ''];

  it.each([
    ['CRLF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
  ])('is read with %s, past blank lines and empty cells at the end', (_, end) => {
    for (const encode of [utf8, gb18030]) {
      for (const mark of ['', '\uFEFF']) {
        const { rows, problems } = readPeopleFile(encode(mark + [HEADINGS, ...two].join(end)));
        expect(problems).toEqual([]);
        expect(rows.map(({ line, name }) => [line, name])).toEqual([
          [2, '王桂侠'],
          [5, '李素云'],
        ]);
      }
    }
  });

  it('may have English headings in any order, with notes', () => {
    const text = [
      'Roles,Name (required),birth_date,GENDER,Community Code,address,phone,languages,skills,free times,living situation,ability level,,',
      'volunteer,Anna Li,1960-01-02,female,341302001003,1 Road,,eng,chat,,,,,',
    ].join('\n');
    expect(only(utf8(text))).toMatchObject({ name: 'Anna Li', skills: ['chat'] });
  });

  it('counts physical lines, also where a cell has line breaks', () => {
    const bytes = fileOf(lineOf({ 地址: '一\n二\n三' }), lineOf({ 姓名: '李素云', 电话: '1' }));
    expect(readPeopleFile(bytes).problems).toMatchObject([{ line: 5, column: '电话', code: 'bad_phone' }]);
  });

  const headed = (headings: string): Uint8Array => utf8(`${headings}\n${lineOf()}\n`);
  it.each<[string, Uint8Array, [number, string, string][]]>([
    ['nothing in it', utf8(''), [[1, '', 'empty_file']]],
    ['only blank lines', utf8('\r\n\r\n,,\r\n'), [[1, '', 'empty_file']]],
    ['more than 20 MB', new Uint8Array(fileLimits.bytesMax + 1), [[1, '', 'file_too_large']]],
    ['a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 255]), [[1, '', 'not_a_csv_file']]],
    ['NUL bytes', utf8(`${HEADINGS}\r\n\r\n王\0`), [[3, '', 'nul_bytes']]],
    ['no heading', utf8(lineOf()), [[1, '', 'missing_header']]],
    ['a column too few', headed(HEADINGS.replace('性别,', '')), [[1, '性别', 'missing_column']]],
    ['a column too many', headed(`${HEADINGS},身份证号`), [[1, '身份证号', 'unknown_column']]],
    ['a column without a name', headed(`,${HEADINGS}`), [[1, '', 'unknown_column']]],
    ['a column twice', headed(`${HEADINGS},Name`), [[1, 'Name', 'duplicate_column']]],
    ['a quote that stays open', fileOf(lineOf(), '"王,1'), [[3, '', 'quote_not_closed']]],
    [
      'one letter broken in UTF-8',
      new Uint8Array([...fileOf(lineOf(), lineOf({ 电话: '' })), 0xe4, 0xb8, 0x0a]),
      [[4, '', 'undecodable_bytes']],
    ],
    [
      'a byte broken in GB18030',
      new Uint8Array([...gb18030(`${HEADINGS}\n${lineOf()}\n`), 0xff]),
      [[3, '', 'undecodable_bytes']],
    ],
  ])('is refused with %s', (_, bytes, expected) => {
    const { rows, problems } = readPeopleFile(bytes);
    expect(rows).toEqual([]);
    expect(problems.map(({ line, column, code }) => [line, column, code])).toEqual(expected);
  });

  it('is refused with more than 100,000 rows, and taken with as many', { timeout: 60_000 }, () => {
    const lines = (count: number) => utf8(`${HEADINGS}\n${'甲\n'.repeat(count)}`);
    expect(readPeopleFile(lines(fileLimits.rowsMax + 1)).problems).toMatchObject([{ code: 'too_many_rows' }]);
    const { problems } = readPeopleFile(lines(fileLimits.rowsMax));
    expect(problems).toHaveLength(fileLimits.problemsMax + 1);
    expect(problems.at(-1)).toMatchObject({ code: 'more_problems' });
  });

  it('tells in one Chinese sentence what is wrong', () => {
    const { problems } = readPeopleFile(fileOf(lineOf({ 社区代码: '3.41302E+11', 性别: '不详', 姓名: '' })));
    expect(problems).toHaveLength(3);
    for (const { reason } of problems) expect(reason).toMatch(/^[^。]*\p{Script=Han}[^。]*。$/u);
    expect(problems.map(({ reason }) => reason).join()).toContain('科学计数法');
  });
});

describe('a cell', () => {
  it.each<[keyof typeof wang, string, string]>([
    ['姓名', '', 'missing_value'],
    ['姓名', '王'.repeat(41), 'text_too_long'],
    ['姓名', '=HYPERLINK("http://x")', 'formula'],
    ['姓名', '王\u0007', 'bad_characters'],
    ['姓名', '王\u202E', 'bad_characters'],
    ['电话', '12345', 'bad_phone'],
    ['电话', '0557-3012345', 'bad_phone'],
    ['电话', '1.00123E+10', 'scientific_notation'],
    ['出生日期', '1951-02-29', 'bad_birth_date'],
    ['出生日期', '51-3-8', 'bad_birth_date'],
    ['出生日期', '18695', 'bad_birth_date'],
    ['出生日期', '1899-12-31', 'bad_birth_date'],
    ['性别', '不详', 'unknown_gender'],
    ['社区代码', '3.41302E+11', 'scientific_notation'],
    ['社区代码', '341302001', 'bad_community_code'],
    ['社区代码', '341302001003.0', 'bad_community_code'],
    ['地址', '路'.repeat(121), 'text_too_long'],
    ['地址', '路'.repeat(2000), 'text_too_long'],
    ['语言', '普通话;火星话', 'unknown_language'],
    ['身份', '', 'missing_value'],
    ['身份', '居民;村长', 'unknown_role'],
    ['身份', '居民@341302', 'bad_reach'],
    ['身份', '协调员@34130', 'bad_reach'],
    ['身份', '协调员@', 'bad_reach'],
    ['身份', Array.from({ length: 13 }, (_, at) => `协调员@${at + 11}`).join(';'), 'too_many_values'],
    ['技能', '飞行', 'unknown_skill'],
    ['空闲时间', '周八 09:00-11:00', 'bad_free_time'],
    ['空闲时间', '周一 11:00-09:00', 'bad_free_time'],
    ['空闲时间', '周一 09:75-11:00', 'bad_free_time'],
    ['空闲时间', '周一 09:00-24:30', 'bad_free_time'],
    ['空闲时间', '19:00-20:00', 'bad_free_time'],
    ['居住状况', '流浪', 'unknown_living_situation'],
    ['能力等级', '5', 'unknown_ability_level'],
    ['纬度', '116.97', 'bad_latitude'],
    ['纬度', '', 'half_a_point'],
    ['经度', '东经117', 'bad_longitude'],
    ['经度', '', 'half_a_point'],
    ['志愿者状态', '飞行', 'unknown_volunteer_state'],
    ['志愿者状态', '启用', 'papers_without_date'],
    ['无犯罪记录核查日期', '昨天', 'bad_paper_date'],
  ])('is refused where %s is %j', (column, written, code) => {
    const { rows, problems } = readPeopleFile(
      fileOf(lineOf({ 姓名: '李素云', 电话: '' }), lineOf({ [column]: written })),
    );
    expect(problems).toMatchObject([{ line: 3, column, code }]);
    expect(rows.map(({ line }) => line)).toEqual([2]);
  });

  it('never shows again what a phone, a name or an address was', () => {
    const { problems } = readPeopleFile(
      fileOf(lineOf({ 姓名: '密'.repeat(41), 电话: '98765', 地址: '=秘密' })),
    );
    expect(JSON.stringify(problems)).not.toMatch(/密|98765/);
  });

  it('too many on a line is a problem of the line', () => {
    expect(readPeopleFile(fileOf(`${lineOf()},,多`)).problems).toMatchObject([
      { line: 2, column: '', code: 'too_many_cells' },
    ]);
  });

  it('with text after its closing quote is refused', () => {
    const bytes = fileOf(lineOf().replace('王桂侠', '"王"桂侠'));
    expect(readPeopleFile(bytes).problems).toMatchObject([{ line: 2, column: '姓名', code: 'bad_quotes' }]);
  });
});

describe('a column that may be absent', () => {
  const withColumns = (cells: Record<string, string>): Uint8Array =>
    utf8(`${[HEADINGS, ...Object.keys(cells)].join()}\r\n${[lineOf(), ...Object.values(cells)].join()}\r\n`);
  const tagged = { tag: 'minimum_living', from: '2026-01-01', until: '2026-12-31' };

  it.each<[Record<string, string>, object]>([
    [{ 困难标签: '低保 自2026-01-01 至2026-12-31' }, { elderFile: { tags: [tagged] } }],
    [
      { 紧急联系人: '李素云/女儿/10012345678；王某/邻居/10012345679' },
      { elderFile: { emergencyContacts: [{}, {}] } },
    ],
    [{ 探访等级: '每月' }, { elderFile: { visitTier: 'key' } }],
    [
      {
        评估等级: '中度失能',
        评估标准: 'GB/T 42195-2022',
        评估日期: '2026/1/5',
        评估人: '某评估站',
        评估分数: '55',
      },
      { elderFile: { assessments: [{ level: 2, score: 55, on: '2026-01-05' }] } },
    ],
    [
      { 志愿者状态: '启用', 状态日期: '2026-01-05', 培训记录: '急救/60分钟/2026-01-05/2028-01-04' },
      { volunteering: { trainings: [{ course: '急救', minutes: 60, until: '2028-01-04' }] } },
    ],
  ])('%j is read', (cells, expected) => {
    const at = HEADINGS.split(',');
    const extra = Object.fromEntries(Object.entries(cells).filter(([key]) => !at.includes(key)));
    const state = cells['志愿者状态'] ?? '';
    const line = lineOf({ 志愿者状态: state });
    const bytes = utf8(
      `${[HEADINGS, ...Object.keys(extra)].join()}\r\n${[line, ...Object.values(extra)].join()}\r\n`,
    );
    expect(only(bytes)).toMatchObject(expected);
  });

  it.each<[Record<string, string>, string, string]>([
    [{ 困难标签: '低保' }, '困难标签', 'bad_tag'],
    [{ 困难标签: '机密 自2026-01-01' }, '困难标签', 'unknown_tag'],
    [{ 评估等级: '2' }, '评估等级', 'half_an_assessment'],
    [{ 评估分数: '机密' }, '评估分数', 'bad_score'],
    [{ 紧急联系人: '机密/女儿' }, '紧急联系人', 'bad_contact'],
    [{ 探访等级: '机密' }, '探访等级', 'unknown_visit_tier'],
    [{ 培训记录: '机密/0/2026-01-05' }, '培训记录', 'bad_training'],
    [{ 执照证书: '机密/1/2/3/4' }, '执照证书', 'bad_licence'],
    [{ 保险公司: '机密' }, '保险公司', 'half_an_insurance'],
    [{ 无犯罪记录核查结果: '机密' }, '无犯罪记录核查结果', 'unknown_check_result'],
    [{ 无犯罪记录核查结果: '通过' }, '无犯罪记录核查结果', 'papers_without_date'],
    [{ 暂停至: '机密' }, '暂停至', 'bad_paper_date'],
    [{ 居家备注: '机密'.repeat(101) }, '居家备注', 'text_too_long'],
  ])('%j is refused by its column, and what stood there is not repeated', (cells, column, code) => {
    const { rows, problems } = readPeopleFile(withColumns(cells));
    expect(problems).toMatchObject([{ line: 2, column, code }]);
    expect(JSON.stringify(problems)).not.toContain('机密');
    expect(rows).toEqual([]);
  });

  it.each<[string, object[]]>([
    ['居民 自2026-01-01', [{ role: 'resident', region: '341302001003', from: '2026-01-01' }]],
    ['窗口@341302001至2026年12月31日', [{ role: 'counter', region: '341302001', until: '2026-12-31' }]],
    ['志愿者@341302001004', [{ role: 'volunteer', region: '341302001004' }]],
  ])('roles may have a region and days: %s', (written, roles) => {
    expect(only(fileOf(lineOf({ 身份: written }))).roles).toEqual(roles);
  });

  it('whose role has no days that are days is refused', () => {
    const { problems } = readPeopleFile(fileOf(lineOf({ 身份: '居民 自2026-13-01' })));
    expect(problems).toMatchObject([{ column: '身份', code: 'bad_role_period' }]);
  });
});

describe('lines beside each other', () => {
  it.each<[string, Partial<typeof wang>, string, string]>([
    ['the same telephone', { 姓名: '李素云', 电话: '+86 100 1234 5678' }, '电话', 'duplicate_phone'],
    ['the same person', { 地址: '别处', 出生日期: '1951/3/8' }, '姓名', 'duplicate_person'],
  ])('are refused with %s', (_, changes, column, code) => {
    const { rows, problems } = readPeopleFile(fileOf(lineOf(), lineOf(changes)));
    expect(problems).toMatchObject([{ line: 3, column, code }]);
    expect(problems[0]?.reason).toContain('第 2 行');
    expect(rows.map(({ line }) => line)).toEqual([2]);
  });

  it('are taken where one name is two people', () => {
    const other = lineOf({ 出生日期: '1952-03-08', 电话: '' });
    expect(readPeopleFile(fileOf(lineOf({ 电话: '' }), other)).problems).toEqual([]);
  });
});

// Letters that are hard on CSV, on spreadsheets and on encodings.
const letters = fc.constantFrom(...Array.from('王侠芳欧㐀𠮷·aZ9 0,;"\'=+-@＝（、|#éΩ'));
const tidy = (text: string): string => {
  const one = text.replace(/\s+/g, ' ').trim();
  return /^[\p{Script=Han}·\s]+$/u.test(one) ? one.replace(/\s/g, '') : one;
};
const text = (maxLength: number) =>
  fc
    .array(letters, { minLength: 1, maxLength })
    .map((parts) => tidy(parts.join('')))
    .filter((one) => one !== '' && one.length <= maxLength);
const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((parts) => parts.join(''));
const degrees = (most: number) =>
  fc.integer({ min: -most * 1e6, max: most * 1e6 }).map((millionths) => millionths / 1e6 + 0);
const listOf = <T>(one: fc.Arbitrary<T>, maxLength: number) =>
  fc.uniqueArray(one, { maxLength, selector: (value) => JSON.stringify(value) });

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2036-12-31'), noInvalidDate: true })
  .map((date) => CivilDate.parse(date.toISOString().slice(0, 10)));
const some = { nil: undefined };
const without = <T extends object>(parts: T): T =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as T;
const someOf = <T extends object>(parts: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(parts).map((made) => without(made as T));

// Signs that part the records of a cell are only letters here.
const words = (most: number) =>
  text(most).chain((one) =>
    fc
      .constantFrom(one, `${one.slice(0, most - 3)}/;`, `\\${one.slice(0, most - 2)}`)
      .map((made) => made.trim()),
  );
const papersOfAnybody = someOf<Volunteering>({
  state: fc.constantFrom(...VolunteerState.options),
  since: day,
  pausedUntil: fc.option(day, some),
  recordCheck: fc.option(
    someOf({ isPassed: fc.boolean(), on: day, until: fc.option(day, some) as fc.Arbitrary<CivilDate> }),
    some,
  ),
  trainings: fc.array(
    someOf({
      course: words(40),
      minutes: fc.integer({ min: 1, max: 6000 }),
      on: day,
      until: fc.option(day, some) as fc.Arbitrary<CivilDate>,
    }),
    { maxLength: 20 },
  ),
  licences: fc.array(
    someOf({
      name: words(40),
      number: fc.option(words(40), some) as fc.Arbitrary<string>,
      from: fc.option(day, some) as fc.Arbitrary<CivilDate>,
      until: fc.option(day, some) as fc.Arbitrary<CivilDate>,
    }),
    { maxLength: 10 },
  ),
  insurance: fc.option(fc.record({ insurer: text(40), number: text(40), from: day, until: day }), some),
});
const elderFileOfAnybody = someOf<ElderFile>({
  tags: listOf(
    someOf({
      tag: fc.constantFrom(...HardshipTag.options),
      from: day,
      until: fc.option(day, some) as fc.Arbitrary<CivilDate>,
    }),
    8,
  ),
  assessments: fc.array(
    someOf({
      level: fc.integer({ min: 0, max: 4 }),
      standard: text(40),
      score: fc.option(fc.integer({ min: 0, max: 200 }), some) as fc.Arbitrary<number>,
      on: day,
      until: fc.option(day, some) as fc.Arbitrary<CivilDate>,
      assessor: text(40),
    }),
    { maxLength: 1 },
  ),
  wishes: fc.option(text(200), some),
  doNotPair: fc.constant([]),
  homeNotes: fc.option(text(200), some),
  emergencyContacts: fc.array(fc.record({ name: words(40), relation: words(20), phone: digits(11) }), {
    maxLength: 4,
  }),
  visitTier: fc.constantFrom(...VisitTier.options),
});

const aPerson: fc.Arbitrary<Omit<PersonRow, 'line'>> = digits(12).chain((home) =>
  fc.record(
    {
      name: text(40).map((name) => PersonName.parse(name)),
      phone: digits(10).map((number) => Phone.parse(`+1${number}`)),
      birthDate: fc
        .date({ min: new Date('1900-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
        .map((day) => CivilDate.parse(day.toISOString().slice(0, 10))),
      gender: fc.constantFrom(...Gender.options),
      communityCode: fc.constant(CommunityCode.parse(home)),
      address: text(120).map((address) => Address.parse(address)),
      point: fc.record({ latitude: degrees(90), longitude: degrees(180) }),
      languages: listOf(fc.constantFrom(...Language.options), 8),
      roles: fc.uniqueArray(
        fc.oneof(
          fc.constantFrom('resident' as const, 'volunteer' as const).map((role) => ({ role, region: home })),
          fc
            .record({
              role: fc.constantFrom(
                ...Role.options.filter((role) => role !== 'resident' && role !== 'volunteer'),
              ),
              region: fc.constantFrom(home, home.slice(0, 9), home.slice(0, 6), '34'),
              from: fc.option(day, some),
              until: fc.option(day, some),
            })
            .map(({ role, region, from, until }) =>
              RoleGrant.parse(without({ role, region: RegionCode.parse(region), from, until })),
            ),
        ),
        { minLength: 1, maxLength: 6, selector: (grant) => JSON.stringify(grant) },
      ),
      skills: listOf(fc.constantFrom(...Skill.options), 9),
      freeTimes: listOf(
        fc
          .tuple(
            fc.integer({ min: 1, max: 7 }),
            fc.integer({ min: 0, max: 1439 }),
            fc.integer({ min: 1, max: 1440 }),
          )
          .filter(([, from, to]) => from < to)
          .map(([weekday, fromMinute, toMinute]) => ({ weekday, fromMinute, toMinute })),
        28,
      ),
      livingSituation: fc.constantFrom(...LivingSituation.options),
      abilityLevel: fc.integer({ min: 0, max: 4 }).map((level) => AbilityLevel.parse(level)),
      volunteering: papersOfAnybody,
      elderFile: elderFileOfAnybody,
    },
    {
      requiredKeys: [
        'name',
        'birthDate',
        'gender',
        'communityCode',
        'address',
        'languages',
        'roles',
        'skills',
        'freeTimes',
      ],
    },
  ),
);

const aTown = fc.uniqueArray(aPerson, { maxLength: 12, selector: ({ name }) => name }).filter((people) => {
  const phones = people.flatMap(({ phone }) => phone ?? []);
  return new Set(phones).size === phones.length;
});

describe('writing and reading', () => {
  it.each([
    ['UTF-8', utf8],
    ['GB18030', gb18030],
  ])('gives the same people back, in %s', (_, encode) => {
    fc.assert(
      fc.property(aTown, (people) => {
        const { rows, problems } = readPeopleFile(encode(writePeopleFile(people)));
        expect(problems).toEqual([]);
        expect(rows).toEqual(people.map((person, at) => ({ line: at + 2, ...person })));
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same people back from a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(aTown, async (people) => {
        const bytes = await writeSheets([{ name: '人员', rows: peopleCells(people) }]);
        const { rows, problems } = readPeopleLines(await linesOfSheet(bytes));
        expect(problems).toEqual([]);
        expect(rows).toEqual(people.map((person, at) => ({ line: at + 2, ...person })));
      }),
      { numRuns: 50 },
    );
  });

  it('leaves no cell that a spreadsheet would run or round', () => {
    fc.assert(
      fc.property(aTown, (people) => {
        const cells = parse(writePeopleFile(people), { bom: true }).flat();
        for (const cell of cells) {
          expect(cell).not.toMatch(/^[=+@＝＋－＠]|^-\D/);
          expect(cell).not.toMatch(/^\d{12,}$/);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('begins with the mark of UTF-8 and ends every line with CRLF', () => {
    const text = writePeopleFile([]);
    expect(text.startsWith(`\uFEFF${HEADINGS},`)).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it('never throws, whatever the bytes', () => {
    const good = fileOf(lineOf(), lineOf({ 姓名: '李素云', 电话: '' }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.uint8Array({ maxLength: 60 }),
        (changes, anything) => {
          const damaged = good.slice();
          for (const [at, byte] of changes) damaged[at] = byte;
          for (const bytes of [damaged, anything, new Uint8Array([...good, ...anything])]) {
            const { rows, problems } = readPeopleFile(bytes);
            const lines = new Set(problems.map(({ line }) => line));
            expect(rows.filter(({ line }) => lines.has(line))).toEqual([]);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
