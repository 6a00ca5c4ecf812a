import type { AskCatalogue } from './ask-zh-hans.ts';

/** What is said of asking volunteers to take a visit, in traditional Chinese. */
export const askZhHant: AskCatalogue = {
  ask: '請這幾位志願者',
  askMore: '再多請幾位',
  askHint: '先請最合適的幾位，沒有人接再多請幾位。他們會收到通知，誰先接就是誰去。',
  askedNow: (count) => `已通知，一共請了${String(count)}位。`,
  nobody: '現在沒有可以請的志願者。請打電話問問，或者換個時間。',
  asked: '已經請了誰',
  askedAt: (moment) => `最近一次：${moment}`,
  nextAt: (moment) => `如果沒有人接，${moment}會再請幾位。`,
  noMore: '不會再請別人了。還沒有人接的話，請打電話。',
  whyNot: '為什麼沒有某某？',
  whyNotHint: '選一位志願者，看看為什麼不在上面的名單裡。',
  search: '找志願者',
  searchHint: '輸入姓名的幾個字',
  volunteer: '志願者',
  found: (count) => `找到${String(count)}位`,
  others: '不在這個社區的志願者',
  notVolunteer: '這一位不是本區縣的志願者。',
  against: (name) => `${name}這次不能去，因為：`,
  place: (name, place) => `${name}可以去，排在第${String(place)}位。`,
};
