/** What a stretch of work consumed, in the words of the reports. */
import type { Used } from '../store/meter.ts';

/** `wcu`, `rcu`: capacity units, indexes included; `roundTrips`: calls to the store. */
export interface Consumed {
  wcu: number;
  rcu: number;
  roundTrips: number;
}

const unitsOf = (byTable: Record<string, number>): number =>
  Object.values(byTable).reduce((sum, units) => sum + units, 0);

/** The sum over all tables. */
export const consumed = ({ read, written, trips }: Used): Consumed => ({
  wcu: unitsOf(written),
  rcu: unitsOf(read),
  roundTrips: trips,
});
