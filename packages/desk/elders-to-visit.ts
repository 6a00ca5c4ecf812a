/** Whose turn it is, from the board's rows: what is wanted and not even asked for, and how urgent each visit is. */
import { type BoardRow, serves } from '@time-bank/care/coverage';
import type { RequestRecord } from '@time-bank/care/request';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import type { ElderToVisit } from './week-problem-of.ts';

/** A visit comes with its week; whoever had nobody in the week before either has waited too long. */
const OVERDUE_DAYS = 14;
const SEVERE_LEVEL = 3;
const OLD_YEARS = 80;

/** The last of all: visits to those whose turn it is not. */
export const LAST_TIER = 7;

type Ranked = Pick<BoardRow, 'tier' | 'daysSinceContact' | 'abilityLevel' | 'livingSituation' | 'age'>;

/**
 * How urgent a visit is, 0 first: after something great has happened; nobody there for two weeks; severe loss of
 * ability; over eighty and alone; others at high risk; the two groups below. Source: domain R-42.
 */
export const urgencyOf = (row: Ranked, cause: BoardRow['cause']): number => {
  if (cause === 'event') return 0;
  if (row.tier === 'general') return 6;
  if (row.tier === 'key') return 5;
  if ((row.daysSinceContact ?? OVERDUE_DAYS) >= OVERDUE_DAYS) return 1;
  if ((row.abilityLevel ?? 0) >= SEVERE_LEVEL) return 2;
  return row.livingSituation === 'alone' && row.age >= OLD_YEARS ? 3 : 4;
};

/**
 * How urgent a request is that still looks for somebody: as the visit that the elder is to have where it is one; who
 * was left without once comes before everybody whose turn it is not.
 */
export const urgencyOfOpen = (row: BoardRow | undefined, request: RequestRecord): number => {
  if (request.priority !== undefined) return 0;
  const visit = { ...request, elderId: request.receiverId };
  const served = row?.allWanted.find((wanted) => serves(visit, wanted));
  return row === undefined || served === undefined ? LAST_TIER : urgencyOf(row, served.cause);
};

/** The elders for whom somebody has to be found and nobody has been asked; rows of people who are gone are left out. */
export const eldersToVisit = (
  rows: readonly BoardRow[],
  members: ReadonlyMap<MemberId, Member>,
): ElderToVisit[] =>
  rows.flatMap((row): ElderToVisit[] => {
    const member = members.get(row.elderId);
    if (member === undefined || row.stillWanted.length === 0) return [];
    const missing = row.stillWanted.map((visit) => ({ ...visit, tier: urgencyOf(row, visit.cause) }));
    return [{ member, missing }];
  });
