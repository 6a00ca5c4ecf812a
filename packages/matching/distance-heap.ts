/**
 * Nodes by their distance in two limbs, nearest first; of two as near, the one with the lower number. A distance may
 * be lowered until its node is taken out.
 */
export class DistanceHeap {
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  /** Place in the heap plus one; 0 for never seen, -1 for taken out. */
  readonly #placeOf: Int32Array;
  readonly #nodes: Int32Array;
  readonly #touched: number[] = [];
  #size = 0;

  /** For nodes 0 to `nodeCount` - 1. */
  constructor(nodeCount: number) {
    this.#high = new Float64Array(nodeCount);
    this.#low = new Float64Array(nodeCount);
    this.#placeOf = new Int32Array(nodeCount);
    this.#nodes = new Int32Array(nodeCount);
  }

  /** Forgets all nodes. */
  clear(): void {
    for (const node of this.#touched) this.#placeOf[node] = 0;
    this.#touched.length = 0;
    this.#size = 0;
  }

  /** All nodes that were ever offered since the last clearing. */
  touched(): readonly number[] {
    return this.#touched;
  }

  /** The first limb of a node's distance. */
  high(node: number): number {
    return this.#high[node] ?? 0;
  }

  /** The second limb of a node's distance. */
  low(node: number): number {
    return this.#low[node] ?? 0;
  }

  /** True where a node was not taken out yet and is not as near already. */
  wouldTake(node: number, high: number, low: number): boolean {
    const place = this.#placeOf[node] ?? 0;
    if (place === 0) return true;
    const before = this.#high[node] ?? 0;
    return place > 0 && (high < before || (high === before && low < (this.#low[node] ?? 0)));
  }

  /** Takes a node in, or lowers its distance; says whether anything changed. */
  offer(node: number, high: number, low: number): boolean {
    if (!this.wouldTake(node, high, low)) return false;
    if (this.#placeOf[node] === 0) {
      this.#touched.push(node);
      this.#size += 1;
      this.#put(node, this.#size - 1);
    }
    this.#high[node] = high;
    this.#low[node] = low;
    this.#rise((this.#placeOf[node] ?? 1) - 1);
    return true;
  }

  /** Takes the nearest node out; -1 where there is none. */
  pop(): number {
    if (this.#size === 0) return -1;
    const first = this.#nodes[0] ?? 0;
    this.#size -= 1;
    this.#placeOf[first] = -1;
    if (this.#size > 0) {
      this.#put(this.#nodes[this.#size] ?? 0, 0);
      this.#sink();
    }
    return first;
  }

  #put(node: number, place: number): void {
    this.#nodes[place] = node;
    this.#placeOf[node] = place + 1;
  }

  #isBefore(a: number, b: number): boolean {
    const difference = (this.#high[a] ?? 0) - (this.#high[b] ?? 0);
    if (difference !== 0) return difference < 0;
    const lesser = (this.#low[a] ?? 0) - (this.#low[b] ?? 0);
    return lesser === 0 ? a < b : lesser < 0;
  }

  #rise(from: number): void {
    const node = this.#nodes[from] ?? 0;
    let place = from;
    while (place > 0) {
      const above = this.#nodes[(place - 1) >> 1] ?? 0;
      if (!this.#isBefore(node, above)) break;
      this.#put(above, place);
      place = (place - 1) >> 1;
    }
    this.#put(node, place);
  }

  #sink(): void {
    const node = this.#nodes[0] ?? 0;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      if (left >= this.#size) break;
      const right = left + 1;
      const [a, b] = [this.#nodes[left] ?? 0, this.#nodes[right] ?? 0];
      const smaller = right < this.#size && this.#isBefore(b, a) ? right : left;
      const below = this.#nodes[smaller] ?? 0;
      if (!this.#isBefore(below, node)) break;
      this.#put(below, place);
      place = smaller;
    }
    this.#put(node, place);
  }
}
