/**
 * Simulated annealing of a plan (Kirkpatrick, Gelatt, Vecchi 1983): visits go to whoever could make them, another visit
 * of that volunteer gives way where it must, and losses are accepted often at first and hardly at all in the end. So
 * two visits find their way into a week in which one stood in their way, which no chain of exchanges finds. Chance
 * comes from a fixed seed, and moves are counted, not timed: the same week gives the same plan.
 */
import { partsOf } from './min-cost-flow.ts';
import { type Draft, codeOfPair, isCovered, pairsOf } from './week-draft.ts';
import { WeekHours } from './week-hours.ts';
import type { WeekNetwork } from './week-network.ts';
import { SEARCH_STEPS_MAX, groupsOf, startsOf } from './week-schedule.ts';

/**
 * Moves for each visit, so that what was melted is cool again at the end; between two looks at the temperature; and the
 * most, beyond which nothing is begun, since a few moves would only spoil the pairs. Found by trial on the towns of the
 * benchmark.
 */
const moves = { perVisit: 2_000, perLook: 1_000, max: 4_000_000 };

/**
 * Temperatures in parts of a visit of the last tier, and the share of the moves that is made between them: first warm
 * enough that a visit may be lost for two, then only for pairs that cost less. Found by trial, too.
 */
const stages = [
  { share: 0.7, first: 0.5, last: 0.08 },
  { share: 0.3, first: 0.08, last: 0.003 },
];

/** A visit is worth so many of the tier after it: enough that one hardly ever gives way to those. */
const TIER_RATIO = 5;

/**
 * What a pair costs, in parts of a visit of the last tier: so little that coverage comes first, so graded that of two
 * moves the one is liked better that the objective ranks higher.
 */
const pairCosts = { changes: 0.25, strangers: 0.05, unmetWishes: 0.01, kilometres: 0.0003 };

const NOBODY = -1;

/** The temperature once a share of all moves is made; it sinks by the same factor with each move of a stage. */
const warmthAt = (share: number): number => {
  let before = 0;
  for (const stage of stages) {
    if (share <= before + stage.share)
      return stage.first * (stage.last / stage.first) ** ((share - before) / stage.share);
    before += stage.share;
  }
  return stages.at(-1)?.last ?? 0;
};

const costOf = (code: number): number => {
  const { changes, strangers, unmetWishes, kilometres } = partsOf(code);
  return (
    changes * pairCosts.changes +
    strangers * pairCosts.strangers +
    unmetWishes * pairCosts.unmetWishes +
    kilometres * pairCosts.kilometres
  );
};

/** Numbers in [0, 1) from a fixed seed: Marsaglia's xorshift, 32 bits. */
const chance = (): (() => number) => {
  let state = 20_261_122;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};

/** Visits that tie people to each other, or that are settled by hand: they stay. */
const tiedVisits = ({ visits, unitsOf, lockedOf }: WeekNetwork): boolean[] => {
  const counts = new Map<string, number>();
  for (const { elderId } of visits) counts.set(elderId, (counts.get(elderId) ?? 0) + 1);
  return visits.map(
    ({ elderId }, visit) =>
      unitsOf[visit]?.length !== 1 || lockedOf[visit]?.length !== 0 || (counts.get(elderId) ?? 0) > 1,
  );
};

/** Starts of the tied visits of a draft that is possible. */
const settledStarts = (
  network: WeekNetwork,
  draft: Draft,
  isTied: readonly boolean[],
): Map<number, number> => {
  const settled = new Map<number, number>();
  for (const group of groupsOf(network, pairsOf(network, draft))) {
    if (!group.some(({ visit }) => isTied[visit])) continue;
    const starts = startsOf(network, group, { stepsMax: SEARCH_STEPS_MAX, isShortest: false });
    for (const [visit, start] of starts ?? []) if (isTied[visit] === true) settled.set(visit, start);
  }
  return settled;
};

/**
 * A visit that goes to a volunteer, what that pair costs, and the visit that gives way to it there; `swapCost`: what
 * that one costs where the first was, if it can go there.
 */
interface Move {
  visit: number;
  volunteer: number;
  cost: number;
  givesWay: number;
  swapCost: number | undefined;
}

/** Changes a draft that is possible; every state of it on the way is. */
export class WeekAnnealing {
  readonly #network: WeekNetwork;
  readonly #start: Draft;
  readonly #hours: WeekHours;
  readonly #next = chance();
  /** Whose week is settled by hand in parts: it stays. */
  readonly #isSettled: readonly boolean[];
  readonly #isTied: readonly boolean[];
  /** By visit: its tier's place among the tiers, and what it is worth. */
  readonly #tierOf: readonly number[];
  readonly #worthOf: readonly number[];
  readonly #movable: readonly number[];
  readonly #volunteerOf: Int32Array;
  readonly #costOf: Float64Array;
  readonly #visitsOf: number[][];
  readonly #waiting: number[] = [];
  readonly #placeInWaiting: Int32Array;
  /** Covered visits of each tier, more or less than at the start; and of the best so far. */
  readonly #gained: number[];
  #bestGained: number[];
  #best: Int32Array;

