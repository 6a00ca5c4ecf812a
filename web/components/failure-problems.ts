import { type Failure, sentenceOf } from '../answer.ts';
import type { Catalogue } from '../words/zh-hans.ts';
import type { Problem } from './error-summary.tsx';

/** The failures of commands, as problems for the top of the page. */
export const failureProblems = (
  words: Catalogue,
  ...commands: readonly { failure?: Failure }[]
): Problem[] =>
  commands.flatMap(({ failure }) => (failure === undefined ? [] : [{ words: sentenceOf(words, failure) }]));
