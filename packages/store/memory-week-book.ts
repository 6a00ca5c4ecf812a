/** The week's board in memory: a visit on its elder's row of the board, and one for the community's past weeks. */
import { msOf } from '@time-bank/contracts/time';
import type { WeekVisit } from '@time-bank/care/coverage';
import { wasMade } from '@time-bank/care/life';
import type { CommunityCode } from '@time-bank/contracts/region';
import type { Member } from '@time-bank/contracts/member';
import type { WeekBook, WeekBooking } from '@time-bank/desk/ports';
import { weekPartition } from './keys.ts';
import { answer } from './memory-answer.ts';
import { type BoardMemory, boardMemory, boardRow, residentOf, visitOnBoard } from './memory-board.ts';
import { sortedLists } from './memory-lists.ts';
import { kept } from './memory-value.ts';

/** A community's week: a bound of a read. */
const WEEK_MAX = 20_000;

const KEPT_MS = 21 * 24 * 60 * 60 * 1000;
const KEPT_MADE = 4;

/** The week book in memory, empty at first. `residentsOf`: whoever lives in a community now. */
export const memoryWeekBook = (
  residentsOf: (communityCode: CommunityCode) => Promise<readonly Member[]> = () => Promise.resolve([]),
  boards: BoardMemory = boardMemory(),
): WeekBook => {
  /** A visit on its elder's row, which lets go of what is long past. */
  const keepOnBoard = (booking: WeekBooking): void => {
    const row = boardRow(booking.communityCode, booking.elderId);
    const visits = boards.visits.get(row) ?? new Map<string, WeekBooking>();
    boards.visits.set(row, visits);
    if ((visits.get(booking.requestId)?.version ?? 0) >= booking.version) return;
    visits.set(booking.requestId, kept(booking));
    const made = [...visits.values()]
      .filter(({ state }) => wasMade(state))
      .sort((one, other) => msOf(other.plannedStartAt) - msOf(one.plannedStartAt))
      .slice(0, KEPT_MADE);
    const since = msOf(booking.plannedStartAt) - KEPT_MS;
    for (const [id, each] of visits) {
      if (msOf(each.plannedStartAt) < since && !made.includes(each)) visits.delete(id);
    }
  };
  const bookings = sortedLists<WeekBooking>();
  const keep = (list: string, booking: WeekBooking): void => {
    const there = bookings.find(list, booking.requestId);
    // What is there is as new or newer: this record came late or came twice.
    if (there !== undefined && there.version >= booking.version) return;
    bookings.put(list, booking.requestId, kept(booking));
  };
  return {
    readBoard: async (communityCode) => {
      const residents = await residentsOf(communityCode);
      const rows = new Set(residents.map(({ memberId }) => boardRow(communityCode, memberId)));
      const here = `${communityCode} `;
      const visitsIn = (isWanted: (row: string) => boolean): WeekVisit[] =>
        [...boards.visits].flatMap(([row, visits]) =>
          isWanted(row) ? [...visits.values()].map(visitOnBoard) : [],
        );
      const of = <T>(shelf: ReadonlyMap<string, T>): T[] =>
        [...shelf].filter(([key]) => key.startsWith(here)).map(([, value]) => value);
      return {
        elders: residents.map(residentOf),
        visits: visitsIn((row) => rows.has(row)),
        visitsOfOthers: visitsIn((row) => row.startsWith(here) && !rows.has(row)),
        events: of(boards.events),
        alerts: of(boards.alerts),
      };
    },
    putEvent: (communityCode, event) =>
      answer(() => {
        const key = `${communityCode} ${event.eventId}`;
        if (boards.events.has(key)) return false;
        boards.events.set(key, kept(event));
        return true;
      }),
    readEventNow: (communityCode, eventId) => answer(() => boards.events.get(`${communityCode} ${eventId}`)),
    putAlert: (communityCode, alert) =>
      answer(() => {
        const key = `${communityCode} ${alert.alertId}`;
        if (boards.alerts.has(key)) return false;
        boards.alerts.set(key, kept(alert));
        return true;
      }),
    readAlertNow: (communityCode, alertId) => answer(() => boards.alerts.get(`${communityCode} ${alertId}`)),
    put: (week, booking) =>
      answer(() => {
        keepOnBoard(booking);
        keep(weekPartition(week, booking.communityCode), booking);
      }),
    listOfCommunity: (week, communityCode) =>
      answer(() => bookings.read(weekPartition(week, communityCode), { limit: WEEK_MAX })),
  };
};
