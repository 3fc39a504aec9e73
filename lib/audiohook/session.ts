import { CLIENT_HANDLERS, finishClose } from "./client-handlers.ts";
import { type ClientMessage, readClientMessage } from "./client-message.ts";
import { SAMPLE_RATE } from "./duration.ts";
import { splitMulaw } from "./mulaw.ts";
import { queueControl, queueEntities, sendWaiting } from "./outgoing.ts";
import type { SessionInput, SessionOutput } from "./session-contract.ts";
import { failProtocol, type SessionState, type Step, sendDisconnect } from "./session-state.ts";
import { advance } from "./timeline.ts";

/**
 * The whole protocol of one AudioHook session, version 2, as a state machine: it reads no clock, owns no
 * socket and waits for nothing. The state passed in is changed in place (there are hundreds of frames a
 * second); what must happen outside comes back, in order.
 */
export function stepSession(state: SessionState, input: SessionInput, nowMs: number): SessionOutput[] {
  const step: Step = { state, nowMs, outputs: [] };
  if (state.phase !== "closed") take(step, input);
  return step.outputs;
}

function take(step: Step, input: SessionInput): void {
  switch (input.type) {
    case "text":
      takeText(step, input.text);
      break;
    case "audio":
      takeAudio(step, input.bytes);
      break;
    case "lost":
      takeLoss(step);
      break;
    case "finalized":
      finishClose(step);
      break;
    case "event":
      queueEntities(step, input.entities);
      break;
    case "pause":
    case "resume":
      queueControl(step, input.type);
      break;
    case "disconnect":
      sendDisconnect(step, input.reason, input.reason, input.info);
      break;
    case "tick":
      step.state.waking = false;
      sendWaiting(step);
  }
}

function takeText(step: Step, text: string): void {
  const { state } = step;
  const message = readClientMessage(text);
  if (message && state.disconnecting) {
    takeLastWords(step, message);
    return;
  }
  const complaint = message ? checkOrder(state, message) : "The message is malformed.";
  if (!message || complaint) {
    failProtocol(step, complaint ?? "");
    return;
  }
  state.clientSeq = message.seq;
  const handler = CLIENT_HANDLERS.get(message.type);
  if (handler) handler(step, message);
  else state.counters.ignoredMessages += 1;
  checkPosition(state, message);
}

function checkOrder(state: SessionState, message: ClientMessage): string | undefined {
  if (message.id.toLowerCase() !== state.sessionId.toLowerCase()) return "The session id does not match.";
  if (message.seq !== state.clientSeq + 1) return "The sequence number is not the next one.";
  if (message.serverseq > state.serverSeq) return "The server sequence number was never sent.";
  return undefined;
}

/** After our `disconnect` rules no longer matter, the closing exchange does: without it the client waits. */
function takeLastWords(step: Step, message: ClientMessage): void {
  step.state.clientSeq = message.seq;
  if (message.type !== "close" && message.type !== "ping") return;
  CLIENT_HANDLERS.get(message.type)?.(step, message);
}

/** A cross-check only: our own count of samples stays the source. */
function checkPosition(state: SessionState, { position }: ClientMessage): void {
  if (position === undefined || !state.timeline || state.paused) return;
  if (Math.abs(position - state.timeline.position) > SAMPLE_RATE) state.counters.positionMismatches += 1;
}

function takeAudio(step: Step, bytes: Uint8Array): void {
  const { state } = step;
  const channels = state.media?.channels.length ?? 0;
  const expected = state.phase === "open" && !state.disconnecting && !state.paused && channels > 0;
  if (!expected || !state.timeline) {
    state.counters.droppedFrames += 1;
    state.counters.droppedSamples += Math.floor(bytes.length / Math.max(1, channels));
    return;
  }
  if (bytes.length % channels !== 0) {
    failProtocol(step, "The audio frame ends inside a sample group.");
    return;
  }
  const offsetMs = advance(state.timeline, bytes.length / channels);
  if (!state.live || bytes.length === 0) return;
  const samples = splitMulaw(bytes, channels);
  const tracks = state.parties.map((party, i) => ({ party, samples: samples[i] ?? new Int16Array(0) }));
  step.outputs.push({ type: "audio", offsetMs, tracks });
}

function takeLoss(step: Step): void {
  const { state, outputs } = step;
  const running = state.live && state.phase === "open";
  state.phase = "closed";
  if (running) outputs.push({ type: "finalize", reason: state.ownEnd ?? "connection_lost" });
}
