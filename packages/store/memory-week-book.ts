/** The week's board in memory: one row for the community's page, one for the county's volunteers. */
import { countyOf } from '@time-bank/contracts/region';
import type { WeekBook, WeekBooking } from '@time-bank/desk/ports';
import { bookedPartition, weekPartition } from './keys.ts';
import { answer } from './memory-answer.ts';
import { sortedLists } from './memory-lists.ts';
import { kept } from './memory-value.ts';

/** A community's and a county's week: bounds of a read. */
const WEEK_MAX = 20_000;

/** The week book in memory, empty at first. */
export const memoryWeekBook = (): WeekBook => {
  const bookings = sortedLists<WeekBooking>();
  const keep = (list: string, booking: WeekBooking): void => {
    const there = bookings.find(list, booking.requestId);
    // What is there is as new or newer: this record came late or came twice.
    if (there !== undefined && there.version >= booking.version) return;
    bookings.put(list, booking.requestId, kept(booking));
  };
  return {
    put: (week, booking) =>
      answer(() => {
        keep(weekPartition(week, booking.communityCode), booking);
        if (booking.volunteerId !== undefined)
          keep(bookedPartition(week, countyOf(booking.communityCode)), booking);
      }),
    listOfCommunity: (week, communityCode) =>
      answer(() => bookings.read(weekPartition(week, communityCode), { limit: WEEK_MAX })),
    listOfCounty: (week, county) =>
      answer(() => bookings.read(bookedPartition(week, county), { limit: WEEK_MAX })),
  };
};
