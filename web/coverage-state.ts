import type { CoverageRow } from '@time-bank/contracts/coverage';

/** How an elder's week stands. */
export type Covered = 'unplanned' | 'planned' | 'visited' | 'notDue';

/** How an elder's week stands: once visited is visited, whatever else is planned; whoever is not due lacks nothing. */
export const coveredOf = (row: CoverageRow): Covered =>
  row.visited > 0
    ? 'visited'
    : row.planned > 0
      ? 'planned'
      : row.wanted === 0 && row.open === 0
        ? 'notDue'
        : 'unplanned';
