import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { streamAddress, type Topic } from "./address.ts";
import { holdStream } from "./hold-stream.ts";
import type { StreamSession } from "./stream-session.ts";
import { openWebSocketSession } from "./web-socket-session.ts";

/**
 * `ws://host:8080` of an Apache Pulsar broker with its WebSocket service on and topics made when asked for, such as
 * `pulsar standalone`. The simulator's tests hold without one.
 */
// biome-ignore lint/style/noProcessEnv: a test of its own, which no process of the product reads.
const BROKER = process.env.PULSAR_WS_URL;
const named = BROKER ? "a real broker" : "a real broker (skipped: PULSAR_WS_URL names none)";

async function publish(topic: Topic, from: number, to: number): Promise<void> {
  const path = [topic.tenant, topic.namespace, topic.name].map(encodeURIComponent).join("/");
  const socket = new WebSocket(`${BROKER}/ws/v2/producer/persistent/${path}`);
  await once(socket, "open");
  for (let n = from; n < to; n += 1) {
    socket.send(JSON.stringify({ payload: Buffer.from(JSON.stringify({ n })).toString("base64") }));
    await once(socket, "message");
  }
  socket.close();
}

test.skipIf(!BROKER).each(["reader", "consumer"] as const)(
  `${named}: a %s goes on behind what it stored`,
  async (mode) => {
    const topic: Topic = { tenant: "public", namespace: "default", name: `omnibots-${randomUUID()}` };
    await publish(topic, 0, 1);
    const stored: number[] = [];
    const orders: (readonly number[] | undefined)[] = [];
    let session: StreamSession | undefined;
    let lose = () => {};
    let position = "earliest";
    const stop = new AbortController();
    const wait = (ms: number, signal: AbortSignal) => sleep(Math.min(ms, 100), undefined, { signal });
    const done = holdStream(
      {
        open: async (handlers) => {
          const query =
            mode === "reader"
              ? { mode, from: position, name: "test", window: 20 }
              : {
                  mode,
                  subscription: "s",
                  type: "Failover" as const,
                  name: "test",
                  window: 20,
                  redeliveryDelayMs: 100,
                };
          const url = streamAddress(BROKER ?? "", topic, query);
          const address = { url, headers: {}, addresses: [{ address: "127.0.0.1", family: 4 }] };
          session = openWebSocketSession(
            { address, mode, wait: (ms, signal) => sleep(ms, undefined, { signal }) },
            handlers,
          );
          lose = () => {
            session?.close();
            handlers.onEnd({ kind: "lost", detail: "cut by the test" });
          };
          return session;
        },
        take: async (messages) => {
          for (const { body, order } of messages) {
            stored.push((body as { n: number }).n);
            orders.push(order);
          }
          position = messages.at(-1)?.id ?? position;
        },
        refusable: mode === "consumer",
        report: () => {},
        now: Date.now,
        wait,
      },
      stop.signal,
    );
    await vi.waitFor(() => expect(session).toBeDefined());
    await sleep(500);
    await publish(topic, 1, 60);
    await vi.waitFor(() => expect(stored).toContain(59), { timeout: 10_000 });
    lose();
    await publish(topic, 60, 100);
    await vi.waitFor(() => expect(stored).toContain(99), { timeout: 10_000 });
    const known = [...new Set(stored)].filter((n) => mode === "reader" || n > 0);
    expect(known).toEqual(Array.from({ length: 100 }, (_, n) => n).filter((n) => known.includes(n)));
    expect(known.length).toBeGreaterThanOrEqual(99);
    // The order that positions are compared by is the broker's own.
    expect(orders.every((order) => order?.length === 3)).toBe(true);
    stop.abort();
    await done;
  },
  60_000,
);
