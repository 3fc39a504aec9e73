import { expect, test } from "vitest";
import { type LegInput, type LegOutput, newLegState, stepLeg } from "./leg.ts";
import { CLIENT, SERVER } from "./status-code.ts";
import type { StreamingConfig } from "./wire.ts";

const CONFIG: StreamingConfig = {
  encoding: 1,
  sampleRate: 8000,
  callId: "300000001",
  domainId: "1",
  campaignId: "",
  agentId: "77",
  leg: "customer",
  trustToken: "token",
  subscriptionId: "s",
  skillId: "5",
};
const T0 = 1_000_000;

function driven() {
  const state = newLegState();
  const put = (input: LegInput, nowMs = T0) => stepLeg(state, input, nowMs);
  const audio = (nowMs: number, sentAtMs: number | undefined = nowMs, samples = 160) =>
    put({ type: "request", request: { kind: "audio", bytes: new Uint8Array(samples * 2), sentAtMs } }, nowMs);
  const say = (code: number, nowMs = T0) =>
    put({ type: "request", request: { kind: "status", code } }, nowMs);
  const configure = (changes: Partial<StreamingConfig> = {}) =>
    put({ type: "request", request: { kind: "config", config: { ...CONFIG, ...changes } } });
  const live = () => [...configure(), ...put({ type: "admit" })];
  return { state, put, audio, say, configure, live };
}

const types = (outputs: readonly LegOutput[]) => outputs.map(({ type }) => type);
const codes = (outputs: readonly LegOutput[]) =>
  outputs.flatMap((output) => (output.type === "status" ? [output.code] : []));

test("the configuration is put up for admission, and 1001 is what admission answers", () => {
  const { configure, put } = driven();
  expect(configure()).toEqual([{ type: "admission", config: CONFIG }]);
  expect(codes(put({ type: "admit" }))).toEqual([SERVER.startStreaming]);
});

test("nobody is heard before 1001", () => {
  const { state, audio, configure } = driven();
  expect(audio(T0)).toEqual([]);
  configure();
  expect(audio(T0)).toEqual([]);
  expect(state.counters.earlyFrames).toBe(2);
});

test("a stranger's stream is closed without a word", () => {
  const { configure, put, audio } = driven();
  configure();
  expect(put({ type: "refuse", why: "stranger" })).toEqual([{ type: "close", as: "stranger" }]);
  expect(audio(T0)).toEqual([]);
});

test("without room the platform is told so", () => {
  const { configure, put } = driven();
  configure();
  const outputs = put({ type: "refuse", why: "no-resource" });
  expect(codes(outputs)).toEqual([SERVER.noResource]);
  expect(types(outputs)).toEqual(["status", "close"]);
});

test("frames follow each other by their samples, however unevenly they arrive", () => {
  const { live, audio } = driven();
  live();
  const at = [audio(T0), audio(T0 + 75), audio(T0 + 75)].flat();
  expect(at.map((output) => output.type === "audio" && output.atMs - T0)).toEqual([-20, 0, 20]);
});

test("what the send times show to be lost for good is a gap, and what follows stands after it", () => {
  const { live, audio } = driven();
  live();
  audio(T0);
  const outputs = Array.from({ length: 60 }, (_, i) => audio(T0 + 5020 + i * 20)).flat();
  const gaps = outputs.filter(({ type }) => type === "gap");
  expect(gaps).toEqual([{ type: "gap", fromMs: T0 + 1000, toMs: T0 + 6000, reason: "platform_discarded" }]);
  expect(outputs.at(-1)).toMatchObject({ type: "audio", atMs: T0 + 5000 + 59 * 20 });
});

test("a sender that was held up and sends it all at once has lost nothing", () => {
  const { live, audio } = driven();
  live();
  audio(T0);
  const burst = Array.from({ length: 250 }, () => audio(T0 + 5000));
  const after = Array.from({ length: 100 }, (_, i) => audio(T0 + 5020 + i * 20));
  expect(new Set(types([...burst, ...after].flat()))).toEqual(new Set(["audio"]));
});

test("a sender's clock that is beyond belief is left alone for the whole leg", () => {
  const { live, audio } = driven();
  live();
  audio(T0, T0 + 3_600_000);
  expect(types(audio(T0 + 4000, T0 + 4000))).toEqual(["audio"]);
});

test("hold and resume make a gap of their own kind", () => {
  const { live, audio, say } = driven();
  live();
  audio(T0);
  expect(types(say(CLIENT.hold, T0 + 100))).toEqual(["paused"]);
  expect(say(CLIENT.hold, T0 + 200)).toEqual([]);
  expect(say(CLIENT.resume, T0 + 9000)).toEqual([
    { type: "resumed" },
    { type: "gap", fromMs: T0, toMs: T0 + 9000, reason: "paused" },
  ]);
  expect(audio(T0 + 9020)[0]).toMatchObject({ type: "audio", atMs: T0 + 9000 });
});

test("audio on hold counts as the resumption whose word was lost", () => {
  const { live, say, audio } = driven();
  live();
  audio(T0);
  say(CLIENT.hold, T0 + 100);
  expect(types(audio(T0 + 3000))).toEqual(["resumed", "gap", "audio"]);
});

test.each([
  [CLIENT.callEnded, "ended"],
  [CLIENT.disconnect, "disconnected"],
  [CLIENT.generic, "failed"],
])("code %d ends the leg once, whatever comes after", (code, end) => {
  const { live, say, put } = driven();
  live();
  expect(say(code)).toEqual([
    { type: "over", end },
    { type: "close", as: "done" },
  ]);
  expect(put({ type: "gone" })).toEqual([]);
});

test("a stream that breaks leaves the leg lost, not ended", () => {
  const { live, put } = driven();
  live();
  expect(put({ type: "gone" })[0]).toEqual({ type: "over", end: "lost" });
});

test("asked to reconnect, the leg is heard until the platform has gone", () => {
  const { live, put, audio } = driven();
  live();
  expect(codes(put({ type: "reconnect" }))).toEqual([SERVER.reconnect]);
  expect(types(audio(T0))).toEqual(["audio"]);
});

test.each([
  ["another encoding", { encoding: 2 }],
  ["another rate", { sampleRate: 16_000 }],
  ["no call", { callId: "" }],
  ["an id without end", { agentId: "x".repeat(201) }],
])("%s is refused in words", (_name, changes) => {
  const { configure } = driven();
  const outputs = configure(changes);
  expect(codes(outputs)).toEqual([SERVER.generic]);
  expect(types(outputs)).toEqual(["status", "close"]);
});

test("a second configuration and unknown codes change nothing", () => {
  const { live, configure, say, put, state } = driven();
  live();
  expect(configure({ callId: "other" })).toEqual([]);
  expect(say(2001)).toEqual([]);
  expect(put({ type: "request", request: { kind: "unknown" } })).toEqual([]);
  expect(state.counters.ignored).toBe(3);
});

test("a frame of an odd length loses its last byte alone", () => {
  const { live, put, state } = driven();
  live();
  const request = { kind: "audio", bytes: new Uint8Array([1, 0, 255, 255, 9]), sentAtMs: T0 } as const;
  expect(put({ type: "request", request })[0]).toMatchObject({ samples: Int16Array.from([1, -1]) });
  expect(state.counters.oddFrames).toBe(1);
});
