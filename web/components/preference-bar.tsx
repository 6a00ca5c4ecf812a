import { useState } from 'preact/hooks';
import { keep, recall } from '../device-storage.ts';
import { useLanguage } from '../language.tsx';
import { languageNames } from '../words/languages.ts';
import type { Locale } from '@time-bank/contracts/words';

const locales: readonly Locale[] = ['zh-Hans', 'zh-Hant', 'en'];

/** The size of the text and the language, on every page. The choice stays on this device. */
export const PreferenceBar = () => {
  const { locale, shell: words, speak } = useLanguage();
  const [size, setSize] = useState(recall('size') ?? '0');
  const choose = (chosen: string) => {
    keep('size', chosen);
    setSize(chosen);
    document.documentElement.dataset.size = chosen;
  };
  return (
    <div class="preferences" id="preferences">
      <div role="group" aria-label={words.textSize}>
        {words.textSizes.map((name, index) => (
          <button
            type="button"
            key={name}
            aria-pressed={size === String(index)}
            onClick={() => {
              choose(String(index));
            }}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="group" aria-label={words.languageChoice}>
        {locales.map((each) => (
          <button
            type="button"
            key={each}
            lang={each}
            aria-pressed={locale === each}
            onClick={() => {
              speak(each);
            }}
          >
            {languageNames[each]}
          </button>
        ))}
      </div>
    </div>
  );
};
