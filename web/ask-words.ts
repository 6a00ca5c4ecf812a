import { ownWords } from './own-words.ts';
import { askZhHans } from './words/ask-zh-hans.ts';

/** What is said of asking volunteers, in the language in use. */
export const { useWords: useAskWords } = ownWords(askZhHans, {
  'zh-Hant': async () => (await import('./words/ask-zh-hant.ts')).askZhHant,
  en: async () => (await import('./words/ask-en.ts')).askEn,
});
