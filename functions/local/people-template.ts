/** The workbook that a community fills in: an empty list of people, and beside it what may be written in each column. */
import type { Column } from './csv-table.ts';
import { type PersonColumn, peopleColumns } from './people-file.ts';
import {
  abilityWords,
  genderWords,
  languageWords,
  livingWords,
  resultWords,
  roleWords,
  skillWords,
  tagWords,
  tierWords,
  volunteerWords,
} from './people-words.ts';
import { type TextSheet, writeSheets } from './sheet-file.ts';

const wordsOf = (words: Record<string, readonly string[]>): string =>
  Object.values(words)
    .map(([word = '']) => word)
    .join('、');

const day = '日期，如 2026-03-08';
const level = `0-4，或 ${abilityWords.map(([word = '']) => word).join('、')}`;

/** What may be written in each column, and what a fictional volunteer has there. */
const help: Record<PersonColumn, readonly [words: string, example: string]> = {
  name: ['1 到 40 个字', '王示例'],
  phone: ['11 位手机号，或以 + 和国家代码开头；没有就留空', '10000000000'],
  birthDate: [`${day}，1900 年起`, '1958-03-08'],
  gender: [wordsOf(genderWords), '女'],
  communityCode: ['12 位统计用区划代码', '341302001003'],
  address: ['1 到 120 个字', '和平里3号楼2单元401室'],
  languages: [`${wordsOf(languageWords)}；多项用分号隔开`, '普通话;皖北话'],
  roles: [
    `${wordsOf(roleWords)}；多项用分号隔开；可写区划和起止日期，如“协调员@341302001 自2026-01-01 至2026-12-31”`,
    '居民;志愿者',
  ],
  skills: [`${wordsOf(skillWords)}；多项用分号隔开`, '聊天;跑腿代办'],
  freeTimes: ['如“周一 09:00-11:00;周三 14:00-17:00”', '周一 09:00-11:00'],
  livingSituation: [wordsOf(livingWords), '与家人同住'],
  abilityLevel: [level, '能力完好'],
  latitude: ['以度为单位的小数，和经度一起填', '33.64012'],
  longitude: ['以度为单位的小数，和纬度一起填', '116.97034'],
  volunteerState: [`${wordsOf(volunteerWords)}；和状态日期、核查日期或培训日期一起填`, '启用'],
  recordCheckedOn: [day, '2026-01-04'],
  trainedOn: [`岗前培训 120 分钟的${day}；已写在培训记录里的不要再填`, ''],
  stateSince: [day, '2026-01-06'],
  pausedUntil: [day, ''],
  recordResult: [`${wordsOf(resultWords)}；不填就是通过`, '通过'],
  recordUntil: [day, '2028-01-03'],
  trainings: [
    '课程/分钟/日期/有效期至；多项用分号隔开；名称里的 / 和 ; 前面加 \\',
    '岗前培训/120/2026-01-05',
  ],
  licences: ['名称/编号/自/至；多项用分号隔开', '社会工作者职业资格/SL-0001/2020-01-01/2030-12-31'],
  insurer: ['保险四列一起填', '示例保险公司'],
  policyNumber: ['1 到 40 个字', 'SL-2026-0001'],
  insuredFrom: [day, '2026-01-01'],
  insuredUntil: [day, '2026-12-31'],
  tags: [`${wordsOf(tagWords)}；每项写自哪天起，如“低保 自2026-01-01 至2026-12-31”`, ''],
  assessedLevel: [`${level}；和标准、日期、评估人一起填`, ''],
  standard: ['1 到 40 个字，如 GB/T 42195-2022', ''],
  score: ['0 到 200 的整数', ''],
  assessedOn: [day, ''],
  assessedUntil: [day, ''],
  assessedBy: ['1 到 40 个字', ''],
  wishes: ['最多 200 个字', ''],
  homeNotes: ['最多 200 个字', ''],
  contacts: ['姓名/关系/电话；多人用分号隔开，最多 4 人', '王示意/女儿/10000000001'],
  visitTier: [wordsOf(tierWords), ''],
};

/** Columns in which a spreadsheet program would round a number or lose a zero. */
const keptAsText: readonly PersonColumn[] = [
  'phone',
  'communityCode',
  'policyNumber',
  'contacts',
  'licences',
];
/** As many lines as are ready to be filled in. */
const BLANK_LINES = 500;

const helpLine = ({ key, heading, mayBeAbsent }: Column<PersonColumn>): string[] => {
  const [words, example] = help[key];
  return [heading, mayBeAbsent === true ? '可以没有这一列' : '要有这一列', words, example];
};

/** The sheet with people; the empty template where there are none. */
export const peopleSheet = (rows: TextSheet['rows']): TextSheet => ({
  name: '人员',
  rows,
  ...(rows.length > 1
    ? {}
    : {
        blank: {
          lines: BLANK_LINES,
          columns: peopleColumns.flatMap(({ key }, at) => (keptAsText.includes(key) ? [at] : [])),
        },
      }),
});

/** The line of a fictional person, as it stands in the second sheet of the template. */
export const exampleCells: readonly string[] = peopleColumns.map(({ key }) => help[key][1]);

/** The template: the first sheet is the list, the second says what may be written, with one fictional person. */
export const writeTemplate = (): Promise<Buffer> =>
  writeSheets([
    peopleSheet([peopleColumns.map(({ heading }) => heading)]),
    {
      name: '说明',
      rows: [['列名', '要不要', '可以写什么', '例（虚构的人）'], ...peopleColumns.map(helpLine)],
      widths: [22, 16, 80, 40],
    },
  ]);
