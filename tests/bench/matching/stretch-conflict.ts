/** Whether visits with their volunteers and stretches chosen find hours: in some order, each as early as it can be. */
import { travelMinutes } from '@time-bank/matching/travel-time';
import type { PlanPair, PlanVisit, PlanVolunteer } from '@time-bank/matching/week-problem';
import type { Place, Starts } from './stretch-model.ts';

/** A visit with all who make it. */
interface Task {
  visit: PlanVisit;
  volunteers: readonly PlanVolunteer[];
  starts: readonly Starts[];
}

const common = (one: readonly Starts[], other: readonly Starts[]): Starts[] =>
  one
    .flatMap((a) => other.map((b) => ({ first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) })))
    .filter(({ first, last }) => first <= last);

const tasksOf = (places: readonly Place[]): Task[] =>
  [...Map.groupBy(places, ({ visit }) => visit)].map(([visit, of]) => ({
    visit,
    volunteers: of.map(({ volunteer }) => volunteer),
    starts: of.map(({ starts }) => starts).reduce(common),
  }));

/** When somebody is free again, and after which visit. */
type Last = ReadonlyMap<PlanVolunteer, { visit: PlanVisit; start: number }>;

const earliest = (
  seatMinutes: number,
  { visit, volunteers, starts }: Task,
  last: Last,
): number | undefined => {
  const free = volunteers.map((volunteer) => {
    const before = last.get(volunteer);
    if (before === undefined) return 0;
    const way = travelMinutes(before.visit, visit, volunteer.mode);
    return before.start + Math.max(seatMinutes, before.visit.minutes + way);
  });
  const from = Math.max(...free);
  const part = starts.find((each) => each.last >= from);
  return part === undefined ? undefined : Math.max(part.first, from);
};

/** Begins each task as early as it can be, in every order, until one order works. */
const timed = (seatMinutes: number, tasks: readonly Task[], last: Last): PlanPair[] | undefined => {
  if (tasks.length === 0) return [];
  for (const task of tasks) {
    const start = earliest(seatMinutes, task, last);
    if (start === undefined) continue;
    const { visit, volunteers } = task;
    const then = new Map([...last, ...volunteers.map((volunteer) => [volunteer, { visit, start }] as const)]);
    const rest = timed(
      seatMinutes,
      tasks.filter((other) => other !== task),
      then,
    );
    if (rest === undefined) continue;
    const { visitKey } = visit;
    return [...volunteers.map(({ volunteerId }) => ({ visitKey, volunteerId, startMinute: start })), ...rest];
  }
  return undefined;
};

/** Places that have to do with each other: of one volunteer on a day, and of all who go together. */
const groupsOf = (places: readonly Place[]): Place[][] => {
  const left = new Set(places);
  const groups: Place[][] = [];
  for (const seed of places) {
    if (!left.delete(seed)) continue;
    const group = [seed];
    for (const member of group) {
      for (const other of left) {
        const isNext =
          other.visit === member.visit || (other.volunteer === member.volunteer && other.day === member.day);
        if (isNext && left.delete(other)) group.push(other);
      }
    }
    groups.push(group);
  }
  return groups;
};

/** Leaves out what the conflict does not need. */
const core = (seatMinutes: number, group: readonly Place[]): Place[] => {
  let conflict = [...group];
  for (const place of group) {
    const without = conflict.filter((each) => each !== place);
    if (timed(seatMinutes, tasksOf(without), new Map()) === undefined) conflict = without;
  }
  return conflict;
};

/** The hours of what can take place, and the sets of places that cannot all be. */
export const hoursOf = (
  seatMinutes: number,
  places: readonly Place[],
): { pairs: PlanPair[]; conflicts: Place[][] } => {
  const pairs: PlanPair[] = [];
  const conflicts: Place[][] = [];
  for (const group of groupsOf(places)) {
    const hours = timed(seatMinutes, tasksOf(group), new Map());
    if (hours === undefined) conflicts.push(core(seatMinutes, group));
    else pairs.push(...hours);
  }
  return { pairs, conflicts };
};
