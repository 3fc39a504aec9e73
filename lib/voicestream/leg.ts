import { advance, holdAt, type LegGap, type LegTime, newLegTime, resumeAt } from "./leg-time.ts";
import { CLIENT, SERVER, type ServerCode } from "./status-code.ts";
import type { LegRequest, StreamingConfig } from "./wire.ts";

/** Why a leg is over. `lost`: its stream broke and it may come back on another one. */
export type LegEnd = "ended" | "disconnected" | "failed" | "lost";

export type LegInput =
  | { type: "request"; request: LegRequest }
  /** What the host found out about the configuration that it was asked to admit. */
  | { type: "admit" }
  | { type: "refuse"; why: "stranger" | "no-resource" | "not-wanted" | "fault" }
  /** This process ends, or another stream has taken the leg over. */
  | { type: "reconnect" | "supersede" }
  /** Nothing came for too long. */
  | { type: "timeout" }
  /** The platform has closed its side, or the stream is gone. */
  | { type: "closed" | "gone" };

/** What the host must do, in this order. Moments are milliseconds since the epoch. */
export type LegOutput =
  | { type: "admission"; config: StreamingConfig }
  | { type: "status"; code: ServerCode; message: string }
  | { type: "audio"; atMs: number; samples: Int16Array }
  | LegGap
  | { type: "paused" | "resumed" }
  /** Exactly once for each admitted leg. */
  | { type: "over"; end: LegEnd }
  /** Ends our side of the stream; a stranger learns nothing but that. */
  | { type: "close"; as: "done" | "stranger" };

export type LegCounters = { frames: number; earlyFrames: number; oddFrames: number; ignored: number };

export type LegState = {
  phase: "new" | "waiting" | "live" | "held" | "over" | "closed";
  time: LegTime;
  counters: LegCounters;
};

export function newLegState(): LegState {
  const counters = { frames: 0, earlyFrames: 0, oddFrames: 0, ignored: 0 };
  return { phase: "new", time: newLegTime(), counters };
}

/** LINEAR16 at 8 kHz: all that the platform sends today. */
const LINEAR16 = 1;
const SAMPLE_RATE = 8000;
const LONGEST_ID = 200;

/** One leg's protocol: no stream, no clock, no storage. Changes `state` and says what to do. */
export function stepLeg(state: LegState, input: LegInput, nowMs: number): LegOutput[] {
  if (state.phase === "closed") return [];
  switch (input.type) {
    case "request":
      return request(state, input.request, nowMs);
    case "admit":
      return admit(state);
    case "refuse":
      return refuse(state, input.why);
    case "reconnect":
      // What comes until the platform has gone is still heard.
      return [status(SERVER.reconnect, "This server is going down, come back on another stream.")];
    case "supersede":
      return leave(state, "lost", SERVER.disconnect, "Another stream carries this leg now.");
    case "timeout":
      return leave(state, "lost", SERVER.timeout, "Nothing came for too long.");
    case "closed":
    case "gone":
      return [...over(state, "lost"), ...close(state, "done")];
  }
}

const isAdmitted = ({ phase }: LegState) => phase === "live" || phase === "held";

function request(state: LegState, given: LegRequest, nowMs: number): LegOutput[] {
  switch (given.kind) {
    case "config":
      return configure(state, given.config);
    case "audio":
      return audio(state, given, nowMs);
    case "status":
      return said(state, given.code, nowMs);
    case "unknown":
      state.counters.ignored += 1;
      return [];
  }
}

function configure(state: LegState, config: StreamingConfig): LegOutput[] {
  if (state.phase !== "new") {
    state.counters.ignored += 1;
    return [];
  }
  if (!isReadable(config))
    return leave(state, "failed", SERVER.generic, "The configuration has no call, or one that is too long.");
  if (config.encoding !== LINEAR16 || config.sampleRate !== SAMPLE_RATE)
    return leave(state, "failed", SERVER.generic, "Only LINEAR16 at 8000 Hz is understood here.");
  state.phase = "waiting";
  return [{ type: "admission", config }];
}

