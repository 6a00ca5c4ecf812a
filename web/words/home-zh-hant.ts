import type { HomeCatalogue } from './home-zh-hans.ts';

/** What the first page says once it knows who is there, in traditional Chinese. */
export const homeZhHant: HomeCatalogue = {
  ask: '請人幫忙',
  inbox: '消息',
  myCode: '我的探訪碼',
  myCodeHint: '有人來探訪時，請給他看這6個數字。',
};
