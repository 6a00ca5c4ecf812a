import { ownWords } from './own-words.ts';
import { presenceZhHans } from './words/presence-zh-hans.ts';

/** What is said of showing where one is, and of a picture, in the language in use. */
export const { useWords: usePresenceWords } = ownWords(presenceZhHans, {
  'zh-Hant': async () => (await import('./words/presence-zh-hant.ts')).presenceZhHant,
  en: async () => (await import('./words/presence-en.ts')).presenceEn,
});
