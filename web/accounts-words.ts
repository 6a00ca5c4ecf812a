import { useWords } from './language.tsx';
import { ownWords } from './own-words.ts';
import { accountsZhHans } from './words/accounts-zh-hans.ts';
import type { Sentences } from './words/sentence.ts';

/** What is said of the accounts of members, in the language in use. */
export const { useWords: useAccountsWords } = ownWords(accountsZhHans, {
  'zh-Hant': async () => (await import('./words/accounts-zh-hant.ts')).accountsZhHant,
  en: async () => (await import('./words/accounts-en.ts')).accountsEn,
});

/** The sentences for all refusals that staff can meet on the accounts of members. */
export const useAccountsSentences = (): Sentences => {
  const { unreachable, refusals } = useWords();
  return { unreachable, refusals: { ...refusals, ...useAccountsWords().refusals } };
};
