import type { WidgetContext, WidgetMessage, WidgetProvider } from "#/lib/connectors/widget-provider.ts";
import { isAllowedOrigin } from "./frame-origin.ts";

/** The chat's queue may come with the message, where the host page knows it. */
export type HostMessage = WidgetMessage & { queueId?: string; queueName?: string };

export type HostPageProvider = WidgetProvider & {
  /** Tells the host page that a message is stored for good. */
  accepted(messageId: string): void;
  /** Tells it how many cards nobody has seen yet. */
  unread(count: number): void;
};

type Fields = Record<string, unknown>;

/**
 * Learns from the page around the frame, over `postMessage`. Only the page that frames us is heard, and only
 * where its origin may frame this connection; what it says is a claim, and is checked field by field.
 */
export function hostPageProvider(page: Window, allowedOrigins: readonly string[]): HostPageProvider {
  // Known from the first message on; what an agent may read of ours is sent nowhere before.
  let host: string | undefined;
  const tell = (message: Fields) => {
    if (host) page.parent.postMessage(message, host);
  };
  const provider: HostPageProvider = {
    start: ({ onContext, onMessage, onAppearance }) => {
      if (page.parent === page) return () => {};
      const hear = (said: Fields) => {
        const context = said.type === "omnibots.context" ? readContext(said) : undefined;
        const message = said.type === "omnibots.message" ? readMessage(fieldsOf(said.message)) : undefined;
        if (context) onContext(context);
        if (message) onMessage(message);
        if (said.type === "omnibots.appearance") onAppearance?.(readAppearance(said));
      };
      const listen = (event: MessageEvent) => {
        if (event.source !== page.parent || !isAllowedOrigin(event.origin, allowedOrigins)) return;
        host = event.origin;
        hear(fieldsOf(event.data));
      };
      page.addEventListener("message", listen);
      // Holds nothing worth hiding, and the host's origin is not known yet.
      page.parent.postMessage({ type: "omnibots.ready" }, "*");
      return () => page.removeEventListener("message", listen);
    },
    accepted: (messageId) => tell({ type: "omnibots.accepted", messageId }),
    unread: (count) => tell({ type: "omnibots.unread", count }),
  };
  return page.parent === page
    ? provider
    : { ...provider, insert: (text) => tell({ type: "omnibots.insert", text }) };
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? { ...value } : {};

/** A text of a platform's usual length, or nothing. */
const textOf = (value: unknown, longest = 200): string | undefined =>
  typeof value === "string" && value.length > 0 && value.length <= longest ? value : undefined;

function namedOf(value: unknown): { id: string; name?: string } | undefined {
  const { id, name } = fieldsOf(value);
  const known = textOf(id);
  return known ? { id: known, name: textOf(name) } : undefined;
}

function readContext(said: Fields): WidgetContext | undefined {
  const conversationId = textOf(said.conversationId);
  if (!conversationId) return undefined;
  const { channel } = said;
  return {
    conversationId,
    agent: namedOf(said.agent),
    queue: namedOf(said.queue),
    channel: channel === "voice" || channel === "chat" ? channel : undefined,
    language: textOf(said.language, 35),
  };
}

function readAppearance({ theme, locale }: Fields) {
  return {
    locale: textOf(locale, 35),
    theme: theme === "light" || theme === "dark" ? theme : undefined,
  } as const;
}

function readMessage(said: Fields): HostMessage | undefined {
  const conversationId = textOf(said.conversationId);
  const messageId = textOf(said.messageId);
  const text = textOf(said.text, 20_000);
  const { from } = said;
  if (!conversationId || !messageId || !text || (from !== "customer" && from !== "agent")) return undefined;
  const queue = { queueId: textOf(said.queueId), queueName: textOf(said.queueName) };
  return { conversationId, messageId, from, text, at: textOf(said.at, 64), ...queue };
}
