/**
 * Makes a plan of a flow. Pairs that cannot all take place are parted; then whoever has nobody is tried by chains:
 * a volunteer who can take one more, or who passes a visit on to somebody else for it, and so on, shortest chain
 * first, every step held against the true times and ways. Where no chain ends well, a less urgent visit gives way,
 * and is tried again itself.
 */
import { type Draft, halves, inUrgency, pairsOf } from './week-draft.ts';
import { WeekLists } from './week-lists.ts';
import type { WeekNetwork } from './week-network.ts';
import { type Pair, arePossible, conflictIn, groupsOf } from './week-schedule.ts';

/** Looks at a volunteer's week that one visit, and all together, may cost. */
const looksMax = { forOne: 20_000, inAll: 4_000_000 };

/** A unit that looks for somebody: taken from `volunteer` by the unit of the link before. */
interface Link {
  unit: number;
  before: Link | undefined;
  volunteer: number;
}

/** Who goes where at the end of a chain; `dropped`: a unit that has nobody then. */
interface Ending {
  last: Link;
  volunteer: number;
  dropped: number | undefined;
}

const urgencyOf = ({ flow }: WeekNetwork, unit: number): number => flow.urgencyOf[unit] ?? 0;

/** The pair of a conflict that can best be spared: the least urgent, then the one with the most others who could. */
export const sparedOf = (network: WeekNetwork, conflict: readonly Pair[]): Pair | undefined => {
  const urgency = ({ visit }: Pair): number => urgencyOf(network, network.unitsOf[visit]?.[0] ?? 0);
  const others = ({ visit }: Pair): number =>
    (network.flow.arcsFrom[visit + 1] ?? 0) - (network.flow.arcsFrom[visit] ?? 0);
  return [...conflict].sort(
    (a, b) => urgency(a) - urgency(b) || others(b) - others(a) || b.visit - a.visit,
  )[0];
};

/** True where a chain has changed a volunteer's week already. */
const isInChain = (last: Link, volunteer: number): boolean => {
  for (let link: Link | undefined = last; link !== undefined; link = link.before)
    if (link.volunteer === volunteer) return true;
  return false;
};

/** Volunteers to whom an arc leads, the cheapest first. */
const candidatesOf = ({ flow }: WeekNetwork, unit: number): number[] => {
  const visit = flow.visitOf[unit] ?? -1;
  const nodes = flow.arcNode.subarray(flow.arcsFrom[visit] ?? 0, flow.arcsFrom[visit + 1] ?? 0);
  return [
    ...new Set(
      Array.from(nodes, (node) => {
        const parent = flow.parentOf[node] ?? -1;
        return parent < 0 ? node : parent;
      }),
    ),
  ];
};

/** Changes a draft until all that it says can take place and nobody can be helped any more. */
export class WeekRepair {
  readonly #network: WeekNetwork;
  readonly #lists: WeekLists;
  /** From these no chain of the same or a lesser urgency ended well since anything changed. */
  readonly #deadEnds = new Map<number, number>();
  #looksLeft = 0;
  #looksLeftInAll = looksMax.inAll;

  constructor(network: WeekNetwork, draft: Draft) {
    this.#network = network;
    this.#lists = new WeekLists(network, draft.slice());
  }

  /** The draft as it stands. */
  get draft(): Draft {
    return this.#lists.draft;
  }

