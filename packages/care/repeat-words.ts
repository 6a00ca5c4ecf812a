/** A rule as people say it, in three languages: 每周二上午9点，陪聊1小时. */
import type { RepeatRule } from '@time-bank/contracts/series';
import type { Words } from '@time-bank/contracts/words';

/** What is said: the rule, the minute of the day at which it begins, how long it takes, and what it is. */
export interface Said {
  rule: RepeatRule;
  startMinute: number;
  plannedMinutes: number;
  service: Words;
}

interface Parts {
  isMonthly: boolean;
  interval: number;
  /** ISO weekdays, 1 to 7, in order. */
  weekdays: number[];
  /** Which one of the month; -1 the last. */
  nth: number;
  count?: number;
  /** Year, month, day. */
  until?: [number, number, number];
}

const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const field = (rule: string, name: string): string | undefined =>
  rule
    .split(';')
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);

const dayOf = (until: string): [number, number, number] => [
  Number(until.slice(0, 4)),
  Number(until.slice(4, 6)),
  Number(until.slice(6, 8)),
];

const partsOf = (rule: RepeatRule): Parts => {
  const byDay = field(rule, 'BYDAY') ?? '';
  const [count, until] = [field(rule, 'COUNT'), field(rule, 'UNTIL')];
  const weekdays = byDay.split(',').map((day) => codes.indexOf(day.slice(-2)) + 1);
  return {
    isMonthly: field(rule, 'FREQ') === 'MONTHLY',
    interval: Number(field(rule, 'INTERVAL') ?? '1'),
    weekdays: [...new Set(weekdays)].sort((one, other) => one - other),
    nth: Number(byDay.slice(0, -2)) || 1,
    ...(count === undefined ? {} : { count: Number(count) }),
    ...(until === undefined ? {} : { until: dayOf(until) }),
  };
};

/** The letters that these sentences write otherwise in traditional Chinese. */
const traditional: Readonly<Record<string, string>> = {
  周: '週',
  个: '個',
  点: '點',
  时: '時',
  钟: '鐘',
  后: '後',
  两: '兩',
};

const inTraditional = (text: string): string =>
  text.replaceAll(/[周个点时钟后两]/g, (letter) => traditional[letter] ?? letter);

const chineseDays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const chineseNumbers = ['', '', '两', '三', '四', '五', '六'];
const chineseNth: Readonly<Record<string, string>> = {
  '1': '第一个',
  '2': '第二个',
  '3': '第三个',
  '4': '第四个',
  '5': '第五个',
  '-1': '最后一个',
};

const chineseWhen = ({ isMonthly, interval, weekdays, nth }: Parts): string => {
  const days = weekdays.map((day) => chineseDays[day - 1] ?? '').join('、');
  const many = chineseNumbers[interval] ?? '';
  if (isMonthly) {
    const which = `${chineseNth[String(nth)] ?? ''}${days}`;
    return interval === 1 ? `每月${which}` : `每${many}个月的${which}`;
  }
  if (interval > 1) return `每${many}周的${days}`;
  return weekdays.length === 7 ? '每天' : `每${days}`;
};

const partOfDay = (hour: number): string => {
  if (hour < 6) return '凌晨';
  if (hour < 12) return '上午';
  if (hour === 12) return '中午';
  return hour < 18 ? '下午' : '晚上';
};

const chineseTime = (startMinute: number): string => {
  const [hour, minute] = [Math.floor(startMinute / 60), startMinute % 60];
  const rest = minute === 30 ? '半' : `${String(minute)}分`;
  return `${partOfDay(hour)}${String(hour > 12 ? hour - 12 : hour)}点${minute === 0 ? '' : rest}`;
};

const chineseLength = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${String(rest)}分钟`;
  if (rest === 30) return `${String(hours)}个半小时`;
  return `${String(hours)}小时${rest === 0 ? '' : `${String(rest)}分钟`}`;
};

const chineseEnd = ({ count, until }: Parts): string => {
  if (count !== undefined) return `，共${String(count)}次`;
  if (until === undefined) return '';
  const [year, month, day] = until;
  return `，到${String(year)}年${String(month)}月${String(day)}日止`;
};

const englishDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const englishNth: Readonly<Record<string, string>> = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '5': 'fifth',
  '-1': 'last',
};
const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

const englishWhen = ({ isMonthly, interval, weekdays, nth }: Parts): string => {
  const days = listed(weekdays.map((day) => englishDays[day - 1] ?? ''));
  if (isMonthly) {
    const of = interval === 1 ? 'every month' : `every ${String(interval)} months`;
    return `The ${englishNth[String(nth)] ?? ''} ${days} of ${of}`;
  }
  if (interval > 1) return `Every ${String(interval)} weeks on ${days}`;
  return weekdays.length === 7 ? 'Every day' : `Every ${days}`;
};

const englishLength = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const said = [
    ...(hours === 0 ? [] : [`${String(hours)} ${hours === 1 ? 'hour' : 'hours'}`]),
    ...(rest === 0 ? [] : [`${String(rest)} minutes`]),
  ];
  return said.join(' ');
};

const englishEnd = ({ count, until }: Parts): string => {
  if (count !== undefined) return count === 1 ? ', once' : `, ${String(count)} times`;
  if (until === undefined) return '';
  const [year, month, day] = until;
  return `, until ${String(day)} ${englishMonths[month - 1] ?? ''} ${String(year)}`;
};

const clock = (startMinute: number): string =>
  `${String(Math.floor(startMinute / 60))}:${String(startMinute % 60).padStart(2, '0')}`;

/** A rule in words. */
export const repeatWords = ({ rule, startMinute, plannedMinutes, service }: Said): Words => {
  const parts = partsOf(rule);
  const before = `${chineseWhen(parts)}${chineseTime(startMinute)}，`;
  const after = `${chineseLength(plannedMinutes)}${chineseEnd(parts)}`;
  return {
    'zh-Hans': `${before}${service['zh-Hans']}${after}`,
    'zh-Hant': `${inTraditional(before)}${service['zh-Hant']}${inTraditional(after)}`,
    en: `${englishWhen(parts)} at ${clock(startMinute)}: ${service.en}, ${englishLength(plannedMinutes)}${englishEnd(parts)}`,
  };
};
