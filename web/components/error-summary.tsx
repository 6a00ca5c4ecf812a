import { useEffect, useRef } from 'preact/hooks';
import { useShellWords } from '../language.tsx';

/** Something to put right: in words, and the id of the field it is about, where it is about one. */
export interface Problem {
  field?: string;
  /** The page where the field is, where that is another one. */
  path?: string;
  words: string;
}

/**
 * What went wrong, at the top of the page. Something new takes the focus, so that nobody misses it; while one
 * slip after the other is put right, the focus stays in the field.
 */
export const ErrorSummary = ({ problems }: { problems: readonly Problem[] }) => {
  const words = useShellWords();
  const box = useRef<HTMLDivElement>(null);
  const told = useRef<readonly string[]>([]);
  const text = problems.map((problem) => problem.words).join('\n');
  useEffect(() => {
    const sentences = problems.map((problem) => problem.words);
    if (sentences.some((sentence) => !told.current.includes(sentence))) box.current?.focus();
    told.current = sentences;
  }, [text]);
  if (problems.length === 0) return null;
  const aboutFields = problems.some((problem) => problem.field !== undefined);
  return (
    <div class="problems" role="alert" tabIndex={-1} ref={box}>
      {aboutFields && <h2>{words.problemTitle}</h2>}
      <ul>
        {problems.map((problem) => (
          <li key={problem.words}>
            {problem.field === undefined ? (
              problem.words
            ) : (
              <a
                href={problem.path ?? `#${problem.field}`}
                onClick={(event) => {
                  if (problem.path !== undefined) return;
                  event.preventDefault();
                  document.getElementById(problem.field ?? '')?.focus();
                }}
              >
                {problem.words}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
};
