import type { Page } from "@playwright/test";
import { launchBrowser } from "./launch-browser.ts";
import { required } from "./report.ts";

export type HostMessage = {
  conversationId: string;
  messageId: string;
  from: "customer" | "agent";
  text: string;
  at: string;
};

/** A page of another origin with one framed widget a conversation, as an agent's desktop has them. */
export type WidgetHost = {
  page: Page;
  /** Hands a message to the conversation's widget; resolves once it was handed over. */
  say(message: HostMessage): Promise<void>;
  /** How many messages the widgets have confirmed. */
  accepted(): Promise<number>;
  close(): Promise<void>;
};

type HostOptions = {
  publicId: string;
  embedToken: string;
  conversationIds: readonly string[];
  channel: "voice" | "chat";
};
/** Sees the page before it loads anything. */
type Watch = (page: Page) => void;

const READY_LIMIT_MS = 60_000;
const VIEWPORT = { width: 1600, height: 900 };

/** What the host page holds for us between calls. */
type HostWindow = Window & { bench: { ready: number; accepted: number; frames: Record<string, Window> } };

export async function openWidgetHost(options: HostOptions, watch?: Watch): Promise<WidgetHost> {
  const portal = required("PORTAL_URL");
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: VIEWPORT });
  watch?.(page);
  // The seed allows this origin to frame the demo widget; what the page shows by itself is put aside.
  await page.goto(new URL("/host", required("SANDBOX_URL")).href);
  await page.evaluate(frameWidgets, { ...options, portal: new URL(portal).origin });
  const count = options.conversationIds.length;
  await page.waitForFunction((wanted) => (window as unknown as HostWindow).bench.ready >= wanted, count, {
    timeout: READY_LIMIT_MS,
  });
  return {
    page,
    say: (message) =>
      page.evaluate(
        ({ message, portal }) => {
          const { bench } = window as unknown as HostWindow;
          bench.frames[message.conversationId]?.postMessage({ type: "omnibots.message", message }, portal);
        },
        { message, portal: new URL(portal).origin },
      ),
    accepted: () => page.evaluate(() => (window as unknown as HostWindow).bench.accepted),
    close: () => browser.close(),
  };
}

/** Runs in the page: frames the widgets and tells each its conversation when it says that it listens. */
function frameWidgets({
  conversationIds,
  publicId,
  embedToken,
  channel,
  portal,
}: HostOptions & { portal: string }) {
  const bench: HostWindow["bench"] = { ready: 0, accepted: 0, frames: {} };
  (window as unknown as HostWindow).bench = bench;
  document.body.replaceChildren();
  const share = `${Math.floor(100 / conversationIds.length)}%`;
  for (const conversationId of conversationIds) {
    const frame = document.createElement("iframe");
    Object.assign(frame.style, { width: `calc(${share} - 8px)`, height: "860px", border: "0" });
    frame.src = `${portal}/widget/genesys/${publicId}#t=${embedToken}`;
    document.body.append(frame);
    window.addEventListener("message", ({ source, data }) => {
      if (source !== frame.contentWindow) return;
      if (data?.type === "omnibots.accepted") bench.accepted += 1;
      if (data?.type !== "omnibots.ready" || !frame.contentWindow) return;
      bench.frames[conversationId] = frame.contentWindow;
      bench.ready += 1;
      const agent = { id: "bench", name: "Robin" };
      frame.contentWindow.postMessage({ type: "omnibots.context", conversationId, channel, agent }, portal);
    });
  }
}
