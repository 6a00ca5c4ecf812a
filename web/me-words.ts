import { useHelpingSentences } from './helping-words.ts';
import { ownWords } from './own-words.ts';
import { meZhHans } from './words/me-zh-hans.ts';
import type { Sentences } from './words/sentence.ts';

/** The words of one's own pages, in the language in use. */
export const { useWords: useMeWords } = ownWords(meZhHans, {
  'zh-Hant': async () => (await import('./words/me-zh-hant.ts')).meZhHant,
  en: async () => (await import('./words/me-en.ts')).meEn,
});

/** The sentences for all refusals that one's own pages can meet. */
export const useMeSentences = (): Sentences => {
  const { unreachable, refusals } = useHelpingSentences();
  return { unreachable, refusals: { ...refusals, ...useMeWords().refusals } };
};
