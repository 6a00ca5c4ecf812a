import { ownWords } from './own-words.ts';
import { homeZhHans } from './words/home-zh-hans.ts';

/** What the first page says once it knows who is there, in the language in use. */
export const { ready: homeReady, useWords: useHomeWords } = ownWords(homeZhHans, {
  'zh-Hant': async () => (await import('./words/home-zh-hant.ts')).homeZhHant,
  en: async () => (await import('./words/home-en.ts')).homeEn,
});
