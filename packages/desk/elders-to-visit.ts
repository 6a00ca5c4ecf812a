/** Whose turn it is, from the board's rows: what is wanted and not even asked for, the most urgent first. */
import type { CoverageRow } from '@time-bank/contracts/coverage';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { ServiceCode } from '@time-bank/contracts/request';
import { type IsoWeek, boundsOfWeek } from '@time-bank/contracts/time';
import type { ElderToVisit } from './week-problem-of.ts';

/** After something great has happened an elder comes before everybody; then by how much they are at risk. */
const tiers: Readonly<Record<CoverageRow['tier'], number>> = { high: 1, key: 2, general: 3 };

/** How urgent a row's first missing visit is: 0 first. */
export const urgencyOf = ({ cause, tier }: Pick<CoverageRow, 'cause' | 'tier'>): number =>
  cause === 'event' ? 0 : tiers[tier];

const serviceOf = ({ cause }: CoverageRow): ServiceCode => (cause === 'weather' ? 'B03' : 'B01');

/** The elders for whom somebody has to be found and nobody has been asked; rows of people who are gone are left out. */
export const eldersToVisit = (
  week: IsoWeek,
  rows: readonly CoverageRow[],
  members: ReadonlyMap<MemberId, Member>,
): ElderToVisit[] => {
  const { to } = boundsOfWeek(week);
  return rows.flatMap((row): ElderToVisit[] => {
    const member = members.get(row.elderId);
    const unasked = Math.max(0, row.missing - row.open);
    if (member === undefined || unasked === 0) return [];
    const missing = Array.from({ length: unasked }, () => ({
      serviceCode: serviceOf(row),
      before: row.dueBy ?? to,
    }));
    return [{ member, missing, tier: urgencyOf(row) }];
  });
};
