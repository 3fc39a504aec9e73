import { type Entity, type MediaOffer, readTranscript, type Transcript } from "./messages.ts";
import type { Violation } from "./server-check.ts";

/** What happens on a call, in order. Times are milliseconds; `atMs` is the stream's own time. */
export type CallEvent =
  | { type: "connecting"; url: string; conversationId: string; sessionId: string }
  | { type: "connected"; afterMs: number }
  | {
      type: "opened";
      afterMs: number;
      media?: MediaOffer;
      startPaused: boolean;
      supportedLanguages?: string[];
    }
  | { type: "audio"; atMs: number; bytes: number }
  | { type: "pong"; rttMs: number }
  | { type: "paused"; by: "server" | "client"; atMs: number }
  | { type: "resumed"; atMs: number; lostMs: number }
  | { type: "discarded"; atMs: number; lostMs: number }
  | { type: "updated" }
  | { type: "transcript"; atMs: number; transcript: Transcript }
  | { type: "entities"; atMs: number; entities: Entity[] }
  | { type: "reconnect-asked"; info?: string }
  | { type: "disconnect"; reason: string; info?: string }
  | { type: "violation"; violation: Violation }
  | { type: "closing"; reason: string; atMs: number }
  | { type: "ended"; report: CallReport };

/**
 * - completed: closed by agreement
 * - disconnected: the server asked for the end and got it
 * - refused: answered with an HTTP status instead of a socket
 * - unreachable: nobody answered
 * - violated: the server broke the protocol
 * - lost: the socket closed without the agreed end
 * - cut: the caller cut the socket, as asked
 */
export type CallOutcome =
  | "completed"
  | "disconnected"
  | "refused"
  | "unreachable"
  | "violated"
  | "lost"
  | "cut";

export type CallReport = {
  outcome: CallOutcome;
  /** One sentence for a person. */
  detail: string;
  status?: number;
  conversationId: string;
  sessionId: string;
  openedAfterMs?: number;
  closedAfterMs?: number;
  streamedMs: number;
  framesSent: number;
  bytesSent: number;
  serverMessages: number;
  rttsMs: number[];
  violations: Violation[];
};

export function emptyReport(conversationId: string, sessionId: string): CallReport {
  return {
    outcome: "completed",
    detail: "",
    conversationId,
    sessionId,
    streamedMs: 0,
    framesSent: 0,
    bytesSent: 0,
    serverMessages: 0,
    rttsMs: [],
    violations: [],
  };
}

/** The entities as they came, then once more those that are transcripts. */
export function entityEvents(entities: Entity[], atMs: number): CallEvent[] {
  const transcripts = entities.flatMap((entity) => {
    const transcript = entity.type === "transcript" ? readTranscript(entity).transcript : undefined;
    return transcript ? [{ type: "transcript" as const, atMs, transcript }] : [];
  });
  return [{ type: "entities", atMs, entities }, ...transcripts];
}
