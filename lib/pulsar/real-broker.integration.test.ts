import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import type { Topic } from "./address.ts";
import { describeBroker } from "./testing/broker-contract.ts";
import { holdAStream, numbers } from "./testing/hold-a-stream.ts";

/**
 * `ws://host:port` of an Apache Pulsar broker with its WebSocket service on and topics made when asked for. `npm test`
 * starts one where Maven can fetch it, `node scripts/pulsar-broker.ts` does by hand; the simulator's tests hold without.
 */
// biome-ignore lint/style/noProcessEnv: a test of its own, which no process of the product reads.
const BROKER = process.env.PULSAR_WS_URL ?? "";
const title = BROKER
  ? "Apache Pulsar itself"
  : "Apache Pulsar itself (skipped: PULSAR_WS_URL names no broker)";
const TENANT = { tenant: "public", namespace: "default" };

const place = (name: string) => ({ url: BROKER, topic: { ...TENANT, name } });

/** Sent without waiting for each other's answers, so that a producer may put several into one batch. */
async function publish(topic: Topic, from: number, to: number, query = ""): Promise<void> {
  const path = [topic.tenant, topic.namespace, topic.name].map(encodeURIComponent).join("/");
  const socket = new WebSocket(`${BROKER}/ws/v2/producer/persistent/${path}${query}`);
  await once(socket, "open");
  const answers: unknown[] = [];
  socket.on("message", (bytes) => answers.push(JSON.parse(bytes.toString())));
  for (let n = from; n < to; n += 1)
    socket.send(JSON.stringify({ payload: Buffer.from(JSON.stringify({ n })).toString("base64") }));
  await vi.waitFor(() => expect(answers).toHaveLength(to - from), { timeout: 15_000, interval: 10 });
  expect(answers.every((answer) => (answer as { result: string }).result === "ok")).toBe(true);
  socket.close();
}

describeBroker(title, () => ({ place, publish }), !BROKER);

const batched = "?batchingEnabled=true&batchingMaxMessages=50&batchingMaxPublishDelay=50";

test.skipIf(!BROKER)(
  `${title}: a place inside a batch is a place like any other`,
  async () => {
    const at = place(`batch-${process.pid}-${Date.now()}`);
    // The broker makes a topic for its first producer; a reader's cut must fall into a batch of many.
    await publish(at.topic, 0, 100, batched);
    let cut = false;
    const reader = holdAStream(at, {
      start: "earliest",
      window: 7,
      take: async () => {
        if (cut || reader.stored.length < 14) return;
        cut = true;
        reader.cut();
      },
    });
    await vi.waitFor(() => expect(reader.stored).toEqual(numbers(100)), { timeout: 20_000 });
    expect(cut).toBe(true);
    expect(reader.orders.some((order) => (order?.[2] ?? 0) > 0)).toBe(true);
    await reader.end();
  },
  60_000,
);
