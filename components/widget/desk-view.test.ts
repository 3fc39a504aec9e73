import { expect, test } from "vitest";
import { EMPTY_SUMMARY } from "#/lib/events/summary.ts";
import type { DurableBody, DurableMessage } from "#/lib/realtime/contract.ts";
import { conversationReducer, EMPTY_CONVERSATION } from "./conversation-state.ts";
import { conversationView } from "./conversation-view.ts";

const uuid = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`;
const AT = "2026-11-22T09:00:00.000Z";

type WriteBack = Extract<DurableBody, { kind: "write-back" }>;
const write = (state: WriteBack["state"], attempt = 1): DurableBody => ({
  kind: "write-back",
  writeId: uuid(1),
  state,
  attempt,
  intent: { kind: "message", text: "It drops off." },
  retryable: true,
  changedAt: AT,
});
const line = (speaker: "agent" | "customer", text: string): DurableBody => ({
  kind: "transcript",
  utteranceId: text,
  speaker,
  text,
  channel: "chat",
  at: AT,
});
const field = (text: string) => ({ text, locked: false, sentences: [] });
const summary = (version: number, text: string): DurableBody => ({
  kind: "summary",
  version,
  state: "ready",
  fields: { ...EMPTY_SUMMARY, reason: field(text) },
});

const viewOf = (...bodies: DurableBody[]) =>
  conversationView(
    conversationReducer(EMPTY_CONVERSATION, {
      type: "durable",
      messages: bodies.map(
        (body, at): DurableMessage => ({
          id: uuid(at),
          seq: at + 1,
          conversationId: "c",
          eventId: uuid(100 + at),
          body,
        }),
      ),
    }),
  );

test("a write shows as it stands now, once, with the number that it began at", () => {
  const { writes } = viewOf(write("sending"), write("failed"), write("sending", 2));
  expect(writes).toEqual([expect.objectContaining({ state: "sending", attempt: 2, seq: 1 })]);
});

test("a message that is under way is a line of the transcript, until the platform tells of it", () => {
  const states = (...bodies: DurableBody[]) =>
    viewOf(...bodies).lines.map((each) => (each.kind === "written" ? each.state : each.kind));
  expect(states(write("sending"))).toEqual(["sending"]);
  expect(states(write("sending"), write("unconfirmed"))).toEqual(["unconfirmed"]);
  expect(states(write("sending"), write("sent"))).toEqual(["sent"]);
  expect(states(write("sending"), write("sent"), line("agent", "It  drops off. "))).toEqual(["said"]);
  // The same words said before, or by the customer, are another line.
  expect(states(line("agent", "It drops off."), write("sending"), write("sent"))).toEqual(["said", "sent"]);
  expect(states(write("sending"), write("sent"), line("customer", "It drops off."))).toHaveLength(2);
  expect(states(write("sending"), write("failed"), write("discarded"))).toEqual([]);
});

test("of all summaries the one of the highest version is shown", () => {
  expect(viewOf(summary(1, "one"), summary(2, "two")).summary?.fields.reason.text).toBe("two");
  expect(viewOf(summary(2, "two"), summary(1, "one")).summary?.version).toBe(2);
});

test("a turn is found by its event", () => {
  const { turns } = viewOf(line("customer", "I was charged twice."));
  expect(turns.get(uuid(100))).toEqual({ speaker: "customer", text: "I was charged twice.", at: AT });
});
