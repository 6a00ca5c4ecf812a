import { useAccountsSentences } from './accounts-words.ts';
import { useHelpingSentences } from './helping-words.ts';
import { ownWords } from './own-words.ts';
import { peopleZhHans } from './words/people-zh-hans.ts';
import type { Sentences } from './words/sentence.ts';

/** What is said to staff about people, in the language in use. */
export const { useWords: usePeopleWords } = ownWords(peopleZhHans, {
  'zh-Hant': async () => (await import('./words/people-zh-hant.ts')).peopleZhHant,
  en: async () => (await import('./words/people-en.ts')).peopleEn,
});

/** The sentences for all refusals that staff can meet on people. */
export const usePeopleSentences = (): Sentences => {
  const { unreachable, refusals } = useHelpingSentences();
  const accounts = useAccountsSentences().refusals;
  return { unreachable, refusals: { ...accounts, ...refusals, ...usePeopleWords().refusals } };
};
