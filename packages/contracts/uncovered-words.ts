/** Why an elder has no visit this week and what would help, in words that a coordinator can act on. */
import type { Gender } from './member.ts';
import { languageNames } from './reason-words.ts';
import type { UncoveredReason, WouldCover } from './week-plan.ts';
import type { Words } from './words.ts';

const reasons: Record<UncoveredReason, Words> = {
  nobody_in_reach: {
    'zh-Hans': '附近没有志愿者',
    'zh-Hant': '附近沒有志願者',
    en: 'no volunteer lives within reach',
  },
  no_papers: {
    'zh-Hans': '附近的志愿者还缺审核、培训或证件',
    'zh-Hant': '附近的志願者還缺審核、培訓或證件',
    en: 'the volunteers nearby lack a check, training or papers',
  },
  kept_apart: {
    'zh-Hans': '附近的志愿者都不能与这位老人配对',
    'zh-Hant': '附近的志願者都不能與這位老人配對',
    en: 'none of the volunteers nearby may be sent to this elder',
  },
  language: {
    'zh-Hans': '没有会说老人的话的志愿者',
    'zh-Hant': '沒有會說老人的話的志願者',
    en: 'nobody speaks the elder’s language',
  },
  gender: {
    'zh-Hans': '没有符合性别要求的志愿者',
    'zh-Hant': '沒有符合性別要求的志願者',
    en: 'nobody of the gender that is required',
  },
  nobody_free_then: {
    'zh-Hans': '合适的志愿者这些时间没空',
    'zh-Hant': '合適的志願者這些時間沒空',
    en: 'those who fit are not free at these times',
  },
  second_person_missing: {
    'zh-Hans': '要两个人去，还缺一位',
    'zh-Hant': '要兩個人去，還缺一位',
    en: 'two must go, and the second is missing',
  },
  all_taken: {
    'zh-Hans': '合适的志愿者本周都排满了',
    'zh-Hant': '合適的志願者本週都排滿了',
    en: 'those who fit have no time left this week',
  },
};

/** The reason in words. */
export const uncoveredWords = (reason: UncoveredReason): Words => reasons[reason];

const weekdays: Record<keyof Words, readonly string[]> = {
  'zh-Hans': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  'zh-Hant': ['週一', '週二', '週三', '週四', '週五', '週六', '週日'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const genders: Record<Gender, Words> = {
  female: { 'zh-Hans': '女', 'zh-Hant': '女', en: 'female ' },
  male: { 'zh-Hans': '男', 'zh-Hant': '男', en: 'male ' },
};

/** “再有一位会说粤语的女志愿者周四14:00–17:30有空就行”: what would cover the visit. */
export const wouldWords = (would: WouldCover): Words => {
  const when = (locale: keyof Words): string =>
    `${weekdays[locale][would.weekday - 1] ?? ''} ${clock(would.fromMinute)}–${clock(would.toMinute)}`;
  const spoken = (locale: keyof Words, join: string): string =>
    would.languages.map((language) => languageNames[language][locale]).join(join);
  const gender = (locale: keyof Words): string =>
    would.gender === undefined ? '' : genders[would.gender][locale];
  const speaks = would.languages.length > 0;
  return {
    'zh-Hans': `再有一位${speaks ? `会说${spoken('zh-Hans', '、')}的` : ''}${gender('zh-Hans')}志愿者，${when('zh-Hans')}有空就行`,
    'zh-Hant': `再有一位${speaks ? `會說${spoken('zh-Hant', '、')}的` : ''}${gender('zh-Hant')}志願者，${when('zh-Hant')}有空就行`,
    en: `One more ${speaks ? `${spoken('en', '- and ')}-speaking ` : ''}${gender('en')}volunteer on ${when('en')} would do`,
  };
};
