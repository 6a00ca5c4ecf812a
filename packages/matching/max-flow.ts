/**
 * How many units of a network could have a volunteer at all, whatever it costs: a maximum flow, found apart from the
 * cheapest one so that each can be held against the other.
 */
import type { FlowNetwork } from './min-cost-flow.ts';

/** One unit's way in a search: which unit would take whose node. */
interface Step {
  unit: number;
  takenFrom: number;
  node: number;
}

/** A flow that only counts. Units are offered one by one; one that has a place never loses it for good. */
export class MaxFlow {
  readonly #network: FlowNetwork;
  readonly #nodeOfUnit: Int32Array;
  readonly #unitsAt: number[][];
  readonly #load: Int32Array;
  readonly #seenIn: Int32Array;
  /** Nodes from which no free place can be reached any more, ever: what leads to them is full for good. */
  readonly #isDead: Uint8Array;
  #search = 0;

  constructor(network: FlowNetwork) {
    const nodes = network.parentOf.length;
    this.#network = network;
    this.#nodeOfUnit = new Int32Array(network.visitOf.length).fill(-1);
    this.#unitsAt = Array.from({ length: nodes }, () => []);
    this.#load = new Int32Array(nodes);
    this.#seenIn = new Int32Array(nodes);
    this.#isDead = new Uint8Array(nodes);
  }

  /** Offers one more unit; says whether it, with those before it that had a place, can have one. */
  offer(unit: number): boolean {
    this.#search += 1;
    const steps: Step[] = [{ unit, takenFrom: -1, node: -1 }];
    const seen: number[] = [];
    for (let at = 0; at < steps.length; at += 1) {
      const free = this.#look(steps, at, seen);
      if (free < 0) continue;
      this.#shift(steps, at, free);
      return true;
    }
    for (const node of seen) this.#isDead[node] = 1;
    return false;
  }

  /** A free node for the unit of a step, or -1; units in its way are added to the steps. */
  #look(steps: Step[], at: number, seen: number[]): number {
    const { visitOf, arcsFrom, arcNode } = this.#network;
    const visit = visitOf[steps[at]?.unit ?? 0] ?? 0;
    const [from, end] = [arcsFrom[visit] ?? 0, arcsFrom[visit + 1] ?? 0];
    for (let arc = from; arc < end; arc += 1) {
      const node = arcNode[arc] ?? 0;
      if (this.#hasRoom(node) && this.#hasRoom(this.#network.parentOf[node] ?? -1)) return node;
    }
    for (let arc = from; arc < end; arc += 1) this.#goOn(steps, at, arcNode[arc] ?? 0, seen);
    return -1;
  }

  #goOn(steps: Step[], at: number, node: number, seen: number[]): void {
    if (!this.#isNew(node, seen)) return;
    for (const unit of this.#unitsAt[node] ?? []) steps.push({ unit, takenFrom: at, node });
    const parent = this.#network.parentOf[node] ?? -1;
    if (parent < 0 || !this.#hasRoom(node) || !this.#isNew(parent, seen)) return;
    // The stretch has room but the week is full: a visit of any stretch may go instead.
    for (const stretch of this.#network.stretchesOf[parent] ?? [])
      if (stretch !== node)
        for (const unit of this.#unitsAt[stretch] ?? []) steps.push({ unit, takenFrom: at, node });
  }

  #isNew(node: number, seen: number[]): boolean {
    if (this.#seenIn[node] === this.#search || this.#isDead[node] === 1) return false;
    this.#seenIn[node] = this.#search;
    seen.push(node);
    return true;
  }

  #hasRoom(node: number): boolean {
    return node < 0 || (this.#load[node] ?? 0) < (this.#network.capacityOf[node] ?? 0);
  }

  #shift(steps: readonly Step[], from: number, free: number): void {
    let node = free;
    for (let step = steps[from]; step !== undefined; step = steps[step.takenFrom]) {
      this.#move(step.unit, node);
      node = step.node;
    }
  }

  #move(unit: number, node: number): void {
    const before = this.#nodeOfUnit[unit] ?? -1;
    if (before >= 0) {
      const units = this.#unitsAt[before] ?? [];
      units.splice(units.indexOf(unit), 1);
      this.#addLoad(before, -1);
    }
    this.#nodeOfUnit[unit] = node;
    this.#unitsAt[node]?.push(unit);
    this.#addLoad(node, 1);
  }

  #addLoad(node: number, change: number): void {
    this.#load[node] = (this.#load[node] ?? 0) + change;
    const parent = this.#network.parentOf[node] ?? -1;
    if (parent >= 0) this.#load[parent] = (this.#load[parent] ?? 0) + change;
  }
}
