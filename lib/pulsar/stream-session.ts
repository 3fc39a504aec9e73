import type { PulsarMessage } from "./frame.ts";

/** The broker's answer to an upgrade that it does not let in; `said` is the beginning of its page, where there is one. */
export type UpgradeRefusal = { status: number; said?: string };

/** How a session came to its end. */
export type SessionEnd = ({ kind: "refused" } & UpgradeRefusal) | { kind: "lost"; detail: string };

export type SessionHandlers = {
  onOpen(): void;
  onMessage(message: PulsarMessage): void;
  /** A frame that is no message at all: counted, never fatal. */
  onUnreadable(): void;
  /** Called once; nothing follows it. */
  onEnd(end: SessionEnd): void;
};

/** One open way to a topic, over WebSocket or Pulsar's own protocol. */
export type StreamSession = {
  acknowledge(messageId: string): void;
  /** Asks for the message again later; where the session cannot (a reader), nothing happens. */
  refuse(messageId: string): void;
  close(): void;
};
