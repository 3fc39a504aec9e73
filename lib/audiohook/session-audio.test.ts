import { expect, test } from "vitest";
import { drivenSession, kinds, STEREO } from "./testing/driven-session.ts";

test("frames of any length count in samples and reach the named parties", () => {
  const session = drivenSession();
  session.open({ media: [{ ...STEREO, channels: ["internal", "external"] }] });
  const bytes = Uint8Array.of(0x00, 0x80, 0x00, 0x80);
  const [first] = session.put({ type: "audio", bytes });
  expect(first).toEqual({
    type: "audio",
    offsetMs: 0,
    tracks: [
      { party: "agent", samples: Int16Array.of(-32_124, -32_124) },
      { party: "customer", samples: Int16Array.of(32_124, 32_124) },
    ],
  });
  expect(session.audio(64_000)[0]).toMatchObject({ offsetMs: 0.25 });
  expect(session.audio(2)[0]).toMatchObject({ offsetMs: 4000.25 });
});

test("an odd stereo frame ends the session, an empty one does nothing", () => {
  const session = drivenSession();
  session.open();
  expect(session.audio(0)).toEqual([]);
  expect(kinds(session.audio(1601))).toEqual(["disconnect", "(expect-close)"]);
  expect(session.audio(1600)).toEqual([]);
});

test("an odd frame is fine on one channel", () => {
  const session = drivenSession();
  session.open({ media: [{ ...STEREO, channels: ["external"] }] });
  expect(session.audio(161)[0]).toMatchObject({ tracks: [{ party: "customer" }] });
});

test("audio before open, while paused and after close is dropped and counted", () => {
  const session = drivenSession();
  session.audio(1600);
  session.open();
  session.say("paused");
  session.audio(1600);
  session.say("resumed", { start: "PT0S", discarded: "PT0S" });
  expect(session.audio(1600)[0]).toMatchObject({ type: "audio", offsetMs: 0 });
  session.say("close", { reason: "end" });
  session.audio(1600);
  expect(session.state.counters).toMatchObject({ droppedFrames: 3, protocolErrors: 0 });
});

test("pausing twice reports once; resuming moves the time on by what was lost", () => {
  const session = drivenSession();
  session.open();
  session.audio(16_000);
  expect(kinds(session.say("paused"))).toEqual(["(paused)"]);
  expect(session.say("paused")).toEqual([]);
  expect(session.say("resumed", { start: "PT1S", discarded: "PT2.5S" })).toEqual([
    { type: "resumed" },
    { type: "jump", fromMs: 1000, toMs: 3500, reason: "paused" },
  ]);
  expect(session.say("resumed", { start: "PT1S", discarded: "PT2.5S" })).toEqual([]);
  expect(session.audio(1600)[0]).toMatchObject({ offsetMs: 3500 });
});

test("a client that does not count its pauses moves nothing", () => {
  const session = drivenSession();
  session.open();
  session.audio(16_000);
  session.say("paused");
  expect(kinds(session.say("resumed", { start: "PT1S", discarded: "PT0S" }))).toEqual(["(resumed)"]);
  expect(session.say("resumed", { start: "PT1S", discarded: "PT0S" })).toEqual([]);
});

test("discarded audio is a gap, and the client's position is the truth", () => {
  const session = drivenSession();
  session.open();
  session.audio(16_000);
  expect(session.say("discarded", { start: "PT1S", discarded: "PT0.5S" })).toEqual([
    { type: "jump", fromMs: 1000, toMs: 1500, reason: "platform_discarded" },
  ]);
  expect(session.say("discarded", { start: "PT9S", discarded: "PT1S" })).toEqual([
    { type: "jump", fromMs: 1500, toMs: 10_000, reason: "platform_discarded" },
  ]);
  expect(session.state.counters.positionMismatches).toBeGreaterThan(0);
  expect(session.say("discarded", { start: "PT2S", discarded: "PT0S" })).toEqual([
    { type: "jump", fromMs: 10_000, toMs: 2000, reason: "platform_discarded" },
  ]);
});

test("nanosecond rounding is no gap, and unreadable durations are ignored", () => {
  const session = drivenSession();
  session.open();
  session.audio(16_000);
  expect(session.say("discarded", { start: "PT0.999874S", discarded: "PT0.00025S" })).toEqual([]);
  expect(session.say("discarded", { start: "soon" })).toEqual([]);
  expect(kinds(session.say("ping"))).toEqual(["pong"]);
});

test("positions of a continued session are told apart from its offsets", () => {
  const session = drivenSession();
  session.open({}, { position: "PT100S" });
  session.audio(16_000);
  expect(session.say("discarded", { start: "PT101S", discarded: "PT4S" })).toEqual([
    { type: "jump", fromMs: 1000, toMs: 5000, reason: "platform_discarded" },
  ]);
});

test("our resume does not restart audio; the client's resumed does", () => {
  const session = drivenSession();
  session.open();
  expect(kinds(session.put({ type: "pause" }))).toEqual(["pause"]);
  expect(kinds(session.audio(1600))).toEqual(["(audio)"]);
  session.say("paused");
  expect(kinds(session.put({ type: "resume" }))).toEqual(["resume"]);
  session.say("paused");
  expect(session.audio(1600)).toEqual([]);
  session.say("resumed", { start: "PT0.1S", discarded: "PT0S" });
  expect(kinds(session.audio(1600))).toEqual(["(audio)"]);
});

test("pause and resume are sent only while the session is open", () => {
  const session = drivenSession();
  expect(session.put({ type: "pause" })).toEqual([]);
  session.open();
  session.say("close", { reason: "end" });
  expect(session.put({ type: "resume" })).toEqual([]);
});
