import type { HomeCatalogue } from './home-zh-hans.ts';

/** What the first page says once it knows who is there, in English. */
export const homeEn: HomeCatalogue = {
  ask: 'Ask for help',
  inbox: 'Messages',
  myCode: 'My visit code',
  myCodeHint: 'When someone visits you, show them these 6 digits.',
};
