/**
 * What a coordinator has settled by hand, as the planner wants it: a locked pair stands at the hour that the plan
 * before gave it, or at the first at which both can; whoever is locked and cannot come is not replaced by somebody else.
 */
import { firstStart } from '@time-bank/matching/week-fit';
import type {
  PlanPair,
  PlanVisit,
  PlanVolunteer,
  Stretch,
  WeekProblem,
} from '@time-bank/matching/week-problem';
import type { SettledPair } from './staff-case.ts';

/** What was settled, and the plan before. */
export interface Settled {
  locked: readonly SettledPair[];
  forbidden: readonly SettledPair[];
  pairs: readonly (PlanPair & SettledPair)[];
}

type Week = Pick<WeekProblem, 'visits' | 'volunteers'>;

const isWithin = (stretches: readonly Stretch[], start: number, minutes: number): boolean =>
  stretches.some(({ fromMinute, toMinute }) => fromMinute <= start && start + minutes <= toMinute);

/** Free time without the visits that are locked already. */
const leftOf = (volunteer: PlanVolunteer, locked: readonly PlanPair[], week: Week): Stretch[] =>
  locked
    .filter(({ volunteerId }) => volunteerId === volunteer.volunteerId)
    .reduce<Stretch[]>(
      (free, { visitKey, startMinute }) => {
        const end = startMinute + (week.visits.find((visit) => visit.visitKey === visitKey)?.minutes ?? 0);
        return free.flatMap(({ fromMinute, toMinute }) => [
          { fromMinute, toMinute: Math.min(toMinute, startMinute) },
          { fromMinute: Math.max(fromMinute, end), toMinute },
        ]);
      },
      [...volunteer.free],
    )
    .filter(({ fromMinute, toMinute }) => fromMinute < toMinute);

/** When a volunteer can make a visit: with whoever is locked to it already, at their hour. */
const startFor = (
  visit: PlanVisit,
  volunteer: PlanVolunteer,
  locked: readonly PlanPair[],
  week: Week,
): number | undefined => {
  const free = leftOf(volunteer, locked, week);
  const others = locked.filter(({ visitKey }) => visitKey === visit.visitKey);
  const [first] = others;
  if (first === undefined) return firstStart(visit, free, 0);
  const hasSeat =
    others.length < visit.persons && others.every((one) => one.volunteerId !== volunteer.volunteerId);
  return hasSeat && isWithin(free, first.startMinute, visit.minutes) ? first.startMinute : undefined;
};

/** The pairs of the plan before between these two that can still be: the visit is wanted, its hour is to come. */
const stillThere = ({ elderId, volunteerId }: SettledPair, { pairs }: Settled, week: Week): PlanPair[] =>
  pairs
    .filter((pair) => pair.elderId === elderId && pair.volunteerId === volunteerId)
    .filter(({ visitKey, startMinute }) => {
      const visit = week.visits.find((each) => each.visitKey === visitKey);
      return visit !== undefined && isWithin(visit.windows, startMinute, visit.minutes);
    })
    .map(({ visitKey, startMinute }) => ({ visitKey, volunteerId, startMinute }));

/** The pairs that stand for one lock; none where the two cannot be brought together. */
const placed = (lock: SettledPair, settled: Settled, locked: readonly PlanPair[], week: Week): PlanPair[] => {
  const before = stillThere(lock, settled, week);
  const volunteer = week.volunteers.find(({ volunteerId }) => volunteerId === lock.volunteerId);
  if (before.length > 0 || volunteer === undefined) return before;
  for (const visit of week.visits.filter(({ elderId }) => elderId === lock.elderId)) {
    const startMinute = startFor(visit, volunteer, locked, week);
    if (startMinute !== undefined) {
      return [{ visitKey: visit.visitKey, volunteerId: volunteer.volunteerId, startMinute }];
    }
  }
  return [];
};

/** The locked and the forbidden pairs of a week, in the order in which they were settled. */
export const settledPairs = (settled: Settled, week: Week): Pick<WeekProblem, 'locked' | 'forbidden'> => {
  const locked: PlanPair[] = [];
  const forbidden: { elderId: string; volunteerId: string }[] = [...settled.forbidden];
  for (const lock of settled.locked) {
    const pairs = placed(lock, settled, locked, week);
    locked.push(...pairs);
    if (pairs.length > 0) continue;
    const { elderId } = lock;
    forbidden.push(...week.volunteers.map(({ volunteerId }) => ({ elderId, volunteerId })));
  }
  return { locked, forbidden };
};
