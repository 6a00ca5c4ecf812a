import { useHelpingSentences } from './helping-words.ts';
import { useLifeWords } from './life-words.ts';
import { ownWords } from './own-words.ts';
import { askingZhHans } from './words/asking-zh-hans.ts';
import type { Sentences } from './words/sentence.ts';

/** What is said while somebody asks for help, in the language in use. */
export const { useWords: useAskingWords } = ownWords(askingZhHans, {
  'zh-Hant': async () => (await import('./words/asking-zh-hant.ts')).askingZhHant,
  en: async () => (await import('./words/asking-en.ts')).askingEn,
});

/** The sentences for all refusals of asking, by oneself or for somebody else. */
export const useAskingSentences = (): Sentences => {
  const { unreachable, refusals } = useHelpingSentences();
  return { unreachable, refusals: { ...refusals, ...useLifeWords().refusals } };
};
