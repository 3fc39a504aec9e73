import { expect, test } from "vitest";
import { summarizeEvent } from "./summarize.ts";

test.each([
  ["utterance", { speaker: "customer", text: "Hello" }, "Customer: Hello"],
  ["utterance", { speaker: "agent", text: "Write to kim@example.com" }, "Agent: Write to [email]"],
  ["question.asked", { text: "exit fee" }, "Agent asks: exit fee"],
  ["transcript.gap", { durationMs: 3_200, reason: "paused" }, "3.2 s not recognized: the call was paused"],
  ["transcript.notice", { code: "language_unsupported", language: "fi" }, "language unsupported: fi"],
  ["conversation.started", { channel: "voice", queue: { id: "q", name: "Billing" } }, "voice, queue Billing"],
  ["conversation.ended", { reason: "completed" }, "completed"],
  ["conversation.updated", {}, "nothing more is known"],
  ["utterance", { speaker: 4 }, ": "],
])("%s %j reads %s", (type, data, words) => {
  expect(summarizeEvent(type, data)).toBe(words);
});
