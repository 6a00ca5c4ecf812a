import { useWords } from './language.tsx';
import { ownWords } from './own-words.ts';
import { givingZhHans } from './words/giving-zh-hans.ts';
import type { Sentences } from './words/sentence.ts';

/** The words of giving in the language in use. */
export const { useWords: useGivingWords } = ownWords(givingZhHans, {
  'zh-Hant': async () => (await import('./words/giving-zh-hant.ts')).givingZhHant,
  en: async () => (await import('./words/giving-en.ts')).givingEn,
});

/** The sentences for all refusals that giving can meet. */
export const useGivingSentences = (): Sentences => {
  const { unreachable, refusals } = useWords();
  return { unreachable, refusals: { ...refusals, ...useGivingWords().refusals } };
};
