/**
 * When the visits of a plan take place. Pairs that share a volunteer, a visit or an elder are looked at together:
 * visits are put one after the other, each as early as its day allows, in every order and on every day that could
 * be. An order that could be kept at later starts can be kept at the earliest ones, so none is missed.
 */
import { minutesOfWay, wayKilometres } from './travel-time.ts';
import { DAY_MINUTES, bookedMinutes, dayOf, firstStart } from './week-fit.ts';
import type { WeekNetwork } from './week-network.ts';
import type { PlanVisit, PlanVolunteer } from './week-problem.ts';

/** Who goes where; indices into the network's lists. */
export interface Pair {
  visit: number;
  volunteer: number;
}

/** Starts by visit. */
export type Starts = ReadonlyMap<number, number>;

interface Member {
  index: number;
  volunteer: PlanVolunteer;
  isLocked: boolean;
}

interface Task {
  index: number;
  visit: PlanVisit;
  members: Member[];
}

interface Stop {
  task: Task;
  startMinute: number;
  isLocked: boolean;
}

const tasksOf = (network: WeekNetwork, pairs: readonly Pair[]): Task[] => {
  const tasks = new Map<number, Task>();
  const join = ({ visit: index, volunteer: at }: Pair, isLocked: boolean): void => {
    const [visit, volunteer] = [network.visits[index], network.volunteers[at]];
    if (visit === undefined || volunteer === undefined) return;
    const task = tasks.get(index) ?? { index, visit, members: [] };
    task.members.push({ index: at, volunteer, isLocked });
    tasks.set(index, task);
  };
  for (const pair of pairs) join(pair, false);
  const present = new Set(pairs.map(({ volunteer }) => volunteer));
  if (network.locked.length > 0)
    for (const pair of network.locked) if (present.has(pair.volunteer)) join(pair, true);
  return [...tasks.values()].sort((a, b) => lastEnd(a) - lastEnd(b) || a.index - b.index);
};

const lastEnd = ({ visit }: Task): number => visit.windows.at(-1)?.toMinute ?? 0;

/** One search for starts; `stepsMax` bounds it, so that it ends soon and always the same way. */
class Search {
  readonly #network: WeekNetwork;
  readonly #isShortest: boolean;
  readonly #stops = new Map<number, Stop[]>();
  readonly #elderDays = new Set<string>();
  readonly #starts = new Map<number, number>();
  #stepsLeft: number;
  #bestKm = Number.POSITIVE_INFINITY;
  #best: Starts | undefined;

  constructor(network: WeekNetwork, stepsMax: number, isShortest: boolean) {
    this.#network = network;
    this.#stepsLeft = stepsMax;
    this.#isShortest = isShortest;
  }

  run(tasks: readonly Task[]): Starts | undefined {
    this.#placeAll(tasks);
    return this.#best;
  }

  /** True where the search is over. */
  #placeAll(tasks: readonly Task[]): boolean {
    if (tasks.length === 0) return this.#keep();
    for (const task of tasks) {
      for (const startMinute of this.#startsOf(task)) {
        this.#stepsLeft -= 1;
        if (this.#stepsLeft < 0) return true;
        this.#put(task, startMinute);
        const isOver = this.#placeAll(tasks.filter((other) => other !== task));
        this.#take(task, startMinute);
        if (isOver) return true;
      }
    }
    return false;
  }

  #keep(): boolean {
    const km = this.#isShortest ? this.#kilometres() : 0;
    if (km < this.#bestKm - 1e-9) {
      this.#bestKm = km;
      this.#best = new Map(this.#starts);
    }
    return !this.#isShortest;
  }

  #kilometres(): number {
    let km = 0;
    for (const [index, stops] of this.#stops) {
      const volunteer = this.#network.volunteers[index];
      if (volunteer !== undefined)
        km += tourKilometres(
          volunteer,
          stops.map(({ task, startMinute }) => ({ visit: task.visit, startMinute })),
        );
    }
    return km;
  }

  /** The earliest start on each day on which all members can. */
  *#startsOf(task: Task): Generator<number> {
    let from = 0;
    for (;;) {
      const start = this.#earliest(task, from);
      if (start === undefined) return;
      const day = dayOf(start);
      if (this.#mayBeOn(task, day)) yield start;
      from = (day + 1) * DAY_MINUTES;
    }
  }

  #mayBeOn(task: Task, day: number): boolean {
    if (task.members.some(({ isLocked }) => isLocked)) return true;
    return (
      !this.#elderDays.has(`${task.visit.elderId} ${day}`) &&
      task.members.every(({ index, volunteer }) => {
        const booked = bookedMinutes(volunteer.booked, day);
        const planned = (this.#stops.get(index) ?? []).reduce(
          (sum, stop) => (dayOf(stop.startMinute) === day ? sum + stop.task.visit.minutes : sum),
          task.visit.minutes,
        );
        return booked + planned <= volunteer.dayMinutesMax;
      })
    );
  }

  #earliest(task: Task, fromMinute: number): number | undefined {
    let start = fromMinute;
    for (;;) {
      const before = start;
      for (const member of task.members) {
        const next = this.#earliestFor(task, member, start);
        if (next === undefined) return undefined;
        start = next;
      }
      if (start === before) return start;
    }
  }

  #earliestFor(task: Task, member: Member, fromMinute: number): number | undefined {
    const ready = Math.max(fromMinute, this.#readyAt(task, member));
    if (!member.isLocked) return firstStart(task.visit, member.volunteer.free, ready);
    const start = task.visit.windows[0]?.fromMinute;
    return start === undefined || start < ready ? undefined : start;
  }

  /** From when on a member can be at the next visit: after the way there, if it is on the same day. */
  #readyAt(task: Task, member: Member): number {
    const last = this.#stops.get(member.index)?.at(-1);
    if (last === undefined || (last.isLocked && member.isLocked)) return 0;
    const { visit, index } = last.task;
    const way = minutesOfWay(this.#network.wayBetween(index, task.index), member.volunteer.mode);
    const ready = last.startMinute + Math.max(this.#network.problem.rules.seatMinutes, visit.minutes + way);
    return Math.min(ready, (dayOf(last.startMinute) + 1) * DAY_MINUTES);
  }

  #put(task: Task, startMinute: number): void {
    for (const { index, isLocked } of task.members) {
      const stops = this.#stops.get(index);
      const stop = { task, startMinute, isLocked };
      if (stops === undefined) this.#stops.set(index, [stop]);
      else stops.push(stop);
    }
    this.#elderDays.add(`${task.visit.elderId} ${dayOf(startMinute)}`);
    this.#starts.set(task.index, startMinute);
  }

  #take(task: Task, startMinute: number): void {
    for (const { index } of task.members) this.#stops.get(index)?.pop();
    this.#elderDays.delete(`${task.visit.elderId} ${dayOf(startMinute)}`);
    this.#starts.delete(task.index);
  }
}

