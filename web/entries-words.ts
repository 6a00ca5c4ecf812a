import { useWords } from './language.tsx';
import { ownWords } from './own-words.ts';
import { type EntriesPage, entriesZhHans } from './words/entries-zh-hans.ts';
import type { Sentences } from './words/sentence.ts';

/** What is said of past visits, events, calls and changed dates, in the language in use. */
export const { useWords: useEntriesWords } = ownWords(entriesZhHans, {
  'zh-Hant': async () => (await import('./words/entries-zh-hant.ts')).entriesZhHant,
  en: async () => (await import('./words/entries-en.ts')).entriesEn,
});

/** The sentences for all refusals of one of these pages. */
export const useEntriesSentences = (page: EntriesPage): Sentences => {
  const { unreachable, refusals } = useWords();
  return { unreachable, refusals: { ...refusals, ...useEntriesWords().refusals[page] } };
};
