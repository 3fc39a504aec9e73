import { type ServerDuplexStream, status } from "@grpc/grpc-js";
import type { Log } from "#/lib/kernel/log.ts";
import { type LegInput, type LegOutput, newLegState, stepLeg } from "#/lib/voicestream/leg.ts";
import { encodeStatus, readRequest, type StreamingConfig } from "#/lib/voicestream/wire.ts";
import type { VoiceLeg } from "./voicestream-call.ts";
import type { VoiceTimings } from "./voicestream-ports.ts";

export type VoiceStream = ServerDuplexStream<Buffer, Buffer>;

/** Whether a leg may be heard, and where what it says goes. */
export type Admission =
  | { admitted: true; leg: VoiceLeg }
  | { admitted: false; why: Extract<LegInput, { type: "refuse" }>["why"] };

type Deps = {
  admit(config: StreamingConfig, session: LegSession): Promise<Admission>;
  timings: VoiceTimings;
  now: () => number;
  log: Log;
};

/** Joins one stream to one leg's protocol: everything here is input, output and timers. */
export class LegSession {
  readonly over: Promise<void>;
  readonly #stream: VoiceStream;
  readonly #deps: Deps;
  readonly #state = newLegState();
  readonly #arrivedAt = performance.now();
  readonly #resolve: () => void;
  #leg: VoiceLeg | undefined;
  #silence: NodeJS.Timeout | undefined;
  #leaving: Promise<void> | undefined;

  constructor(stream: VoiceStream, deps: Deps) {
    this.#stream = stream;
    this.#deps = deps;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.over = promise;
    this.#resolve = resolve;
    this.#expect(deps.timings.configMs);
    stream.on("data", (bytes: Buffer) => this.#hear(bytes));
    stream.on("end", () => this.put({ type: "closed" }));
    stream.on("cancelled", () => this.put({ type: "gone" }));
    stream.on("error", (error) => {
      if (this.#state.phase !== "closed") deps.log.warn({ err: error }, "voice stream failed");
      this.put({ type: "gone" });
    });
  }

  /** Feeds the protocol and does what it asks. A fault in here costs this leg only. */
  put(input: LegInput): void {
    try {
      for (const output of stepLeg(this.#state, input, this.#deps.now())) this.#do(output);
    } catch (error) {
      this.#deps.log.error({ err: error }, "voice stream session failed");
      this.#stream.destroy();
      this.#finish();
    }
  }

  #hear(bytes: Buffer): void {
    const { timings, log } = this.#deps;
    try {
      const request = readRequest(bytes);
      this.put({ type: "request", request });
    } catch (error) {
      log.warn({ err: error }, "voice stream message unreadable");
    }
    if (this.#state.phase === "held") this.#expect(timings.holdMs);
    else if (this.#state.phase === "live") this.#silence?.refresh();
  }

  /** Something must come within this time. */
  #expect(ms: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.put({ type: "timeout" }), ms);
  }

  #do(output: LegOutput): void {
    switch (output.type) {
      case "admission":
        void this.#admit(output.config);
        break;
      case "status":
        this.#stream.write(encodeStatus(output));
        break;
      case "audio":
        this.#leg?.audio(output.atMs, output.samples);
        break;
      case "gap":
        this.#leg?.gap(output);
        break;
      case "paused":
        this.#leg?.hold();
        break;
      case "resumed":
        this.#expect(this.#deps.timings.silenceMs);
        this.#leg?.resume();
        break;
      case "over":
        this.#deps.log.info({ end: output.end, ...this.#state.counters }, "leg over");
        this.#leaving = this.#leg?.over(output.end);
        break;
      case "close":
        this.#close(output.as);
    }
  }

  async #admit(config: StreamingConfig): Promise<void> {
    const { admit, timings, log } = this.#deps;
    this.#expect(timings.lookupMs + timings.configMs);
    try {
      const admission = await admit(config, this);
      if (!admission.admitted) {
        this.put({ type: "refuse", why: admission.why });
        return;
      }
      // It may have left while we looked.
      if (this.#state.phase !== "waiting") {
        await admission.leg.over("lost");
        return;
      }
      this.#leg = admission.leg;
      this.#expect(timings.silenceMs);
      this.put({ type: "admit" });
    } catch (error) {
      log.error({ err: error }, "leg could not be admitted");
      this.put({ type: "refuse", why: "fault" });
    }
  }

  /** Whatever makes a caller a stranger, the answer is the same after the same time. */
  #close(as: "done" | "stranger"): void {
    clearTimeout(this.#silence);
    if (as === "done") {
      this.#stream.end();
      this.#finish();
      return;
    }
    const wait = Math.max(0, this.#arrivedAt + this.#deps.timings.refusalMs - performance.now());
    setTimeout(() => {
      this.#stream.emit("error", { code: status.UNAUTHENTICATED, details: "Unauthenticated" });
      this.#finish();
    }, wait);
  }

  #finish(): void {
    clearTimeout(this.#silence);
    void (this.#leaving ?? Promise.resolve())
      .catch((error: unknown) => {
        this.#deps.log.error({ err: error }, "leg could not be ended properly");
      })
      .finally(this.#resolve);
  }
}
