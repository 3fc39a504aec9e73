import { expect, test } from "vitest";
import { mapTranscript, readTranscriptFields, transcriptFieldsSchema } from "./transcript-fields.ts";

const fieldsOf = (text: string) => transcriptFieldsSchema.parse(readTranscriptFields(text));

test("plain names need no settings", () => {
  const body = {
    interactionGUID: "int-1",
    utteranceId: 7,
    speaker: "AGENT",
    text: "Hello.",
    timestamp: 1_772_445_590_123,
  };
  expect(mapTranscript(body, fieldsOf(""))).toEqual({
    kind: "utterance",
    conversationId: "int-1",
    utteranceId: "7",
    speaker: "agent",
    text: "Hello.",
    at: "2026-03-02T09:59:50.123Z",
  });
});

test("a tenant's own shape is mapped by paths", () => {
  const fields = fieldsOf(
    "conversationId = call.id\ntext = words.display\nspeaker = leg\nagentSpeakers = 1\nat = t\nfinal = done",
  );
  const body = { call: { id: "int-1" }, words: { display: "Twice!" }, leg: 0, t: 1_772_445_590, done: true };
  expect(mapTranscript(body, fields)).toMatchObject({
    speaker: "customer",
    text: "Twice!",
    at: "2026-03-02T09:59:50.000Z",
  });
  expect(mapTranscript({ ...body, done: false }, fields)).toBeUndefined();
});

test("a path that leads nowhere is named, and none leads into a prototype", () => {
  expect(() => mapTranscript({ text: "x" }, fieldsOf(""))).toThrow("interactionGUID");
  expect(() => mapTranscript({}, fieldsOf("conversationId = constructor.name"))).toThrow("constructor.name");
});

test("what is no field or no path is refused", () => {
  for (const text of ["nonsense", "text", "speling = a.b"])
    expect(readTranscriptFields(text)).toBeUndefined();
});
