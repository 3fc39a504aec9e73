import fc from "fast-check";
import { expect, test } from "vitest";
import type { DurableMessage, EphemeralMessage } from "#/lib/realtime/contract.ts";
import {
  type ConversationState,
  conversationReducer,
  EMPTY_CONVERSATION,
  hasGap,
} from "./conversation-state.ts";
import { conversationView } from "./conversation-view.ts";

const uuid = (seq: number) => `00000000-0000-4000-8000-${String(seq).padStart(12, "0")}`;
const AT = "2026-11-22T09:00:00.000Z";

/** Lines, cards and quiet answers by turns. A card follows the line of the same event, as in life. */
function messageAt(seq: number): DurableMessage {
  const base = { id: uuid(seq), seq, conversationId: "c", eventId: uuid(1_000 + Math.floor(seq / 3)) };
  const bodies: DurableMessage["body"][] = [
    { kind: "no-source", question: `question ${seq}`, at: AT },
    {
      kind: "transcript",
      utteranceId: `u${seq}`,
      speaker: "customer",
      text: `line ${seq}`,
      channel: "voice",
      at: AT,
    },
    {
      kind: "suggestion",
      suggestionId: uuid(2_000 + seq),
      at: AT,
      question: `question ${seq}`,
      sentences: [],
      sources: [],
      origin: "extractive",
      confidence: 1,
    },
  ];
  return { ...base, body: bodies[seq % 3] ?? { kind: "session", state: "active", startedAt: AT } };
}

const interim = (seq: number): EphemeralMessage => ({
  kind: "interim",
  conversationId: "c",
  utteranceId: `u${seq}`,
  speaker: "customer",
  text: `lin ${seq}`,
});
const draft = (seq: number): EphemeralMessage => ({
  kind: "draft",
  conversationId: "c",
  eventId: uuid(1_000 + Math.floor(seq / 3)),
  question: `question ${seq}`,
  sources: [],
  text: "It dr",
});

const apply = (state: ConversationState, ...messages: DurableMessage[]) =>
  conversationReducer(state, { type: "durable", messages });
const hear = (state: ConversationState, message: EphemeralMessage, now = 0) =>
  conversationReducer(state, { type: "ephemeral", message, now });
const upTo = (count: number) => Array.from({ length: count }, (_, index) => messageAt(index + 1));

test("any order, loss and repetition, followed by asking again, ends in the same view", () => {
  const step = fc.record({
    seq: fc.integer({ min: 1, max: 24 }),
    how: fc.constantFrom("durable", "interim", "draft"),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      let state = EMPTY_CONVERSATION;
      for (const { seq, how } of steps) {
        if (how === "durable") state = apply(state, messageAt(seq));
        else state = hear(state, how === "interim" ? interim(seq) : draft(seq));
      }
      const missing = upTo(24).filter(({ seq }) => seq > state.heldTo);
      state = conversationReducer(state, { type: "durable", messages: missing, lastSeq: 24 });
      // Words that never became a line end with their time; all others were replaced.
      state = conversationReducer(state, { type: "tick", now: 60_000 });
      expect(hasGap(state)).toBe(false);
      expect(conversationView(state)).toEqual(conversationView(apply(EMPTY_CONVERSATION, ...upTo(24))));
    }),
  );
});

test("no delivery shows a line twice or out of its order on the way", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 24 }), { maxLength: 60 }), (order) => {
      const state = order.reduce((held, seq) => apply(held, messageAt(seq)), EMPTY_CONVERSATION);
      const { lines, answers } = conversationView(state);
      const numbers = lines.map(({ key }) => Number(key.slice(1)));
      expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
      expect(new Set(answers.map(({ key }) => key)).size).toBe(answers.length);
    }),
  );
});

test("a gap is known until it is filled, and nothing beyond it is taken for held", () => {
  const gapped = apply(EMPTY_CONVERSATION, messageAt(1), messageAt(3));
  expect([hasGap(gapped), gapped.heldTo]).toEqual([true, 1]);
  const filled = apply(gapped, messageAt(2));
  expect([hasGap(filled), filled.heldTo]).toEqual([false, 3]);
});

test("a late interim of a line that is final is not shown again", () => {
  const state = hear(apply(EMPTY_CONVERSATION, messageAt(1)), interim(1));
  expect(conversationView(state).lines).toMatchObject([{ text: "line 1", interim: false }]);
});

test("a card takes the place and the key of its draft", () => {
  const written = hear(apply(EMPTY_CONVERSATION, messageAt(1)), draft(2));
  const [before] = conversationView(written).answers;
  const [after, ...more] = conversationView(apply(written, messageAt(2))).answers;
  expect(before).toMatchObject({ kind: "card", draft: "It dr" });
  expect(after).toMatchObject({ kind: "card", key: before?.key, suggestionId: uuid(2_002) });
  expect(more).toEqual([]);
});

test("words whose end never comes leave the screen", () => {
  const state = hear(EMPTY_CONVERSATION, interim(1), 1_000);
  expect(conversationView(conversationReducer(state, { type: "tick", now: 20_000 })).lines).toHaveLength(1);
  expect(conversationView(conversationReducer(state, { type: "tick", now: 22_000 })).lines).toEqual([]);
});

test("a repeated message changes nothing, so that nothing is drawn again", () => {
  const state = apply(EMPTY_CONVERSATION, messageAt(1));
  expect(apply(state, messageAt(1))).toBe(state);
});

const callState = (state: "paused" | "live"): EphemeralMessage => ({
  kind: "call-state",
  conversationId: "c",
  state,
});
const durableOf = (seq: number, body: DurableMessage["body"]): DurableMessage => ({
  id: uuid(seq),
  seq,
  conversationId: "c",
  body,
});
const paused = (state: ConversationState) => conversationView(state).session.paused;

test("a pause lasts, however long nobody says a word of it, until the call goes on", () => {
  let state = hear(apply(EMPTY_CONVERSATION, messageAt(1)), callState("paused"));
  expect(paused(state)).toBe(true);
  state = conversationReducer(apply(state, messageAt(2)), { type: "tick", now: 3_600_000 });
  expect(paused(state)).toBe(true);
  state = hear(state, callState("live"));
  expect(paused(state)).toBe(false);
});

test("the end of a pause is seen by its gap as well, and no ended call is paused", () => {
  const gap = { kind: "gap", offsetMs: 1_000, durationMs: 3_000, reason: "paused" } as const;
  const before = hear(EMPTY_CONVERSATION, callState("paused"));
  expect(paused(apply(before, durableOf(1, { ...gap, reason: "platform_discarded" })))).toBe(true);
  const after = apply(before, durableOf(1, gap));
  expect(paused(after)).toBe(false);
  // The same gap, heard again, is of the earlier pause.
  expect(paused(apply(hear(after, callState("paused")), durableOf(1, gap)))).toBe(true);
  const ended = durableOf(1, { kind: "session", state: "ended", startedAt: AT });
  expect(paused(apply(before, ended))).toBe(false);
});