  /** Takes out, the least urgent first, what keeps the rest from taking place. */
  part(): void {
    for (const visit of halves(this.#network, this.draft)) this.#drop(visit);
    const pairs = pairsOf(this.#network, this.draft);
    for (const group of groupsOf(this.#network, pairs)) this.#partGroup(group);
  }

  /** Tries to find people for all visits that have none, the most urgent first; yields after each. */
  *mend(): Generator<void> {
    const { visitOf } = this.#network.flow;
    const waiting = new Set(
      inUrgency(this.#network)
        .filter((unit) => (this.draft[unit] ?? -1) < 0)
        .map((unit) => visitOf[unit] ?? 0),
    );
    for (const visit of waiting) {
      waiting.delete(visit);
      for (const dropped of this.#cover(visit)) waiting.add(dropped);
      yield;
    }
  }

  #drop(visit: number): void {
    for (const unit of this.#network.unitsOf[visit] ?? []) this.#lists.move(unit, -1);
  }

  #partGroup(group: readonly Pair[]): void {
    let rest = [...group];
    while (!arePossible(this.#network, rest)) {
      const spared = sparedOf(this.#network, conflictIn(this.#network, rest));
      if (spared === undefined) return;
      this.#drop(spared.visit);
      rest = rest.filter(({ visit }) => visit !== spared.visit);
    }
  }

  /** Finds people for a visit, or changes nothing; gives the visits that gave way to it. */
  #cover(visit: number): number[] {
    this.#looksLeft = Math.min(looksMax.forOne, this.#looksLeftInAll);
    const looks = this.#looksLeft;
    const before = this.draft.slice();
    const dropped: number[] = [];
    const units = this.#network.unitsOf[visit] ?? [];
    const [unit = -1, partner] = units;
    const isCovered =
      partner === undefined
        ? this.#placeUnit(unit, urgencyOf(this.#network, unit), dropped) || this.#pushIn(unit)
        : this.#placeTwo(unit, partner, dropped);
    this.#looksLeftInAll -= looks - Math.max(0, this.#looksLeft);
    if (isCovered) return dropped;
    this.#restore(before);
    return [];
  }

  #restore(before: Draft): void {
    before.forEach((volunteer, unit) => {
      if (this.draft[unit] !== volunteer) this.#lists.move(unit, -1);
    });
    before.forEach((volunteer, unit) => {
      if (this.draft[unit] !== volunteer) this.#lists.move(unit, volunteer);
    });
  }

  /** Finds two who can go together: each who could be the first, then whoever can be the second. */
  #placeTwo(unit: number, partner: number, dropped: number[]): boolean {
    const urgency = urgencyOf(this.#network, unit);
    return candidatesOf(this.#network, unit).some((volunteer) => {
      const before = this.draft.slice();
      if (this.#seat(unit, volunteer, dropped) && this.#placeUnit(partner, urgency, dropped)) return true;
      this.#restore(before);
      dropped.length = 0;
      return false;
    });
  }

  /** Gives a unit to one volunteer and no other; a visit of theirs goes to somebody else, or gives way, if it must. */
  #seat(unit: number, volunteer: number, dropped: number[]): boolean {
    const urgency = urgencyOf(this.#network, unit);
    if (this.#lists.hasRoom(volunteer) && this.#wouldFit(unit, volunteer)) {
      this.#lists.move(unit, volunteer);
      return true;
    }
    return this.#lists.unitsOf(volunteer).some((other) => {
      if (!this.#wouldFit(unit, volunteer, other)) return false;
      this.#lists.move(other, -1);
      this.#lists.move(unit, volunteer);
      if (this.#placeUnit(other, urgency, dropped)) return true;
      if (urgencyOf(this.#network, other) < urgency) {
        const visit = this.#network.flow.visitOf[other] ?? 0;
        dropped.push(visit);
        this.#drop(visit);
        return true;
      }
      this.#lists.move(unit, -1);
      this.#lists.move(other, volunteer);
      return false;
    });
  }

  /** Gives a unit to somebody who gives up two visits for it, if both find somebody else. */
  #pushIn(unit: number): boolean {
    for (const volunteer of candidatesOf(this.#network, unit)) {
      const own = this.#lists.unitsOf(volunteer);
      for (const [at, one] of own.entries())
        for (const other of own.slice(at + 1)) {
          if (this.#looksLeft <= 0) return false;
          const before = this.draft.slice();
          this.#lists.move(one, -1);
          this.#lists.move(other, -1);
          this.#lists.move(unit, volunteer);
          this.#looksLeft -= 1;
          if (this.#lists.isPossible(volunteer) && [one, other].every((each) => this.#placeUnit(each, 0, [])))
            return true;
          this.#restore(before);
        }
    }
    return false;
  }

  #placeUnit(unit: number, urgency: number, dropped: number[]): boolean {
    const ending = this.#search(unit, urgency);
    if (ending === undefined) return false;
    if (ending.dropped !== undefined) {
      const visit = this.#network.flow.visitOf[ending.dropped] ?? 0;
      dropped.push(visit);
      this.#drop(visit);
    }
    this.#deadEnds.clear();
    return true;
  }

  /** Walks chains, the shortest first; carries out the first that ends with somebody who has room. */
  #search(unit: number, urgency: number): Ending | undefined {
    const links: Link[] = [{ unit, before: undefined, volunteer: -1 }];
    const seen = new Set<number>();
    const givingWay: Ending[] = [];
    for (const link of links) {
      const found = this.#lookRoundFrom(link, { links, seen, givingWay, urgency });
      if (found !== undefined) return found;
      if (this.#looksLeft <= 0) break;
    }
    givingWay.sort(
      (a, b) => urgencyOf(this.#network, a.dropped ?? 0) - urgencyOf(this.#network, b.dropped ?? 0),
    );
    const chosen = givingWay.find((ending) => this.#carryOut(ending));
    if (chosen === undefined && this.#looksLeft > 0)
      for (const other of seen) this.#deadEnds.set(this.draft[other] ?? -1, urgency);
    return chosen;
  }

  #lookRoundFrom(
    link: Link,
    search: { links: Link[]; seen: Set<number>; givingWay: Ending[]; urgency: number },
  ): Ending | undefined {
    const { links, seen, givingWay, urgency } = search;
    const visit = this.#network.flow.visitOf[link.unit] ?? 0;
    const candidates = candidatesOf(this.#network, link.unit).filter(
      (volunteer) =>
        !isInChain(link, volunteer) &&
        !this.#lists.isAt(volunteer, visit) &&
        (this.#deadEnds.get(volunteer) ?? -1) < urgency,
    );
    for (const volunteer of candidates) {
      const ending = { last: link, volunteer, dropped: undefined };
      if (this.#lists.hasRoom(volunteer) && this.#wouldFit(link.unit, volunteer) && this.#carryOut(ending))
        return ending;
    }
    for (const volunteer of candidates)
      for (const other of this.#lists.unitsOf(volunteer)) {
        if (seen.has(other) || !this.#wouldFit(link.unit, volunteer, other)) continue;
        seen.add(other);
        links.push({ unit: other, before: link, volunteer });
        if (urgencyOf(this.#network, other) < urgency)
          givingWay.push({ last: link, volunteer, dropped: other });
      }
    return undefined;
  }

  /** True where a volunteer could make a visit, instead of another one where that is named. */
  #wouldFit(unit: number, volunteer: number, instead?: number): boolean {
    this.#looksLeft -= 1;
    if (this.#looksLeft < 0) return false;
    const before = this.draft[unit] ?? -1;
    if (instead !== undefined) this.#lists.move(instead, -1);
    this.#lists.move(unit, volunteer);
    const fits = this.#lists.isPossible(volunteer);
    this.#lists.move(unit, before);
    if (instead !== undefined) this.#lists.move(instead, volunteer);
    return fits;
  }

  /** Moves everybody along a chain, if that can be; else nobody. */
  #carryOut({ last, volunteer, dropped }: Ending): boolean {
    const moves: { unit: number; from: number; to: number }[] = [];
    let to = volunteer;
    for (let link: Link | undefined = last; link !== undefined; link = link.before) {
      moves.push({ unit: link.unit, from: this.draft[link.unit] ?? -1, to });
      to = link.volunteer;
    }
    if (dropped !== undefined) moves.push({ unit: dropped, from: volunteer, to: -1 });
    for (const { unit } of moves) this.#lists.move(unit, -1);
    for (const move of moves) this.#lists.move(move.unit, move.to);
    const isAllowed = moves.every(
      (move) => move.to < 0 || (this.#lists.isPossible(move.to) && !this.#isOverfull(move.to)),
    );
    if (isAllowed) return true;
    for (const { unit } of moves) this.#lists.move(unit, -1);
    for (const move of moves) this.#lists.move(move.unit, move.from);
    return false;
  }

  #isOverfull(volunteer: number): boolean {
    return this.#lists.unitsOf(volunteer).length > (this.#network.flow.capacityOf[volunteer] ?? 0);
  }
}
