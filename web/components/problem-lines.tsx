import type { Problem } from './error-summary.tsx';

/** What went wrong in a part of a page, where it went wrong; it is read aloud as it appears. */
export const ProblemLines = ({ problems }: { problems: readonly Problem[] }) =>
  problems.length === 0 ? null : (
    <div class="problems" role="alert">
      <ul>
        {problems.map(({ words }) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </div>
  );
