import { isAppError } from "#/lib/kernel/app-error.ts";
import { refusalOf } from "#/lib/pulsar/refusal.ts";
import type { SessionEnd } from "#/lib/pulsar/stream-session.ts";
import type { CheckContext, CheckStep } from "../connector.ts";
import type { EightByEightCredentials } from "./credentials.ts";
import { streamOf } from "./open-stream.ts";

/** A step of a page waits no longer than this for a handshake. */
const OPEN_TIMEOUT_MS = 15_000;

/** Opens a reader at the newest message of each topic, then says whether a real interaction has come. */
export async function* check(
  own: EightByEightCredentials,
  context: CheckContext,
  signal: AbortSignal,
): AsyncIterable<CheckStep> {
  // A reader, whatever the mode: it leaves no subscription behind and takes nothing from anyone.
  const reading = { ...own, mode: "reader" as const };
  const paths = [...own.topics];
  let allOpen = true;
  for (const path of paths) {
    const step = await checkTopic(reading, path, `Event stream ${path}`, context, signal);
    allOpen &&= step.outcome === "passed";
    yield step;
    if (!allOpen) break;
  }
  yield await checkTranscripts(reading, allOpen, context, signal);
  yield firstInteraction(context, allOpen);
}

async function checkTranscripts(
  own: EightByEightCredentials,
  allOpen: boolean,
  context: CheckContext,
  signal: AbortSignal,
): Promise<CheckStep> {
  const name = "Transcript stream";
  if (!own.transcriptTopic)
    return {
      name,
      outcome: "not-used",
      detail: own.transcriptSecret
        ? "Transcripts come by webhook."
        : "No transcript topic is set: calls bring their session, the queue's profile and the ask box, and no text.",
    };
  if (!allOpen) return { name, outcome: "not-tried", detail: "The steps above must pass first." };
  return checkTopic(own, own.transcriptTopic, name, context, signal);
}

async function checkTopic(
  own: EightByEightCredentials,
  path: string,
  name: string,
  context: CheckContext,
  signal: AbortSignal,
): Promise<CheckStep> {
  const from = context.now();
  const took = () => Math.max(0, Math.round(context.now() - from));
  const failed = (reason: string, remedy: string): CheckStep => ({
    name,
    outcome: "failed",
    ms: took(),
    reason,
    remedy,
  });
  try {
    const end = await tryOpening(own, path, context, signal);
    if (end === "open")
      return { name, outcome: "passed", ms: took(), detail: "A reader at the newest message was let in" };
    if (end === "timeout")
      return failed(
        "The host does not answer.",
        "Check the site or the host, and that port 443 is open to it from here.",
      );
    if (end.kind === "refused") {
      const { reason, remedy } = refusalOf(end);
      return failed(reason, remedy);
    }
    return failed(end.detail, "Check the site or the host: the name must be resolved and reached from here.");
  } catch (error) {
    if (!isAppError(error)) throw error;
    return failed(error.message, "Check the connection's settings.");
  }
}

async function tryOpening(
  own: EightByEightCredentials,
  path: string,
  { access }: CheckContext,
  signal: AbortSignal,
): Promise<SessionEnd | "open" | "timeout"> {
  const stream = streamOf(own, path, access);
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  let settle: (outcome: SessionEnd | "open") => void = () => {};
  const outcome = new Promise<SessionEnd | "open">((resolve) => {
    settle = resolve;
  });
  const session = await stream.open("latest", {
    onOpen: () => settle("open"),
    onMessage: () => {},
    onUnreadable: () => {},
    onEnd: settle,
  });
  try {
    const late = access.wait(OPEN_TIMEOUT_MS, until).then(() => "timeout" as const);
    return await Promise.race([outcome, late]);
  } finally {
    over.abort();
    session.close();
  }
}

function firstInteraction({ lastEventAt }: CheckContext, open: boolean): CheckStep {
  const name = "First real event";
  if (!open) return { name, outcome: "not-tried", detail: "The steps above must pass first." };
  if (lastEventAt)
    return { name, outcome: "passed", ms: 0, detail: `Last event ${lastEventAt.toISOString()}` };
  return {
    name,
    outcome: "waiting",
    detail:
      "Accept a test interaction in Agent Workspace. If nothing comes although the steps above passed, the site is probably the wrong one: the stream of another region opens and stays silent.",
  };
}
