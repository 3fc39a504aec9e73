import { expect, test } from "vitest";
import { readEnv } from "#/lib/env.ts";
import { openTranscriptBus } from "./open-transcript-bus.ts";

const NETWORK = { fetch, sandboxes: {} };
const open = (given: Record<string, string>) =>
  openTranscriptBus(
    readEnv("subscriptions", {
      APP_DATABASE_URL: "postgres://a@b/c",
      REDIS_URL: "redis://b",
      KEY_RING: `k1:${Buffer.alloc(32).toString("base64")}`,
      ...given,
    }),
    NETWORK,
  );

test("without a word of the operator's, transcripts take the embedded way", () => {
  expect(open({})).toBeUndefined();
});

test.each([
  [{}, "TRANSCRIPT_BUS_TOPIC"],
  [{ TRANSCRIPT_BUS_TOPIC: "projects/p/topics/t" }, "TRANSCRIPT_BUS_SUBSCRIPTION"],
  [
    {
      TRANSCRIPT_BUS_TOPIC: "projects/p/topics/t",
      TRANSCRIPT_BUS_SUBSCRIPTION: "projects/p/subscriptions/s",
    },
    "TRANSCRIPT_BUS_KEY_FILE",
  ],
])("a bus that is not complete ends the boot with the variable's name: %j", (given, name) => {
  expect(() => open({ TRANSCRIPT_BUS: "pubsub", ...given })).toThrow(name);
});
