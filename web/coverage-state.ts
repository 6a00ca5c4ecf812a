import type { CoverageRow } from '@time-bank/contracts/coverage';

/** How an elder's week stands. */
export type Covered = 'unplanned' | 'planned' | 'visited';

/** How an elder's week stands: once visited is visited, whatever else is planned. */
export const coveredOf = (row: CoverageRow): Covered =>
  row.visited > 0 ? 'visited' : row.planned > 0 ? 'planned' : 'unplanned';
