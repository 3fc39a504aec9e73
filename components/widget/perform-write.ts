import type { WriteBack, WriteOutcome } from "#/lib/connectors/widget-provider.ts";
import type { WriteIntent, WriteReport } from "#/lib/events/write-back.ts";
import type { WriteAnswer, WrittenAnswer } from "#/lib/realtime/requests.ts";

export type WriteOrder = {
  writeId: string;
  /** New for each try of a person; kept for another go where the server was not reached. */
  claim: string;
  intent: WriteIntent;
  after?: { attempt: number; how: "retry" | "confirmed" | "resume" };
};

/** What performing needs; times and waits are the desk's, so that a test can hold them still. */
export type WriteDesk = {
  conversationId: string;
  platform: WriteBack;
  write(order: WriteOrder): Promise<WriteAnswer>;
  written(told: { writeId: string; attempt: number; report: WriteReport }): Promise<WrittenAnswer>;
  now(): number;
  sleep(ms: number): Promise<void>;
};

/** How a try ended for this page; what became of the write itself is told to every widget by the server. */
export type WriteEnd =
  | { end: "performed" }
  /** Another tab, or an earlier try, has it. */
  | { end: "elsewhere" }
  | { end: "refused"; message: string }
  /** Nothing was performed: the server did not answer. */
  | { end: "unreached" };

const ASKS = 2;
const ASK_AGAIN_MS = 500;
/** Together with the server's own window and the platform's time this stays below what makes a performer gone. */
const BEGIN_WITHIN_MS = 9_000;
const PLATFORM_TIMEOUT_MS = 10_000;
const LOOK_AFTER_MS = [0, 1_000, 2_000, 3_000, 4_000];
const SAVES = 3;
const TELL_AGAIN_MS = 1_000;
const SLOWEST_TELL_MS = 10_000;

const TOO_SLOW = {
  kind: "failed",
  reason: "The connection was too slow; nothing was sent.",
  retryable: true,
};
const UNCONFIRMED = "It could not be confirmed. Check the conversation before you send it again.";

/**
 * Has one thing written to the platform: recorded first, then performed by this page if the server says that
 * it is this page's to perform, then told. A message is sent once and never again by itself; where nobody can
 * say whether it arrived, the platform is asked, and after that a person.
 */
export async function performWrite(desk: WriteDesk, order: WriteOrder): Promise<WriteEnd> {
  const asked = await ask(desk, order);
  if (!asked) return { end: "unreached" };
  const { answer, at } = asked;
  if (!answer.ok) return { end: "refused", message: answer.message };
  const told = { writeId: order.writeId, attempt: answer.attempt };
  // A laptop that slept between the answer and now must not begin what others have given up on.
  if (answer.late || (answer.mine && desk.now() - at > BEGIN_WITHIN_MS)) {
    await tell(desk, { ...told, report: { ...TOO_SLOW, kind: "failed" } });
    return { end: "performed" };
  }
  if (!answer.mine) return { end: "elsewhere" };
  const report = await perform(desk, answer);
  const kept = await tell(desk, { ...told, report });
  // What was found is another message of the same words: whether this one arrived stays unknown.
  if (!kept.ok && kept.code === "conflict")
    await tell(desk, { ...told, report: { kind: "unconfirmed", reason: UNCONFIRMED } });
  return { end: "performed" };
}

/** A lost answer is asked for again, under the same claim. */
async function ask(desk: WriteDesk, order: WriteOrder) {
  for (let tries = 1; ; tries += 1) {
    const at = desk.now();
    const answer = await desk.write(order).catch(() => undefined);
    if (answer) return { answer, at };
    if (tries === ASKS) return undefined;
    await desk.sleep(ASK_AGAIN_MS);
  }
}

type Mine = Extract<WriteAnswer, { ok: true }>;

function perform(desk: WriteDesk, { intent, mustFind, since }: Mine): Promise<WriteReport> {
  const { platform, conversationId } = desk;
  if (intent.kind === "summary") {
    const { kind: _, ...wrapUp } = intent;
    return save((signal) => platform.saveWrapUp?.(conversationId, wrapUp, signal), desk);
  }
  const look = () =>
    lookFor(
      (signal) => platform.find?.(conversationId, { text: intent.text, since }, signal),
      platform.find ? LOOK_AFTER_MS : [],
      desk,
    );
  if (mustFind) return look();
  return attempt((signal) => platform.send?.(conversationId, intent.text, signal)).then((outcome) =>
    outcome.kind === "unknown" ? look() : outcome,
  );
}

async function lookFor(find: Call, afterMs: readonly number[], desk: WriteDesk): Promise<WriteReport> {
  for (const ms of afterMs) {
    await desk.sleep(ms);
    const found = await attempt(find);
    if (found.kind === "sent") return found;
  }
  return { kind: "unconfirmed", reason: UNCONFIRMED };
}

/** The same wrap-up again changes nothing, so that an unknown outcome is simply tried again. */
async function save(call: Call, desk: WriteDesk): Promise<WriteReport> {
  let last = await attempt(call);
  for (let saves = 1; saves < SAVES && last.kind === "unknown"; saves += 1) {
    await desk.sleep(ASK_AGAIN_MS);
    last = await attempt(call);
  }
  return last.kind === "unknown" ? { kind: "failed", reason: last.reason, retryable: true } : last;
}

type Call = (signal: AbortSignal) => Promise<WriteOutcome> | undefined;

/** One call of the platform, bounded in time; what goes wrong on the way may have arrived. */
async function attempt(call: Call): Promise<WriteOutcome> {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<WriteOutcome>((resolve) => {
    timer = setTimeout(() => {
      resolve({ kind: "unknown", reason: "The platform did not answer in time." });
      abort.abort();
    }, PLATFORM_TIMEOUT_MS);
  });
  const called = (async () => call(abort.signal))().then(
    (outcome): WriteOutcome => outcome ?? { kind: "failed", reason: NOT_POSSIBLE, retryable: false },
    (): WriteOutcome => ({ kind: "unknown", reason: "The platform could not be reached." }),
  );
  return Promise.race([called, tooLong]).finally(() => clearTimeout(timer));
}

const NOT_POSSIBLE = "This platform does not allow it.";
const WORTH_ANOTHER_TRY = new Set(["upstream_unavailable", "rate_limited"]);

/** What happened on the platform must not get lost here: told until the server has it. */
async function tell(desk: WriteDesk, told: Parameters<WriteDesk["written"]>[0]): Promise<WrittenAnswer> {
  for (let wait = TELL_AGAIN_MS; ; wait = Math.min(wait * 2, SLOWEST_TELL_MS)) {
    const answer = await desk.written(told).catch(() => undefined);
    if (answer && (answer.ok || !WORTH_ANOTHER_TRY.has(answer.code))) return answer;
    await desk.sleep(wait);
  }
}