/** The length of one volunteer's ways of a week in kilometres: each day from home, from visit to visit, and home. */
export const tourKilometres = (
  volunteer: PlanVolunteer,
  stops: readonly { visit: PlanVisit; startMinute: number }[],
): number => {
  const inTime = [...stops].sort((a, b) => a.startMinute - b.startMinute);
  return inTime.reduce((km, { visit, startMinute }, index) => {
    const [before, after] = [inTime[index - 1], inTime[index + 1]];
    const isSameDay = (other?: { startMinute: number }): boolean =>
      other !== undefined && dayOf(other.startMinute) === dayOf(startMinute);
    const there = before !== undefined && isSameDay(before) ? before.visit : volunteer;
    return km + wayKilometres(there, visit) + (isSameDay(after) ? 0 : wayKilometres(visit, volunteer));
  }, 0);
};

const staysWithinMinutes = (network: WeekNetwork, pairs: readonly Pair[]): boolean => {
  const minutes = new Map<number, number>();
  for (const { visit, volunteer } of pairs)
    minutes.set(volunteer, (minutes.get(volunteer) ?? 0) + (network.visits[visit]?.minutes ?? 0));
  for (const { visit, volunteer } of network.locked)
    if (minutes.has(volunteer))
      minutes.set(volunteer, (minutes.get(volunteer) ?? 0) + (network.visits[visit]?.minutes ?? 0));
  return [...minutes].every(([volunteer, sum]) => sum <= (network.volunteers[volunteer]?.minutesMax ?? 0));
};

const hasTwice = (pairs: readonly Pair[]): boolean =>
  new Set(pairs.map(({ visit, volunteer }) => `${visit} ${volunteer}`)).size < pairs.length;

/** Steps after which a search for starts gives up. */
export const SEARCH_STEPS_MAX = 20_000;

/**
 * Starts for pairs that have to do with each other, and with nobody else's; undefined where there are none, or none
 * were found within `stepsMax` steps. `isShortest` looks for the shortest ways among all that it finds.
 */
export const startsOf = (
  network: WeekNetwork,
  pairs: readonly Pair[],
  { stepsMax, isShortest }: { stepsMax: number; isShortest: boolean },
): Starts | undefined => {
  if (hasTwice(pairs) || !staysWithinMinutes(network, pairs)) return undefined;
  const tasks = tasksOf(network, pairs);
  return new Search(network, stepsMax, isShortest && tasks.length > 1).run(tasks);
};

/** True where such pairs can all take place. */
export const arePossible = (network: WeekNetwork, pairs: readonly Pair[]): boolean =>
  startsOf(network, pairs, { stepsMax: SEARCH_STEPS_MAX, isShortest: false }) !== undefined;

/** The fewest of `pairs`, which cannot all take place, that cannot: without any one of them the others can. */
export const conflictIn = (network: WeekNetwork, pairs: readonly Pair[]): Pair[] => {
  let conflict = [...pairs];
  for (const pair of pairs) {
    const without = conflict.filter((other) => other !== pair);
    if (!arePossible(network, without)) conflict = without;
  }
  return conflict;
};

const rootOf = (parents: Map<string, string>, key: string): string => {
  let root = key;
  for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
  if (root !== key) parents.set(key, root);
  return root;
};

/** Pairs sorted into groups that have nothing to do with each other: no shared volunteer, visit or elder. */
export const groupsOf = (network: WeekNetwork, pairs: readonly Pair[]): Pair[][] => {
  const parents = new Map<string, string>();
  const unite = (a: string, b: string): void => {
    const [one, other] = [rootOf(parents, a), rootOf(parents, b)];
    if (one !== other) parents.set(one, other);
  };
  const keyOf = ({ volunteer }: Pair): string => `v${volunteer}`;
  for (const pair of pairs) unite(`e${network.visits[pair.visit]?.elderId ?? ''}`, keyOf(pair));
  const groups = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const root = rootOf(parents, keyOf(pair));
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [pair]);
    else group.push(pair);
  }
  return [...groups.values()];
};
