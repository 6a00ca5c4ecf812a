import type { CoverageWeek } from '@time-bank/contracts/coverage';
import { coveredOf } from '../coverage-state.ts';
import { useDeskWords } from '../desk-words.tsx';

/** How far a community is with its week: in one line, and as a bar. */
export const Progress = ({ coverage, isThisWeek }: { coverage: CoverageWeek; isThisWeek: boolean }) => {
  const words = useDeskWords();
  const gaps = coverage.rows.filter((row) => row.missing > 0 || coveredOf(row) === 'unplanned').length;
  const { elders, eldersVisited } = coverage;
  return (
    <div class="sum">
      <p>
        <strong>{(isThisWeek ? words.covered : words.coveredThen)(eldersVisited, elders)}</strong>{' '}
        <span class={gaps > 0 ? 'state unplanned' : ''}>
          {gaps > 0 ? `! ${words.uncovered(gaps)}` : `✓ ${words.allCovered}`}
        </span>
      </p>
      <progress value={eldersVisited} max={Math.max(elders, 1)} aria-hidden="true" />
    </div>
  );
};
