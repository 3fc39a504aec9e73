import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { SpeechEngine } from "#/lib/stt/speech-engine.ts";
import type { LegEnd } from "#/lib/voicestream/leg.ts";
import type { LegGap } from "#/lib/voicestream/leg-time.ts";
import type { CallOutbox } from "./call-outbox.ts";
import { LiveCall } from "./live-call.ts";
import type { Call } from "./ports.ts";
import type { VoiceTimings } from "./voicestream-ports.ts";

/** What carries a leg; another stream may take the leg over. */
export type LegCarrier = { supersede(): void };

type Leg = { carrier: LegCarrier; live: LiveCall; held: boolean };

type Options = {
  call: Call;
  engine: SpeechEngine;
  outbox: CallOutbox;
  timings: VoiceTimings;
  now: () => number;
  /** Whether its streams are being sent to another process: what leaves then is not over. */
  moving: () => boolean;
  onOver: () => void;
};

const OTHER = { customer: "agent", agent: "customer" } as const;
const REASONS = { ended: "end", disconnected: "disconnect", failed: "error", lost: "lost" } as const;

/** One call of two legs, each on a stream of its own; both stand on one time line that begins with the first. */
export class VoiceCall {
  readonly call: Call;
  readonly came = new Set<Speaker>();
  readonly #options: Options;
  readonly #legs = new Map<Speaker, Leg>();
  #finishing = 0;
  #grace: NodeJS.Timeout | undefined;
  #over = false;

  constructor(options: Options) {
    this.#options = options;
    this.call = options.call;
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** `call` is what this leg knows; what an earlier one has told already is not told again. */
  join(speaker: Speaker, carrier: LegCarrier, call: Call): VoiceLeg {
    const { outbox, engine, timings, now } = this.#options;
    clearTimeout(this.#grace);
    const before = this.#legs.get(speaker);
    // Its own leaving must find that it holds the leg no more.
    this.#legs.delete(speaker);
    before?.carrier.supersede();
    if (before) void this.#finish(before.live, "lost");
    const news = this.came.size === 0 || knowsMore(call, this.call);
    this.came.add(speaker);
    if (news) {
      const told = { ...call, startedAt: this.came.size === 1 ? this.call.startedAt : new Date(now()) };
      outbox.put((sink) => sink.started(told));
    }
    const live = new LiveCall({ call: this.call, speakers: [speaker], engine, outbox, ...timings });
    live.start(false);
    const leg = { carrier, live, held: false };
    this.#legs.set(speaker, leg);
    return {
      audio: (atMs, samples) => live.audio(this.#offset(atMs), [{ party: speaker, samples }]),
      gap: ({ fromMs, toMs, reason }) =>
        this.#gap(speaker, { startMs: this.#offset(fromMs), durationMs: toMs - fromMs, reason }),
      hold: () => this.#hold(leg),
      resume: () => this.#resume(leg),
      over: (end) => this.#leave(speaker, leg, end),
    };
  }

  #offset(atMs: number): number {
    return Math.max(0, atMs - this.call.startedAt.getTime());
  }

  #gap(speaker: Speaker, gap: { startMs: number; durationMs: number; reason: LegGap["reason"] }): void {
    const { call } = this;
    this.#options.outbox.put((sink) => sink.gap(call, { ...gap, speaker }));
  }

  /** What was said before comes out now; agents read "paused" only while nobody is heard at all. */
  #hold(leg: Leg): void {
    leg.held = true;
    leg.live.paused();
    if ([...this.#legs.values()].some(({ held }) => !held)) leg.live.resumed();
  }

  #resume(leg: Leg): void {
    leg.held = false;
    for (const { live } of this.#legs.values()) live.resumed();
  }

  async #leave(speaker: Speaker, leg: Leg, end: LegEnd): Promise<void> {
    if (this.#legs.get(speaker) !== leg) return;
    this.#legs.delete(speaker);
    await this.#finish(leg.live, end);
  }

  /** The call is over when its last leg's last words are out; a lost leg may come back for a while. */
  async #finish(live: LiveCall, end: LegEnd): Promise<void> {
    this.#finishing += 1;
    await live.finish();
    this.#finishing -= 1;
    if (this.#legs.size > 0 || this.#finishing > 0 || this.#over) return;
    if (end !== "lost" || this.#options.moving()) {
      this.end(end);
      return;
    }
    clearTimeout(this.#grace);
    this.#grace = setTimeout(() => this.end("lost"), this.#options.timings.graceMs);
  }

  end(end: LegEnd): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#grace);
    const { outbox, now, moving, onOver } = this.#options;
    const { call } = this;
    // A call that moves on to another process ends there.
    if (end === "ended" || !moving()) {
      this.#tellMissing();
      const at = new Date(now());
      outbox.put((sink) => sink.ended(call, REASONS[end], at));
    }
    onOver();
  }

  /** The half that never came is shown where it is missing: over the whole call. */
  #tellMissing(): void {
    const [only] = this.came;
    if (this.came.size !== 1 || !only || this.isElsewhere) return;
    const durationMs = this.#options.now() - this.call.startedAt.getTime();
    this.#gap(OTHER[only], { startMs: 0, durationMs, reason: "platform_discarded" });
  }

  /** The other half is heard by another process. */
  isElsewhere = false;
}

export type VoiceLeg = {
  audio(atMs: number, samples: Int16Array): void;
  gap(gap: LegGap): void;
  hold(): void;
  resume(): void;
  /** Resolves when its last words are out. */
  over(end: LegEnd): Promise<void>;
};

export function otherHalf(speaker: Speaker): Speaker {
  return OTHER[speaker];
}

function knowsMore({ customConfig: fresh }: Call, { customConfig: known }: Call): boolean {
  const before = new Set(Object.entries({ ...(known as object) }).map(([name, value]) => `${name}=${value}`));
  return Object.entries({ ...(fresh as object) }).some(([name, value]) => !before.has(`${name}=${value}`));
}
