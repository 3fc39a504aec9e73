import { setTimeout as sleep } from "node:timers/promises";
import { expect, vi } from "vitest";
import { type ConsumerQuery, type ReaderQuery, streamAddress, type Topic } from "../address.ts";
import type { PulsarMessage } from "../frame.ts";
import { holdStream, type StreamState } from "../hold-stream.ts";
import type { SessionHandlers, StreamSession } from "../stream-session.ts";
import { openWebSocketSession } from "../web-socket-session.ts";

export type StreamPlace = { url: string; topic: Topic; headers?: Record<string, string> };

export type HeldGiven = {
  mode?: "reader" | "consumer";
  window?: number;
  take?: (messages: readonly PulsarMessage[]) => Promise<void>;
  start?: string;
  pingEveryMs?: number;
};

/** Holds a stream as a process would, with a store in memory and no patience. Messages are `{ n }`. */
export function holdAStream({ url, topic, headers = {} }: StreamPlace, given: HeldGiven = {}) {
  const { mode = "reader", window = 1_000, start = "latest" } = given;
  const stored: number[] = [];
  const orders: (readonly number[] | undefined)[] = [];
  const states: StreamState[] = [];
  const stop = new AbortController();
  let position = start;
  let current: { session: StreamSession; handlers: SessionHandlers } | undefined;

  const query = (): ConsumerQuery | ReaderQuery =>
    mode === "reader"
      ? { mode, from: position, name: "test", window }
      : { mode, subscription: "s1", type: "Failover", name: "test", window, redeliveryDelayMs: 10 };
  const open = async (handlers: SessionHandlers) => {
    const session = openWebSocketSession(
      {
        address: {
          url: streamAddress(url, topic, query()),
          headers,
          addresses: [{ address: "127.0.0.1", family: 4 }],
        },
        mode,
        wait: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }),
        pingEveryMs: given.pingEveryMs ?? 1_000,
        pongWithinMs: given.pingEveryMs ? 50 : 1_000,
      },
      handlers,
    );
    current = { session, handlers };
    return session;
  };
  const done = holdStream(
    {
      open,
      take: async (messages: readonly PulsarMessage[]) => {
        await given.take?.(messages);
        for (const { body, order } of messages) {
          stored.push((body as { n: number }).n);
          orders.push(order);
        }
        position = messages.at(-1)?.id ?? position;
      },
      refusable: mode === "consumer",
      report: (state: StreamState) => void states.push(state),
      now: () => Date.now(),
      wait: async (ms: number, signal: AbortSignal) => sleep(Math.min(ms, 5), undefined, { signal }),
    },
    stop.signal,
  );
  const ended = done.then(
    () => "ended",
    (error: unknown) => error,
  );
  return {
    stored,
    orders,
    states,
    ended,
    live: () => vi.waitFor(() => expect(states.at(-1)?.state).toBe("live"), { timeout: 10_000 }),
    /** The socket is lost on our side, as a network loses it. */
    cut: () => {
      current?.session.close();
      current?.handlers.onEnd({ kind: "lost", detail: "cut by the test" });
    },
    end: async () => {
      stop.abort();
      await ended;
    },
  };
}

export const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
export const unique = (all: readonly number[]) => [...new Set(all)].sort((one, other) => one - other);
