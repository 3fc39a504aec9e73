import { setTimeout as sleep } from "node:timers/promises";
import { type ConversationLink, openConversationLink } from "#/components/widget/conversation-link.ts";
import { createConversationStore } from "#/components/widget/conversation-store.ts";
import { type WriteView, writesOf } from "#/components/widget/desk-view.ts";
import type { WriteDesk } from "#/components/widget/perform-write.ts";
import { createWriter, type Order } from "#/components/widget/writer.ts";
import type { WriteBack } from "#/lib/connectors/widget-provider.ts";
import type { WidgetClaims, WidgetTokens } from "#/lib/realtime/widget-token.ts";

const RENEW_MS = 120_000;

/** One of an agent's tabs on a conversation, as far as writing goes: the widget's own link and its own performing. */
export type DeskTab = {
  link: ConversationLink;
  writeOf(writeId: string): WriteView | undefined;
  click(order: Order): Promise<void>;
  /** The page that is first told that a message is its own to send dies of it; of those that share this doom, one. */
  doom(shared: { armed: boolean }): void;
  close(): void;
};

export async function openTab(
  place: Pick<WidgetClaims, "tenantId" | "connectionId">,
  conversationId: string,
  { url, tokens, platform }: { url: string; tokens: WidgetTokens; platform: WriteBack },
): Promise<DeskTab> {
  const claims: WidgetClaims = {
    ...place,
    platform: "genesys",
    conversationId,
    agentId: "bench",
    claimed: false,
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
  let doom = { armed: false };
  const desk: WriteDesk = {
    conversationId,
    platform,
    write: async (order) => {
      const answer = await link.write(order);
      if (!doom.armed || !answer.ok || !answer.mine) return answer;
      doom.armed = false;
      // What was under way is gone with the page; whoever clicks next does so in a page that was loaded anew.
      writer = createWriter();
      return new Promise(() => {});
    },
    written: link.written,
    now: Date.now,
    sleep: (ms) => sleep(ms),
  };
  let writer = createWriter();
  return {
    link,
    writeOf: (writeId) =>
      writesOf([...store.state().messages.values()].sort((one, other) => one.seq - other.seq)).find(
        (write) => write.writeId === writeId,
      ),
    click: async (order) => {
      await writer.begin(desk, order);
    },
    doom: (shared) => {
      doom = shared;
    },
    close: () => link.close(),
  };
}
