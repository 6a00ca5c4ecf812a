/** What is said of asking volunteers to take a visit, in simplified Chinese, from which the others take their shape. */
export const askZhHans = {
  ask: '请这几位志愿者',
  askMore: '再多请几位',
  askHint: '先请最合适的几位，没有人接再多请几位。他们会收到通知，谁先接就是谁去。',
  askedNow: (count: number) => `已通知，一共请了${String(count)}位。`,
  nobody: '现在没有可以请的志愿者。请打电话问问，或者换个时间。',
  asked: '已经请了谁',
  askedAt: (moment: string) => `最近一次：${moment}`,
  nextAt: (moment: string) => `如果没有人接，${moment}会再请几位。`,
  noMore: '不会再请别人了。还没有人接的话，请打电话。',
  whyNot: '为什么没有某某？',
  whyNotHint: '选一位志愿者，看看为什么不在上面的名单里。',
  search: '找志愿者',
  searchHint: '输入姓名的几个字',
  volunteer: '志愿者',
  found: (count: number) => `找到${String(count)}位`,
  others: '不在这个社区的志愿者',
  notVolunteer: '这一位不是本区县的志愿者。',
  against: (name: string) => `${name}这次不能去，因为：`,
  place: (name: string, place: number) => `${name}可以去，排在第${String(place)}位。`,
};

/** What each language has to say about asking. */
export type AskCatalogue = typeof askZhHans;
