import { useEffect, useState } from 'preact/hooks';
import type { Locale } from '@time-bank/contracts/words';
import { useLanguage } from './language.tsx';
import { type DeskCatalogue, deskZhHans } from './words/desk-zh-hans.ts';

const catalogueOf = async (locale: Locale): Promise<DeskCatalogue> => {
  switch (locale) {
    case 'zh-Hans':
      return deskZhHans;
    case 'zh-Hant':
      return (await import('./words/desk-zh-hant.ts')).deskZhHant;
    case 'en':
      return (await import('./words/desk-en.ts')).deskEn;
  }
};

const known = new Map<Locale, DeskCatalogue>([['zh-Hans', deskZhHans]]);

/** The coordinator's catalogue in the language in use; residents never fetch it. */
export const useDeskWords = (): DeskCatalogue => {
  const { locale } = useLanguage();
  const [, redraw] = useState(0);
  useEffect(() => {
    const fetchWords = async () => {
      if (known.has(locale)) return;
      const words = await catalogueOf(locale).catch(() => undefined);
      if (words === undefined) return;
      known.set(locale, words);
      redraw((count) => count + 1);
    };
    void fetchWords();
  }, [locale]);
  return known.get(locale) ?? deskZhHans;
};
