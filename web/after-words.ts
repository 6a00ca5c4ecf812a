import { useWords } from './language.tsx';
import { ownWords } from './own-words.ts';
import { afterZhHans } from './words/after-zh-hans.ts';
import type { Sentences } from './words/sentence.ts';

/** What is said after a visit, in the language in use. */
export const { useWords: useAfterWords } = ownWords(afterZhHans, {
  'zh-Hant': async () => (await import('./words/after-zh-hant.ts')).afterZhHant,
  en: async () => (await import('./words/after-en.ts')).afterEn,
});

/** The sentences for all refusals after a visit. */
export const useAfterSentences = (): Sentences => {
  const { unreachable, refusals } = useWords();
  return { unreachable, refusals: { ...refusals, ...useAfterWords().refusals } };
};
