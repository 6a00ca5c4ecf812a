/** The words and the grammar of the cells of a list of people: how each is read, and how it is written. */
import type * as z from 'zod/mini';
import type { HardshipTag, VisitTier } from '@time-bank/contracts/elder-file';
import type { AbilityLevel, Gender, Language, LivingSituation, Skill } from '@time-bank/contracts/member';
import type { Role } from '@time-bank/contracts/role';
import { CivilDate } from '@time-bank/contracts/time';
import type { VolunteerState } from '@time-bank/contracts/volunteering';
import { type ProblemCode, type Reading, plain, unreadable } from './csv-table.ts';

/** The words people use for the codes; the first is the one that is written. */
export const genderWords: Record<Gender, readonly string[]> = {
  female: ['女', '女性'],
  male: ['男', '男性'],
};
/** The words people use for the codes; the first is the one that is written. */
export const languageWords: Record<Language, readonly string[]> = {
  cmn: ['普通话', '国语', '汉语'],
  wanbei: ['皖北话', '宿州话', '本地话'],
  yue: ['粤语', '广东话'],
  wuu: ['吴语', '上海话'],
  nan: ['闽南语', '闽南话'],
  hak: ['客家话'],
  eng: ['英语'],
  csl: ['手语', '中国手语'],
};
/** The words people use for the codes; the first is the one that is written. */
export const roleWords: Record<Role, readonly string[]> = {
  resident: ['居民', '老人'],
  volunteer: ['志愿者', '义工'],
  coordinator: ['协调员', '社区协调员', '社区干部', '协调员(社区干部)'],
  social_worker: ['社会工作者', '社工'],
  organisation: ['社区社会组织', '社会组织', '老年协会'],
  donor: ['公益慈善资源', '捐赠方'],
  family_proxy: ['家属', '子女'],
  guardian: ['监护人'],
  care_commissioner: ['关爱专员'],
  counter: ['窗口工作人员', '窗口'],
  hotline: ['热线工作人员', '热线'],
  service_point: ['服务点', '网点'],
  provider: ['服务机构', '专业服务机构'],
  township: ['街道(乡镇)', '乡镇', '街道'],
  county: ['县区'],
  city: ['市级', '市'],
  province: ['省级', '省'],
  auditor: ['审计员', '第三方评估'],
  administrator: ['系统管理员', '管理员'],
};
/** The words people use for the codes; the first is the one that is written. */
export const skillWords: Record<Skill, readonly string[]> = {
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
/** The words people use for the codes; the first is the one that is written. */
export const livingWords: Record<LivingSituation, readonly string[]> = {
  alone: ['独居'],
  empty_nest: ['空巢'],
  left_behind: ['留守'],
  with_family: ['与家人同住', '与子女同住', '同住'],
};
/** The words people use for the codes; the first is the one that is written. */
export const abilityWords: readonly (readonly string[])[] = [
  ['能力完好', '完好'],
  ['轻度失能', '能力轻度受损', '能力轻度受损(轻度失能)'],
  ['中度失能', '能力中度受损', '能力中度受损(中度失能)'],
  ['重度失能', '能力重度受损', '能力重度受损(重度失能)'],
  ['完全失能', '能力完全丧失', '能力完全丧失(完全失能)'],
];
/** The words people use for the codes; the first is the one that is written. */
export const volunteerWords: Record<VolunteerState, readonly string[]> = {
  applied: ['申请', '已申请'],
  site_checked: ['站点审核', '站点已审核'],
  county_checked: ['县级审核', '县级已审核'],
  trained: ['培训', '已培训'],
  active: ['启用', '已启用'],
  paused: ['暂停', '已暂停'],
  left: ['退出', '已退出'],
  declined: ['未通过'],
};
/** The words people use for the codes; the first is the one that is written. */
export const tagWords: Record<HardshipTag, readonly string[]> = {
  destitute: ['特困', '三无', '五保'],
  minimum_living: ['低保'],
  poor_disabled: ['经济困难失能'],
  lost_only_child: ['计生特扶', '失独'],
  centenarian: ['百岁', '百岁老人'],
  disabled: ['残疾'],
  low_income: ['低收入'],
  hardship: ['其他困难', '困难'],
};
/** The words people use for the codes; the first is the one that is written. */
export const tierWords: Record<VisitTier, readonly string[]> = {
  high: ['每周', '高频'],
  key: ['每月', '重点'],
  general: ['每季', '一般'],
};
/** The words people use for the codes; the first is the one that is written. */
export const resultWords: Record<'passed' | 'failed', readonly string[]> = {
  passed: ['通过', '合格'],
  failed: ['未通过', '不合格'],
};

/** Reads the text of one cell. */
export type Reader<T> = (text: string) => Reading<T>;

/** A word for a code, by any of the names of it. */
export const wordReader = <T extends string>(
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
    return unreadable(code, `不认识的${label}，可以写：${written.join('、')}。`);
  };
};

