/**
 * Which language the pages speak. The first page and the frame have their simplified Chinese at hand; the words
 * of all other pages come with the first of those, another language when it is asked for.
 */
import type { Locale } from '@time-bank/contracts/words';
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { keep, recall } from './device-storage.ts';
import { languageNames } from './words/languages.ts';
import { type Catalogue, type ShellWords, zhHans } from './words/zh-hans.ts';

const isLocale = (text: string | undefined): text is Locale => text !== undefined && text in languageNames;

/** The language that was chosen on this device. */
export const keptLocale = (): Locale => {
  const kept = recall('locale');
  return isLocale(kept) ? kept : 'zh-Hans';
};

const whole = new Map<Locale, Catalogue>();

const fetchedCatalogue = async (locale: Locale): Promise<Catalogue> => {
  switch (locale) {
    case 'zh-Hans':
      return { ...zhHans, ...(await import('./words/tasks-zh-hans.ts')).tasksZhHans };
    case 'zh-Hant':
      return (await import('./words/zh-hant.ts')).zhHant;
    case 'en':
      return (await import('./words/en.ts')).en;
  }
};

/** Fetches the whole catalogue of `locale`, once. A page is shown when the words of the language in use are there. */
export const loadCatalogue = async (locale: Locale = keptLocale()): Promise<Catalogue> => {
  const words = whole.get(locale) ?? (await fetchedCatalogue(locale));
  whole.set(locale, words);
  return words;
};

interface Speech {
  locale: Locale;
  shell: ShellWords;
  speak: (locale: Locale) => void;
}

const Language = createContext<Speech>({ locale: 'zh-Hans', shell: zhHans, speak: () => undefined });

/** Gives the pages their words, and `<html>` its `lang`. */
export const LanguageProvider = ({ children }: { children: ComponentChildren }) => {
  const [spoken, setSpoken] = useState<{ locale: Locale; shell: ShellWords }>(() => {
    const locale = keptLocale();
    const words = whole.get(locale);
    return words === undefined ? { locale: 'zh-Hans', shell: zhHans } : { locale, shell: words };
  });
  useEffect(() => {
    document.documentElement.lang = spoken.locale;
  }, [spoken.locale]);
  const speak = (locale: Locale) => {
    const change = async () => {
      const shell = await loadCatalogue(locale).catch(() => undefined);
      if (shell === undefined) return;
      keep('locale', locale);
      setSpoken({ locale, shell });
    };
    void change();
  };
  return <Language.Provider value={{ ...spoken, speak }}>{children}</Language.Provider>;
};

/** The words of the frame and the first page, in the language in use. */
export const useShellWords = (): ShellWords => useContext(Language).shell;

/** The language in use, and the way to change it. */
export const useLanguage = (): Speech => useContext(Language);

/** The whole catalogue, where it has arrived. */
export const useKnownWords = (): Catalogue | undefined => {
  const { locale } = useContext(Language);
  const [, redraw] = useState(0);
  useEffect(() => {
    const fetchWords = async () => {
      if (whole.has(locale)) return;
      await loadCatalogue(locale).catch(() => undefined);
      redraw((count) => count + 1);
    };
    void fetchWords();
  }, [locale]);
  return whole.get(locale);
};

/** The whole catalogue in the language in use; for pages that are shown after `loadCatalogue`. */
export const useWords = (): Catalogue => {
  const { locale } = useContext(Language);
  const words = whole.get(locale);
  if (words === undefined) throw new Error(`A page was shown before its words had come: ${locale}`);
  return words;
};