  constructor(network: WeekNetwork, start: Draft) {
    const { visits, volunteers, flow, locked } = network;
    this.#network = network;
    this.#start = start;
    this.#isTied = tiedVisits(network);
    this.#hours = new WeekHours(network, settledStarts(network, start, this.#isTied));
    const settled = new Set(locked.map(({ volunteer }) => volunteer));
    this.#isSettled = volunteers.map((_, index) => settled.has(index));
    const tiers = [...new Set(visits.map(({ tier }) => tier))];
    this.#tierOf = visits.map(({ tier }) => tiers.indexOf(tier));
    this.#worthOf = this.#tierOf.map((tier) => TIER_RATIO ** (tiers.length - 1 - tier));
    this.#gained = tiers.map(() => 0);
    this.#bestGained = [...this.#gained];
    this.#volunteerOf = new Int32Array(visits.length).fill(NOBODY);
    this.#costOf = new Float64Array(visits.length);
    this.#placeInWaiting = new Int32Array(visits.length).fill(NOBODY);
    this.#visitsOf = volunteers.map(() => []);
    for (const pair of pairsOf(network, start)) {
      this.#visitsOf[pair.volunteer]?.push(pair.visit);
      if (this.#isTied[pair.visit] === true) continue;
      this.#volunteerOf[pair.visit] = pair.volunteer;
      this.#costOf[pair.visit] = costOf(codeOfPair(network, pair) ?? 0);
    }
    this.#movable = [...visits.keys()].filter(
      (visit) =>
        this.#isTied[visit] === false &&
        this.#isSettled[this.#volunteerOf[visit] ?? NOBODY] !== true &&
        flow.arcsFrom[visit] !== flow.arcsFrom[visit + 1],
    );
    for (const visit of this.#movable) if (!isCovered(network, start, visit)) this.#wait(visit);
    this.#best = this.#volunteerOf.slice();
  }

  /** The plan with the most covered visits that it came by. */
  get draft(): Draft {
    return this.#start.map((volunteer, unit) => {
      const visit = this.#network.flow.visitOf[unit] ?? 0;
      return this.#isTied[visit] === true ? volunteer : (this.#best[visit] ?? NOBODY);
    });
  }

  /** Makes all its moves, none where nobody waits; yields which share of them is made, from time to time. */
  *run(): Generator<number> {
    const count = this.#movable.length * moves.perVisit;
    const looks = this.#waiting.length === 0 || count > moves.max ? 0 : Math.ceil(count / moves.perLook);
    for (let look = 0; look < looks; look += 1) {
      yield look / looks;
      const warmth = warmthAt(look / looks);
      for (let move = 0; move < moves.perLook; move += 1) this.#tryOne(warmth);
    }
    // Of as many covered visits, those of the end are the coolest: the pairs that cost least.
    if (!this.#isLess(this.#gained, this.#bestGained)) this.#best = this.#volunteerOf.slice();
  }

  #tryOne(warmth: number): void {
    const move = this.#draw();
    if (move === undefined) return;
    const loss = this.#lossOf(move);
    // Math.exp is the same software in every engine that runs this, so the same moves are accepted everywhere.
    if (loss > 0 && this.#next() >= Math.exp(-loss / warmth)) return;
    this.#carryOut(move);
    if (!this.#isLess(this.#bestGained, this.#gained)) return;
    this.#bestGained = [...this.#gained];
    this.#best = this.#volunteerOf.slice();
  }

  #isLess(one: readonly number[], other: readonly number[]): boolean {
    const tier = one.findIndex((count, at) => count !== other[at]);
    return tier >= 0 && (one[tier] ?? 0) < (other[tier] ?? 0);
  }

  #pick(from: readonly number[]): number {
    return from[Math.floor(this.#next() * from.length)] ?? 0;
  }

  /** Every other time one that waits. */
  #drawVisit(): number {
    const isWaiting = this.#waiting.length > 0 && this.#next() < 0.5;
    return this.#pick(isWaiting ? this.#waiting : this.#movable);
  }

  #drawArc(visit: number): number {
    const { arcsFrom } = this.#network.flow;
    const from = arcsFrom[visit] ?? 0;
    return from + Math.floor(this.#next() * ((arcsFrom[visit + 1] ?? 0) - from));
  }

  #volunteerAt(arc: number): number {
    const { arcNode, parentOf } = this.#network.flow;
    const node = arcNode[arc] ?? 0;
    const parent = parentOf[node] ?? NOBODY;
    return parent === NOBODY ? node : parent;
  }

  /** A visit, waiting or not, and somebody who could make it; undefined where that somebody cannot now. */
  #draw(): Move | undefined {
    const visit = this.#drawVisit();
    const arc = this.#drawArc(visit);
    const volunteer = this.#volunteerAt(arc);
    if (this.#isSettled[volunteer] === true || this.#volunteerOf[visit] === volunteer) return undefined;
    const givesWay = this.#whoGivesWay(visit, volunteer);
    if (givesWay === undefined) return undefined;
    const swapCost = givesWay === NOBODY ? undefined : this.#swapCost(givesWay, visit);
    return { visit, volunteer, cost: costOf(this.#network.flow.arcCode[arc] ?? 0), givesWay, swapCost };
  }

  /** What a visit costs in the place of another one; undefined where it cannot be there, or nobody has that one. */
  #swapCost(visit: number, instead: number): number | undefined {
    const volunteer = this.#volunteerOf[instead] ?? NOBODY;
    if (volunteer === NOBODY) return undefined;
    const code = codeOfPair(this.#network, { visit, volunteer });
    if (code === undefined) return undefined;
    const then = (this.#visitsOf[volunteer] ?? []).map((each) => (each === instead ? visit : each));
    return this.#hours.fit(volunteer, then) ? costOf(code) : undefined;
  }

  /** Nobody where a volunteer can make one more; else the visit that is worth least of those instead of which they can. */
  #whoGivesWay(visit: number, volunteer: number): number | undefined {
    const own = this.#visitsOf[volunteer] ?? [];
    if (this.#hasRoom(volunteer) && this.#hours.fit(volunteer, [...own, visit])) return NOBODY;
    const from = Math.floor(this.#next() * own.length);
    let least: number | undefined;
    for (let at = 0; at < own.length; at += 1) {
      const other = own[(from + at) % own.length] ?? 0;
      const isWorthLess = least === undefined || this.#worthAt(other) < this.#worthAt(least);
      if (this.#isTied[other] === true || !isWorthLess) continue;
      const then = own.map((each) => (each === other ? visit : each));
      if (this.#hours.fit(volunteer, then)) least = other;
    }
    return least;
  }

  #hasRoom(volunteer: number): boolean {
    return (this.#visitsOf[volunteer]?.length ?? 0) < (this.#network.flow.capacityOf[volunteer] ?? 0);
  }

  #worthAt(visit: number): number {
    return this.#worthOf[visit] ?? 0;
  }

  #lossOf({ visit, cost, givesWay, swapCost }: Move): number {
    const before = this.#volunteerOf[visit] === NOBODY ? 0 : this.#valueOf(visit);
    const given = givesWay === NOBODY ? 0 : this.#valueOf(givesWay);
    const swapped = swapCost === undefined ? 0 : this.#worthAt(givesWay) - swapCost;
    return before + given - swapped - (this.#worthAt(visit) - cost);
  }

  #valueOf(visit: number): number {
    return this.#worthAt(visit) - (this.#costOf[visit] ?? 0);
  }

  #carryOut({ visit, volunteer, cost, givesWay, swapCost }: Move): void {
    const before = this.#takeOut(visit);
    if (givesWay !== NOBODY) this.#takeOut(givesWay);
    this.#putIn(visit, volunteer, cost);
    if (swapCost !== undefined) this.#putIn(givesWay, before, swapCost);
  }

  /** Gives the volunteer whom a visit had, if any. */
  #takeOut(visit: number): number {
    const volunteer = this.#volunteerOf[visit] ?? NOBODY;
    if (volunteer === NOBODY) return NOBODY;
    const own = this.#visitsOf[volunteer] ?? [];
    own.splice(own.indexOf(visit), 1);
    this.#volunteerOf[visit] = NOBODY;
    this.#wait(visit);
    this.#count(visit, -1);
    return volunteer;
  }

  #putIn(visit: number, volunteer: number, cost: number): void {
    this.#stopWaiting(visit);
    this.#count(visit, 1);
    this.#volunteerOf[visit] = volunteer;
    this.#costOf[visit] = cost;
    this.#visitsOf[volunteer]?.push(visit);
  }

  #count(visit: number, change: number): void {
    const tier = this.#tierOf[visit] ?? 0;
    this.#gained[tier] = (this.#gained[tier] ?? 0) + change;
  }

  #wait(visit: number): void {
    this.#placeInWaiting[visit] = this.#waiting.push(visit) - 1;
  }

  #stopWaiting(visit: number): void {
    const place = this.#placeInWaiting[visit] ?? 0;
    const last = this.#waiting.pop() ?? visit;
    if (last === visit) return;
    this.#waiting[place] = last;
    this.#placeInWaiting[last] = place;
  }
}
