import { useWords } from './language.tsx';
import { ownWords } from './own-words.ts';
import { helpingZhHans } from './words/helping-zh-hans.ts';
import type { Sentences } from './words/sentence.ts';

/** What is said of helpers and cards, in the language in use. */
export const { useWords: useHelpingWords } = ownWords(helpingZhHans, {
  'zh-Hant': async () => (await import('./words/helping-zh-hant.ts')).helpingZhHant,
  en: async () => (await import('./words/helping-en.ts')).helpingEn,
});

/** The sentences for all refusals of helpers and cards. */
export const useHelpingSentences = (): Sentences => {
  const { unreachable, refusals } = useWords();
  return { unreachable, refusals: { ...refusals, ...useHelpingWords().refusals } };
};
