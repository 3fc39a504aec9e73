/** The recent audio of a stream by position: what is added must follow what was added before. */
export class Timeline {
  #samples = new Int16Array(16_384);
  #start: number;
  #length = 0;

  constructor(position = 0) {
    this.#start = position;
  }

  get end(): number {
    return this.#start + this.#length;
  }

  append(samples: Int16Array): void {
    const needed = this.#length + samples.length;
    if (needed > this.#samples.length) {
      const larger = new Int16Array(Math.max(needed, this.#samples.length * 2));
      larger.set(this.#samples.subarray(0, this.#length));
      this.#samples = larger;
    }
    this.#samples.set(samples, this.#length);
    this.#length = needed;
  }

  slice(from: number, to: number): Int16Array {
    return this.#samples.slice(
      Math.max(0, from - this.#start),
      Math.min(this.#length, Math.max(0, to - this.#start)),
    );
  }

  /** Moves memory only when half of it is old, so that forgetting often costs little. */
  forgetBefore(position: number): void {
    const old = Math.min(this.#length, position - this.#start);
    if (old < this.#samples.length / 2) return;
    this.#samples.copyWithin(0, old, this.#length);
    this.#start += old;
    this.#length -= old;
  }

  jumpTo(position: number): void {
    this.#start = position;
    this.#length = 0;
  }
}
