/**
 * Two hundred calls in real time, both sides of a quiet line in frames of 20 ms, and a recognizer that says
 * nothing: protocol errors, CPU of the server process a frame, and its memory. Beside it, a bare WebSocket
 * server that takes the same frames from the same client.
 *
 *   npm run bench audiohook-load [-- --quick]
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { CallReport } from "#/sandbox/genesys/call-events.ts";
import { startCall } from "#/sandbox/genesys/start-call.ts";
import { callOptions, demoConnection, type GivenConnection } from "./audiohook/bench-connection.ts";
import { quietSource } from "./audiohook/call-sources.ts";
import type { ProcessFigures } from "./audiohook/process-figures.ts";
import { startChild } from "./bench-child.ts";
import { printReport, type Row, round } from "./report.ts";

const FRAME_MS = 20;
/** Calls begin one after the other, as they do: all at once is another benchmark. */
const SPREAD_MS = 2_000;
const SETTLE_MS = 2_000;
const MEGABYTE = 1024 * 1024;

type Load = { sessions: number; seconds: number };
type Health = Partial<
  Record<"protocolErrors" | "clientErrors" | "droppedFrames" | "positionMismatches", number>
>;

async function measure(file: string, connection: GivenConnection, load: Load) {
  const child = await startChild<{ port: number }>(new URL(file, import.meta.url), {
    BENCH_ENGINE: "silent",
  });
  const options = callOptions(connection, child.ready.port);
  const idle = await child.ask<ProcessFigures>("figures");
  let frames = 0;
  const calls: Promise<CallReport>[] = [];
  for (let i = 0; i < load.sessions; i++) {
    const source = quietSource(load.seconds * 1000 + SPREAD_MS + SETTLE_MS);
    const onEvent = ({ type }: { type: string }) => {
      if (type === "audio") frames += 1;
    };
    calls.push(startCall({ ...options, source, frameMs: FRAME_MS, onEvent }).done);
    await sleep(SPREAD_MS / load.sessions);
  }
  await sleep(SETTLE_MS);
  const [before, framesBefore] = [await child.ask<ProcessFigures>("figures"), frames];
  await sleep((load.seconds - 1) * 1000);
  const [after, framesAfter] = [await child.ask<ProcessFigures>("figures"), frames];
  const reports = await Promise.all(calls);
  const health = await child.ask<Health>("health");
  await child.stop();
  return { idle, before, after, frames: framesAfter - framesBefore, reports, health };
}

type Measured = Awaited<ReturnType<typeof measure>>;

function errorsOf({ reports, health }: Measured): number {
  const seen = reports.reduce((total, { violations }) => total + violations.length, 0);
  const unfinished = reports.filter(({ outcome }) => outcome !== "completed").length;
  const { protocolErrors = 0, clientErrors = 0, droppedFrames = 0, positionMismatches = 0 } = health;
  return seen + unfinished + protocolErrors + clientErrors + droppedFrames + positionMismatches;
}

const microsPerFrame = ({ before, after, frames }: Measured) => (after.cpuMicros - before.cpuMicros) / frames;

function rowOf(server: string, measured: Measured, bare: Measured): Row {
  const { idle, before, after, frames, reports } = measured;
  const rtts = reports.flatMap(({ rttsMs }) => rttsMs);
  return {
    server,
    sessions: reports.length,
    frames,
    "protocol errors": errorsOf(measured),
    "CPU µs a frame": round(microsPerFrame(measured), 1),
    "of them socket thread": round((after.mainThreadMicros - before.mainThreadMicros) / frames, 1),
    "times bare": round(microsPerFrame(measured) / microsPerFrame(bare), 2),
    "worst ping ms": round(Math.max(0, ...rtts)),
    "idle MB": round(idle.rssBytes / MEGABYTE),
    "loaded MB": round(after.rssBytes / MEGABYTE),
    "heap MB": round(after.heapBytes / MEGABYTE),
  };
}

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } }, strict: false });
const load: Load = values.quick ? { sessions: 50, seconds: 10 } : { sessions: 200, seconds: 60 };
const connection = await demoConnection();
const bare = await measure("./audiohook/bare-child.ts", connection, load);
const door = await measure("./audiohook/server-child.ts", connection, load);
printReport("audiohook-load", [rowOf("audiohook", door, bare), rowOf("bare ws", bare, bare)], {
  load,
  health: door.health,
});
