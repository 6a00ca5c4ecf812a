/** Reasons in words, as a coordinator would say them on the phone. */
import type { Reason, WhyNot } from './candidate.ts';
import type { Language } from './member.ts';
import type { Words } from './words.ts';

/** The languages by their names. */
export const languageNames: Record<Language, Words> = {
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
    case 'two_go':
      return { 'zh-Hans': '要两个人一起去', 'zh-Hant': '要兩個人一起去', en: 'two go together' };
    case 'somebody_along':
      return {
        'zh-Hans': '第一次上门，请安排熟人陪同或家属在场',
        'zh-Hant': '第一次上門，請安排熟人陪同或家屬在場',
        en: 'a first visit: somebody whom the elder knows comes along, or family is there',
      };
    case 'kept_visits':
      return reason.missed === 0
        ? {
            'zh-Hans': `接下的${reason.kept}次都去了`,
            'zh-Hant': `接下的${reason.kept}次都去了`,
            en: `has kept every visit so far (${reason.kept})`,
          }
        : {
            'zh-Hans': `接下后去了${reason.kept}次，爽约${reason.missed}次`,
            'zh-Hant': `接下後去了${reason.kept}次，爽約${reason.missed}次`,
            en: `has kept ${reason.kept} visits and missed ${reason.missed}`,
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

const against: Record<WhyNot, Words> = {
  own_request: { 'zh-Hans': '是老人本人', 'zh-Hant': '是老人本人', en: 'is the elder' },
  kin: {
    'zh-Hans': '是老人的亲属，照顾家人不计时间',
    'zh-Hant': '是老人的親屬，照顧家人不計時間',
    en: 'is family of the elder, whose help is not counted in hours',
  },
  not_active: { 'zh-Hans': '还没启用', 'zh-Hant': '還沒啟用', en: 'has not begun as a volunteer' },
  paused: { 'zh-Hans': '暂停服务', 'zh-Hant': '暫停服務', en: 'has paused' },
  record_check_missing: {
    'zh-Hans': '没有无犯罪记录核查',
    'zh-Hant': '沒有無犯罪記錄核查',
    en: 'has no record check',
  },
  record_check_failed: {
    'zh-Hans': '无犯罪记录核查没有通过',
    'zh-Hant': '無犯罪記錄核查沒有通過',
    en: 'has not passed the record check',
  },
  record_check_expired: {
    'zh-Hans': '无犯罪记录核查到期',
    'zh-Hant': '無犯罪記錄核查到期',
    en: 'has a record check that has run out by that day',
  },
  training_missing: { 'zh-Hans': '没有完成培训', 'zh-Hant': '沒有完成培訓', en: 'is not trained yet' },
  training_expired: {
    'zh-Hans': '培训到期',
    'zh-Hant': '培訓到期',
    en: 'has training that has run out by that day',
  },
  insurance_expired: {
    'zh-Hans': '那天没有保险',
    'zh-Hant': '那天沒有保險',
    en: 'is not insured on that day',
  },
  licence_missing: {
    'zh-Hans': '没有这项服务要求的证书',
    'zh-Hant': '沒有這項服務要求的證書',
    en: 'has no licence for this service',
  },
  minor_group_only: {
    'zh-Hans': '未成年，只能参加团体服务',
    'zh-Hant': '未成年，只能參加團體服務',
    en: 'is not of age and serves in groups only',
  },
  load_limit: {
    'zh-Hans': '年龄较大，这周或这项服务太重',
    'zh-Hant': '年齡較大，這週或這項服務太重',
    en: 'is of an age at which this service or this week would be too much',
  },
  do_not_pair: {
    'zh-Hans': '两人不安排在一起',
    'zh-Hant': '兩人不安排在一起',
    en: 'is to be kept apart from this elder',
  },
  under_age: { 'zh-Hans': '没到年龄', 'zh-Hant': '沒到年齡', en: 'is too young for visits here' },
  out_of_reach: { 'zh-Hans': '住得太远', 'zh-Hant': '住得太遠', en: 'lives too far away' },
  no_common_language: {
    'zh-Hans': '没有老人听得懂的语言',
    'zh-Hant': '沒有老人聽得懂的語言',
    en: 'speaks no language that the elder understands',
  },
  gender_required: {
    'zh-Hans': '这项服务要求的性别不符',
    'zh-Hant': '這項服務要求的性別不符',
    en: 'is not of the gender that the elder asks for with this service',
  },
  two_needed: {
    'zh-Hans': '这次上门要两个人',
    'zh-Hant': '這次上門要兩個人',
    en: 'cannot go alone: this visit takes two',
  },
  overlapping: {
    'zh-Hans': '那时有别的探访',
    'zh-Hant': '那時有別的探訪',
    en: 'has another visit at that time',
  },
  no_time_for_the_way: {
    'zh-Hans': '前后两次之间来不及赶路',
    'zh-Hant': '前後兩次之間來不及趕路',
    en: 'has too little time for the way from or to another visit',
  },
  daily_limit: {
    'zh-Hans': '那天服务时间已到上限',
    'zh-Hant': '那天服務時間已到上限',
    en: 'would serve longer on that day than is allowed',
  },
};

/** Why somebody is not asked, as a short phrase in the three languages. */
export const wordsAgainst = (reason: WhyNot): Words => against[reason];
