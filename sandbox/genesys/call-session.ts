import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { WebSocket } from "ws";
import { type CallAudio, createCallAudio } from "./call-audio.ts";
import {
  type CallEvent,
  type CallOutcome,
  type CallReport,
  emptyReport,
  entityEvents,
} from "./call-events.ts";
import { type CallOptions, SERVICE_TIMEOUTS } from "./call-options.ts";
import { connectAudioHook, listenTo } from "./connect.ts";
import { type CloseReason, NIL_UUID, type ServerMessage, type ServerMessageOf } from "./messages.ts";
import { openParameters } from "./open-parameters.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { refusalText, unreachableText } from "./outcome-text.ts";
import { createPinger, type Pinger } from "./pinger.ts";
import { createServerCheck, type Phase, type ServerCheck, type Violation } from "./server-check.ts";
import { durationOfMs } from "./stream-time.ts";
import { tokenBucket } from "./token-bucket.ts";

/** This much unsent audio means that the server has stopped reading: the service then drops and says so. */
const MAX_UNSENT_BYTES = 64_000;

/** One socket's life. It ends exactly once, with a report. */
export class CallSession {
  readonly conversationId: string;
  readonly sessionId: string;
  readonly done: Promise<CallReport>;
  readonly #options: CallOptions;
  readonly #timeouts: typeof SERVICE_TIMEOUTS;
  readonly #socket: WebSocket;
  readonly #check: ServerCheck;
  readonly #emit: (event: CallEvent) => void;
  readonly #outbox: Outbox;
  readonly #audio: CallAudio;
  readonly #pinger: Pinger;
  readonly #report: CallReport;
  readonly #startedAt = performance.now();
  #settle: (report: CallReport) => void = () => {};
  #phase: Phase | "connecting" | "ended" = "connecting";
  #deadline: NodeJS.Timeout | undefined;
  #outcome: CallOutcome = "completed";
  #detail = "The call ended as agreed.";
  #openedAt = 0;
  #closingAt = 0;
  /** Once a second is enough: an answer to every message too many would be a flood of its own. */
  readonly #mayComplain = tokenBucket({ perSecond: 1, burst: 1, now: () => performance.now() });

