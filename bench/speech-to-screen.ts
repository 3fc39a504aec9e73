/**
 * From the end of speech to its words on screen: a demo call in real time into the running product, its widget
 * framed in a real browser. Speech ends at the last 20 ms that are within 40 dB of the speaker's loudest; the
 * words are on screen when the widget painted them. Beside it, in the same run, the recognizer alone with the
 * same audio: no sockets, no database, no browser.
 *
 *   npm run bench speech-to-screen [-- --quick]
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createEmbeddedEngine } from "#/lib/stt/embedded/embedded-engine.ts";
import { type AudioSource, recordingSource } from "#/sandbox/audio/audio-source.ts";
import { type DemoCall, readDemoCall } from "#/sandbox/demo-content.ts";
import { startCall } from "#/sandbox/genesys/start-call.ts";
import { callOptions, demoConnection } from "./audiohook/bench-connection.ts";
import { MODEL_FOLDER } from "./audiohook/bench-engines.ts";
import { type DemoTenant, demoEmbedToken, openDemoTenant, untilIndexed } from "./demo-tenant.ts";
import { percentile, printReport, type Row, required, round } from "./report.ts";
import { type SpokenFinal, speechLatency, type Tracks } from "./speech-to-screen/speech-ends.ts";
import { openWidgetHost } from "./widget-host.ts";

const FRAME_MS = 20;
const SAMPLES_PER_MS = 8;
const CHUNK_SAMPLES = FRAME_MS * SAMPLES_PER_MS;
/** After the call: what was said last is recognized, numbered, painted and told. */
const LAST_PAINT_MS = 6_000;
const FLUSH_MS = 10_000;
const TARGETS = [1_500, 3_000] as const;

/** The first so many milliseconds of a demo call. */
function tracksOf(name: DemoCall, limitMs: number): Tracks {
  const [customer, agent] = readDemoCall(name).channels;
  if (!customer || !agent) throw new Error(`The demo call "${name}" has not two channels.`);
  const end = limitMs * SAMPLES_PER_MS;
  return { customer: customer.subarray(0, end), agent: agent.subarray(0, end) };
}

const sourceOf = ({ customer, agent }: Tracks): AudioSource =>
  recordingSource({ rate: SAMPLES_PER_MS * 1000, channels: [customer, agent] });

/** One call through the whole product; how late each final was painted. */
async function throughProduct(tenant: DemoTenant, tracks: Tracks): Promise<number[]> {
  const conversationId = randomUUID();
  const { publicId } = tenant;
  const embedToken = await demoEmbedToken();
  const host = await openWidgetHost({
    publicId,
    embedToken,
    conversationIds: [conversationId],
    channel: "voice",
  });
  let begunAt = 0;
  const connection = await demoConnection();
  const report = await startCall({
    ...callOptions(connection, Number(new URL(required("AUDIOHOOK_URL")).port)),
    conversationId,
    source: sourceOf(tracks),
    frameMs: FRAME_MS,
    onEvent: ({ type }) => {
      // The caller's clock starts with `open`, which is sent as soon as the socket is there.
      if (type === "connected") begunAt = Date.now();
    },
  }).done;
  if (report.outcome !== "completed") throw new Error(report.detail);
  await sleep(LAST_PAINT_MS);
  await host.close();
  const finals = await readFinals(tenant, conversationId, begunAt);
  return speechLatency(tracks, finals);
}

async function readFinals(
  { sql }: DemoTenant,
  conversationId: string,
  begunAt: number,
): Promise<SpokenFinal[]> {
  const rows = await sql<SpokenFinal[]>`
    SELECT m.body->>'speaker' AS speaker, (m.body->>'offsetMs')::float8 AS "startMs",
      (m.body->>'durationMs')::float8 AS "durationMs",
      extract(epoch FROM m.painted_at)::float8 * 1000 - ${begunAt}::float8 AS "shownMs"
    FROM durable_messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE c.platform_conversation_id = ${conversationId} AND m.body->>'kind' = 'transcript'
      AND m.painted_at IS NOT NULL`;
  return rows.map((row) => ({ ...row }));
}

/** The recognizer as the product runs it, fed by hand at the pace of speech. */
async function throughEngine(tracks: Tracks): Promise<number[]> {
  const engine = await createEmbeddedEngine({ modelFolder: MODEL_FOLDER });
  const finals: SpokenFinal[] = [];
  const ignore = () => undefined;
  const begun = performance.now();
  const streams = (["customer", "agent"] as const).map((speaker) => ({
    speaker,
    stream: engine.open({
      onInterim: ignore,
      onGap: ignore,
      onHealth: ignore,
      onFinal: ({ startMs, durationMs }) =>
        finals.push({ speaker, startMs, durationMs, shownMs: performance.now() - begun }),
    }),
  }));
  for (let at = 0; at < tracks.customer.length; at += CHUNK_SAMPLES) {
    const due = (at + CHUNK_SAMPLES) / SAMPLES_PER_MS - (performance.now() - begun);
    if (due > 0) await sleep(due);
    for (const { speaker, stream } of streams) stream.push(tracks[speaker].subarray(at, at + CHUNK_SAMPLES));
  }
  await Promise.all(streams.map(({ stream }) => stream.flush(FLUSH_MS)));
  await engine.close();
  return speechLatency(tracks, finals);
}

function rowOf(what: string, latencies: readonly number[]): Row {
  return {
    what,
    finals: latencies.length,
    "p50 ms": round(percentile(latencies, 0.5)),
    "p95 ms": round(percentile(latencies, 0.95)),
    "worst ms": round(percentile(latencies, 1)),
    "p50 at most": TARGETS[0],
    "p95 at most": TARGETS[1],
  };
}

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } }, strict: false });
const calls: DemoCall[] = values.quick ? ["demo-1"] : ["demo-1", "demo-2"];
const limitMs = values.quick ? 40_000 : Number.POSITIVE_INFINITY;
const tenant = await openDemoTenant();
await untilIndexed(tenant);
const product: number[] = [];
const engine: number[] = [];
for (const name of calls) product.push(...(await throughProduct(tenant, tracksOf(name, limitMs))));
for (const name of calls) engine.push(...(await throughEngine(tracksOf(name, limitMs))));
await tenant.close();
printReport("speech-to-screen", [rowOf("on screen", product), rowOf("recognizer alone", engine)], {
  calls,
  latenciesMs: product.map((ms) => round(ms)),
});
