/**
 * Fifty Five9 calls at once in real time, each as two legs on gRPC streams of their own in frames of 20 ms, and a
 * recognizer that says nothing: what was sent and never heard, gaps, and CPU of the server process a frame.
 *
 *   npm run bench five9-voice [-- --quick]
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startVoiceCall } from "#/sandbox/five9/voice/voice-call.ts";
import type { ProcessFigures } from "./audiohook/process-figures.ts";
import { startChild } from "./bench-child.ts";
import { percentile, printReport, round } from "./report.ts";

const FRAME_SAMPLES = 160;
/** Calls begin one after the other, as they do. */
const SPREAD_MS = 2_000;
const SETTLE_MS = 2_000;
const MEGABYTE = 1024 * 1024;
const TRUST_TOKEN = "bench-trust-token";

type Health = Record<
  | "legs"
  | "calls"
  | "started"
  | "ended"
  | "gaps"
  | "samples"
  | "streams"
  | "withoutRoom"
  | "refused"
  | "lostResults",
  number
>;

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } }, strict: false });
const load = values.quick ? { calls: 50, seconds: 10 } : { calls: 50, seconds: 60 };

const child = await startChild<{ port: number }>(new URL("./five9/voice-child.ts", import.meta.url), {
  BENCH_TRUST_TOKEN: TRUST_TOKEN,
});
const target = {
  address: `127.0.0.1:${child.ready.port}`,
  trustToken: TRUST_TOKEN,
  subscriptionId: "bench",
};
const handshakes: number[] = [];
const calls = [];
for (let i = 0; i < load.calls; i++) {
  const at = performance.now();
  const call = startVoiceCall({
    target,
    call: {
      callId: String(300_000_000 + i),
      domainId: "1",
      campaignId: "",
      agentId: String(i),
      skillId: "1",
    },
    silentMs: load.seconds * 1000,
  });
  void call.started.then(() => handshakes.push(performance.now() - at));
  calls.push(call);
  await sleep(SPREAD_MS / load.calls);
}
await Promise.all(calls.map(({ started }) => started));
const before = await child.ask<ProcessFigures>("figures");
const begun = await child.ask<Health>("health");
await sleep((load.seconds - 4) * 1000);
const after = await child.ask<ProcessFigures>("figures");
const running = await child.ask<Health>("health");
await Promise.all(calls.map(({ over }) => over));
await sleep(SETTLE_MS);
const health = await child.ask<Health>("health");
await child.stop();

const sent = calls.flatMap(({ legs }) => [...legs.values()]).reduce((sum, leg) => sum + leg.framesSent(), 0);
const heardFrames = health.samples / FRAME_SAMPLES;
const frames = (running.samples - begun.samples) / FRAME_SAMPLES;
printReport(
  "five9-voice",
  [
    {
      calls: load.calls,
      legs: begun.legs,
      seconds: load.seconds,
      "frames sent": sent,
      "frames lost": sent - heardFrames,
      gaps: health.gaps,
      "calls ended": health.ended,
      "CPU µs a frame": round((after.cpuMicros - before.cpuMicros) / frames, 1),
      "CPU of one core": `${round(((after.cpuMicros - before.cpuMicros) / ((load.seconds - 4) * 1e6)) * 100)} %`,
      "1001 p50 ms": round(percentile(handshakes, 0.5)),
      "1001 p99 ms": round(percentile(handshakes, 0.99)),
      "loaded MB": round(after.rssBytes / MEGABYTE),
    },
  ],
  { load, health },
);
if (sent !== heardFrames || health.gaps > 0 || health.ended !== load.calls || begun.legs !== load.calls * 2)
  throw new Error("Frames were lost, or calls did not end.");
