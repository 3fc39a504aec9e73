import { randomUUID } from "node:crypto";
import { type AudioSource, type LiveSource, liveSource, recordingSource } from "./audio/audio-source.ts";
import type { Recording } from "./audio/wav.ts";
import type { CallRequest } from "./conversation-request.ts";
import { audiohookAddress } from "./demo-connection.ts";
import type { CallEvent, CallReport } from "./genesys/call-events.ts";
import type { Call } from "./genesys/call-options.ts";
import type { Violation } from "./genesys/server-check.ts";
import { startCall } from "./genesys/start-call.ts";
import { SandboxError } from "./sandbox-error.ts";

/** `ringing` waits for the agent's page or for the microphone. */
export type CallState = "ringing" | "dialling" | "streaming" | "paused" | "ended";

export type SandboxCall = {
  request: CallRequest;
  conversationId: string;
  /** Absent for a live microphone. */
  recording?: Recording;
  answer(): void;
  pause(): void;
  resume(): void;
  hangUp(): void;
  /** The customer's microphone; the call is answered by its first connection. */
  microphone(): LiveSource;
  view(): CallView;
  done: Promise<void>;
};

export type CallView = {
  state: CallState;
  source: CallRequest["source"];
  elapsedMs: number;
  totalMs?: number;
  pausedBy: ("server" | "client")[];
  openedAfterMs?: number;
  violations: Violation[];
  outcome?: CallReport["outcome"];
  detail?: string;
};

type Options = { request: CallRequest; recording?: Recording; audiohookUrl: string; ringMs: number };

/** One demonstration call: it rings, is dialled into the product, streams and ends, and always knows how it is. */
export function createSandboxCall({ request, recording, audiohookUrl, ringMs }: Options): SandboxCall {
  const conversationId = randomUUID();
  const live = recording ? undefined : liveSource();
  const source: AudioSource = live ?? recordingSource(recording ?? { rate: 8000, channels: [] });
  const view: CallView = {
    state: "ringing",
    source: request.source,
    elapsedMs: 0,
    ...(source.totalSamples && { totalMs: source.totalSamples / 8 }),
    pausedBy: [],
    violations: [],
  };
  const finished = Promise.withResolvers<void>();
  let call: Call | undefined;

  const dial = () => {
    if (view.state !== "ringing") return;
    view.state = "dialling";
    clearTimeout(ringing);
    try {
      call = startCall({
        ...dialOptions(request, audiohookUrl),
        conversationId,
        source,
        onEvent: follow(view),
      });
      void call.done.then(() => finished.resolve());
    } catch (error) {
      end(view, error instanceof SandboxError ? error.message : "The call could not be placed.");
      finished.resolve();
    }
  };
  const ringing = live ? undefined : setTimeout(dial, request.answer === "now" ? 0 : ringMs);

  return {
    request,
    conversationId,
    recording,
    done: finished.promise,
    answer: () => {
      if (!live) dial();
    },
    pause: () => running(call).pause(),
    resume: () => running(call).resume(),
    hangUp() {
      if (view.state === "ringing") {
        clearTimeout(ringing);
        end(view, "The call was hung up before it was answered.");
        finished.resolve();
      } else call?.hangUp();
    },
    microphone() {
      if (!live || view.state === "ended") throw new SandboxError("This call takes no microphone.", 409);
      dial();
      return live;
    },
    view: () => ({ ...view, elapsedMs: Math.round(call?.positionMs() ?? 0) }),
  };
}

function dialOptions(request: CallRequest, audiohookUrl: string) {
  const { apiKey, clientSecret, organizationId, language, queueId, queueName, agentId, agentName, speed } =
    request;
  return {
    url: audiohookAddress(audiohookUrl, request.connectionId),
    apiKey,
    clientSecret,
    organizationId,
    language,
    speed,
    customConfig: { queueId, queueName, agentId, agentName },
  };
}

/** Keeps the view up to date with what happens on the call. */
function follow(view: CallView): (event: CallEvent) => void {
  const pause = (side: "server" | "client", on: boolean) => {
    view.pausedBy = view.pausedBy.filter((other) => other !== side);
    if (on) view.pausedBy.push(side);
    view.state = view.pausedBy.length > 0 ? "paused" : "streaming";
  };
  return (event) => {
    if (event.type === "opened") {
      view.openedAfterMs = event.afterMs;
      view.state = "streaming";
    } else if (event.type === "paused") pause(event.by, true);
    else if (event.type === "resumed") {
      pause("server", false);
      pause("client", false);
    } else if (event.type === "violation") view.violations.push(event.violation);
    else if (event.type === "ended") end(view, event.report.detail, event.report.outcome);
  };
}

function end(view: CallView, detail: string, outcome?: CallReport["outcome"]): void {
  Object.assign(view, { state: "ended", detail, outcome });
}

function running(call: Call | undefined): Call {
  if (!call) throw new SandboxError("The call has not been answered yet.", 409);
  return call;
}
