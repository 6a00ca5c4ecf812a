import { useWords } from './language.tsx';
import { ownWords } from './own-words.ts';
import { helpZhHans } from './words/help-zh-hans.ts';
import type { Sentences } from './words/sentence.ts';

/** What is said of calls for help, of series and of activities, in the language in use. */
export const { ready: helpReady, useWords: useHelpWords } = ownWords(helpZhHans, {
  'zh-Hant': async () => (await import('./words/help-zh-hant.ts')).helpZhHant,
  en: async () => (await import('./words/help-en.ts')).helpEn,
});

/** The sentences for all refusals of these pages. */
export const useHelpSentences = (): Sentences => {
  const { unreachable, refusals } = useWords();
  return { unreachable, refusals: { ...refusals, ...useHelpWords().refusals } };
};
