import type { WebSocket } from "ws";
import { stepSession } from "#/lib/audiohook/session.ts";
import type { OpenedCall, SessionInput, SessionOutput } from "#/lib/audiohook/session-contract.ts";
import { newSessionState } from "#/lib/audiohook/session-state.ts";
import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { SpeechEngine } from "#/lib/stt/speech-engine.ts";
import type { CallRegistry, Entry } from "./call-registry.ts";
import { LiveCall } from "./live-call.ts";
import { addCounts, type Measurements } from "./measurements.ts";
import type { AudiohookConnection } from "./ports.ts";
import type { Timings } from "./timings.ts";
import { TranscriptEvents } from "./transcript-events.ts";

/** A client that reads this little of what we send is gone in all but name. */
const MOST_UNREAD_BYTES = 1_000_000;
/** For the closing handshake after an error of the WebSocket layer itself. */
const BROKEN_SOCKET_MS = 2000;

export type SocketDeps = {
  registry: CallRegistry;
  measurements: Measurements;
  timings: Timings;
  clock: Clock;
  log: Log;
};

export type Caller = {
  sessionId: string;
  organizationId: string;
  connection: AudiohookConnection;
  /** Which one hears this tenant's calls. */
  engine: SpeechEngine;
};

type Carried = { key: string; entry: Entry; live: LiveCall };

/** Joins one socket to one protocol session: everything here is input, output and timers. */
export class SocketSession {
  readonly sessionId: string;
  readonly connectionId: string;
  /** Its counters are in the process's totals already. */
  counted = false;
  readonly over: Promise<void>;
  readonly #ws: WebSocket;
  readonly #caller: Caller;
  readonly #deps: SocketDeps;
  readonly #state;
  readonly #log: Log;
  readonly #timers = new Set<NodeJS.Timeout>();
  #openGuard: NodeJS.Timeout | undefined;
  #goodbyeGuard: NodeJS.Timeout | undefined;
  #carried: Carried | undefined;
  #finalizing: Promise<void> | undefined;
  #readAt = 0;
  #heardAt = performance.now();

  constructor(ws: WebSocket, caller: Caller, deps: SocketDeps) {
    this.#ws = ws;
    this.#caller = caller;
    this.#deps = deps;
    this.sessionId = caller.sessionId;
    this.connectionId = caller.connection.connectionId;
    this.#log = deps.log.child({ sessionId: caller.sessionId, connectionId: caller.connection.connectionId });
    const { sessionId, organizationId } = caller;
    const supportedLanguages = caller.engine.languages;
    this.#state = newSessionState({ sessionId, organizationId, supportedLanguages }, performance.now());
    this.over = new Promise((resolve) => this.#attach(resolve));
    this.#openGuard = this.#after(deps.timings.openMs, () =>
      this.put({ type: "disconnect", reason: "error" }),
    );
  }

  get engine(): SpeechEngine {
    return this.#caller.engine;
  }

  /** A call, and no probe or one that has yet to open. */
  get carries(): boolean {
    return this.#carried !== undefined;
  }

  get counters() {
    return this.#state.counters;
  }

  get heardAt(): number {
    return this.#heardAt;
  }

