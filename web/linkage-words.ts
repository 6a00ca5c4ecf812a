import { useWords } from './language.tsx';
import { ownWords } from './own-words.ts';
import { linkageZhHans } from './words/linkage-zh-hans.ts';
import type { Sentences } from './words/sentence.ts';

/** What is said of linkage cards, in the language in use. */
export const { useWords: useLinkageWords } = ownWords(linkageZhHans, {
  'zh-Hant': async () => (await import('./words/linkage-zh-hant.ts')).linkageZhHant,
  en: async () => (await import('./words/linkage-en.ts')).linkageEn,
});

/** The sentences for all refusals of these pages. */
export const useLinkageSentences = (): Sentences => {
  const { unreachable, refusals } = useWords();
  return { unreachable, refusals: { ...refusals, ...useLinkageWords().refusals } };
};
