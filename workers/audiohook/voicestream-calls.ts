import { randomUUID } from "node:crypto";
import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { SpeechEngine } from "#/lib/stt/speech-engine.ts";
import type { StreamingConfig } from "#/lib/voicestream/wire.ts";
import { CallOutbox } from "./call-outbox.ts";
import type { Call, CallSink } from "./ports.ts";
import { type LegCarrier, otherHalf, VoiceCall, type VoiceLeg } from "./voicestream-call.ts";
import type { Halves, TellAlone, VoiceConnection, VoiceTimings } from "./voicestream-ports.ts";

export type CallsDeps = {
  sink: CallSink;
  halves: Halves;
  tellAlone: TellAlone;
  timings: VoiceTimings;
  clock: Clock;
  log: Log;
};

type Joining = {
  connection: VoiceConnection;
  config: StreamingConfig;
  engine: SpeechEngine;
  speaker: Speaker;
  carrier: LegCarrier;
};

/** The calls of this process: the legs of one call id in one domain of one connection are one call. */
export class VoiceCalls {
  readonly #deps: CallsDeps;
  readonly #calls = new Map<string, VoiceCall>();
  readonly #outboxes = new Set<CallOutbox>();
  readonly #waits = new Set<NodeJS.Timeout>();
  moving = false;
  lost = 0;
  alone = 0;

  constructor(deps: CallsDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#calls.size;
  }

  get waiting(): number {
    return [...this.#outboxes].reduce((sum, outbox) => sum + outbox.waiting, 0);
  }

  join({ connection, config, engine, speaker, carrier }: Joining): VoiceLeg {
    // Not by subscription: two that stream the same call would show every sentence twice.
    const key = JSON.stringify([connection.connectionId, config.domainId, config.callId]);
    const known = this.#calls.get(key);
    const call = callOf(connection, config, known?.call, this.#deps.clock());
    const joined = known ?? this.#begin(key, call, engine);
    void this.#deps.halves.arrived(call, speaker).catch((error: unknown) => {
      this.#deps.log.warn({ err: error }, "leg could not be noted for other processes");
    });
    if (!known) this.#awaitOther(joined, speaker);
    return joined.join(speaker, carrier, call);
  }

  /** Lets every call that nobody carries any more end; then what they said is delivered, or given up. */
  async settle(withinMs: (work: Promise<unknown>) => Promise<boolean>): Promise<void> {
    for (const wait of this.#waits) clearTimeout(wait);
    for (const call of this.#calls.values()) call.end("lost");
    const delivered = Promise.all([...this.#outboxes].map((outbox) => outbox.idle()));
    if (await withinMs(delivered)) return;
    for (const outbox of this.#outboxes) outbox.abandon();
  }

  #begin(key: string, call: Call, engine: SpeechEngine): VoiceCall {
    const { sink, log, timings, clock } = this.#deps;
    const outbox = new CallOutbox({ sink, log, retryMs: timings.retryMs });
    this.#outboxes.add(outbox);
    const onOver = () => {
      if (this.#calls.get(key) === begun) this.#calls.delete(key);
      void outbox.idle().then(() => {
        if (this.#outboxes.delete(outbox)) this.lost += outbox.lost;
      });
    };
    const moving = () => this.moving;
    const begun = new VoiceCall({ call, engine, outbox, timings, now: clock, moving, onOver });
    this.#calls.set(key, begun);
    return begun;
  }

  #awaitOther(call: VoiceCall, speaker: Speaker): void {
    const { timings } = this.#deps;
    const wait = setTimeout(() => {
      this.#waits.delete(wait);
      if (call.isOver || call.came.size > 1) return;
      void this.#lookElsewhere(call, speaker).catch((error: unknown) => {
        this.#deps.log.warn({ err: error }, "lonely leg could not be told");
      });
    }, timings.otherHalfMs);
    this.#waits.add(wait);
  }

  async #lookElsewhere(call: VoiceCall, speaker: Speaker): Promise<void> {
    const { halves, tellAlone, timings, log } = this.#deps;
    call.isElsewhere = await halves.has(call.call, otherHalf(speaker));
    if (call.isElsewhere) return;
    this.alone += 1;
    log.warn({ conversationId: call.call.conversationId, speaker }, "call has one leg only");
    await tellAlone(call.call, speaker, timings.otherHalfMs);
  }
}

function callOf(
  { tenantId, connectionId, language, skills }: VoiceConnection,
  { callId, domainId, agentId, skillId }: StreamingConfig,
  known: Call | undefined,
  nowMs: number,
): Call {
  const skillName = skills.get(skillId);
  return {
    tenantId,
    connectionId,
    sessionId: known?.sessionId ?? randomUUID(),
    conversationId: callId,
    organizationId: domainId,
    participant: known?.participant ?? { id: callId, ani: "", aniName: "", dnis: "" },
    startedAt: known?.startedAt ?? new Date(nowMs),
    language,
    customConfig: {
      ...(skillId && { queueId: skillId }),
      ...(skillName && { queueName: skillName }),
      ...(agentId && { agentId }),
    },
  };
}
