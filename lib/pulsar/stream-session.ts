import type { PulsarMessage } from "./frame.ts";

/** How a session came to its end. A refusal is the broker's answer to the upgrade. */
export type SessionEnd = { kind: "refused"; status: number } | { kind: "lost"; detail: string };

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
