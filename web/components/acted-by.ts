import type { ActedBy } from '@time-bank/contracts/helping';
import type { ActedCatalogue } from '../words/acted-zh-hans.ts';

/** Who has acted in the name of whoever reads, in a sentence. */
export const actedWords = (words: ActedCatalogue, { surname, gender, as }: ActedBy): string =>
  words.by(surname, gender, words.as[as]);