function isReadable({ callId, domainId, campaignId, agentId, subscriptionId, skillId }: StreamingConfig) {
  const ids = [callId, domainId, campaignId, agentId, subscriptionId, skillId];
  return callId !== "" && ids.every((id) => id.length <= LONGEST_ID);
}

function admit(state: LegState): LegOutput[] {
  if (state.phase !== "waiting") return [];
  state.phase = "live";
  return [status(SERVER.startStreaming, "Start streaming.")];
}

const REFUSALS = {
  "no-resource": [SERVER.noResource, "No room for another leg at the moment."],
  "not-wanted": [SERVER.disconnect, "This leg is not transcribed."],
  fault: [SERVER.generic, "The leg cannot be taken at the moment."],
} as const;

function refuse(state: LegState, why: Extract<LegInput, { type: "refuse" }>["why"]): LegOutput[] {
  if (state.phase !== "waiting") return [];
  if (why === "stranger") return close(state, "stranger");
  const [code, message] = REFUSALS[why];
  return [status(code, message), ...close(state, "done")];
}

function audio(
  state: LegState,
  { bytes, sentAtMs }: Extract<LegRequest, { kind: "audio" }>,
  nowMs: number,
): LegOutput[] {
  const { counters } = state;
  // Only what follows our 1001 is the call's; before it nobody may be heard.
  if (!isAdmitted(state)) {
    counters.earlyFrames += 1;
    return [];
  }
  counters.frames += 1;
  if (bytes.length % 2 !== 0) counters.oddFrames += 1;
  const samples = samplesOf(bytes);
  if (samples.length === 0) return [];
  // Audio is a resumption whose word was lost.
  const resumed = state.phase === "held" ? resume(state, sentAtMs ?? nowMs) : [];
  const { atMs, gap } = advance(state.time, { samples: samples.length, sentAtMs, nowMs });
  return [...resumed, ...(gap ? [gap] : []), { type: "audio", atMs, samples }];
}

function said(state: LegState, code: number, nowMs: number): LegOutput[] {
  switch (code) {
    case CLIENT.callEnded:
      return [...over(state, "ended"), ...close(state, "done")];
    case CLIENT.disconnect:
      return [...over(state, "disconnected"), ...close(state, "done")];
    case CLIENT.noResource:
    case CLIENT.timeout:
    case CLIENT.generic:
      return [...over(state, "failed"), ...close(state, "done")];
    case CLIENT.hold:
      if (state.phase !== "live") return [];
      state.phase = "held";
      holdAt(state.time, nowMs);
      return [{ type: "paused" }];
    case CLIENT.resume:
      return state.phase === "held" ? resume(state, nowMs) : [];
    default:
      // Success, and whatever later versions say.
      state.counters.ignored += 1;
      return [];
  }
}

function resume(state: LegState, atMs: number): LegOutput[] {
  state.phase = "live";
  const gap = resumeAt(state.time, atMs);
  return [{ type: "resumed" }, ...(gap ? [gap] : [])];
}

function leave(state: LegState, end: LegEnd, code: ServerCode, message: string): LegOutput[] {
  return [status(code, message), ...over(state, end), ...close(state, "done")];
}

function over(state: LegState, end: LegEnd): LegOutput[] {
  const admitted = isAdmitted(state);
  state.phase = "over";
  return admitted ? [{ type: "over", end }] : [];
}

function close(state: LegState, as: "done" | "stranger"): LegOutput[] {
  state.phase = "closed";
  return [{ type: "close", as }];
}

const status = (code: ServerCode, message: string): LegOutput => ({ type: "status", code, message });

/** Little-endian, as LINEAR16 is sent; a byte left over at the end belongs to no sample. */
function samplesOf(bytes: Uint8Array): Int16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int16Array.from({ length: Math.floor(bytes.length / 2) }, (_, i) => view.getInt16(i * 2, true));
}
