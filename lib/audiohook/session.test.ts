import { expect, test } from "vitest";
import { drivenSession, kinds, openParameters, PROBE, STEREO, sent } from "./testing/driven-session.ts";

test("open is answered with the chosen media before anything else happens", () => {
  const session = drivenSession();
  const outputs = session.open();
  expect(kinds(outputs)).toEqual(["opened", "(opened)"]);
  expect(sent(outputs)[0]).toEqual({
    version: "2",
    id: session.state.sessionId,
    type: "opened",
    seq: 1,
    clientseq: 1,
    parameters: { media: [STEREO] },
  });
  expect(outputs[1]).toMatchObject({
    call: { parties: ["customer", "agent"], language: "en-US", participant: { ani: "+15551234" } },
  });
});

test("our languages are listed when the client asks", () => {
  const [opened] = sent(drivenSession().open({ supportedLanguages: true }));
  expect(opened?.parameters.supportedLanguages).toEqual(["en"]);
});

test("with no usable media the session stays up without audio", () => {
  const session = drivenSession();
  expect(sent(session.open({ media: [{ ...STEREO, format: "L16" }] }))[0]?.parameters).toEqual({ media: [] });
  expect(session.audio(1600)).toEqual([]);
  expect(session.state.counters.droppedFrames).toBe(1);
});

test.each(["es", "zh-Hans-CN", "es-419", undefined, 7])("language %s opens normally", (language) => {
  expect(kinds(drivenSession().open({ language }))).toEqual(["opened", "(opened)"]);
});

test("unknown fields, newer UUID versions and sparse participants are accepted", () => {
  const outputs = drivenSession().open({
    conversationId: "01890a5d-ac96-774b-bcce-b302099a8057",
    participant: { id: "01890a5d-ac96-774b-bcce-b302099a8058" },
    somethingNew: { nested: true },
  });
  expect(kinds(outputs)).toEqual(["opened", "(opened)"]);
});

test("a continued session opens like any other and its offsets start at zero", () => {
  const session = drivenSession();
  const continuedSessions = [{ id: session.state.sessionId, serverseq: 3, clientseq: 9 }];
  expect(session.open({ continuedSessions }, { position: "PT90S" })[1]).toMatchObject({
    call: { continuedSessions },
  });
  expect(session.audio(1600)[0]).toMatchObject({ type: "audio", offsetMs: 0 });
});

test("a probe is answered like a call and has no effect at all", () => {
  const session = drivenSession();
  expect(kinds(session.open(PROBE))).toEqual(["opened"]);
  expect(session.audio(1600)).toEqual([]);
  expect(kinds(session.say("ping"))).toEqual(["pong"]);
  expect(kinds(session.put({ type: "event", entities: [{ type: "x", data: 1 }] }))).toEqual([]);
  expect(kinds(session.say("close", { reason: "end" }))).toEqual(["closed"]);
});

test("a second open is ignored", () => {
  const session = drivenSession();
  session.open();
  expect(session.say("open", openParameters({ media: [] }))).toEqual([]);
  expect(kinds(session.say("ping"))).toEqual(["pong"]);
});

test("another organization in open than in the headers is unauthorized", () => {
  const outputs = drivenSession().open({ organizationId: "11111111-0972-4844-938e-9060eef73d05" });
  expect(sent(outputs)[0]).toMatchObject({ type: "disconnect", parameters: { reason: "unauthorized" } });
});

test("an open without a conversation is an error", () => {
  expect(sent(drivenSession().open({ conversationId: "x" }))[0]).toMatchObject({
    type: "disconnect",
    seq: 1,
    clientseq: 1,
    parameters: { reason: "error" },
  });
});

test.each([
  ["a gap", { seq: 3 }],
  ["a repeat", { seq: 1 }],
  ["a serverseq we never sent", { serverseq: 2 }],
  ["another session's id", { id: "11111111-84d3-4570-ac13-9a62d8f514c0" }],
  ["another version", { version: "3" }],
  ["no type", { type: undefined }],
])("%s in the envelope disconnects", (_name, envelope) => {
  const session = drivenSession();
  session.open();
  const outputs = session.say("ping", {}, envelope);
  expect(kinds(outputs)).toEqual(["disconnect", "(expect-close)"]);
  expect(session.state.counters.protocolErrors).toBe(1);
});

