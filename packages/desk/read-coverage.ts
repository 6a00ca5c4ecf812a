/** A community's week: who was visited, who will be, who has nobody. */
import { coverageOf } from '@time-bank/care/coverage';
import type { CoverageWeek } from '@time-bank/contracts/coverage';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import { type Instant, type IsoWeek, boundsOfWeek, instantOf, isoWeekOf } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Ports, WeekBooking } from './ports.ts';
import { elderRow } from './read-people.ts';

/** The elders of a community with the visits of a week, gaps first; masked where `permit` is. */
export const coverageRows = (
  residents: readonly Member[],
  visits: readonly WeekBooking[],
  now: Instant,
  permit?: Parameters<typeof elderRow>[2],
): CoverageWeek['rows'] =>
  coverageOf(
    residents.map((member) => {
      const { memberId, address: _address, hasPhone: _hasPhone, ...row } = elderRow(member, now, permit);
      return { elderId: memberId, ...row };
    }),
    visits,
  );

/** The week `week` (this week where it is left out) of a community, gaps first. */
export const readCoverage = async (
  ports: Pick<Ports, 'clock' | 'people' | 'regions' | 'weekBook'>,
  permit: Grant<'read_coverage'>,
  communityCode: CommunityCode,
  week?: IsoWeek,
): Promise<Outcome<CoverageWeek>> => {
  const now = instantOf(ports.clock.nowMs());
  const shown = week ?? isoWeekOf(now);
  const [residents, visits, region] = await Promise.all([
    ports.people.listResidents(communityCode),
    ports.weekBook.listOfCommunity(shown, communityCode),
    ports.regions.read(communityCode),
  ]);
  const rows = coverageRows(residents, visits, now, permit);
  return done({
    week: shown,
    communityCode,
    communityName: region?.name ?? '',
    ...boundsOfWeek(shown),
    elders: rows.length,
    eldersVisited: rows.filter((row) => row.visited > 0).length,
    rows,
  });
};
