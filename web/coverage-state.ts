import type { CoverageRow } from '@time-bank/contracts/coverage';

/** How an elder's week stands. */
export type Covered = 'unplanned' | 'planned' | 'visited';

/** How an elder's week stands: once visited is visited, whatever else is planned. */
export const coveredOf = (row: CoverageRow): Covered =>
  row.visited > 0 ? 'visited' : row.planned > 0 ? 'planned' : 'unplanned';

const rank: Record<Covered, number> = { unplanned: 0, planned: 1, visited: 2 };

/** Gaps first; among them whoever lives alone, then whoever can do least alone, then the oldest. */
export const byNeed = (one: CoverageRow, other: CoverageRow): number =>
  rank[coveredOf(one)] - rank[coveredOf(other)] ||
  Number(other.livingSituation === 'alone') - Number(one.livingSituation === 'alone') ||
  (other.abilityLevel ?? 0) - (one.abilityLevel ?? 0) ||
  other.age - one.age;
