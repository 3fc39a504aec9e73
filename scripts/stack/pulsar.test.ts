import { expect, test } from "vitest";
import type { createLogView } from "./log-view.ts";
import { findPulsar } from "./pulsar.ts";
import { pulsarForTests } from "./pulsar-broker.ts";

const env = { PULSAR_BROKER: "off" };
const around = {
  dataDir: "unused",
  logs: { write: () => {}, show: () => {} } satisfies ReturnType<typeof createLogView>,
  env,
};

test("without the real broker the report says so, and why", async () => {
  const broker = await pulsarForTests(undefined, findPulsar({ env }), around);
  expect(broker.url).toBeUndefined();
  expect(broker.sentence).toBe(
    "Event stream: tried against the simulator alone; Apache Pulsar's tests are skipped: PULSAR_BROKER is off.",
  );
});

test("a broker of the caller's own is used as it is", async () => {
  const broker = await pulsarForTests("ws://broker:8080", findPulsar({ env }), around);
  expect(broker).toMatchObject({
    url: "ws://broker:8080",
    sentence: expect.stringContaining("PULSAR_WS_URL"),
  });
});
