import type { Media, Party } from "./media.ts";
import { fullBucket, spendUrgent, type TokenBucket } from "./rate-limit.ts";
import type {
  DisconnectReason,
  Entity,
  ServerMessage,
  SessionCounters,
  SessionOutput,
} from "./session-contract.ts";
import type { Timeline } from "./timeline.ts";

export type SessionOptions = {
  /** From the upgrade's headers; every message and `open` must agree with them. */
  sessionId: string;
  organizationId: string;
  /** Listed when the client asks. */
  supportedLanguages: readonly string[];
};

export type SessionState = SessionOptions & {
  phase: "waiting" | "open" | "closing" | "closed";
  /** Our `disconnect` is out: only the closing exchange is left. */
  disconnecting: boolean;
  /** Set when we, and not the client, decided the end. */
  ownEnd: string | undefined;
  serverSeq: number;
  clientSeq: number;
  /** A call that has effects: opened and no probe. */
  live: boolean;
  media: Media | undefined;
  parties: Party[];
  timeline: Timeline | undefined;
  paused: boolean;
  bucket: TokenBucket;
  waitingEntities: Entity[];
  waitingControl: "pause" | "resume" | undefined;
  waking: boolean;
  counters: SessionCounters;
};

export function newSessionState(options: SessionOptions, nowMs: number): SessionState {
  return {
    ...options,
    phase: "waiting",
    disconnecting: false,
    ownEnd: undefined,
    serverSeq: 0,
    clientSeq: 0,
    live: false,
    media: undefined,
    parties: [],
    timeline: undefined,
    paused: false,
    bucket: fullBucket(nowMs),
    waitingEntities: [],
    waitingControl: undefined,
    waking: false,
    counters: {
      droppedFrames: 0,
      droppedSamples: 0,
      ignoredMessages: 0,
      protocolErrors: 0,
      clientErrors: 0,
      positionMismatches: 0,
    },
  };
}

/** One step's working set: the state it changes and what it wants done. */
export type Step = { state: SessionState; nowMs: number; outputs: SessionOutput[] };

/** Numbers the message as it leaves, so that `clientseq` is what has been processed at this very moment. */
export function send({ state, outputs }: Step, message: ServerMessage): void {
  state.serverSeq += 1;
  const text = JSON.stringify({
    version: "2",
    id: state.sessionId,
    type: message.type,
    seq: state.serverSeq,
    clientseq: state.clientSeq,
    parameters: message.parameters,
  });
  outputs.push({ type: "send", message: message.type, text });
}

export function sendUrgent(step: Step, message: ServerMessage): void {
  spendUrgent(step.state.bucket, step.nowMs);
  send(step, message);
}

/** Ends the session from our side; the client closes. Only the first one is ever sent. */
export function sendDisconnect(step: Step, reason: DisconnectReason, end: string, info?: string): void {
  const { state } = step;
  if (state.disconnecting || state.phase === "closing" || state.phase === "closed") return;
  state.disconnecting = true;
  state.ownEnd = end;
  sendUrgent(step, { type: "disconnect", parameters: info === undefined ? { reason } : { reason, info } });
  step.outputs.push({ type: "expect-close" });
}

export function failProtocol(step: Step, info: string): void {
  const { state } = step;
  if (state.disconnecting || state.phase === "closed") return;
  state.counters.protocolErrors += 1;
  sendDisconnect(step, "error", "protocol_error", info);
}
