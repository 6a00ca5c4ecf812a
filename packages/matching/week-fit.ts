/** Whether one volunteer could make one visit, nobody else looked at. */
import { kilometresApart } from './travel-time.ts';
import type { PlanVisit, PlanVolunteer, Stretch, UncoveredReason } from './week-problem.ts';

/** Minutes of a day. */
export const DAY_MINUTES = 1440;

/** The day of a minute of the week: 0 Monday to 6 Sunday. */
export const dayOf = (minute: number): number => Math.floor(minute / DAY_MINUTES);

/** Minutes of a day that are booked. */
export const bookedMinutes = (booked: readonly Stretch[], day: number): number =>
  booked.reduce(
    (sum, { fromMinute, toMinute }) => (dayOf(fromMinute) === day ? sum + toMinute - fromMinute : sum),
    0,
  );

/**
 * The first start, not before `fromMinute`, at which a visit lies in a window and in a free stretch; undefined where
 * there is none. Both lists are in order.
 */
export const firstStart = (
  visit: { windows: readonly Stretch[]; minutes: number },
  free: readonly Stretch[],
  fromMinute: number,
): number | undefined => {
  for (const window of visit.windows) {
    if (window.toMinute - visit.minutes < fromMinute) continue;
    for (const stretch of free) {
      if (stretch.fromMinute > window.toMinute - visit.minutes) break;
      const start = Math.max(window.fromMinute, stretch.fromMinute, fromMinute);
      if (start + visit.minutes <= Math.min(window.toMinute, stretch.toMinute)) return start;
    }
  }
  return undefined;
};

/** The days on which a visit fits into free time, as bits: bit 0 Monday to bit 6 Sunday. */
export const fittingDays = (
  visit: { windows: readonly Stretch[]; minutes: number },
  free: readonly Stretch[],
): number => {
  let days = 0;
  let index = 0;
  for (const window of visit.windows) {
    for (let at = index; at < free.length; at += 1) {
      const stretch = free[at];
      if (stretch === undefined || stretch.fromMinute >= window.toMinute) break;
      if (stretch.toMinute <= window.fromMinute) {
        index = at + 1;
        continue;
      }
      const start = Math.max(window.fromMinute, stretch.fromMinute);
      if (start + visit.minutes <= Math.min(window.toMinute, stretch.toMinute)) days |= 1 << dayOf(start);
    }
  }
  return days;
};

/** Wishes of a visit: each language is one, the gender is one. */
export const wishCount = ({ wishes }: PlanVisit): number =>
  wishes.languages.length + (wishes.gender === undefined ? 0 : 1);

/** How many wishes of a visit a volunteer does not meet. */
export const unmetWishes = ({ wishes }: PlanVisit, volunteer: PlanVolunteer): number =>
  wishes.languages.reduce((count, spoken) => (volunteer.languages.includes(spoken) ? count : count + 1), 0) +
  (wishes.gender === undefined || wishes.gender === volunteer.gender ? 0 : 1);

/** One of the languages will do; whose languages nobody has asked for is not kept away by a gap in a file. */
const understandsOne = ({ musts }: PlanVisit, { languages }: PlanVolunteer): boolean =>
  musts.languages.length === 0 ||
  languages.length === 0 ||
  musts.languages.some((spoken) => languages.includes(spoken));

/** Who is kept from whom by the week itself: elders by volunteer. */
export type Forbidden = ReadonlyMap<string, ReadonlySet<string>>;

/** What can keep a volunteer from a visit, whenever it is; in order of precedence. */
export type PersonObstacle = Extract<
  UncoveredReason,
  'nobody_in_reach' | 'no_papers' | 'kept_apart' | 'language' | 'gender'
>;

/** The first ground that keeps a volunteer from a visit, whenever it is; undefined where none does. */
export const obstacleTo = (
  visit: PlanVisit,
  volunteer: PlanVolunteer,
  { reachKm, forbidden }: { reachKm: number; forbidden: Forbidden },
): PersonObstacle | undefined => {
  if (kilometresApart(volunteer, visit) > reachKm) return 'nobody_in_reach';
  if (!volunteer.services.has(visit.serviceCode)) return 'no_papers';
  if (volunteer.volunteerId === visit.elderId || volunteer.apart.has(visit.elderId)) return 'kept_apart';
  if (forbidden.get(volunteer.volunteerId)?.has(visit.elderId) === true) return 'kept_apart';
  if (!understandsOne(visit, volunteer)) return 'language';
  if (visit.musts.gender !== undefined && visit.musts.gender !== volunteer.gender) return 'gender';
  return undefined;
};
