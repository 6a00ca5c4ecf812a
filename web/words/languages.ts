/** The interface languages, each named in itself. */
import type { Locale } from '@time-bank/contracts/words';

/** How each language calls itself. */
export const languageNames = {
  'zh-Hans': '简体',
  'zh-Hant': '繁體',
  en: 'English',
} satisfies Record<Locale, string>;
