import { AppError } from "#/lib/kernel/app-error.ts";

/** Something that can die by itself. */
export type Mortal = {
  /** Resolves when it is gone, for whatever reason. */
  readonly exited: Promise<void>;
  /** Asks it to go; it may take its time. */
  close(): void;
};

type SupervisorOptions<M extends Mortal> = {
  start: () => Promise<M>;
  startDeadlineMs: number;
  /** After every change of `ready`. */
  onChange: () => void;
};

const FIRST_RESTART_MS = 100;
const LONGEST_RESTART_MS = 5000;
const CLOSE_DEADLINE_MS = 3000;

/** Rejects when `work` takes longer; the work itself cannot be stopped from here. */
async function within<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError("upstream_unavailable", "The speech recognizer did not answer in time.")),
      deadlineMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Keeps one worker alive: one that dies, fails or misses a deadline is replaced, however often it takes. */
export class Supervisor<M extends Mortal> {
  readonly #options: SupervisorOptions<M>;
  #current: M | undefined;
  #closed = false;
  /** Not a listener on `exited` for each run: those would stay for the worker's life, dozens a second. */
  readonly #running = new Map<(error: AppError) => void, M>();
  #retry: NodeJS.Timeout | undefined;

  constructor(options: SupervisorOptions<M>) {
    this.#options = options;
  }

  get ready(): boolean {
    return this.#current !== undefined;
  }

  get current(): M | undefined {
    return this.#current;
  }

  /** The first start; a failure here is the caller's, because it is likely to be a wrong installation. */
  async begin(): Promise<void> {
    this.#adopt(await this.#start());
  }

  /** Runs `use` on the worker; when it rejects, the worker has already been given up. */
  async run<T>(use: (worker: M) => Promise<T>, deadlineMs: number): Promise<T> {
    const worker = this.#current;
    if (!worker) throw new AppError("upstream_unavailable", "The speech recognizer is being restarted.");
    const { promise: died, reject } = Promise.withResolvers<never>();
    this.#running.set(reject, worker);
    try {
      return await within(Promise.race([use(worker), died]), deadlineMs);
    } catch (error) {
      this.#replace(worker);
      throw error;
    } finally {
      this.#running.delete(reject);
    }
  }

  /** Resolves when the worker is gone, or after a moment when it will not go. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    const worker = this.#current;
    this.#current = undefined;
    worker?.close();
    if (worker) await within(worker.exited, CLOSE_DEADLINE_MS).catch(() => undefined);
  }

  async #start(): Promise<M> {
    const starting = this.#options.start();
    try {
      return await within(starting, this.#options.startDeadlineMs);
    } catch (error) {
      starting.then(
        (late) => late.close(),
        () => undefined,
      );
      throw error;
    }
  }

  #adopt(worker: M): void {
    if (this.#closed) {
      worker.close();
      return;
    }
    this.#current = worker;
    const gone = () => {
      this.#endRuns(worker);
      this.#replace(worker);
    };
    worker.exited.then(gone, gone);
    this.#options.onChange();
  }

  #endRuns(worker: M): void {
    const error = new AppError("upstream_unavailable", "The speech recognizer died.");
    for (const [reject, on] of this.#running) if (on === worker) reject(error);
  }

  #replace(worker: M): void {
    if (this.#closed || this.#current !== worker) return;
    this.#current = undefined;
    worker.close();
    this.#options.onChange();
    this.#restart(FIRST_RESTART_MS);
  }

  #restart(delayMs: number): void {
    this.#retry = setTimeout(() => {
      this.#start().then(
        (worker) => this.#adopt(worker),
        () => {
          if (!this.#closed) this.#restart(Math.min(delayMs * 2, LONGEST_RESTART_MS));
        },
      );
    }, delayMs);
  }
}
