import { SAMPLES_PER_MS } from "../audio-format.ts";
import type { DecodeRequest, Decoder, StartDecoder } from "./decoder.ts";
import type { Transcript } from "./moonshine.ts";
import { Supervisor } from "./supervisor.ts";

/** Finals first, then likely finals, then a running utterance's text so far. */
export type Rank = "final" | "likely-final" | "interim";

const RANKS: readonly Rank[] = ["final", "likely-final", "interim"];
/** A request that fails as often as this while others succeed is the cause itself. */
const FAILURES_ALLOWED = 3;

export type DecodeJob = {
  rank: Rank;
  /** Asked when a decoder is free, so that what waited is as short or as recent as it can be. Undefined: drop. */
  take(): DecodeRequest | undefined;
  /** Called at most once: the text, or undefined where it failed for good. Not called for dropped jobs. */
  settle(transcript: Transcript | undefined): void;
  /** The decoder failed under it; it waits again. */
  returned?(): void;
};

type Entry = { job: DecodeJob; failures: number; successesBefore: number };
type Seat = { supervisor: Supervisor<Decoder>; running: Entry | undefined };

type DecodeQueueOptions = {
  decoders: number;
  startDecoder: StartDecoder;
  startDeadlineMs: number;
  /** For a request, on top of half its own length. */
  deadlineMs: number;
  onChange: () => void;
};

/** Shares a few decoders between all streams. */
export class DecodeQueue {
  readonly #options: DecodeQueueOptions;
  readonly #seats: Seat[] = [];
  readonly #waiting: Record<Rank, Entry[]> = { final: [], "likely-final": [], interim: [] };
  #successes = 0;

  constructor(options: DecodeQueueOptions) {
    this.#options = options;
    for (let i = 0; i < options.decoders; i++) {
      const supervisor = new Supervisor<Decoder>({
        start: options.startDecoder,
        startDeadlineMs: options.startDeadlineMs,
        onChange: () => {
          options.onChange();
          this.#dispatch();
        },
      });
      this.#seats.push({ supervisor, running: undefined });
    }
  }

  get ready(): boolean {
    return this.#seats.some(({ supervisor }) => supervisor.ready);
  }

  async begin(): Promise<void> {
    await Promise.all(this.#seats.map(({ supervisor }) => supervisor.begin()));
  }

  submit(job: DecodeJob): void {
    this.#waiting[job.rank].push({ job, failures: 0, successesBefore: this.#successes });
    this.#dispatch();
    if (job.rank !== "interim") this.#makeRoom();
  }

  /** A likely final turned out to be one; it may already be running. */
  promote(job: DecodeJob): void {
    const from = this.#waiting[job.rank];
    const at = from.findIndex((entry) => entry.job === job);
    job.rank = "final";
    if (at >= 0) this.#waiting.final.push(...from.splice(at, 1));
    this.#dispatch();
  }

  withdraw(job: DecodeJob): void {
    const queue = this.#waiting[job.rank];
    const at = queue.findIndex((entry) => entry.job === job);
    if (at >= 0) queue.splice(at, 1);
    for (const { running, supervisor } of this.#seats) if (running?.job === job) supervisor.current?.cancel();
  }

  async close(): Promise<void> {
    for (const rank of RANKS) this.#waiting[rank] = [];
    await Promise.all(this.#seats.map(({ supervisor }) => supervisor.close()));
  }

  /** Text so far is a kindness; a final that waits for it is not. */
  #makeRoom(): void {
    if (this.#seats.some(({ running, supervisor }) => supervisor.ready && !running)) return;
    const seat = this.#seats.find(({ running }) => running?.job.rank === "interim");
    seat?.supervisor.current?.cancel();
  }

  #dispatch(): void {
    for (const seat of this.#seats) {
      while (seat.supervisor.ready && !seat.running) {
        const entry = this.#next();
        if (!entry) return;
        const request = entry.job.take();
        if (request) void this.#decode(seat, entry, request);
      }
    }
  }

  #next(): Entry | undefined {
    for (const rank of RANKS) {
      const entry = this.#waiting[rank].shift();
      if (entry) return entry;
    }
    return undefined;
  }

  async #decode(seat: Seat, entry: Entry, request: DecodeRequest): Promise<void> {
    seat.running = entry;
    const deadlineMs = this.#options.deadlineMs + request.samples.length / SAMPLES_PER_MS / 2;
    try {
      const transcript = await seat.supervisor.run((decoder) => decoder.decode(request), deadlineMs);
      seat.running = undefined;
      this.#finished(entry, transcript);
    } catch {
      seat.running = undefined;
      this.#failed(entry);
    }
    this.#dispatch();
  }

  #finished(entry: Entry, transcript: Transcript | undefined): void {
    if (transcript) this.#successes += 1;
    // It was cancelled as the text so far, and has become a final meanwhile.
    if (!transcript && entry.job.rank === "final") this.#again(entry, "first");
    else entry.job.settle(transcript);
  }

  /** While nothing succeeds the recognizer is at fault and the request waits on, behind the others. */
  #failed(entry: Entry): void {
    if (entry.failures === 0) entry.successesBefore = this.#successes;
    entry.failures += 1;
    const othersSucceed = this.#successes > entry.successesBefore;
    if (entry.job.rank !== "final" || (entry.failures >= FAILURES_ALLOWED && othersSucceed)) {
      entry.job.settle(undefined);
    } else {
      this.#again(entry, "last");
    }
  }

  #again(entry: Entry, where: "first" | "last"): void {
    entry.job.returned?.();
    if (where === "first") this.#waiting.final.unshift(entry);
    else this.#waiting.final.push(entry);
  }
}
