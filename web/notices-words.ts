import { ownWords } from './own-words.ts';
import { noticesZhHans } from './words/notices-zh-hans.ts';

/** The words of notices and coming visits, in the language in use. */
export const { useWords: useNoticesWords } = ownWords(noticesZhHans, {
  'zh-Hant': async () => (await import('./words/notices-zh-hant.ts')).noticesZhHant,
  en: async () => (await import('./words/notices-en.ts')).noticesEn,
});
