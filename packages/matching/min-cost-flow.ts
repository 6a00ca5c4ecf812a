/**
 * Who visits whom at the least cost: a minimum-cost flow from the visits through the volunteers' free stretches to
 * the volunteers, by successive shortest paths with prices. Each unit is one volunteer at one visit. Costs are compared
 * in two limbs, the first before the second, so that no sum of small things outweighs a great one. Units are put in
 * one by one; a unit that was put in stays in unless a more urgent one needs its place.
 */
import { DistanceHeap } from './distance-heap.ts';

/**
 * What one unit of flow over an arc costs, as one whole number whose order is the order of the objective: bit 17 not
 * in the plan before, bit 16 a new face, bits 12 to 15 wishes not met, bits 0 to 11 kilometres there and back.
 */
export type ArcCode = number;

/** Most kilometres and most unmet wishes that an arc can tell apart. */
const arcMaxima = { kilometres: 4095, wishes: 15 };

/** The code of an arc. */
export const arcCodeOf = (arc: {
  isNew: boolean;
  isStrange: boolean;
  unmetWishes: number;
  kilometres: number;
}): ArcCode =>
  (arc.isNew ? 1 << 17 : 0) |
  (arc.isStrange ? 1 << 16 : 0) |
  (Math.min(arc.unmetWishes, arcMaxima.wishes) << 12) |
  Math.min(Math.round(arc.kilometres), arcMaxima.kilometres);

/** The parts of an arc's code. */
export const partsOf = (
  code: ArcCode,
): { changes: number; strangers: number; unmetWishes: number; kilometres: number } => ({
  changes: (code >> 17) & 1,
  strangers: (code >> 16) & 1,
  unmetWishes: (code >> 12) & 15,
  kilometres: code & 4095,
});

/**
 * A network. Arcs of visit v are those from `arcsFrom[v]` to before `arcsFrom[v + 1]`, cheapest first. Nodes 0 to
 * `volunteerCount` - 1 are the volunteers, those after them free stretches of a volunteer (`parentOf`, -1 for
 * volunteers). An arc ends at a stretch, or at a volunteer without stretches of their own. `baseLoad`: visits that a volunteer has anyway.
 * `urgencyOf` a unit, 1 or more: of two units that cannot both be, the more urgent one is. `partnerOf` a unit: the
 * other person at the same visit, or -1.
 */
export interface FlowNetwork {
  volunteerCount: number;
  visitOf: Int32Array;
  partnerOf: Int32Array;
  urgencyOf: Int32Array;
  arcsFrom: Int32Array;
  arcNode: Int32Array;
  arcCode: Int32Array;
  parentOf: Int32Array;
  stretchesOf: readonly (readonly number[])[];
  capacityOf: Int32Array;
  baseLoad: Int32Array;
}

/** What is not to be: `isBarred` for a unit and a volunteer; `partnersApart`: no volunteer twice at one visit. */
export interface FlowLimits {
  isBarred: (unit: number, volunteer: number) => boolean;
  partnersApart: boolean;
}

const NOWHERE = -1;
const FROM_SOURCE = -1;

/** A flow that grows. */
export class MinCostFlow {
  readonly #network: FlowNetwork;
  readonly #limits: FlowLimits;
  readonly #nodeOfUnit: Int32Array;
  readonly #codeOfUnit: Int32Array;
  readonly #unitsAt: number[][];
  readonly #load: Int32Array;
  readonly #priceHigh: Float64Array;
  readonly #priceLow: Float64Array;
  readonly #heap: DistanceHeap;
  /** How a node was reached: a unit from 0 on, or another node n as -2 - n. */
  readonly #reachedBy: Int32Array;
  readonly #highOf: Float64Array;
  readonly #perKilometre: number;
  readonly #perUrgency: number;
  #bestHigh = 0;
  #bestLow = 0;
  #bestNode = NOWHERE;
  #bestUnit = FROM_SOURCE;

