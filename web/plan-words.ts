import { ownWords } from './own-words.ts';
import { planZhHans } from './words/plan-zh-hans.ts';

/** What is said about the week's plan, in the language in use. */
export const { useWords: usePlanWords } = ownWords(planZhHans, {
  'zh-Hant': async () => (await import('./words/plan-zh-hant.ts')).planZhHant,
  en: async () => (await import('./words/plan-en.ts')).planEn,
});