  constructor(options: CallOptions) {
    this.#options = options;
    this.#emit = options.onEvent ?? (() => {});
    this.#timeouts = { ...SERVICE_TIMEOUTS, ...options.timeouts };
    this.conversationId = options.probe ? NIL_UUID : (options.conversationId ?? randomUUID());
    this.sessionId = options.sessionId ?? randomUUID();
    this.done = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#report = emptyReport(this.conversationId, this.sessionId);
    const now = () => performance.now();
    this.#socket = connectAudioHook(options, this.sessionId);
    this.#outbox = createOutbox({
      socket: this.#socket,
      sessionId: this.sessionId,
      serverSeq: () => this.#check.lastSeq(),
      position: () => this.#audio.position(),
    });
    this.#check = createServerCheck({
      sessionId: this.sessionId,
      offers: openParameters(options, this.conversationId).media,
      ownSeq: () => this.#outbox.lastSeq(),
      now,
    });
    this.#audio = createCallAudio({
      ...options,
      sendFrame: (frame) => {
        this.#socket.send(frame);
        this.#report.framesSent += 1;
        this.#report.bytesSent += frame.length;
      },
      writable: () => this.#socket.bufferedAmount < MAX_UNSENT_BYTES,
      announce: (type, parameters) => this.#outbox.send(type, parameters),
      emit: this.#emit,
      ended: () => this.hangUp(),
    });
    this.#pinger = createPinger({
      firstMs: this.#timeouts.firstPingMs,
      everyMs: this.#timeouts.pingEveryMs,
      now,
      send: (rtt) => this.#outbox.send("ping", rtt === undefined ? {} : { rtt: durationOfMs(rtt) }),
      missed: () =>
        this.#violate({ code: 408, message: "no pong before the next ping was due", fatal: true }),
    });
    this.#listen();
  }

  /** Sends what the platform says unasked; only an open call can be told anything. */
  tell(act: (audio: CallAudio, outbox: Outbox) => void): void {
    if (this.#phase === "open") act(this.#audio, this.#outbox);
  }

  hangUp(): void {
    this.#close("end");
  }

  cut(): void {
    this.#end("cut", "The socket was cut, as asked.");
    this.#socket.terminate();
  }

  positionMs(): number {
    return this.#audio.positionMs();
  }

  #listen(): void {
    const { url } = this.#options;
    this.#emit({ type: "connecting", url, conversationId: this.conversationId, sessionId: this.sessionId });
    listenTo(this.#socket, {
      opened: () => this.#opening(),
      text: (text) => this.#read(text),
      binary: () => this.#violate({ code: 415, message: "a binary message from the server", fatal: true }),
      refused: (status) => {
        this.#report.status = status;
        this.#end("refused", refusalText(status));
      },
      failed: (error) =>
        this.#phase === "connecting"
          ? this.#end("unreachable", unreachableText(url, error))
          : this.#end("lost", `The connection failed: ${error.message}.`),
      closed: (code) =>
        this.#report.closedAfterMs === undefined
          ? this.#end("lost", `The server closed the socket (${code}) without the agreed end.`)
          : this.#end(this.#outcome, this.#detail),
    });
  }

  #opening(): void {
    if (this.#phase !== "connecting") return;
    this.#phase = "opening";
    this.#openedAt = performance.now();
    this.#emit({ type: "connected", afterMs: this.#openedAt - this.#startedAt });
    this.#audio.begin();
    this.#outbox.send("open", openParameters(this.#options, this.conversationId));
    this.#expect("opened", this.#timeouts.openMs);
  }

  #read(text: string): void {
    const phase = this.#phase;
    if (phase === "connecting" || phase === "ended") return;
    this.#report.serverMessages += 1;
    const { message, violations } = this.#check.read(text, phase);
    for (const violation of violations) this.#violate(violation);
    if (message && this.#phase === phase) this.#handle(message);
  }

  #handle(message: ServerMessage): void {
    switch (message.type) {
      case "opened":
        this.#onOpened(message);
        break;
      case "pong":
        this.#onPong(message.clientseq);
        break;
      case "updated":
        this.#emit({ type: "updated" });
        break;
      case "pause":
      case "resume":
        this.#audio[message.type === "pause" ? "pausedBy" : "resumedBy"]("server");
        break;
      case "event":
        for (const event of entityEvents(message.parameters.entities, this.positionMs())) this.#emit(event);
        break;
      case "reconnect":
        this.#emit({ type: "reconnect-asked", ...message.parameters });
        break;
      case "disconnect":
        this.#onDisconnect(message.parameters);
        break;
      case "closed":
        this.#onClosed();
        break;
    }
  }

  #onOpened({ parameters }: ServerMessageOf<"opened">): void {
    clearTimeout(this.#deadline);
    this.#phase = "open";
    const afterMs = performance.now() - this.#openedAt;
    this.#report.openedAfterMs = afterMs;
    const { startPaused = false, supportedLanguages } = parameters;
    const [media] = parameters.media;
    this.#emit({ type: "opened", afterMs, startPaused, media, supportedLanguages });
    if (this.#options.probe) {
      this.#close("end");
      return;
    }
    this.#pinger.start();
    this.#audio.flow(media?.channels ?? [], startPaused);
  }

  #onPong(clientseq: number): void {
    const rttMs = this.#pinger.pong(clientseq);
    if (rttMs !== undefined) {
      this.#report.rttsMs.push(rttMs);
      this.#emit({ type: "pong", rttMs });
    } else if (this.#phase === "open") {
      this.#violate({ code: 409, message: `pong ${clientseq} answers no ping that is waiting`, fatal: true });
    }
  }

  #onDisconnect(parameters: ServerMessageOf<"disconnect">["parameters"]): void {
    this.#emit({ type: "disconnect", ...parameters });
    this.#outcome = "disconnected";
    this.#detail = `The server ended the call (${parameters.reason})${parameters.info ? `: ${parameters.info}` : "."}`;
    this.#close("disconnect");
  }

  #onClosed(): void {
    clearTimeout(this.#deadline);
    this.#report.closedAfterMs = performance.now() - this.#closingAt;
    this.#socket.close();
    this.#deadline = setTimeout(() => this.#socket.terminate(), this.#timeouts.closeMs);
  }

  #violate(violation: Violation): void {
    this.#report.violations.push(violation);
    this.#emit({ type: "violation", violation });
    const { code, message, fatal } = violation;
    if (fatal && this.#phase !== "closing" && this.#phase !== "ended") {
      this.#outbox.send("error", { code, message });
      this.#outcome = "violated";
      this.#detail = `The server broke the protocol (${code}): ${message}.`;
      this.#close("error");
    } else if (code === 429 && this.#phase === "open" && this.#mayComplain()) {
      this.#outbox.send("error", { code, message, retryAfter: "PT1S" });
    }
  }

  #close(reason: CloseReason): void {
    if (this.#phase === "connecting") this.cut();
    if (this.#phase === "closing" || this.#phase === "ended") return;
    this.#phase = "closing";
    this.#audio.stop();
    this.#pinger.stop();
    this.#closingAt = performance.now();
    this.#outbox.send("close", { reason });
    this.#emit({ type: "closing", reason, atMs: this.positionMs() });
    this.#expect("closed", this.#timeouts.closeMs);
  }

  #expect(type: "opened" | "closed", withinMs: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => {
      this.#violate({ code: 408, message: `no ${type} within ${withinMs / 1000} s`, fatal: true });
      if (type === "opened") return;
      this.#end("violated", `The server sent no closed within ${withinMs / 1000} s.`);
      this.#socket.terminate();
    }, withinMs);
  }

  #end(outcome: CallOutcome, detail: string): void {
    if (this.#phase === "ended") return;
    this.#phase = "ended";
    clearTimeout(this.#deadline);
    this.#audio.stop();
    this.#pinger.stop();
    Object.assign(this.#report, { outcome, detail, streamedMs: this.positionMs() });
    this.#emit({ type: "ended", report: this.#report });
    this.#settle(this.#report);
  }
}