test.each(["", "{", "null", "[]", '"open"', "{}"])("the text %s disconnects", (text) => {
  const session = drivenSession();
  session.open();
  expect(kinds(session.put({ type: "text", text }))).toEqual(["disconnect", "(expect-close)"]);
});

test("a lower serverseq and a missing parameters object are ordinary", () => {
  const session = drivenSession();
  session.open();
  expect(
    kinds(session.say("ping", {}, { serverseq: 0, parameters: undefined, position: undefined })),
  ).toEqual(["pong"]);
});

test("unknown types are ignored but counted in the sequence", () => {
  const session = drivenSession();
  session.open();
  expect(session.say("dtmf", { digit: "1" })).toEqual([]);
  expect(session.say("constructor")).toEqual([]);
  expect(sent(session.say("ping"))[0]).toMatchObject({ type: "pong", clientseq: 4 });
});

test("a pong carries exactly the ping's number", () => {
  const session = drivenSession();
  session.open();
  session.say("ping");
  expect(sent(session.say("ping", { rtt: "PT0.05S" }))[0]).toMatchObject({
    type: "pong",
    seq: 3,
    clientseq: 3,
    parameters: {},
  });
});

test("update is answered and reports the new language", () => {
  const session = drivenSession();
  session.open();
  session.audio(16_000);
  const outputs = session.say("update", { language: "es-419" });
  expect(kinds(outputs)).toEqual(["updated", "(language)"]);
  expect(outputs[1]).toMatchObject({ language: "es-419", offsetMs: 1000 });
  expect(kinds(session.say("update"))).toEqual(["updated"]);
});

test("an error is never answered with an error", () => {
  const session = drivenSession();
  session.open();
  expect(session.say("error", { code: 500, message: "x" })).toEqual([]);
  expect(session.say("error", { code: "odd" })).toEqual([]);
  expect(session.state.counters.clientErrors).toBe(2);
});

test("close is answered once, in any state", () => {
  const early = drivenSession();
  expect(kinds(early.say("close", { reason: "error" }))).toEqual(["closed"]);
  expect(early.say("close", { reason: "error" })).toEqual([]);

  const session = drivenSession();
  session.open();
  expect(session.say("close", { reason: "end" })).toEqual([{ type: "finalize", reason: "end" }]);
  expect(session.say("close", { reason: "end" })).toEqual([]);
  expect(kinds(session.put({ type: "finalized" }))).toEqual(["closed"]);
  expect(session.put({ type: "finalized" })).toEqual([]);
});

test("a ping between close and closed is still answered", () => {
  const session = drivenSession();
  session.open();
  session.say("close", { reason: "end" });
  expect(kinds(session.say("ping"))).toEqual(["pong"]);
});

test("after our disconnect only the closing exchange is left", () => {
  const session = drivenSession();
  session.open();
  expect(kinds(session.put({ type: "disconnect", reason: "completed" }))).toEqual([
    "disconnect",
    "(expect-close)",
  ]);
  expect(session.put({ type: "disconnect", reason: "error" })).toEqual([]);
  expect(session.put({ type: "text", text: "{" })).toEqual([]);
  expect(session.audio(1601)).toEqual([]);
  expect(session.say("ping", {}, { seq: 77 }).length).toBe(1);
  expect(session.say("close", { reason: "disconnect" }, { seq: 80 })).toEqual([
    { type: "finalize", reason: "completed" },
  ]);
  expect(sent(session.put({ type: "finalized" }))[0]).toMatchObject({ type: "closed", clientseq: 80 });
  expect(session.state.counters.protocolErrors).toBe(0);
});

test("a lost socket finalizes once, and not again when it was closing already", () => {
  const session = drivenSession();
  session.open();
  expect(session.put({ type: "lost" })).toEqual([{ type: "finalize", reason: "connection_lost" }]);
  expect(session.put({ type: "lost" })).toEqual([]);
  expect(session.put({ type: "finalized" })).toEqual([]);

  const closing = drivenSession();
  closing.open();
  closing.say("close", { reason: "end" });
  expect(closing.put({ type: "lost" })).toEqual([]);

  const unopened = drivenSession();
  expect(unopened.put({ type: "lost" })).toEqual([]);
});