/** A list in one cell: parted by `;`, `,`, `、`, `|` or a line break; what is said twice counts once. */
export const listReader =
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

/** Text on one line. */
export const textReader =
  (schema: z.ZodMiniType<string>): Reader<string> =>
  (text) => {
    const read = schema.safeParse(text.replaceAll('\n', ' '));
    if (read.success) return { value: read.data };
    const issue = read.error.issues[0];
    const most = issue?.code === 'too_big' ? `，最多 ${String(issue.maximum)} 个字` : '';
    return unreadable('text_too_long', `这一格太长${most}。`);
  };

/** A day as people write it; undefined where it is none. */
export const dayOf = (text: string): CivilDate | undefined => {
  const [, year = '', month = '', day = ''] =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain(text)) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(plain(text)) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain(text)) ??
    [];
  const read = CivilDate.safeParse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return read.success && Number(year) >= 1900 ? read.data : undefined;
};

/** The word that is written for a code. */
export const wordOf = <T extends string>(words: Record<T, readonly string[]>, code: T): string =>
  words[code][0] ?? code;

/** A level of ability, by its number or its name. */
export const readLevel: Reader<AbilityLevel> = (text) => {
  const value = /^[0-4]级?$/.test(plain(text))
    ? Number.parseInt(plain(text), 10)
    : abilityWords.findIndex((names) => names.includes(plain(text)));
  if (value >= 0) return { value };
  const words = abilityWords.map((names) => names[0]).join('、');
  return unreadable('unknown_ability_level', `不认识的能力等级，可以写：0-4 或${words}。`);
};

/** A day on a paper. */
export const readPaperDate: Reader<CivilDate> = (text) => {
  const value = dayOf(text);
  return value === undefined
    ? unreadable('bad_paper_date', '日期写法不对或没有这一天，请写成 2026-03-08。')
    : { value };
};

/** What stands before a period, and its days as they are written: `低保 自2026-01-01 至2026-12-31`. */
export const splitPeriod = (text: string): { head: string; from?: string; until?: string } => {
  const [, head = '', from, until] =
    /^(.*?)(?:\s*自\s*([\d年月日/.-]+))?(?:\s*至\s*([\d年月日/.-]+))?$/s.exec(text) ?? [];
  return { head, ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
};

/** A period behind what it holds for. */
export const periodText = ({ from, until }: { from?: CivilDate; until?: CivilDate }): string =>
  `${from === undefined ? '' : ` 自${from}`}${until === undefined ? '' : ` 至${until}`}`;

/** A day within a larger cell; what is no day is something that no schema takes. */
export const dayIn = (text: string | undefined): string | undefined =>
  text === undefined || text === '' ? undefined : (dayOf(text) ?? 'no day');

/** An object without the parts that are not there. */
export const known = (parts: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));

// A sign that parts is meant as itself behind a backslash.
const partsOf = (text: string, sign: RegExp): string[] => {
  const parts: string[] = [];
  let part = '';
  for (const [piece] of text.matchAll(/\\[^]|[^]/gu)) {
    if (sign.test(piece)) {
      parts.push(part);
      part = '';
    } else part += piece;
  }
  return [...parts, part];
};

/** Records in one cell: parted by `;` or a line break, their fields by `/`; `\` before a sign means the sign. */
export const recordsReader =
  <T>(
    schema: z.ZodMiniType<T>,
    ofFields: (fields: readonly string[]) => Record<string, unknown>,
    wrong: ReturnType<typeof unreadable>,
  ): Reader<T[]> =>
  (text) => {
    const values: T[] = [];
    for (const record of partsOf(text, /^[;；\n]$/)) {
      if (record.trim() === '') continue;
      const fields = partsOf(record, /^[/／]$/).map((field) => field.replace(/\\([^])/gu, '$1').trim());
      const read = schema.safeParse(known(ofFields(fields)));
      if (!read.success) return wrong;
      values.push(read.data);
    }
    return { value: values };
  };

/** Records as one cell that `recordsReader` reads back. */
export const recordsText = (records: readonly (readonly (string | number | undefined)[])[]): string =>
  records
    .map((fields) =>
      fields
        .map((field) =>
          String(field ?? '')
            .replaceAll('\n', ' ')
            .replace(/[\\/／;；]/g, '\\$&'),
        )
        .join('/')
        .replace(/\/+$/, ''),
    )
    .join(';');
