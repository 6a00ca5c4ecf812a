/** Whole numbers whose count is not known before. */

/** A list of whole numbers that grows. */
export class GrowingList {
  #numbers = new Int32Array(1024);
  #length = 0;

  /** Adds one at the end. */
  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const wider = new Int32Array(this.#length * 2);
      wider.set(this.#numbers);
      this.#numbers = wider;
    }
    this.#numbers[this.#length] = number;
    this.#length += 1;
  }

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /** All of them, without a copy. */
  finished(): Int32Array {
    return this.#numbers.subarray(0, this.#length);
  }
}
