import type { Channel } from "#/lib/events/conversation-event.ts";

/** What a platform's desktop tells about the conversation on screen. `agent` is a claim until the platform confirms it. */
export type WidgetContext = {
  conversationId: string;
  agent?: { id: string; name?: string };
  queue?: { id: string; name?: string };
  channel?: Channel;
  language?: string;
};

/** A message of the chat on screen, to be forwarded to the pipeline. */
export type WidgetMessage = {
  conversationId: string;
  messageId: string;
  from: "customer" | "agent";
  text: string;
  at?: string;
};

export type WidgetHandlers = {
  onContext(context: WidgetContext): void;
  onMessage(message: WidgetMessage): void;
};

/** How the widget, inside a platform's desktop, learns what is going on. Runs in the browser. */
export type WidgetProvider = {
  /** Starts listening; the answer stops it. */
  start(handlers: WidgetHandlers): () => void;
  /** Puts text into the agent's reply box, where the platform allows it. */
  insert?(text: string): void;
};
