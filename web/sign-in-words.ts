import { useWords } from './language.tsx';
import { ownWords } from './own-words.ts';
import type { Sentences } from './words/sentence.ts';
import { signInZhHans } from './words/sign-in-zh-hans.ts';

/** The words of signing in, in the language in use. */
export const { useWords: useSignInWords } = ownWords(signInZhHans, {
  'zh-Hant': async () => (await import('./words/sign-in-zh-hant.ts')).signInZhHant,
  en: async () => (await import('./words/sign-in-en.ts')).signInEn,
});

/** The sentences for all refusals that signing in can meet. */
export const useSignInSentences = (): Sentences => {
  const { unreachable, refusals } = useWords();
  return { unreachable, refusals: { ...refusals, ...useSignInWords().refusals } };
};

/** What a new passkey of this device is called. */
export const usePasskeyName = (): string => {
  const own = useSignInWords();
  return /Android|HarmonyOS|iPhone|iPad|Mobile/i.test(navigator.userAgent)
    ? own.passkeyName
    : own.passkeyOnComputer;
};
