import { expect, test } from "vitest";
import { streamAddress, streamName } from "./address.ts";

const TOPIC = { tenant: "acme", namespace: "event-v1", name: "all" };

test("a message id keeps its plus, slash and equals signs on the way", () => {
  const url = streamAddress("wss://pulsar-ws-euw2.8x8.com", TOPIC, {
    mode: "reader",
    from: "CP//+w8Q+/==",
    name: "omnibots",
    window: 1000,
  });
  expect(url.href).toBe(
    "wss://pulsar-ws-euw2.8x8.com/ws/v2/reader/persistent/acme/event-v1/all?messageId=CP%2F%2F%2Bw8Q%2B%2F%3D%3D&readerName=omnibots&receiverQueueSize=1000",
  );
  expect(url.searchParams.get("messageId")).toBe("CP//+w8Q+/==");
});

test("names with their own slashes stay inside their part of the path", () => {
  const url = streamAddress(
    "wss://host",
    { ...TOPIC, name: "a/b c" },
    {
      mode: "consumer",
      subscription: "my sub",
      type: "Failover",
      name: "n",
      window: 5,
      redeliveryDelayMs: 1000,
    },
  );
  expect(url.pathname).toBe("/ws/v2/consumer/persistent/acme/event-v1/a%2Fb%20c/my%20sub");
});

test("a stream is named with its host, since ids mean nothing in another cluster", () => {
  expect(streamName("wss://pulsar-ws-use1.8x8.com", TOPIC)).toBe("pulsar-ws-use1.8x8.com/acme/event-v1/all");
});
