/** The diaries of a town's volunteers while a plan is made visit by visit: who still can, and when at the earliest. */
import type { PlanPair, PlanVisit, PlanVolunteer, WeekProblem } from '@time-bank/matching/week-problem';
import { travelMinutes } from '@time-bank/matching/travel-time';

const DAY_MINUTES = 1440;

interface Entry {
  visit: PlanVisit;
  start: number;
}

const dayOf = (minute: number): number => Math.floor(minute / DAY_MINUTES);

const elderDay = ({ elderId }: PlanVisit, start: number): string => `${elderId} ${String(dayOf(start))}`;

/** True where nothing but time and place speaks against somebody's making a visit. */
export const mayMake = (volunteer: PlanVolunteer, visit: PlanVisit): boolean =>
  volunteer.services.has(visit.serviceCode) &&
  !volunteer.apart.has(visit.elderId) &&
  (visit.musts.languages.length === 0 ||
    visit.musts.languages.some((language) => volunteer.languages.includes(language))) &&
  (visit.musts.gender ?? volunteer.gender) === volunteer.gender;

/** The diaries of a week: empty at first. */
export const openDiaries = ({ rules }: Pick<WeekProblem, 'rules'>) => {
  const entries = new Map<PlanVolunteer, Entry[]>();
  /** The visit that an elder has on a day, by both. */
  const visitOn = new Map<string, PlanVisit>();
  const pairs: PlanPair[] = [];
  const of = (volunteer: PlanVolunteer): Entry[] => entries.get(volunteer) ?? [];

  const isFull = (volunteer: PlanVolunteer, minutes: number): boolean => {
    const taken = of(volunteer);
    const total = taken.reduce((sum, { visit }) => sum + visit.minutes, minutes);
    return taken.length >= volunteer.visitsMax || total > volunteer.minutesMax;
  };
  const dayIsFull = (volunteer: PlanVolunteer, day: number, minutes: number): boolean => {
    const booked = volunteer.booked.filter(({ fromMinute }) => dayOf(fromMinute) === day);
    const there = of(volunteer).filter(({ start }) => dayOf(start) === day);
    return (
      booked.reduce((sum, { fromMinute, toMinute }) => sum + toMinute - fromMinute, minutes) +
        there.reduce((sum, { visit }) => sum + visit.minutes, 0) >
      volunteer.dayMinutesMax
    );
  };
  /** When somebody can begin `next` at the earliest after `first`. */
  const freeAgain = ({ mode }: PlanVolunteer, first: Entry, next: PlanVisit): number =>
    first.start + Math.max(rules.seatMinutes, first.visit.minutes + travelMinutes(first.visit, next, mode));
  /** The first start from `start` on that leaves what is in the diary as it is. */
  const between = (volunteer: PlanVolunteer, visit: PlanVisit, start: number): number => {
    let at = start;
    for (const entry of of(volunteer)) {
      if (freeAgain(volunteer, { visit, start: at }, entry.visit) <= entry.start) return at;
      at = Math.max(at, freeAgain(volunteer, entry, visit));
    }
    return at;
  };

  return {
    /** The pairs so far. */
    pairs,
    /** How many visits somebody has taken on. */
    loadOf: (volunteer: PlanVolunteer): number => of(volunteer).length,
    /** The earliest minute, `from` or later, at which somebody can begin a visit; undefined where they cannot. */
    earliest: (volunteer: PlanVolunteer, visit: PlanVisit, from = 0): number | undefined => {
      if (isFull(volunteer, visit.minutes)) return undefined;
      for (const window of visit.windows) {
        for (const free of volunteer.free) {
          const open = Math.max(from, window.fromMinute, free.fromMinute);
          if (open + visit.minutes > Math.min(window.toMinute, free.toMinute)) continue;
          const start = between(volunteer, visit, open);
          const end = Math.min(window.toMinute, free.toMinute, volunteer.readyUntil ?? Infinity);
          if (start + visit.minutes > end || dayIsFull(volunteer, dayOf(start), visit.minutes)) continue;
          if ((visitOn.get(elderDay(visit, start)) ?? visit) === visit) return start;
        }
      }
      return undefined;
    },
    /** Enters a visit into the diaries of all who make it. */
    enter: (visit: PlanVisit, volunteers: readonly PlanVolunteer[], start: number): void => {
      for (const volunteer of volunteers) {
        entries.set(
          volunteer,
          [...of(volunteer), { visit, start }].sort((one, other) => one.start - other.start),
        );
        pairs.push({ visitKey: visit.visitKey, volunteerId: volunteer.volunteerId, startMinute: start });
      }
      visitOn.set(elderDay(visit, start), visit);
    },
  };
};

/** Diaries of one week. */
export type Diaries = ReturnType<typeof openDiaries>;
