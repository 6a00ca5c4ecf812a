/** A community's week: who is to be visited, who was, who will be, who has nobody; and the rates of a week or a month. */
import {
  type BoardElder,
  type BoardFacts,
  type Days,
  HELP_DAYS,
  type WeekVisit,
  coverageOf,
  ratesOf,
} from '@time-bank/care/coverage';
import type { CoverageRates, CoverageRow, CoverageWeek } from '@time-bank/contracts/coverage';
import { maskedName } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import {
  type CivilDate,
  type Instant,
  type IsoWeek,
  ageOn,
  boundsOfWeek,
  civilDateOf,
  isoWeekOf,
  msOf,
  plusDays,
  plusMinutes,
  startOfDay,
} from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf } from './carry-out.ts';
import { tagsOn } from './elder-file.ts';
import { policyNow } from './policy-of.ts';
import type { Board, BoardResident, Ports } from './ports.ts';

type Books = Pick<Ports, 'clock' | 'policies' | 'weekBook'>;

/** An elder of the board on a day; a family name only for whoever must not know whom they see. */
const elderOn = (
  { memberId, tags, birthDate, ...resident }: BoardResident,
  day: CivilDate,
  isMasked: boolean,
): BoardElder => ({
  ...resident,
  elderId: memberId,
  name: isMasked ? maskedName(resident.name) : resident.name,
  age: ageOn(birthDate, day),
  tags: tagsOn(
    { elderFile: { tags: [...tags], assessments: [], doNotPair: [], emergencyContacts: [] } },
    day,
  ),
});

const factsOf = (
  board: Board,
  visits: readonly WeekVisit[],
  day: CivilDate,
  isMasked: boolean,
): BoardFacts => ({
  elders: board.elders.map((resident) => elderOn(resident, day, isMasked)),
  visits,
  events: board.events,
  alerts: board.alerts,
});

/** The elders of a community as the board has them today. */
export const boardElders = async (
  ports: Pick<Ports, 'clock' | 'weekBook'>,
  communityCode: CommunityCode,
): Promise<BoardElder[]> => {
  const { elders } = await ports.weekBook.readBoard(communityCode);
  const day = civilDateOf(nowOf(ports));
  return elders.map((resident) => elderOn(resident, day, false));
};

/** The board keeps three weeks: what lies further back is read from the weeks themselves. */
const BOARD_MINUTES = 14 * 24 * 60;

/** The visits that a week's board needs; of a week long past those of that week as well. */
const visitsFor = async (
  ports: Pick<Ports, 'weekBook'>,
  board: Board,
  communityCode: CommunityCode,
  { week, now }: { week: IsoWeek; now: Instant },
): Promise<WeekVisit[]> => {
  if (msOf(boundsOfWeek(week).from) >= msOf(plusMinutes(now, -BOARD_MINUTES))) return board.visits;
  const known = new Set(board.visits.map(({ requestId }) => requestId));
  const past = await ports.weekBook.listOfCommunity(week, communityCode);
  return [...board.visits, ...past.filter(({ requestId }) => !known.has(requestId))];
};

/** The rows of a community's week, gaps first. One query, but for weeks long past. */
export const coverageRows = async (
  ports: Books,
  communityCode: CommunityCode,
  week: IsoWeek,
  { isMasked } = { isMasked: false },
): Promise<CoverageRow[]> => {
  const now = nowOf(ports);
  const [policy, board] = await Promise.all([
    policyNow(ports, communityCode),
    ports.weekBook.readBoard(communityCode),
  ]);
  const visits = await visitsFor(ports, board, communityCode, { week, now });
  return coverageOf(policy, factsOf(board, visits, civilDateOf(now), isMasked), { week, now });
};

const sumOf = (rows: readonly CoverageRow[], what: 'wanted' | 'missing'): number =>
  rows.reduce((sum, row) => sum + row[what], 0);

/** The week `week` (this week where it is left out) of a community, gaps first. */
export const readCoverage = async (
  ports: Books & Pick<Ports, 'regions'>,
  permit: Grant<'read_coverage'>,
  communityCode: CommunityCode,
  week?: IsoWeek,
): Promise<Outcome<CoverageWeek>> => {
  const shown = week ?? isoWeekOf(nowOf(ports));
  const [rows, region] = await Promise.all([
    coverageRows(ports, communityCode, shown, permit),
    ports.regions.read(communityCode),
  ]);
  return done({
    week: shown,
    communityCode,
    communityName: region?.name ?? '',
    ...boundsOfWeek(shown),
    elders: rows.length,
    eldersVisited: rows.filter((row) => row.visited > 0).length,
    wanted: sumOf(rows, 'wanted'),
    missing: sumOf(rows, 'missing'),
    rows,
  });
};

const daysOfWeek = (week: IsoWeek): Days => {
  const from = civilDateOf(boundsOfWeek(week).from);
  return { from, until: plusDays(from, 6), period: 'week' };
};

const daysOfMonth = (month: string): Days => {
  const next = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1));
  const until = plusDays(next.toISOString().slice(0, 10), -1);
  return { from: `${month}-01`, until, period: 'month' };
};

/** Every week of which a day lies in the stretch, or within the days after it in which help may have come. */
const weeksOf = ({ from, until }: Days): IsoWeek[] => {
  const weeks = new Set<IsoWeek>();
  for (let day = from; day <= plusDays(until, HELP_DAYS); day = plusDays(day, 1)) {
    weeks.add(isoWeekOf(startOfDay(day)));
  }
  return [...weeks];
};

/** The rates of a week or a month (of this week where neither is named). */
export const readRates = async (
  ports: Books & Pick<Ports, 'regions'>,
  _permit: Grant<'read_coverage'>,
  communityCode: CommunityCode,
  { week, month }: { week?: IsoWeek | undefined; month?: string | undefined },
): Promise<Outcome<CoverageRates>> => {
  const now = nowOf(ports);
  const days = month === undefined ? daysOfWeek(week ?? isoWeekOf(now)) : daysOfMonth(month);
  const [policy, board, region, ...weeks] = await Promise.all([
    policyNow(ports, communityCode),
    ports.weekBook.readBoard(communityCode),
    ports.regions.read(communityCode),
    ...weeksOf(days).map((each) => ports.weekBook.listOfCommunity(each, communityCode)),
  ]);
  const elders = board.elders.map((resident) => elderOn(resident, civilDateOf(now), true));
  return done({
    communityCode,
    communityName: region?.name ?? '',
    from: days.from,
    until: days.until,
    ...ratesOf(policy, elders, weeks.flat(), days),
  });
};
