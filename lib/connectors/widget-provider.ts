import type { Channel } from "#/lib/events/conversation-event.ts";
import type { QuotaReport } from "./platform-access.ts";

/** What a platform's desktop tells about the conversation on screen. `agent` is a claim until the platform confirms it. */
export type WidgetContext = {
  conversationId: string;
  agent?: { id: string; name?: string };
  queue?: { id: string; name?: string };
  channel?: Channel;
  language?: string;
  /** The agent's own part in the conversation: the same agent who comes back has another one. */
  participantId?: string;
  /** It was over and goes on, since then. */
  reopenedAt?: string;
};

/** A message of the chat on screen, to be forwarded to the pipeline. */
export type WidgetMessage = {
  conversationId: string;
  messageId: string;
  from: "customer" | "agent";
  text: string;
  at?: string;
};

/** How the provider stands with its platform; shown to the agent where it is not simply working. */
export type ProviderState =
  | { state: "ready" }
  /** The agent must sign in; `problem` says why the last attempt came to nothing. */
  | { state: "signed-out"; problem?: string }
  | { state: "signing-in" }
  /** Live updates are interrupted; what was missed is fetched as soon as they are back. */
  | { state: "reconnecting"; detail: string }
  /** Nothing more can be done here without a person. */
  | { state: "failed"; detail: string };

export type WidgetHandlers = {
  onContext(context: WidgetContext): void;
  onMessage(message: WidgetMessage): void;
  /** The platform's conversation is over for this agent. */
  onEnded?(conversationId: string, reason: string, at?: string): void;
  /** Something of an unknown shape came: counted and sampled, never fatal. */
  onUnknown?(sample: { topic: string; payload: unknown }): void;
  onState?(state: ProviderState): void;
  /** Who is at work, by every name that the desktop has for the agent; for a desktop that may name no conversation. */
  onAgent?(names: readonly string[]): void;
  /** How the desktop looks and which language it speaks, as an IETF tag. */
  onAppearance?(appearance: { theme?: "light" | "dark"; locale?: string }): void;
  onQuota?(report: QuotaReport): void;
};

/** What became of one attempt to write to the platform. `unknown`: it may have arrived; ask `find` before another try. */
export type WriteOutcome =
  | { kind: "sent"; platformId?: string }
  | { kind: "failed"; reason: string; retryable: boolean }
  | { kind: "unknown"; reason: string };

export type WrapUpCode = { id: string; name: string };
export type WrapUp = { codeId: string; codeName: string; notes: string; provisional: boolean };

/** What the agent may write to the platform, in the agent's own name. */
export type WriteBack = {
  /** Sends a message to the customer; one call is one attempt and is never repeated inside. */
  send?(conversationId: string, text: string, signal: AbortSignal): Promise<WriteOutcome>;
  /** Looks whether a message of this text was sent since then (milliseconds since the epoch). */
  find?(
    conversationId: string,
    sent: { text: string; since: number },
    signal: AbortSignal,
  ): Promise<WriteOutcome>;
  wrapUpCodes?(conversationId: string, signal: AbortSignal): Promise<WrapUpCode[]>;
  /** Writing the same wrap-up again changes nothing, so an unknown outcome may simply be tried again. */
  saveWrapUp?(conversationId: string, wrapUp: WrapUp, signal: AbortSignal): Promise<WriteOutcome>;
};

/** A session that the page around the widget brings, exchanged there for the agent's own sign-in. */
export type BroughtSession = {
  token: string;
  expiresInSeconds: number;
  realtimeUrl: string;
  conversationId: string;
  agent?: { id: string; name?: string; claimed: boolean };
};

/** How the widget, inside a platform's desktop, learns what is going on. Runs in the browser. */
export type WidgetProvider = {
  /** Starts listening; the answer stops it. */
  start(handlers: WidgetHandlers): () => void;
  /** Puts text into the agent's reply box, where the platform allows it. */
  insert?(text: string): void;
  /** From a click: opens the platform's own sign-in. */
  signIn?(): void;
  writeBack?: WriteBack;
  /**
   * Where the page around us has the token: asked for it, and again before each one ends. Rejects with a retryable
   * error where another try may help.
   */
  openSession?(conversationId: string): Promise<BroughtSession>;
};
