import type { WidgetContext } from "#/lib/connectors/widget-provider.ts";
import type { SummaryFieldName } from "#/lib/events/summary.ts";
import type { WriteReport } from "#/lib/events/write-back.ts";
import type {
  DoneAnswer,
  OlderAnswer,
  PassageAnswer,
  QuotaTold,
  WriteAnswer,
  WrittenAnswer,
} from "#/lib/realtime/requests.ts";
import { createCatchUp } from "./catch-up.ts";
import type { ConversationStore } from "./conversation-store.ts";
import { connectLink, keepInStep } from "./keep-in-step.ts";
import { latestOnly } from "./latest-only.ts";
import { createNamedTimers } from "./named-timers.ts";
import { createOutbox } from "./outbox.ts";
import { createPaintedReport } from "./painted-report.ts";
import type { WriteOrder } from "./perform-write.ts";
import type { TokenKeeper } from "./widget-session.ts";

/** `refused`: the token is not taken any more and no new one is to be had. */
export type LinkState = "connecting" | "live" | "lost" | "refused";
/** `waiting` counts what is kept until the server has it. */
export type LinkStatus = { state: LinkState; waiting: number };

export type FeedbackKind = "verdict" | "copied" | "inserted" | "opened" | "sent";

/** What the desktop says of a conversation, beside which one it is. */
export type SaidContext = Omit<WidgetContext, "conversationId">;

export type ConversationLink = {
  ask(text: string): Promise<DoneAnswer>;
  forward(messageId: string, payload: unknown): Promise<DoneAnswer>;
  /** Kept until the server has it; the same again is not sent, and only the latest is worth sending. */
  context(said: SaidContext): void;
  /** The platform's conversation is over for this agent. */
  ended(said: { reason: string; at?: string }): void;
  /** Something of an unknown shape came from the platform. */
  unknown(said: { topic: string; sample: unknown }): void;
  /** How the platform's limit stood; false while the server is away, which is then not told. */
  quota(told: QuotaTold): boolean;
  feedback(suggestionId: string, kind: FeedbackKind, value: string): void;
  passage(chunkId: string): Promise<PassageAnswer>;
  /** Fetches a page of the lines before those held; false where that failed. */
  older(): Promise<boolean>;
  /** Asks for leave to write to the platform. Rejects where no answer came. */
  write(order: WriteOrder): Promise<WriteAnswer>;
  written(told: { writeId: string; attempt: number; report: WriteReport }): Promise<WrittenAnswer>;
  /** Asks for a draft of what is new; nothing comes of it where nothing is. `again` drafts anyway. */
  summarize(again?: boolean): void;
  /** Makes a field the agent's own; without `text` it goes back to drafting. */
  editSummary(field: SummaryFieldName, text?: string): Promise<DoneAnswer>;
  /** Everything in the store is on screen now. */
  painted(): void;
  /** Asks now instead of at the next turn; for pages that come back to sight. */
  refresh(): void;
  close(): void;
};

export type LinkOptions = {
  url: string;
  conversationId: string;
  tokens: TokenKeeper;
  store: ConversationStore;
  onStatus(status: LinkStatus): void;
};

const ANSWER_TIMEOUT_MS = 8_000;
/** As many as the transcript shows at once. */
const LINES_AT_FIRST = 200;

/**
 * Keeps one conversation's store equal to the server's, over any number of cuts: joins at each connect with
 * the last number held, asks again at a gap and every few seconds, renews its token, and keeps what it was
 * given to send until the server has it.
 */
export function openConversationLink(options: LinkOptions): ConversationLink {
  const { conversationId, store, tokens } = options;
  const timers = createNamedTimers();
  const gate = { refused: false };
  const socket = connectLink(options.url, tokens, gate);
  const answered = socket.timeout(ANSWER_TIMEOUT_MS);

  let state: LinkState = "connecting";
  const tell = () => options.onStatus({ state, waiting: outbox.waiting() });
  const outbox = createOutbox(() => socket.connected && state === "live", tell);
  const report = createPaintedReport((painted) => {
    if (socket.connected) socket.emit("acknowledge", { conversationId, painted });
  });
  const catchUp = createCatchUp(
    (step, after) => answered.emitWithAck(step, { conversationId, after, ...atFirst(step, after) }),
    store,
    report,
  );
  const setState = (next: LinkState) => {
    state = next;
    tell();
    if (next === "live") outbox.wake();
  };
  const { sync, stop } = keepInStep({
    ...options,
    socket,
    catchUp,
    report,
    timers,
    state: () => state,
    setState,
    isRefused: () => gate.refused,
  });

  return {
    ask: (text) => {
      const askId = crypto.randomUUID();
      return outbox.add(() => answered.emitWithAck("ask", { conversationId, askId, text }));
    },
    forward: (messageId, payload) =>
      outbox.add(() => answered.emitWithAck("forward", { conversationId, messageId, payload })),
    context: latestOnly(outbox, (said) => answered.emitWithAck("context", { conversationId, ...said })),
    ended: (said) => void outbox.add(() => answered.emitWithAck("ended", { conversationId, ...said })),
    unknown: (said) => void outbox.add(() => answered.emitWithAck("unknown", { conversationId, ...said })),
    quota: (told) => {
      if (socket.connected) socket.emit("quota", told, () => {});
      return socket.connected;
    },
    feedback: (suggestionId, kind, value) => socket.emit("feedback", { suggestionId, kind, value }, () => {}),
    passage: (chunkId) => answered.emitWithAck("passage", { chunkId }),
    write: (order) => answered.emitWithAck("write", { conversationId, ...order }),
    written: (told) => answered.emitWithAck("written", { conversationId, ...told }),
    older: () => fetchOlder(store, (before) => answered.emitWithAck("older", { conversationId, before })),
    summarize: (again = false) => {
      if (socket.connected) socket.emit("summarize", { conversationId, again }, () => {});
    },
    editSummary: (field, text) =>
      outbox.add(() => answered.emitWithAck("edit-summary", { conversationId, field, text })),
    painted: () => report.painted(store.state().messages),
    refresh: () => {
      if (socket.connected) sync();
      else if (state !== "refused") socket.connect();
    },
    close: () => {
      stop();
      outbox.close();
      report.close();
    },
  };
}

/** What opens a conversation is not all that was ever said in it. */
const atFirst = (step: "join" | "sync", after: number) =>
  step === "join" && after === 0 ? { latest: LINES_AT_FIRST } : {};

async function fetchOlder(
  store: ConversationStore,
  ask: (before: number) => Promise<OlderAnswer>,
): Promise<boolean> {
  const { olderBefore } = store.state();
  if (olderBefore === undefined) return true;
  const answer = await ask(olderBefore).catch(() => undefined);
  if (!answer?.ok) return false;
  store.dispatch({ type: "older", messages: answer.messages, olderBefore: answer.olderBefore });
  return true;
}
