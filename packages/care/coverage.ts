/**
 * A community's week, turned round to the person: who was visited, who will be, and who has nobody yet.
 * A visit counts when it has ended (checked out); it is planned once a volunteer has taken it.
 */
import type { MemberId, RequestId } from '@time-bank/contracts/ids';
import type { CoverageRow, CoverageVisit } from '@time-bank/contracts/coverage';
import type { RequestState } from '@time-bank/contracts/request';
import type { Instant } from '@time-bank/contracts/time';

/** A request of the week, as the board needs it. */
export interface WeekVisit {
  requestId: RequestId;
  elderId: MemberId;
  state: RequestState;
  plannedStartAt: Instant;
}

type Counts = Pick<CoverageRow, 'visited' | 'planned' | 'open'>;

const countsAs = (state: RequestState): keyof Counts | undefined => {
  switch (state) {
    case 'pending_confirm':
    case 'settled':
      return 'visited';
    case 'accepted':
    case 'in_service':
      return 'planned';
    case 'published':
      return 'open';
    case 'cancelled':
    case 'unfilled':
      return undefined;
  }
};

/** How urgently a row wants a coordinator's eye: 0 nothing at all, 1 asked for, 2 planned, 3 visited. */
const comfort = (row: Counts): number => (row.visited > 0 ? 3 : row.planned > 0 ? 2 : row.open > 0 ? 1 : 0);

/** Soonest first, those of the same moment by id. */
const byStart = (a: CoverageVisit, b: CoverageVisit): number =>
  `${a.plannedStartAt} ${a.requestId}` < `${b.plannedStartAt} ${b.requestId}` ? -1 : 1;

/** The week of every elder, gaps first; among equals those who live alone come first, then
 * those who can do less, then the older. */
export const coverageOf = (
  elders: readonly Omit<CoverageRow, keyof Counts | 'visits'>[],
  visits: readonly WeekVisit[],
): CoverageRow[] => {
  const byElder = Map.groupBy(visits, (visit) => visit.elderId);
  return elders
    .map((elder): CoverageRow => {
      const own = byElder.get(elder.elderId) ?? [];
      const counts: Counts = { visited: 0, planned: 0, open: 0 };
      for (const visit of own) {
        const kind = countsAs(visit.state);
        if (kind !== undefined) counts[kind] += 1;
      }
      const shown = own
        .map(({ requestId, state, plannedStartAt }) => ({ requestId, state, plannedStartAt }))
        .sort(byStart);
      return { ...elder, ...counts, visits: shown };
    })
    .sort(
      (a, b) =>
        comfort(a) - comfort(b) ||
        Number(b.livingSituation === 'alone') - Number(a.livingSituation === 'alone') ||
        (b.abilityLevel ?? 0) - (a.abilityLevel ?? 0) ||
        b.age - a.age ||
        (a.elderId < b.elderId ? -1 : 1),
    );
};
