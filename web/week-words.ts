import { ownWords } from './own-words.ts';
import { weekZhHans } from './words/week-zh-hans.ts';

/** What is said about a community's week and about a visit as it is made, in the language in use. */
export const { useWords: useWeekWords } = ownWords(weekZhHans, {
  'zh-Hant': async () => (await import('./words/week-zh-hant.ts')).weekZhHant,
  en: async () => (await import('./words/week-en.ts')).weekEn,
});
