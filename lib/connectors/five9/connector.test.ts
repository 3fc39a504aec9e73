import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isAppError } from "#/lib/kernel/app-error.ts";
import { describeConnector } from "#/tests/contracts/connector.ts";
import { five9 } from "./index.ts";

const FOLDER = new URL("./fixtures/", import.meta.url);
const fixtures = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [
    file.replace(".json", ""),
    JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as unknown,
  ]),
);
const ORIGIN = {
  tenantId: "6f1c2a52-5d0e-4f0e-8a44-2a4f9a5a0001",
  connectionId: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a01",
  receivedAt: Date.parse("2026-03-02T10:00:00Z"),
};

describeConnector(five9, fixtures);

test("a chat's message opens its conversation under its skill", () => {
  expect(five9.normalize(fixtures.chat, ORIGIN)).toMatchObject([
    { type: "conversation.started", data: { channel: "chat", queue: { id: "1284", name: "Billing" } } },
    { type: "utterance", data: { speaker: "customer", text: "Can I change my plan?", channel: "chat" } },
  ]);
});

test("a call that the platform ends in two words ends once", () => {
  const ids = ["call_ended", "call_finished"].map(
    (name) => five9.normalize({ ...(fixtures["cti-ended"] as object), name }, ORIGIN)[0]?.id,
  );
  expect(ids[0]).toBe(ids[1]);
});

test.each([
  [
    { kind: "leg.alone", conversationId: "c", leg: "customer", waitedMs: 20_000 },
    /Only the customer's leg of this call came; after 20 s/,
  ],
  [{ kind: "stream-error", subscriptionId: "sub-1", body: {} }, /stream of subscription sub-1 failed/],
  [{ kind: "unreadable", reason: "The event has no Call.call_id.", body: {} }, /no Call.call_id/],
])("what holds no event is kept for the inspector with its reason", (payload, reason) => {
  const refused = () => five9.normalize(payload, ORIGIN);
  expect(refused).toThrow(reason);
  try {
    refused();
  } catch (error) {
    expect(isAppError(error) && error.code).toBe("unknown_shape");
  }
});

test("what the chosen sign-in needs is asked for at its own field", () => {
  const missing = (values: object) =>
    five9.credentials.safeParse(values).error?.issues.map(({ path }) => path.join("."));
  expect(missing({})).toEqual(["username", "password"]);
  expect(missing({ username: "api" })).toEqual(["password"]);
  expect(missing({ authMethod: "consumer-key", consumerKey: "key" })).toEqual(["consumerSecret"]);
  expect(missing({ authMethod: "none" })).toBeUndefined();
});
