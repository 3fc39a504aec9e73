import { io, type Socket } from "socket.io-client";
import type { WidgetContext } from "#/lib/connectors/widget-provider.ts";
import type { SummaryFieldName } from "#/lib/events/summary.ts";
import type { WriteReport } from "#/lib/events/write-back.ts";
import type {
  ClientToServer,
  DoneAnswer,
  PassageAnswer,
  QuotaTold,
  ServerToClient,
  WriteAnswer,
  WrittenAnswer,
} from "#/lib/realtime/contract.ts";
import { type CatchUp, createCatchUp } from "./catch-up.ts";
import { hasGap } from "./conversation-state.ts";
import type { ConversationStore } from "./conversation-store.ts";
import { createNamedTimers, jittered, type NamedTimers } from "./named-timers.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { createPaintedReport, type PaintedReport } from "./painted-report.ts";
import type { WriteOrder } from "./perform-write.ts";
import { SessionRefused, type TokenKeeper } from "./widget-session.ts";

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
  /** Asks for leave to write to the platform. Rejects where no answer came. */
  write(order: WriteOrder): Promise<WriteAnswer>;
  written(told: { writeId: string; attempt: number; report: WriteReport }): Promise<WrittenAnswer>;
  /** Asks for a draft of what is new; nothing comes of it where nothing is. */
  summarize(): void;
  /** Makes a field the agent's own; without `text` it goes back to drafting. */
  editSummary(field: SummaryFieldName, text?: string): Promise<DoneAnswer>;
  /** Everything in the store is on screen now. */
  painted(): void;
  /** Asks now instead of at the next turn; for pages that come back to sight. */
  refresh(): void;
  close(): void;
};

type LinkOptions = {
  url: string;
  conversationId: string;
  tokens: TokenKeeper;
  store: ConversationStore;
  onStatus(status: LinkStatus): void;
};

type LinkSocket = Socket<ServerToClient, ClientToServer>;
type Parts = LinkOptions & {
  socket: LinkSocket;
  catchUp: CatchUp;
  report: PaintedReport;
  timers: NamedTimers;
  state(): LinkState;
  setState(next: LinkState): void;
  isRefused(): boolean;
};

const ANSWER_TIMEOUT_MS = 8_000;
const SYNC_EVERY_MS = 10_000;
const RENEWAL_RETRY_MS = 10_000;
/** Two messages that overtook each other are no gap yet. */
const GAP_PATIENCE_MS = 150;
const SLOWEST_RETURN_MS = 3_000;

/**
 * Keeps one conversation's store equal to the server's, over any number of cuts: joins at each connect with
 * the last number held, asks again at a gap and every few seconds, renews its token, and keeps what it was
 * given to send until the server has it.
 */
export function openConversationLink(options: LinkOptions): ConversationLink {
  const { conversationId, store, tokens } = options;
  const timers = createNamedTimers();
  const gate = { refused: false };
  const socket = connect(options.url, tokens, gate);
  const answered = socket.timeout(ANSWER_TIMEOUT_MS);

  let state: LinkState = "connecting";
  const tell = () => options.onStatus({ state, waiting: outbox.waiting() });
  const outbox = createOutbox(() => socket.connected && state === "live", tell);
  const report = createPaintedReport((painted) => {
    if (socket.connected) socket.emit("acknowledge", { conversationId, painted });
  });
  const catchUp = createCatchUp(
    (step, after) => answered.emitWithAck(step, { conversationId, after }),
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
    summarize: () => {
      if (socket.connected) socket.emit("summarize", { conversationId }, () => {});
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

/** A desktop may tell of a change more often than the server listens: what was overtaken is left out. */
function latestOnly(
  outbox: Outbox,
  send: (said: SaidContext) => Promise<DoneAnswer>,
): (said: SaidContext) => void {
  let latest = "{}";
  let waiting = false;
  const pass = () => {
    let sent = latest;
    waiting = true;
    const parcel = outbox.add(() => {
      sent = latest;
      return send(JSON.parse(sent) as SaidContext);
    });
    void parcel.then(() => {
      waiting = false;
      if (sent !== latest) pass();
    });
  };
  return ({ queue, agent, channel, language, participantId, reopenedAt }) => {
    const said = JSON.stringify({ queue, agent, channel, language, participantId, reopenedAt });
    if (said === "{}" || said === latest) return;
    latest = said;
    if (!waiting) pass();
  };
}

function connect(url: string, tokens: TokenKeeper, gate: { refused: boolean }): LinkSocket {
  return io(url, {
    transports: ["websocket"],
    // Sockets of one page to one address would share a connection, and with it the first one's token.
    forceNew: true,
    reconnectionDelay: 300,
    reconnectionDelayMax: SLOWEST_RETURN_MS,
    auth: (give) => {
      tokens.current().then(
        (token) => give({ token }),
        (error: unknown) => {
          gate.refused = error instanceof SessionRefused;
          give({ token: "" });
        },
      );
    },
  });
}

/** Joins, repairs gaps and renews; says how the connection is doing. */
function keepInStep(parts: Parts): { sync(): void; stop(): void } {
  const { socket, store, timers, catchUp, report, tokens, conversationId } = parts;
  let failures = 0;

  const join = () => {
    if (!socket.connected) return;
    catchUp.run("join").then(
      () => {
        failures = 0;
        parts.setState("live");
        timers.after("sync", jittered(SYNC_EVERY_MS), sync);
      },
      () => timers.after("join", jittered(1_000), join),
    );
  };
  const sync = () => {
    timers.after("sync", jittered(SYNC_EVERY_MS), sync);
    store.dispatch({ type: "tick", now: Date.now() });
    if (socket.connected && parts.state() === "live") catchUp.run("sync").catch(() => {});
  };
  const renew = () => {
    tokens.renewed().then(
      ({ token, nextInMs }) => {
        timers.after("renew", nextInMs, renew);
        if (socket.connected) socket.emit("renew", token, () => {});
      },
      () => timers.after("renew", jittered(RENEWAL_RETRY_MS), renew),
    );
  };
  timers.after("renew", tokens.nextRenewalInMs(), renew);

  socket.on("connect", () => {
    catchUp.forget();
    join();
  });
  socket.on("durable", (message) => {
    if (message.conversationId !== conversationId) return;
    report.received([message]);
    store.dispatch({ type: "durable", messages: [message] });
    if (hasGap(store.state())) timers.after("gap", GAP_PATIENCE_MS, () => hasGap(store.state()) && sync());
  });
  socket.on("ephemeral", (message) => {
    if (message.conversationId === conversationId)
      store.dispatch({ type: "ephemeral", message, now: Date.now() });
  });
  // Socket.IO comes back by itself where the network failed, but not where the server closed or refused.
  socket.on("disconnect", (reason) => {
    parts.setState("lost");
    if (reason === "io server disconnect")
      timers.after("connect", Math.random() * 1_000, () => socket.connect());
  });
  socket.on("connect_error", () => {
    if (parts.isRefused()) return parts.setState("refused");
    if (parts.state() !== "connecting") parts.setState("lost");
    failures += 1;
    const wait = Math.min(500 * 2 ** failures, SLOWEST_RETURN_MS);
    if (!socket.active) timers.after("connect", jittered(wait), () => socket.connect());
  });

  return {
    sync,
    stop: () => {
      timers.close();
      socket.off();
      socket.disconnect();
    },
  };
}
