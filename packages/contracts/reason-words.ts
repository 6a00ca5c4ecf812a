/** Reasons in words, as a coordinator would say them on the phone. */
import type { Reason } from './candidate.ts';
import type { Language } from './member.ts';
import type { Words } from './words.ts';

const languageNames: Record<Language, Words> = {
  cmn: { 'zh-Hans': '普通话', 'zh-Hant': '普通話', en: 'Mandarin' },
  wanbei: { 'zh-Hans': '皖北话', 'zh-Hant': '皖北話', en: 'the Wanbei dialect' },
  yue: { 'zh-Hans': '粤语', 'zh-Hant': '粵語', en: 'Cantonese' },
  wuu: { 'zh-Hans': '吴语', 'zh-Hant': '吳語', en: 'Wu' },
  nan: { 'zh-Hans': '闽南话', 'zh-Hant': '閩南話', en: 'Hokkien' },
  hak: { 'zh-Hans': '客家话', 'zh-Hant': '客家話', en: 'Hakka' },
  eng: { 'zh-Hans': '英语', 'zh-Hant': '英語', en: 'English' },
  csl: { 'zh-Hans': '手语', 'zh-Hant': '手語', en: 'Chinese sign language' },
};

/** A reason as a short phrase in the three languages. */
export const wordsFor = (reason: Reason): Words => {
  switch (reason.code) {
    case 'same_community':
      return { 'zh-Hans': '住在同一社区', 'zh-Hant': '住在同一社區', en: 'lives in the same community' };
    case 'same_township':
      return {
        'zh-Hans': '住在同一街道(乡镇)',
        'zh-Hant': '住在同一街道(鄉鎮)',
        en: 'lives in the same township',
      };
    case 'same_county':
      return { 'zh-Hans': '住在本区县', 'zh-Hant': '住在本區縣', en: 'lives in the same county' };
    case 'distance': {
      const km = reason.km.toFixed(1);
      return { 'zh-Hans': `相距约${km}公里`, 'zh-Hant': `相距約${km}公里`, en: `about ${km} km away` };
    }
    case 'free_then':
      return { 'zh-Hans': '这个时间有空', 'zh-Hant': '這個時間有空', en: 'free at that time' };
    case 'free_time_unknown':
      return { 'zh-Hans': '未登记空闲时间', 'zh-Hant': '未登記空閒時間', en: 'free times not known' };
    case 'not_usually_free':
      return { 'zh-Hans': '这个时间平时没空', 'zh-Hant': '這個時間平時沒空', en: 'not usually free then' };
    case 'speaks': {
      const name = languageNames[reason.language];
      return {
        'zh-Hans': `会说${name['zh-Hans']}`,
        'zh-Hant': `會說${name['zh-Hant']}`,
        en: `speaks ${name.en}`,
      };
    }
    case 'gender_wish_met':
      return {
        'zh-Hans': '性别符合老人意愿',
        'zh-Hant': '性別符合老人意願',
        en: 'meets the wish for a woman or a man',
      };
    case 'gender_wish_not_met':
      return {
        'zh-Hans': '性别不合老人意愿',
        'zh-Hant': '性別不合老人意願',
        en: 'does not meet the wish for a woman or a man',
      };
    case 'visited_before':
      return {
        'zh-Hans': `探访过这位老人${reason.times}次`,
        'zh-Hant': `探訪過這位老人${reason.times}次`,
        en:
          reason.times === 1 ? 'has visited this elder once' : `has visited this elder ${reason.times} times`,
      };
    case 'first_time':
      return {
        'zh-Hans': '第一次探访这位老人',
        'zh-Hant': '第一次探訪這位老人',
        en: 'would meet this elder for the first time',
      };
    case 'visits_planned':
      return reason.count === 0
        ? { 'zh-Hans': '本周还没有安排', 'zh-Hant': '本週還沒有安排', en: 'no visits that week yet' }
        : {
            'zh-Hans': `本周已安排${reason.count}次`,
            'zh-Hant': `本週已安排${reason.count}次`,
            en:
              reason.count === 1 ? 'one visit that week already' : `${reason.count} visits that week already`,
          };
  }
};
