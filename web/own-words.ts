import type { Locale } from '@time-bank/contracts/words';
import { useEffect, useState } from 'preact/hooks';
import { keptLocale, useLanguage } from './language.tsx';

/**
 * Words that only some pages need: those in simplified Chinese are at hand, another language is fetched when it is
 * spoken. `ready` waits for the language in use, so that nobody sees the words change; `useWords` gives them.
 */
export const ownWords = <Words>(
  atHand: Words,
  others: Record<Exclude<Locale, 'zh-Hans'>, () => Promise<Words>>,
) => {
  const known = new Map<Locale, Words>([['zh-Hans', atHand]]);
  const fetchWords = async (locale: Locale): Promise<boolean> => {
    if (locale === 'zh-Hans' || known.has(locale)) return false;
    const words = await others[locale]().catch(() => undefined);
    if (words === undefined) return false;
    known.set(locale, words);
    return true;
  };
  return {
    ready: () => fetchWords(keptLocale()),
    useWords: (): Words => {
      const { locale } = useLanguage();
      const [, redraw] = useState(0);
      useEffect(() => {
        const read = async () => {
          if (await fetchWords(locale)) redraw((count) => count + 1);
        };
        void read();
      }, [locale]);
      return known.get(locale) ?? atHand;
    },
  };
};
