import { randomUUID } from "node:crypto";
import { io } from "socket.io-client";
import { type ConversationLink, openConversationLink } from "#/components/widget/conversation-link.ts";
import { type ConversationStore, createConversationStore } from "#/components/widget/conversation-store.ts";
import type { DurableMessage } from "#/lib/realtime/contract.ts";
import type { WidgetClaims, WidgetTokens } from "#/lib/realtime/widget-token.ts";
import { DEMO_QUESTIONS, SMALL_TALK } from "../demo-questions.ts";

const RENEW_MS = 120_000;
/** Nobody answers beyond this number: a socket that joins with it gets nothing but what is said live. */
const NOTHING_AFTER = 2_147_483_647;

export type Place = Pick<WidgetClaims, "tenantId" | "connectionId">;

/** One conversation: what was sent into it, the widget that follows it, and a listener that never catches up. */
export type FaultsTalk = {
  conversationId: string;
  sent: string[];
  accepted: number;
  store: ConversationStore;
  link: ConversationLink;
  /** Ids of the durable messages that a socket without resume was told of. */
  bare: DurableMessage[];
  close(): void;
};

export async function openTalk(place: Place, tokens: WidgetTokens, url: string): Promise<FaultsTalk> {
  const conversationId = randomUUID();
  const claims: WidgetClaims = {
    ...place,
    platform: "genesys",
    conversationId,
    agentId: "bench",
    claimed: true,
  };
  const token = await tokens.mint(claims);
  const store = createConversationStore();
  const link = openConversationLink({
    url,
    conversationId,
    tokens: {
      current: async () => token,
      renewed: async () => ({ token: await tokens.mint(claims), nextInMs: RENEW_MS }),
      nextRenewalInMs: () => RENEW_MS,
    },
    store,
    onStatus: () => undefined,
  });
  store.subscribe(() => link.painted());
  const bare: DurableMessage[] = [];
  const socket = io(url, {
    transports: ["websocket"],
    forceNew: true,
    reconnectionDelay: 300,
    auth: { token },
  });
  socket.on("connect", () => socket.emit("join", { conversationId, after: NOTHING_AFTER }));
  socket.on("durable", (message: DurableMessage) => bare.push(message));
  const close = () => {
    link.close();
    socket.disconnect();
  };
  return { conversationId, sent: [], accepted: 0, store, link, bare, close };
}

/** Says the next thing; `again` hands it in a second time after that many milliseconds, as platforms do. */
export function sayNext(talk: FaultsTalk, again: number | undefined): void {
  const messageId = `${talk.sent.length}`;
  const turn = talk.sent.length;
  talk.sent.push(messageId);
  const asks = turn % 4 === 0;
  const lines = asks ? DEMO_QUESTIONS : SMALL_TALK;
  const text = lines[(turn + talk.conversationId.charCodeAt(0)) % lines.length] ?? "";
  const from = asks || turn % 4 === 2 ? "customer" : "agent";
  const { conversationId } = talk;
  const payload = { conversationId, messageId, from, text, at: new Date().toISOString() };
  const forward = async () => {
    const { ok } = await talk.link.forward(messageId, payload);
    if (ok) talk.accepted += 1;
  };
  void forward();
  if (again !== undefined) setTimeout(() => void forward(), again);
}
