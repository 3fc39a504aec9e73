import type { Speaker } from "#/lib/events/conversation-event.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { Recognition } from "#/lib/stt/speech-engine.ts";
import type { Call, CallSink } from "./ports.ts";
import { retryDelay } from "./timings.ts";

/** Hours of a call's results; beyond it something is broken for good and memory matters more. */
const MOST_WAITING = 5000;

type Delivery = (sink: CallSink) => void | Promise<void>;
type Interim = { call: Call; recognition: Recognition };

export type OutboxOptions = { sink: CallSink; log: Log; retryMs: number };

/**
 * Brings one call's results to the sink in order, each until it is taken or refused for good. A sink that fails or
 * stalls holds up this queue and nothing else: neither the socket nor the recognizer waits here.
 */
export class CallOutbox {
  readonly #options: OutboxOptions;
  readonly #queue: Delivery[] = [];
  readonly #interims = new Map<Speaker, { sending: boolean; next: Interim | undefined }>();
  #working: Promise<void> | undefined;
  #abandon: (() => void) | undefined;
  #abandoned = false;
  lost = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  put(delivery: Delivery): void {
    if (this.#abandoned || this.#queue.length >= MOST_WAITING) {
      this.lost += 1;
      this.#options.log.error("call result lost");
      return;
    }
    this.#queue.push(delivery);
    this.#working ??= this.#work();
  }

  final(call: Call, speaker: Speaker, recognition: Recognition): void {
    const interims = this.#interims.get(speaker);
    if (interims) interims.next = undefined;
    this.put((sink) => sink.final(call, speaker, recognition));
  }

  /** The newest wins; while durable results wait, none is sent, because it could overtake them. */
  interim(call: Call, speaker: Speaker, recognition: Recognition): void {
    if (this.#queue.length > 0 || this.#abandoned) return;
    const interims = this.#interims.get(speaker) ?? { sending: false, next: undefined };
    this.#interims.set(speaker, interims);
    interims.next = { call, recognition };
    if (!interims.sending) void this.#sendInterims(speaker);
  }

  /** Told at once and to whoever listens; a sink that cannot take it loses nothing that lasts. */
  state(call: Call, state: "paused" | "live"): void {
    if (this.#abandoned) return;
    const tell = async () => this.#options.sink.state?.(call, state);
    tell().catch((error: unknown) => this.#options.log.debug({ err: error }, "call state not told"));
  }

  /** Resolves when everything put so far has been taken, or given up. */
  async idle(): Promise<void> {
    await this.#working;
  }

  /** The process ends: what the sink still refuses is counted as lost. */
  abandon(): void {
    this.#abandoned = true;
    this.lost += this.#queue.length;
    this.#queue.length = 0;
    this.#abandon?.();
  }

  async #work(): Promise<void> {
    for (let attempt = 0; this.#queue.length > 0; ) {
      const [delivery] = this.#queue;
      if (delivery && (await this.#attempt(delivery))) {
        if (this.#queue[0] === delivery) this.#queue.shift();
        attempt = 0;
      } else {
        await this.#pause(retryDelay(this.#options.retryMs, attempt++));
      }
    }
    this.#working = undefined;
  }

  /** True when the delivery is off the queue's hands: taken, or refused for good. */
  async #attempt(delivery: Delivery): Promise<boolean> {
    try {
      await delivery(this.#options.sink);
      return true;
    } catch (error) {
      // A connection that was deleted in mid-call will not come back, and must hold nothing up.
      if (isAppError(error) && !error.retryable) {
        this.lost += 1;
        this.#options.log.error({ err: error }, "call result lost");
        return true;
      }
      this.#options.log.warn({ err: error }, "call result refused, will be delivered again");
      return false;
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#abandon = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #sendInterims(speaker: Speaker): Promise<void> {
    const interims = this.#interims.get(speaker);
    if (!interims) return;
    interims.sending = true;
    for (let next = interims.next; next; next = interims.next) {
      interims.next = undefined;
      try {
        await this.#options.sink.interim(next.call, speaker, next.recognition);
      } catch {
        // Superseded within a second; not worth a line in the log.
      }
    }
    interims.sending = false;
  }
}
