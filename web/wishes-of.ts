import type { Wanted } from './client.ts';
import { keysOf } from './keys-of.ts';
import type { Catalogue } from './words/zh-hans.ts';

/** The wishes as the service wants them; an empty field is no wish. */
export const wishesOf = (
  words: Catalogue,
  fields: { language: string; gender: string },
): Wanted['wishes'] => {
  const gender = keysOf(words.genders).find((each) => each === fields.gender);
  return {
    languages: keysOf(words.languages).filter((each) => each === fields.language),
    ...(gender === undefined ? {} : { gender }),
  };
};
