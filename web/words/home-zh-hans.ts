/** What the first page says once it knows who is there, in simplified Chinese: it comes after the balance. */
export const homeZhHans = {
  ask: '请人帮忙',
  inbox: '消息',
  myCode: '我的探访码',
  myCodeHint: '有人来探访时，请给他看这6个数字。',
};

/** What each language has to say there. */
export type HomeCatalogue = typeof homeZhHans;
