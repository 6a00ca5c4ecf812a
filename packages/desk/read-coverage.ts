/** A community's week: who is to be visited, who was, who will be, who has nobody; and the rates of a week or a month. */
import {
  type BoardElder,
  type BoardFacts,
  type BoardRow,
  CALLS_DAYS,
  type Days,
  HELP_DAYS,
  type WeekVisit,
  coverageOf,
  ratesOf,
} from '@time-bank/care/coverage';
import { wasMade } from '@time-bank/care/life';
import type { CoverageRates, CoverageWeek, MovedAway } from '@time-bank/contracts/coverage';
import { type MemberId, ulidTime } from '@time-bank/contracts/ids';
import { type Member, maskedName } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import {
  type CivilDate,
  type Instant,
  type IsoWeek,
  ageOn,
  boundsOfWeek,
  civilDateOf,
  instantOf,
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

/** The rows of a community's week, gaps first, and the board that they are of. One query, but for weeks long past. */
const boardRows = async (
  ports: Books,
  communityCode: CommunityCode,
  week: IsoWeek,
  isMasked: boolean,
): Promise<{ rows: BoardRow[]; board: Board }> => {
  const now = nowOf(ports);
  const [policy, board] = await Promise.all([
    policyNow(ports, communityCode),
    ports.weekBook.readBoard(communityCode),
  ]);
  const visits = await visitsFor(ports, board, communityCode, { week, now });
  const rows = coverageOf(policy, factsOf(board, visits, civilDateOf(now), isMasked), { week, now });
  return { rows, board };
};

/** The rows of a community's week, gaps first. */
export const coverageRows = async (
  ports: Books,
  communityCode: CommunityCode,
  week: IsoWeek,
): Promise<BoardRow[]> => (await boardRows(ports, communityCode, week, false)).rows;

type Neighbours = Pick<Ports, 'people' | 'regions'>;

/** Of people, those who lived in a community and live in another one now. */
const whoMoved = async (
  ports: Neighbours,
  communityCode: CommunityCode,
  ids: readonly MemberId[],
): Promise<Member[]> => {
  if (ids.length === 0) return [];
  const people = await ports.people.readMembers([...new Set(ids)]);
  return [...people.values()].filter((member) => member.communityCode !== communityCode);
};

/** Who had visits here in a week and has moved away since: where to, and how often somebody was there before. */
const movedAway = async (
  ports: Neighbours,
  { visitsOfOthers }: Board,
  { communityCode, week, isMasked }: { communityCode: CommunityCode; week: IsoWeek; isMasked: boolean },
): Promise<MovedAway[]> => {
  const { from, to } = boundsOfWeek(week);
  const ofWeek = visitsOfOthers.filter(({ plannedStartAt: at }) => from <= at && at < to);
  const moved = await whoMoved(
    ports,
    communityCode,
    ofWeek.map(({ elderId }) => elderId),
  );
  return Promise.all(
    moved.map(async ({ memberId, name, communityCode: home }) => ({
      elderId: memberId,
      name: isMasked ? maskedName(name) : name,
      movedTo: (await ports.regions.read(home))?.name ?? '',
      visited: ofWeek.filter(({ elderId, state }) => elderId === memberId && wasMade(state)).length,
    })),
  );
};

const sumOf = (rows: readonly BoardRow[], what: 'wanted' | 'missing'): number =>
  rows.reduce((sum, row) => sum + row[what], 0);

/** The week `week` (this week where it is left out) of a community, gaps first. */
export const readCoverage = async (
  ports: Books & Neighbours,
  permit: Grant<'read_coverage'>,
  communityCode: CommunityCode,
  week?: IsoWeek,
): Promise<Outcome<CoverageWeek>> => {
  const shown = week ?? isoWeekOf(nowOf(ports));
  const { isMasked } = permit;
  const [{ rows, board }, region] = await Promise.all([
    boardRows(ports, communityCode, shown, isMasked),
    ports.regions.read(communityCode),
  ]);
  const moved = await movedAway(ports, board, { communityCode, week: shown, isMasked });
  const visitedBefore = moved.filter(({ visited }) => visited > 0).length;
  return done({
    week: shown,
    communityCode,
    communityName: region?.name ?? '',
    ...boundsOfWeek(shown),
    elders: rows.length + visitedBefore,
    eldersVisited: rows.filter((row) => row.visited > 0).length + visitedBefore,
    wanted: sumOf(rows, 'wanted'),
    missing: sumOf(rows, 'missing'),
    rows: rows.map(({ allWanted: _all, stillWanted: _still, ...row }) => row),
    ...(moved.length === 0 ? {} : { movedAway: moved }),
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

/** Every week of the stretch, of the days before it (calls in a row) and after it (help that may have come). */
const weeksOf = ({ from, until }: Days): IsoWeek[] => {
  const weeks = new Set<IsoWeek>();
  for (let day = plusDays(from, -CALLS_DAYS); day <= plusDays(until, HELP_DAYS); day = plusDays(day, 1)) {
    weeks.add(isoWeekOf(startOfDay(day)));
  }
  return [...weeks];
};

/** Elders who were visited here in a stretch of days and have moved away since: they stay counted where that was. */
const visitedBefore = async (
  ports: Neighbours,
  communityCode: CommunityCode,
  visits: readonly WeekVisit[],
  { days, today }: { days: Days; today: CivilDate },
): Promise<BoardElder[]> => {
  const made = visits.filter(
    ({ state, plannedStartAt }) =>
      wasMade(state) && civilDateOf(plannedStartAt) >= days.from && civilDateOf(plannedStartAt) <= days.until,
  );
  const moved = await whoMoved(
    ports,
    communityCode,
    made.map(({ elderId }) => elderId),
  );
  return moved.map(({ elderFile, ...member }) => {
    const since = civilDateOf(instantOf(ulidTime(member.memberId)));
    const resident = { ...member, tags: elderFile?.tags ?? [], since, communityCode };
    return elderOn(resident, today, true);
  });
};

/** The rates of a week or a month (of this week where neither is named). */
export const readRates = async (
  ports: Books & Neighbours,
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
  const today = civilDateOf(now);
  const visits = weeks.flat();
  const live = new Set(board.elders.map(({ memberId }) => memberId));
  const others = visits.filter(({ elderId }) => !live.has(elderId));
  const elders = [
    ...board.elders.map((resident) => elderOn(resident, today, true)),
    ...(await visitedBefore(ports, communityCode, others, { days, today })),
  ];
  return done({
    communityCode,
    communityName: region?.name ?? '',
    from: days.from,
    until: days.until,
    ...ratesOf(policy, elders, visits, days),
  });
};
