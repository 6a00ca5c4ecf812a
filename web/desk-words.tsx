import { ownWords } from './own-words.ts';
import { deskZhHans } from './words/desk-zh-hans.ts';

/** The coordinator's catalogue in the language in use; residents never fetch it. */
export const { useWords: useDeskWords } = ownWords(deskZhHans, {
  'zh-Hant': async () => (await import('./words/desk-zh-hant.ts')).deskZhHant,
  en: async () => (await import('./words/desk-en.ts')).deskEn,
});
