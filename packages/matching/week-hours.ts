/**
 * Whether one volunteer can make several visits, looked at without anybody else: visits that tie people to each other,
 * for two or to an elder with several, keep the starts that they have. Then no volunteer's hours depend on another's,
 * and a plan is possible where each of its volunteers is.
 */
import { minutesOfWay } from './travel-time.ts';
import { bookedMinutes, dayOf } from './week-fit.ts';
import type { WeekNetwork } from './week-network.ts';
import type { PlanVisit, PlanVolunteer } from './week-problem.ts';
import type { Starts } from './week-schedule.ts';

/** When a visit may start in somebody's time: from `first` to `last`, on one day. */
interface Slot {
  first: number;
  last: number;
}

/** The visit before, on a way through a week; `dayMinutes`: what its day has of visits and bookings by then. */
interface Stop {
  visit: number;
  startMinute: number;
  dayMinutes: number;
}

/** Answers for a network and the `settled` starts of tied visits, as often as is asked. */
export class WeekHours {
  readonly #network: WeekNetwork;
  readonly #settled: Starts;
  /** By volunteer, what was found of one visit, of two, and of more: the same ones are asked about again and again. */
  readonly #slots: readonly Map<number, readonly Slot[]>[];
  readonly #pairs: readonly Map<number, boolean>[];
  readonly #more: readonly Map<string, boolean>[];

  constructor(network: WeekNetwork, settled: Starts) {
    this.#network = network;
    this.#settled = settled;
    this.#slots = network.volunteers.map(() => new Map<number, readonly Slot[]>());
    this.#pairs = network.volunteers.map(() => new Map<number, boolean>());
    this.#more = network.volunteers.map(() => new Map<string, boolean>());
  }

  /** True where a volunteer can make all of `visits`, to each of which alone they could go. */
  fit(volunteer: number, visits: readonly number[]): boolean {
    if (visits.length < 2) return true;
    if (visits.length > (this.#network.flow.capacityOf[volunteer] ?? 0)) return false;
    const minutesMax = this.#network.volunteers[volunteer]?.minutesMax ?? 0;
    if (visits.reduce((sum, visit) => sum + (this.#network.visits[visit]?.minutes ?? 0), 0) > minutesMax)
      return false;
    for (const [at, visit] of visits.entries())
      for (const other of visits.slice(at + 1)) if (!this.#fitTwo(volunteer, visit, other)) return false;
    return visits.length === 2 || this.#fitMore(volunteer, visits);
  }

  #fitTwo(volunteer: number, visit: number, other: number): boolean {
    const key = Math.min(visit, other) * this.#network.visits.length + Math.max(visit, other);
    const known = this.#pairs[volunteer]?.get(key);
    if (known !== undefined) return known;
    const fit = this.#haveOrder(volunteer, [visit, other], undefined);
    this.#pairs[volunteer]?.set(key, fit);
    return fit;
  }

  #fitMore(volunteer: number, visits: readonly number[]): boolean {
    const key = [...visits].sort((a, b) => a - b).join(' ');
    const known = this.#more[volunteer]?.get(key);
    if (known !== undefined) return known;
    const fit = this.#haveOrder(volunteer, visits, undefined);
    this.#more[volunteer]?.set(key, fit);
    return fit;
  }

  /** Tries every order and day, each visit as early as can be: later would help none after it. */
  #haveOrder(volunteer: number, visits: readonly number[], last: Stop | undefined): boolean {
    if (visits.length === 0) return true;
    return visits.some((visit) => {
      const others = visits.filter((other) => other !== visit);
      return this.#stopsAt(volunteer, visit, last).some((stop) => this.#haveOrder(volunteer, others, stop));
    });
  }

  /** The earliest stop of each day on which a visit can be after the one before. */
  #stopsAt(index: number, visit: number, last: Stop | undefined): Stop[] {
    const [wanted, volunteer] = [this.#network.visits[visit], this.#network.volunteers[index]];
    if (wanted === undefined || volunteer === undefined) return [];
    const lastDay = last === undefined ? -1 : dayOf(last.startMinute);
    const ready = last === undefined ? 0 : this.#readyFor(visit, last, volunteer);
    const stops: Stop[] = [];
    for (const slot of this.#slotsOf(index, visit, { wanted, volunteer })) {
      const day = dayOf(slot.first);
      const startMinute = day === lastDay ? Math.max(slot.first, ready) : slot.first;
      if (day < lastDay || startMinute > slot.last || dayOf(stops.at(-1)?.startMinute ?? -1) === day)
        continue;
      const before = day === lastDay ? (last?.dayMinutes ?? 0) : bookedMinutes(volunteer.booked, day);
      const dayMinutes = before + wanted.minutes;
      if (dayMinutes <= volunteer.dayMinutesMax) stops.push({ visit, startMinute, dayMinutes });
    }
    return stops;
  }

  #readyFor(visit: number, last: Stop, { mode }: PlanVolunteer): number {
    const way = minutesOfWay(this.#network.wayBetween(last.visit, visit), mode);
    const minutes = this.#network.visits[last.visit]?.minutes ?? 0;
    return last.startMinute + Math.max(this.#network.problem.rules.seatMinutes, minutes + way);
  }

  #slotsOf(
    index: number,
    visit: number,
    { wanted, volunteer }: { wanted: PlanVisit; volunteer: PlanVolunteer },
  ): readonly Slot[] {
    const settled = this.#settled.get(visit);
    if (settled !== undefined) return [{ first: settled, last: settled }];
    const known = this.#slots[index]?.get(visit);
    if (known !== undefined) return known;
    const slots = slotsIn(wanted, volunteer);
    this.#slots[index]?.set(visit, slots);
    return slots;
  }
}

const slotsIn = ({ windows, minutes }: PlanVisit, { free }: PlanVolunteer): Slot[] =>
  windows.flatMap((window) =>
    free
      .map((stretch) => ({
        first: Math.max(window.fromMinute, stretch.fromMinute),
        last: Math.min(window.toMinute, stretch.toMinute) - minutes,
      }))
      .filter(({ first, last }) => first <= last),
  );
