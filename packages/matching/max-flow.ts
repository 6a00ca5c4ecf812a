/**
 * How many units can flow through a network at all, whatever it costs: a maximum flow, found apart from the cheapest
 * one so that each can be held against the other.
 */
import { GrowingList } from './growing-list.ts';

/** A network that is being drawn: nodes from 0 on, one of which is the sink, and arcs with capacities. */
export class CountingNetwork {
  readonly sink = 0;
  readonly #from = new GrowingList();
  readonly #to = new GrowingList();
  readonly #capacity = new GrowingList();
  #nodes = 1;

  /** The first of so many new nodes. */
  addNodes(count: number): number {
    this.#nodes += count;
    return this.#nodes - count;
  }

  /** An arc that so many units can go over. */
  addArc(from: number, to: number, capacity: number): void {
    this.#from.push(from);
    this.#to.push(to);
    this.#capacity.push(capacity);
  }

  /** All that was drawn. */
  finished(): { nodes: number; from: Int32Array; to: Int32Array; capacity: Int32Array } {
    return {
      nodes: this.#nodes,
      from: this.#from.finished(),
      to: this.#to.finished(),
      capacity: this.#capacity.finished(),
    };
  }
}

/** A flow that only counts. Units are offered one by one; one that has a way never loses it for good. */
export class MaxFlow {
  readonly #sink: number;
  /** Ends of arcs: 2 a where arc a leads, 2 a + 1 where it comes from, each with what can still go there. */
  readonly #to: Int32Array;
  readonly #room: Int32Array;
  /** Ends by the node at which they begin: those of node n from `#first[n]` to before `#first[n + 1]`. */
  readonly #first: Int32Array;
  readonly #ends: Int32Array;
  readonly #seenIn: Int32Array;
  readonly #reachedBy: Int32Array;
  /** Nodes from which the sink cannot be reached any more, ever: what leads away from them is full for good. */
  readonly #isDead: Uint8Array;
  #search = 0;

  constructor(network: CountingNetwork) {
    const { nodes, from, to, capacity } = network.finished();
    this.#sink = network.sink;
    this.#to = new Int32Array(2 * to.length);
    this.#room = new Int32Array(2 * to.length);
    this.#first = new Int32Array(nodes + 1);
    this.#ends = new Int32Array(2 * to.length);
    this.#seenIn = new Int32Array(nodes);
    this.#reachedBy = new Int32Array(nodes);
    this.#isDead = new Uint8Array(nodes);
    for (let arc = 0; arc < to.length; arc += 1) {
      this.#to[2 * arc] = to[arc] ?? 0;
      this.#to[2 * arc + 1] = from[arc] ?? 0;
      this.#room[2 * arc] = capacity[arc] ?? 0;
    }
    this.#sortEnds(nodes);
  }

  /** Offers one more unit at a node; says whether it, with those before it that had a way, can have one. */
  offer(node: number): boolean {
    this.#search += 1;
    this.#seenIn[node] = this.#search;
    const reached = [node];
    for (const each of reached) if (this.#look(each, reached)) return true;
    for (const each of reached) this.#isDead[each] = 1;
    return false;
  }

  #sortEnds(nodes: number): void {
    for (let end = 0; end < this.#to.length; end += 1) {
      const begin = this.#to[end ^ 1] ?? 0;
      this.#first[begin + 1] = (this.#first[begin + 1] ?? 0) + 1;
    }
    for (let node = 0; node < nodes; node += 1)
      this.#first[node + 1] = (this.#first[node + 1] ?? 0) + (this.#first[node] ?? 0);
    const next = this.#first.slice();
    for (let end = 0; end < this.#to.length; end += 1) {
      const begin = this.#to[end ^ 1] ?? 0;
      const place = next[begin] ?? 0;
      this.#ends[place] = end;
      next[begin] = place + 1;
    }
  }

  /** Adds the nodes that can be reached from one; true where the sink was, and the unit has gone there. */
  #look(node: number, reached: number[]): boolean {
    for (let place = this.#first[node] ?? 0; place < (this.#first[node + 1] ?? 0); place += 1) {
      const end = this.#ends[place] ?? 0;
      const to = this.#to[end] ?? 0;
      if ((this.#room[end] ?? 0) === 0 || this.#seenIn[to] === this.#search || this.#isDead[to] === 1)
        continue;
      this.#seenIn[to] = this.#search;
      this.#reachedBy[to] = end;
      if (to === this.#sink) {
        this.#send(reached[0] ?? node);
        return true;
      }
      reached.push(to);
    }
    return false;
  }

  #send(source: number): void {
    for (let node = this.#sink; node !== source;) {
      const end = this.#reachedBy[node] ?? 0;
      this.#room[end] = (this.#room[end] ?? 0) - 1;
      this.#room[end ^ 1] = (this.#room[end ^ 1] ?? 0) + 1;
      node = this.#to[end ^ 1] ?? 0;
    }
  }
}
