/** Audio that may have to be sent again, with its place in the stream. Positions are samples. */
export class KeptAudio {
  #pieces: Int16Array[] = [];
  #start: number;
  #end: number;

  constructor(start: number) {
    this.#start = start;
    this.#end = start;
  }

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }

  get isEmpty(): boolean {
    return this.#start === this.#end;
  }

  get pieces(): readonly Int16Array[] {
    return this.#pieces;
  }

  push(samples: Int16Array): void {
    this.#pieces.push(samples);
    this.#end += samples.length;
  }

  /** Forgets what lies before `position`; what is not there yet cannot be forgotten. */
  forgetBefore(position: number): void {
    const until = Math.min(position, this.#end);
    while (this.#start < until) {
      const first = this.#pieces[0];
      if (!first) return;
      const length = Math.min(first.length, until - this.#start);
      if (length === first.length) this.#pieces.shift();
      else this.#pieces[0] = first.subarray(length);
      this.#start += length;
    }
  }
}
