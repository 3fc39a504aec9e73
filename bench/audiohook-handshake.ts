/**
 * How long callers wait for `opened` when a hundred open together, while the recognizer hears ten talking
 * callers and never answers. Beside it, a bare WebSocket server that answers `open` at once. Keys come from
 * Postgres as in the product: one look-up for a burst.
 *
 *   npm run bench audiohook-handshake [-- --quick]
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { ConnectOptions } from "#/sandbox/genesys/connect.ts";
import { startCall } from "#/sandbox/genesys/start-call.ts";
import { callOptions, demoConnection, type GivenConnection } from "./audiohook/bench-connection.ts";
import { quietSource, talkingSource } from "./audiohook/call-sources.ts";
import { startChild } from "./bench-child.ts";
import { percentile, printReport, type Row, round } from "./report.ts";

const TOGETHER = 100;
const TALKING = 10;
/** Until every talker has said something that waits for the decoder. */
const STALL_MS = 10_000;
const CALL_MS = 1_000;
const TARGET_MS = 500;
/** Longer than keys are kept: each round asks Postgres again. */
const BETWEEN_ROUNDS_MS = 5_500;

type Round = { openedMs: number[]; wholeMs: number[]; failed: number };

async function openTogether(options: ConnectOptions): Promise<Round> {
  const wholeMs: number[] = [];
  const reports = await Promise.all(
    Array.from({ length: TOGETHER }, () => {
      const begun = performance.now();
      return startCall({
        ...options,
        source: quietSource(CALL_MS),
        onEvent: ({ type }) => type === "opened" && wholeMs.push(performance.now() - begun),
      }).done;
    }),
  );
  return {
    openedMs: reports.flatMap(({ openedAfterMs }) => openedAfterMs ?? []),
    wholeMs,
    failed: reports.filter(({ outcome }) => outcome !== "completed").length,
  };
}

function rowOf(server: string, rounds: readonly Round[]): Row {
  const opened = rounds.flatMap(({ openedMs }) => openedMs);
  const whole = rounds.flatMap(({ wholeMs }) => wholeMs);
  return {
    server,
    opened: opened.length,
    failed: rounds.reduce((total, { failed }) => total + failed, 0),
    "open to opened p50 ms": round(percentile(opened, 0.5)),
    "p99 ms": round(percentile(opened, 0.99)),
    "p99 at most": TARGET_MS,
    "connect to opened p99 ms": round(percentile(whole, 0.99)),
  };
}

async function measure(file: string, connection: GivenConnection, talking: number, rounds: number) {
  const child = await startChild<{ port: number }>(new URL(file, import.meta.url), {
    BENCH_ENGINE: "stalled",
  });
  const options = callOptions(connection, child.ready.port);
  const talkMs = STALL_MS + rounds * (BETWEEN_ROUNDS_MS + 3 * CALL_MS);
  const talkers = Array.from({ length: talking }, () =>
    startCall({ ...options, source: talkingSource(talkMs) }),
  );
  if (talking > 0) await sleep(STALL_MS);
  const results: Round[] = [];
  for (let i = 0; i < rounds; i++) {
    if (i > 0) await sleep(BETWEEN_ROUNDS_MS);
    results.push(await openTogether(options));
  }
  const health = await child.ask<Record<string, unknown>>("health");
  for (const talker of talkers) talker.cut();
  await child.stop();
  return { results, health };
}

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } }, strict: false });
const rounds = values.quick ? 1 : 5;
const connection = await demoConnection();
const bare = await measure("./audiohook/bare-child.ts", connection, 0, rounds);
const door = await measure("./audiohook/server-child.ts", connection, TALKING, rounds);
printReport(
  "audiohook-handshake",
  [rowOf("audiohook, recognizer stalled", door.results), rowOf("bare ws", bare.results)],
  { rounds, together: TOGETHER, talking: TALKING, finals: door.health.finals, notices: door.health.notices },
);