  /** Feeds the protocol and does what it asks. A fault in here costs this session only. */
  put(input: SessionInput): void {
    try {
      for (const output of stepSession(this.#state, input, performance.now())) this.#do(output);
    } catch (error) {
      this.#log.error({ err: error }, "audiohook session failed");
      this.#ws.terminate();
    }
  }

  terminate(): void {
    this.#ws.terminate();
  }

  #attach(over: () => void): void {
    this.#ws.on("message", (data: Buffer, isBinary) => {
      this.#readAt = performance.now();
      this.#heardAt = this.#readAt;
      this.put(isBinary ? { type: "audio", bytes: data } : { type: "text", text: data.toString("utf8") });
    });
    this.#ws.on("error", (error) => {
      this.#log.warn({ err: error }, "audiohook socket failed");
      this.#after(BROKEN_SOCKET_MS, () => this.#ws.terminate());
    });
    this.#ws.on("close", () => {
      this.put({ type: "lost" });
      for (const timer of this.#timers) clearTimeout(timer);
      addCounts(this.#deps.measurements.ended, this.#state.counters);
      this.counted = true;
      void (this.#finalizing ?? Promise.resolve()).then(over);
    });
  }

  #do(output: SessionOutput): void {
    const live = this.#carried?.live;
    switch (output.type) {
      case "send":
        this.#send(output.message, output.text);
        break;
      case "opened":
        this.#begin(output.call);
        break;
      case "audio":
        live?.audio(output.offsetMs, output.tracks);
        break;
      case "jump":
        live?.jump(output.fromMs, output.toMs, output.reason);
        break;
      case "paused":
        live?.paused();
        break;
      case "resumed":
        live?.resumed();
        break;
      case "language":
        live?.changeLanguage(output.language);
        break;
      case "finalize":
        // The client has said its goodbye: the time until `closed` is bounded by the flush.
        clearTimeout(this.#goodbyeGuard);
        this.#finalizing = this.#finalize(output.reason).catch((error: unknown) => {
          this.#log.error({ err: error }, "call could not be ended properly");
        });
        break;
      case "expect-close":
        this.#expectEnd();
        break;
      case "wake":
        this.#after(output.afterMs, () => this.put({ type: "tick" }));
    }
  }

  #send(message: string, text: string): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    this.#ws.send(text);
    if (this.#ws.bufferedAmount > MOST_UNREAD_BYTES) this.#ws.terminate();
    if (message === "opened") {
      clearTimeout(this.#openGuard);
      this.#deps.measurements.handshake(performance.now() - this.#readAt);
    }
    // The client closes the socket; ending it first would look like a network failure to it.
    if (message === "closed") this.#expectEnd();
  }

  #expectEnd(): void {
    clearTimeout(this.#goodbyeGuard);
    this.#goodbyeGuard = this.#after(this.#deps.timings.goodbyeMs, () => this.#ws.terminate());
  }

  #begin({ parties, continuedSessions, ...opened }: OpenedCall): void {
    const { connection, sessionId, engine } = this.#caller;
    const { tenantId, connectionId } = connection;
    const { timings, registry, clock } = this.#deps;
    const call = { ...opened, tenantId, connectionId, sessionId, startedAt: new Date(clock()) };
    const key = JSON.stringify(
      [connectionId, sessionId, opened.conversationId].map((id) => id.toLowerCase()),
    );
    const carrier = { supersede: () => this.put({ type: "disconnect", reason: "completed" }) };
    const entry = registry.enter(key, carrier);
    const live = new LiveCall({
      call,
      speakers: parties,
      engine,
      outbox: entry.outbox,
      transcripts: this.#transcripts(parties),
      ...timings,
    });
    this.#carried = { key, entry, live };
    live.start(!entry.resumed);
    this.#log.info(
      {
        conversationId: opened.conversationId,
        parties,
        continued: continuedSessions.length,
        speech: engine.name,
      },
      "call opened",
    );
  }

  #transcripts(parties: readonly Speaker[]): TranscriptEvents | undefined {
    const { connection, engine } = this.#caller;
    if (!connection.sendTranscripts || !engine.wordTimes) return undefined;
    return new TranscriptEvents({
      parties,
      send: (entities) => this.put({ type: "event", entities }),
      now: () => performance.now(),
    });
  }

  async #finalize(reason: string): Promise<void> {
    const carried = this.#carried;
    if (!carried) return;
    const inTime = await carried.live.finish();
    this.put({ type: "finalized" });
    const { registry, clock } = this.#deps;
    if (registry.leave(carried.key, carried.entry)) {
      carried.live.end(reason, new Date(clock()));
      void registry.release(carried.entry.outbox);
    }
    this.#log.info({ reason, inTime, ...this.#state.counters }, "call ended");
  }

  #after(ms: number, action: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }
}
