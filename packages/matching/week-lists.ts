/** A draft that is being changed, with who goes where at hand from every side, and whether it can take place. */
import { type Draft, pairsOf } from './week-draft.ts';
import type { WeekNetwork } from './week-network.ts';
import { type Pair, startsOf } from './week-schedule.ts';

/** Steps in which starts are looked for while much is tried. */
const STEPS_MAX = 400;

const listIn = <K>(lists: Map<K, Set<number>>, key: K): Set<number> => {
  const list = lists.get(key) ?? new Set<number>();
  lists.set(key, list);
  return list;
};

/** Visits that tie volunteers to each other: for two, or to an elder with several. */
const linkedVisits = ({ visits }: WeekNetwork): boolean[] => {
  const counts = new Map<string, number>();
  for (const { elderId } of visits) counts.set(elderId, (counts.get(elderId) ?? 0) + 1);
  return visits.map(({ persons, elderId }) => persons === 2 || (counts.get(elderId) ?? 0) > 1);
};

/** Changes `draft` in place. Units, visits and volunteers are indices into the network's lists; -1 is nobody. */
export class WeekLists {
  readonly draft: Draft;
  readonly #network: WeekNetwork;
  readonly #visitsOf = new Map<number, Set<number>>();
  readonly #volunteersOf = new Map<number, Set<number>>();
  readonly #visitsTo = new Map<string, Set<number>>();
  /** What was found of weeks that were looked at: the same ones come up again and again. */
  readonly #found = new Map<string, boolean>();
  readonly #isLinked: readonly boolean[];

  constructor(network: WeekNetwork, draft: Draft) {
    this.draft = draft;
    this.#network = network;
    this.#isLinked = linkedVisits(network);
    for (const { visit, volunteer } of pairsOf(network, draft)) this.#join(visit, volunteer);
  }

  /** Gives a unit to a volunteer, or to nobody. */
  move(unit: number, volunteer: number): void {
    const visit = this.#network.flow.visitOf[unit] ?? 0;
    const before = this.draft[unit] ?? -1;
    if (before >= 0) this.#part(visit, before);
    this.draft[unit] = volunteer;
    if (volunteer >= 0) this.#join(visit, volunteer);
  }

  /** Units of a volunteer, in the order of visits. */
  unitsOf(volunteer: number): number[] {
    return [...(this.#visitsOf.get(volunteer) ?? [])]
      .sort((a, b) => a - b)
      .flatMap((visit) =>
        (this.#network.unitsOf[visit] ?? []).filter((unit) => this.draft[unit] === volunteer),
      );
  }

  /** True where a volunteer has not as many visits as their week allows. */
  hasRoom(volunteer: number): boolean {
    const load = this.#visitsOf.get(volunteer)?.size ?? 0;
    return load < (this.#network.flow.capacityOf[volunteer] ?? 0);
  }

  /** True where a volunteer has a visit, or a part in it. */
  isAt(volunteer: number, visit: number): boolean {
    return this.#volunteersOf.get(visit)?.has(volunteer) === true;
  }

  /** True where all that has to do with a volunteer's week can take place. */
  isPossible(volunteer: number): boolean {
    const visits = this.#visitsOf.get(volunteer) ?? new Set<number>();
    if (visits.size === 0) return true;
    const isAlone = [...visits].every((visit) => this.#isLinked[visit] !== true);
    if (isAlone && visits.size === 1 && this.#network.locked.length === 0) return true;
    const pairs = isAlone
      ? [...visits].sort((a, b) => a - b).map((visit) => ({ visit, volunteer }))
      : this.#groupAround(volunteer);
    const key = pairs.map((pair) => `${pair.visit}-${pair.volunteer}`).join(' ');
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const isPossible =
      startsOf(this.#network, pairs, { stepsMax: STEPS_MAX, isShortest: false }) !== undefined;
    this.#found.set(key, isPossible);
    return isPossible;
  }

  #groupAround(volunteer: number): Pair[] {
    const volunteers = new Set([volunteer]);
    const visits = new Set<number>();
    for (const each of volunteers)
      for (const visit of this.#visitsOf.get(each) ?? [])
        for (const other of this.#visitsTo.get(this.#elderOf(visit)) ?? []) {
          visits.add(other);
          for (const next of this.#volunteersOf.get(other) ?? []) volunteers.add(next);
        }
    return [...visits]
      .sort((a, b) => a - b)
      .flatMap((visit) =>
        [...(this.#volunteersOf.get(visit) ?? [])].map((next) => ({ visit, volunteer: next })),
      );
  }

  #elderOf(visit: number): string {
    return this.#network.visits[visit]?.elderId ?? '';
  }

  #join(visit: number, volunteer: number): void {
    listIn(this.#visitsOf, volunteer).add(visit);
    listIn(this.#volunteersOf, visit).add(volunteer);
    listIn(this.#visitsTo, this.#elderOf(visit)).add(visit);
  }

  #part(visit: number, volunteer: number): void {
    this.#visitsOf.get(volunteer)?.delete(visit);
    this.#volunteersOf.get(visit)?.delete(volunteer);
    if (this.#volunteersOf.get(visit)?.size === 0) this.#visitsTo.get(this.#elderOf(visit))?.delete(visit);
  }
}
