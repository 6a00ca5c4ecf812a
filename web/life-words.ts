import { useWords } from './language.tsx';
import { ownWords } from './own-words.ts';
import { lifeZhHans } from './words/life-zh-hans.ts';
import type { Sentences } from './words/sentence.ts';

/** What is said of a request's life, in the language in use. */
export const { useWords: useLifeWords } = ownWords(lifeZhHans, {
  'zh-Hant': async () => (await import('./words/life-zh-hant.ts')).lifeZhHant,
  en: async () => (await import('./words/life-en.ts')).lifeEn,
});

/** The sentences for all refusals of these steps. */
export const useLifeSentences = (): Sentences => {
  const { unreachable, refusals } = useWords();
  return { unreachable, refusals: { ...refusals, ...useLifeWords().refusals } };
};