  constructor(network: FlowNetwork, limits: FlowLimits) {
    const [units, nodes] = [network.visitOf.length, network.parentOf.length];
    this.#network = network;
    this.#limits = limits;
    this.#nodeOfUnit = new Int32Array(units).fill(NOWHERE);
    this.#codeOfUnit = new Int32Array(units);
    this.#unitsAt = Array.from({ length: nodes }, () => []);
    this.#load = new Int32Array(nodes);
    this.#priceHigh = new Float64Array(nodes);
    this.#priceLow = new Float64Array(nodes);
    this.#heap = new DistanceHeap(nodes);
    this.#reachedBy = new Int32Array(nodes);
    // Each weight is more than all that the lesser grounds can come to over the whole week.
    const perStranger = units * arcMaxima.wishes + 1;
    const perChange = perStranger * (units + 1);
    this.#highOf = Float64Array.from(
      { length: 64 },
      (_, code) => (code >> 5) * perChange + ((code >> 4) & 1) * perStranger + (code & 15),
    );
    this.#perUrgency = perChange * (units + 1);
    const loadMax = network.capacityOf.reduce((most, capacity) => Math.max(most, capacity), 0);
    const baseMax = network.baseLoad.reduce((most, load) => Math.max(most, load), 0);
    this.#perKilometre = units * (2 * (loadMax + baseMax) + 1) + 1;
  }

  /** The node at which a unit is, -1 for none. */
  nodeOf(unit: number): number {
    return this.#nodeOfUnit[unit] ?? NOWHERE;
  }

  /** The volunteer who has a unit, -1 for none. */
  volunteerOf(unit: number): number {
    const node = this.nodeOf(unit);
    return node === NOWHERE ? NOWHERE : this.#volunteerAt(node);
  }

  /** What the arc costs over which a unit goes. */
  codeOf(unit: number): ArcCode {
    return this.#codeOfUnit[unit] ?? 0;
  }

  /** Units of a volunteer. */
  unitsOf(volunteer: number): readonly number[] {
    const stretches = this.#network.stretchesOf[volunteer] ?? [];
    return stretches.length === 0
      ? (this.#unitsAt[volunteer] ?? [])
      : stretches.flatMap((stretch) => this.#unitsAt[stretch] ?? []);
  }

  /** Forgets what places are worth; needed after units were taken out, since a free place is worth less then. */
  forgetPrices(): void {
    this.#priceHigh.fill(0);
    this.#priceLow.fill(0);
  }

  /** Takes a unit out; its place is free again. */
  remove(unit: number): void {
    const node = this.nodeOf(unit);
    if (node === NOWHERE) return;
    this.#leave(unit, node);
    this.#nodeOfUnit[unit] = NOWHERE;
  }

  /** Puts a unit to a volunteer's node over a given arc; the caller answers for the capacity. */
  place(unit: number, node: number, code: ArcCode): void {
    this.remove(unit);
    this.#enter(unit, node);
    this.#codeOfUnit[unit] = code;
  }

  /**
   * Puts a unit in by the cheapest way there is; others may move, and one of lesser urgency, or of the same where
   * that is cheaper, may lose its place. Says which unit has no place now, -1 where all have.
   */
  insert(unit: number): number {
    this.#heap.clear();
    this.#bestHigh = this.#urgencyCost(unit);
    this.#bestLow = 0;
    this.#bestNode = NOWHERE;
    this.#bestUnit = unit;
    this.#scan(unit, 0, 0, NOWHERE);
    for (let node = this.#heap.pop(); node !== NOWHERE; node = this.#heap.pop()) {
      if (!this.#isBetter(this.#heap.high(node), this.#heap.low(node))) break;
      this.#settle(node);
    }
    this.#raisePrices();
    return this.#augment(unit);
  }

  #urgencyCost(unit: number): number {
    return (this.#network.urgencyOf[unit] ?? 1) * this.#perUrgency;
  }

  #volunteerAt(node: number): number {
    const parent = this.#network.parentOf[node] ?? NOWHERE;
    return parent === NOWHERE ? node : parent;
  }

  #isBetter(high: number, low: number): boolean {
    return high < this.#bestHigh || (high === this.#bestHigh && low < this.#bestLow);
  }

  #settle(node: number): void {
    const [high, low] = [this.#heap.high(node), this.#heap.low(node)];
    const { parentOf, capacityOf, stretchesOf } = this.#network;
    const [price, priceLow] = [this.#priceHigh[node] ?? 0, this.#priceLow[node] ?? 0];
    const parent = parentOf[node] ?? NOWHERE;
    const hasRoom = (this.#load[node] ?? 0) < (capacityOf[node] ?? 0);
    if (parent !== NOWHERE) {
      if (hasRoom) this.#pass(node, parent);
    } else if (hasRoom) {
      this.#end(node, FROM_SOURCE, high - price, low - priceLow + this.#nextLoadCost(node));
    }
    for (const stretch of stretchesOf[node] ?? [])
      if ((this.#load[stretch] ?? 0) > 0) this.#pass(node, stretch);
    for (const unit of this.#unitsAt[node] ?? []) this.#displace(unit, node, high - price, low - priceLow);
  }

  /** What one more visit adds to the sum of squares of loads. */
  #nextLoadCost(volunteer: number): number {
    return 2 * ((this.#load[volunteer] ?? 0) + (this.#network.baseLoad[volunteer] ?? 0)) + 1;
  }

  /** From a stretch to its volunteer, or back to a stretch from which a visit could go. */
  #pass(from: number, to: number): void {
    const high = this.#heap.high(from) + (this.#priceHigh[to] ?? 0) - (this.#priceHigh[from] ?? 0);
    const low = this.#heap.low(from) + (this.#priceLow[to] ?? 0) - (this.#priceLow[from] ?? 0);
    if (this.#isBetter(high, low)) this.#reach(to, high, low, -2 - from);
  }

  #reach(node: number, high: number, low: number, by: number): void {
    if (this.#heap.offer(node, high, low)) this.#reachedBy[node] = by;
  }

  #end(node: number, unit: number, high: number, low: number): void {
    if (!this.#isBetter(high, low)) return;
    this.#bestHigh = high;
    this.#bestLow = low;
    this.#bestNode = node;
    this.#bestUnit = unit;
  }

  #displace(unit: number, node: number, high: number, low: number): void {
    const code = this.#codeOfUnit[unit] ?? 0;
    const fromHigh = high - (this.#highOf[code >> 12] ?? 0);
    const fromLow = low - (code & 4095) * this.#perKilometre;
    this.#end(node, unit, fromHigh + this.#urgencyCost(unit), fromLow);
    this.#scan(unit, fromHigh, fromLow, node);
  }

  #scan(unit: number, fromHigh: number, fromLow: number, at: number): void {
    const { visitOf, arcsFrom, arcNode, arcCode } = this.#network;
    const visit = visitOf[unit] ?? 0;
    const end = arcsFrom[visit + 1] ?? 0;
    for (let arc = arcsFrom[visit] ?? 0; arc < end; arc += 1) {
      const code = arcCode[arc] ?? 0;
      const high = fromHigh + (this.#highOf[code >> 12] ?? 0);
      const low = fromLow + (code & 4095) * this.#perKilometre;
      // Prices are never below nothing, and the arcs after this one cost no less.
      if (!this.#isBetter(high, low)) return;
      const node = arcNode[arc] ?? 0;
      if (node === at) continue;
      const priced = high + (this.#priceHigh[node] ?? 0);
      const pricedLow = low + (this.#priceLow[node] ?? 0);
      if (!this.#isBetter(priced, pricedLow) || !this.#heap.wouldTake(node, priced, pricedLow)) continue;
      if (this.#mayGo(unit, node)) this.#reach(node, priced, pricedLow, unit);
    }
  }

  #mayGo(unit: number, node: number): boolean {
    const volunteer = this.#volunteerAt(node);
    if (this.#limits.isBarred(unit, volunteer)) return false;
    const partner = this.#network.partnerOf[unit] ?? NOWHERE;
    return !this.#limits.partnersApart || partner === NOWHERE || this.volunteerOf(partner) !== volunteer;
  }

  #raisePrices(): void {
    for (const node of this.#heap.touched()) {
      const [high, low] = [this.#heap.high(node), this.#heap.low(node)];
      if (!this.#isBetter(high, low)) continue;
      this.#priceHigh[node] = (this.#priceHigh[node] ?? 0) + this.#bestHigh - high;
      this.#priceLow[node] = (this.#priceLow[node] ?? 0) + this.#bestLow - low;
    }
  }

  /** Moves units back along the way that was found. */
  #augment(source: number): number {
    const loser = this.#bestUnit;
    if (loser === source) return source;
    if (loser !== FROM_SOURCE) this.remove(loser);
    for (let node = this.#bestNode; ;) {
      const by = this.#reachedBy[node] ?? 0;
      if (by <= -2) {
        node = -2 - by;
        continue;
      }
      const before = this.nodeOf(by);
      this.place(by, node, this.#codeTo(by, node));
      if (by === source) return loser;
      node = before;
    }
  }

  #codeTo(unit: number, node: number): ArcCode {
    const { visitOf, arcsFrom, arcNode, arcCode } = this.#network;
    const visit = visitOf[unit] ?? 0;
    const end = arcsFrom[visit + 1] ?? 0;
    for (let arc = arcsFrom[visit] ?? 0; arc < end; arc += 1)
      if (arcNode[arc] === node) return arcCode[arc] ?? 0;
    throw new Error('a unit moves over arcs of its visit only');
  }

  #enter(unit: number, node: number): void {
    this.#nodeOfUnit[unit] = node;
    this.#unitsAt[node]?.push(unit);
    this.#addLoad(node, 1);
  }

  #leave(unit: number, node: number): void {
    const units = this.#unitsAt[node] ?? [];
    units.splice(units.indexOf(unit), 1);
    this.#addLoad(node, -1);
  }

  #addLoad(node: number, change: number): void {
    this.#load[node] = (this.#load[node] ?? 0) + change;
    const parent = this.#network.parentOf[node] ?? NOWHERE;
    if (parent !== NOWHERE) this.#load[parent] = (this.#load[parent] ?? 0) + change;
  }
}
