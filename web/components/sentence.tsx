import { type Failure, sentenceOf } from '../answer.ts';
import { useKnownWords, useShellWords } from '../language.tsx';

/** A failure in a sentence that says what to do next. The sentences themselves are fetched when one is needed. */
export const Sentence = ({ failure }: { failure: Failure }) => {
  const shell = useShellWords();
  const words = useKnownWords();
  if (words !== undefined) return <>{sentenceOf(words, failure)}</>;
  return <>{failure.kind === 'unreachable' ? shell.unreachable : shell.unavailable}</>;
};
