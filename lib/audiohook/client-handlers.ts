import {
  type ClientMessage,
  closeParametersSchema,
  errorParametersSchema,
  gapParametersSchema,
  isProbe,
  openParametersSchema,
  updateParametersSchema,
} from "./client-message.ts";
import { parseDuration, SAMPLE_RATE } from "./duration.ts";
import { chooseMedia, partiesOf } from "./media.ts";
import { sendAllEntities } from "./outgoing.ts";
import { failProtocol, type Step, sendDisconnect, sendUrgent } from "./session-state.ts";
import { offsetMs, resync, startTimeline } from "./timeline.ts";

type Handler = (step: Step, message: ClientMessage) => void;

const LONGEST_SLOW_DOWN_SECONDS = 60;
const DEFAULT_SLOW_DOWN_SECONDS = 5;
const RATE_LIMITED = 429;

const open: Handler = (step, message) => {
  const { state } = step;
  if (state.phase !== "waiting") return;
  const parameters = openParametersSchema.safeParse(message.parameters).data;
  if (!parameters) {
    failProtocol(step, "The open message is malformed.");
    return;
  }
  if (parameters.organizationId.toLowerCase() !== state.organizationId.toLowerCase()) {
    sendDisconnect(step, "unauthorized", "unauthorized");
    return;
  }
  state.phase = "open";
  state.media = chooseMedia(parameters.media);
  state.parties = state.media ? partiesOf(state.media) : [];
  state.timeline = startTimeline(message.position ?? 0);
  sendUrgent(step, {
    type: "opened",
    parameters: {
      media: state.media ? [state.media] : [],
      ...(parameters.supportedLanguages && { supportedLanguages: state.supportedLanguages }),
    },
  });
  if (isProbe(parameters)) return;
  state.live = true;
  const { media: _offers, supportedLanguages: _asked, ...call } = parameters;
  step.outputs.push({ type: "opened", call: { ...call, parties: state.parties } });
};

const ping: Handler = (step) => sendUrgent(step, { type: "pong", parameters: {} });

const update: Handler = (step, message) => {
  const { state } = step;
  if (state.phase !== "open") return;
  sendUrgent(step, { type: "updated", parameters: {} });
  const language = updateParametersSchema.safeParse(message.parameters).data?.language;
  if (!language || !state.live || !state.timeline) return;
  step.outputs.push({ type: "language", language, offsetMs: offsetMs(state.timeline) });
};

const paused: Handler = ({ state, outputs }) => {
  if (state.phase !== "open" || state.paused) return;
  state.paused = true;
  if (state.live) outputs.push({ type: "paused" });
};

function moveOn(step: Step, message: ClientMessage, reason: "paused" | "platform_discarded"): void {
  const { state, outputs } = step;
  const { start, discarded } = gapParametersSchema.parse(message.parameters);
  if (start === undefined || discarded === undefined || !state.timeline) {
    state.counters.ignoredMessages += 1;
    return;
  }
  if (Math.abs(start - state.timeline.position) > SAMPLE_RATE) state.counters.positionMismatches += 1;
  const jump = resync(state.timeline, start, discarded);
  if (jump && state.live) outputs.push({ type: "jump", ...jump, reason });
}

const resumed: Handler = (step, message) => {
  const { state, outputs } = step;
  if (state.phase !== "open") return;
  if (state.paused && state.live) outputs.push({ type: "resumed" });
  state.paused = false;
  moveOn(step, message, "paused");
};

const discarded: Handler = (step, message) => {
  if (step.state.phase === "open") moveOn(step, message, "platform_discarded");
};

function slowDownSeconds(retryAfter: unknown): number {
  const samples = parseDuration(retryAfter);
  const seconds = samples === undefined ? Number(retryAfter) : samples / SAMPLE_RATE;
  if (!Number.isFinite(seconds) || seconds <= 0) return DEFAULT_SLOW_DOWN_SECONDS;
  return Math.min(seconds, LONGEST_SLOW_DOWN_SECONDS);
}

/** Never answered: an error for an error is a loop. */
const error: Handler = ({ state, nowMs }, message) => {
  state.counters.clientErrors += 1;
  const parameters = errorParametersSchema.parse(message.parameters);
  if (parameters.code !== RATE_LIMITED) return;
  state.bucket.blockedUntilMs = nowMs + slowDownSeconds(parameters.retryAfter) * 1000;
};

export const close: Handler = (step, message) => {
  const { state } = step;
  if (state.phase === "closing" || state.phase === "closed") return;
  state.phase = "closing";
  const { reason } = closeParametersSchema.parse(message.parameters);
  // A probe, or a close before any open, has nothing to bring out.
  if (state.live) step.outputs.push({ type: "finalize", reason: state.ownEnd ?? reason });
  else finishClose(step);
};

/** `closed` goes out once, after the last events, and nothing follows it. */
export function finishClose(step: Step): void {
  const { state } = step;
  if (state.phase !== "closing") return;
  sendAllEntities(step);
  sendUrgent(step, { type: "closed", parameters: {} });
  state.phase = "closed";
}

/** Types that are not here are counted and otherwise ignored; so new ones cannot end a call. */
export const CLIENT_HANDLERS: ReadonlyMap<string, Handler> = new Map(
  Object.entries({ open, ping, update, paused, resumed, discarded, error, close }),
);
