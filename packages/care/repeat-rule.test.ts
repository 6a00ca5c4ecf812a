import { RepeatRule } from '@time-bank/contracts/series';
import { describe, expect, it } from 'vitest';
import { datesBetween, lastDateOf, nextDates, startOn } from './repeat-rule.ts';
import { repeatWords } from './repeat-words.ts';

const repeats = (rule: string, from = '2026-11-21') => ({
  rule: RepeatRule.parse(rule),
  from,
  startMinute: 540,
});

describe('a rule has its dates', () => {
  it.each([
    ['FREQ=WEEKLY;BYDAY=TU', ['2026-11-24', '2026-12-01', '2026-12-08']],
    ['FREQ=WEEKLY;BYDAY=FR,MO', ['2026-11-23', '2026-11-27', '2026-11-30']],
    // Weeks are counted from the one in which the rule begins.
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', ['2026-12-01', '2026-12-15', '2026-12-29']],
    ['FREQ=MONTHLY;BYDAY=2TU', ['2026-12-08', '2027-01-12', '2027-02-09']],
    ['FREQ=MONTHLY;BYDAY=-1FR', ['2026-11-27', '2026-12-25', '2027-01-29']],
    // Months without a fifth Monday have none.
    ['FREQ=MONTHLY;BYDAY=5MO', ['2026-11-30', '2027-03-29', '2027-05-31']],
    ['FREQ=MONTHLY;INTERVAL=3;BYDAY=1WE', ['2027-02-03', '2027-05-05', '2027-08-04']],
  ])('%s', (rule, dates) => {
    expect(nextDates(repeats(rule), '2026-11-21', 3)).toEqual(dates);
  });

  it('begins on its first day, where that is one of them', () => {
    expect(nextDates(repeats('FREQ=WEEKLY;BYDAY=SA'), '2026-11-21', 1)).toEqual(['2026-11-21']);
  });

  it('ends after so many, or with its last day, which belongs to it', () => {
    expect(nextDates(repeats('FREQ=WEEKLY;BYDAY=TU;COUNT=2'), '2026-11-21', 9)).toHaveLength(2);
    const until = repeats('FREQ=WEEKLY;BYDAY=TU;UNTIL=20261208');
    expect(nextDates(until, '2026-11-21', 9)).toEqual(['2026-11-24', '2026-12-01', '2026-12-08']);
    expect(lastDateOf(until)).toBe('2026-12-08');
    expect(lastDateOf(repeats('FREQ=WEEKLY;BYDAY=TU'))).toBeUndefined();
  });

  it('has none where it is over before it begins', () => {
    expect(nextDates(repeats('FREQ=WEEKLY;BYDAY=TU;UNTIL=20261123'), '2026-11-21', 9)).toEqual([]);
  });

  it('that never ends is unrolled for two years and no further', () => {
    const daily = repeats('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU');
    expect(datesBetween(daily, '2026-11-21', '9999-12-31')).toHaveLength(733);
  });

  it('that never ends has its dates in ten years as it has them now', () => {
    expect(datesBetween(repeats('FREQ=WEEKLY;BYDAY=TU'), '2036-11-21', '2036-12-05')).toEqual([
      '2036-11-25',
      '2036-12-02',
    ]);
  });

  it('whose end is more than two years away ends there and not before', () => {
    expect(lastDateOf(repeats('FREQ=WEEKLY;BYDAY=TU;UNTIL=20301231'))).toBe('2030-12-31');
    expect(lastDateOf(repeats('FREQ=MONTHLY;INTERVAL=6;BYDAY=1MO;COUNT=20'))).toBe('2036-11-03');
  });

  it('at the same time on the wall, summer and winter: China keeps one time', () => {
    const starts = nextDates(repeats('FREQ=MONTHLY;BYDAY=1TU'), '2026-11-21', 12).map((date) =>
      startOn(date, 540).slice(11),
    );
    expect(new Set(starts)).toEqual(new Set(['01:00:00.000Z']));
  });
});

describe('a rule in words', () => {
  const service = { 'zh-Hans': '陪聊', 'zh-Hant': '陪聊', en: 'Company and talk' };
  const said = (rule: string, startMinute = 540, plannedMinutes = 60) =>
    repeatWords({ rule: RepeatRule.parse(rule), startMinute, plannedMinutes, service });

  it.each([
    ['FREQ=WEEKLY;BYDAY=TU', '每周二上午9点，陪聊1小时'],
    ['FREQ=WEEKLY;BYDAY=TH,TU', '每周二、周四上午9点，陪聊1小时'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU', '每天上午9点，陪聊1小时'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', '每两周的周二上午9点，陪聊1小时'],
    ['FREQ=MONTHLY;BYDAY=2TU;COUNT=6', '每月第二个周二上午9点，陪聊1小时，共6次'],
    ['FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR', '每两个月的最后一个周五上午9点，陪聊1小时'],
    ['FREQ=WEEKLY;BYDAY=SU;UNTIL=20270105', '每周日上午9点，陪聊1小时，到2027年1月5日止'],
  ])('%s', (rule, words) => {
    expect(said(rule)['zh-Hans']).toBe(words);
  });

  it.each([
    [0, 30, '凌晨0点，陪聊30分钟'],
    [720, 90, '中午12点，陪聊1个半小时'],
    [870, 75, '下午2点半，陪聊1小时15分钟'],
    [1125, 120, '晚上6点45分，陪聊2小时'],
  ])('at minute %i for %i minutes', (startMinute, plannedMinutes, words) => {
    expect(said('FREQ=WEEKLY;BYDAY=TU', startMinute, plannedMinutes)['zh-Hans']).toBe(`每周二${words}`);
  });

  it('says the same in traditional Chinese and in English', () => {
    expect(said('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 870, 90)).toMatchObject({
      'zh-Hant': '每兩週的週二下午2點半，陪聊1個半小時',
      en: 'Every 2 weeks on Tuesday at 14:30: Company and talk, 1 hour 30 minutes',
    });
  });
});

it.each([
  'FREQ=DAILY',
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;BYDAY=TU;INTERVAL=2',
  'FREQ=WEEKLY;INTERVAL=0;BYDAY=TU',
  'FREQ=WEEKLY;BYDAY=TU;COUNT=0',
  'FREQ=WEEKLY;BYDAY=TU;COUNT=105',
  'FREQ=MONTHLY;BYDAY=6TU',
  'FREQ=MONTHLY;BYDAY=TU',
  'FREQ=MONTHLY;BYMONTHDAY=31',
  'RRULE:FREQ=WEEKLY;BYDAY=TU',
  'freq=weekly;byday=tu',
])('%s is no rule here', (rule) => {
  expect(RepeatRule.safeParse(rule).success).toBe(false);
});
