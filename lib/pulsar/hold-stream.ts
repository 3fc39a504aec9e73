import { isAppError } from "#/lib/kernel/app-error.ts";
import { reconnectDelay } from "./backoff.ts";
import type { PulsarMessage } from "./frame.ts";
import { refusalOf } from "./refusal.ts";
import type { SessionEnd, SessionHandlers, StreamSession } from "./stream-session.ts";

/** How the stream does; `lagMs` is how long ago the last message was published when it was stored. */
export type StreamState = {
  state: "connecting" | "live" | "waiting";
  detail?: string;
  lastMessageAt?: number;
  lagMs?: number;
  reconnects: number;
};

export type HoldStreamOptions = {
  /** Opens one session from the place that was stored last; asked anew for each session. */
  open(handlers: SessionHandlers): Promise<StreamSession>;
  /** Resolves once all of them are durable; they are acknowledged then and not before. */
  take(messages: readonly PulsarMessage[]): Promise<void>;
  /** Whether a refused message comes again on the same session (consumer), or only on a new one (reader). */
  refusable: boolean;
  report(state: StreamState): void;
  now(): number;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  random?(): number;
};

/** One transaction's worth; the broker's window bounds what waits in memory. */
const BATCH_SIZE = 200;
/** A session that lasted this long was a good one: what follows is a first failure again. */
const GOOD_SESSION_MS = 20_000;

type Ended = SessionEnd | { kind: "not-stored"; error: unknown };

/**
 * Reads a stream for as long as the signal lasts: reconnects after whatever ends a session, and acknowledges a
 * message only once it is stored. Throws where another attempt cannot help, such as a lease that is lost.
 */
export async function holdStream(options: HoldStreamOptions, signal: AbortSignal): Promise<void> {
  const { now, wait, random = Math.random } = options;
  const told: StreamState = { state: "connecting", reconnects: 0 };
  const tell = (change: Partial<StreamState>) => {
    Object.assign(told, change);
    options.report({ ...told });
  };
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    tell({ state: "connecting" });
    const from = now();
    const ended = await runSession(options, tell, signal);
    if (signal.aborted || !ended) return;
    const { detail, passing } = wordsOf(ended);
    if (now() - from >= GOOD_SESSION_MS) attempt = 0;
    tell({ state: "waiting", detail, reconnects: told.reconnects + 1 });
    await wait(reconnectDelay(attempt, passing, random), signal).catch(() => {});
  }
}

function wordsOf(ended: Ended): { detail: string; passing: boolean } {
  if (ended.kind === "refused") {
    const { reason, passing } = refusalOf(ended);
    return { detail: reason, passing };
  }
  if (ended.kind === "lost") return { detail: ended.detail, passing: true };
  return { detail: "What came could not be stored; it is read again.", passing: true };
}

/** Answers how the session ended; nothing where the signal ended it. */
async function runSession(
  options: HoldStreamOptions,
  tell: (change: Partial<StreamState>) => void,
  signal: AbortSignal,
): Promise<Ended | undefined> {
  const inbox = createInbox();
  const session = await opened(options, inbox, tell);
  if ("kind" in session) return session;
  const stop = () => inbox.end(undefined);
  signal.addEventListener("abort", stop, { once: true });
  // The signal may have aborted while the session was opened.
  if (signal.aborted) stop();
  try {
    for (;;) {
      const next = await inbox.next(BATCH_SIZE);
      if (!Array.isArray(next)) return next.ended;
      const failed = await takeBatch(options, session, next, tell, signal);
      if (failed) return failed;
    }
  } finally {
    signal.removeEventListener("abort", stop);
    session.close();
  }
}

async function opened(
  options: HoldStreamOptions,
  inbox: Inbox,
  tell: (change: Partial<StreamState>) => void,
): Promise<StreamSession | Ended> {
  try {
    return await options.open({
      onOpen: () => tell({ state: "live", detail: undefined }),
      onMessage: (message) => inbox.add(message),
      onUnreadable: () => {},
      onEnd: (end) => inbox.end(end),
    });
  } catch (error) {
    if (isAppError(error) && !error.retryable) throw error;
    return { kind: "lost", detail: isAppError(error) ? error.message : "The stream could not be opened." };
  }
}

async function takeBatch(
  { take, refusable, now, wait }: HoldStreamOptions,
  session: StreamSession,
  batch: readonly PulsarMessage[],
  tell: (change: Partial<StreamState>) => void,
  signal: AbortSignal,
): Promise<Ended | undefined> {
  try {
    await take(batch);
  } catch (error) {
    if (isAppError(error) && !error.retryable) throw error;
    if (!refusable) return { kind: "not-stored", error };
    for (const { id } of batch) session.refuse(id);
    await wait(1_000, signal).catch(() => {});
    return undefined;
  }
  for (const { id } of batch) session.acknowledge(id);
  const published = batch.at(-1)?.publishedAt;
  const at = now();
  tell({
    state: "live",
    lastMessageAt: at,
    ...(published !== undefined && { lagMs: Math.max(0, at - published) }),
  });
  return undefined;
}

type Inbox = ReturnType<typeof createInbox>;

/** Messages in the order of their arrival, and behind the last of them how the session ended. */
function createInbox() {
  let waiting: PulsarMessage[] = [];
  let end: { ended: SessionEnd | undefined } | undefined;
  let wake = () => {};
  return {
    add: (message: PulsarMessage) => {
      if (end) return;
      waiting.push(message);
      wake();
    },
    end: (ended: SessionEnd | undefined) => {
      end ??= { ended };
      wake();
    },
    next: async (most: number): Promise<PulsarMessage[] | { ended: SessionEnd | undefined }> => {
      while (waiting.length === 0 && !end)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      // What a lost session still brought is stored: a reader would only be sent it again.
      if (end && (waiting.length === 0 || !end.ended)) return end;
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      return batch;
    },
  };
}
