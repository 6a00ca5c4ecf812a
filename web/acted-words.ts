import { ownWords } from './own-words.ts';
import { actedZhHans } from './words/acted-zh-hans.ts';

/** What is said of acts in somebody's name, in the language in use. */
export const { ready: actedReady, useWords: useActedWords } = ownWords(actedZhHans, {
  'zh-Hant': async () => (await import('./words/acted-zh-hant.ts')).actedZhHant,
  en: async () => (await import('./words/acted-en.ts')).actedEn,
});
