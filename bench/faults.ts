/**
 * What survives: messages of twenty chats, a fifth of them sent twice, while every widget's socket is cut a
 * hundred times, the jobs process is killed twice and Redis is wiped once. Widgets run the product's own link
 * over two realtime nodes. Beside it, in the same run, listeners that join again after each cut and no more.
 *
 *   npm run bench faults [-- --quick]
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Redis } from "ioredis";
import { derivedId } from "#/lib/kernel/derived-id.ts";
import { createWidgetTokens } from "#/lib/realtime/widget-token.ts";
import { freePorts } from "#/scripts/stack/ports.ts";
import { type Cutter, startCutter } from "#/workers/realtime/testing/cutter.ts";
import { openDemoTenant, untilIndexed } from "./demo-tenant.ts";
import { compare, type Difference, NO_DIFFERENCE, sum } from "./faults/compare.ts";
import { type Ledger, type LedgerReader, openLedger } from "./faults/faults-ledger.ts";
import { type FaultsTalk, openTalk, type Place, sayNext } from "./faults/faults-talk.ts";
import { startWorker, type WorkerProcess } from "./faults/worker-process.ts";
import { percentile, printReport, type Row, required, round } from "./report.ts";

const EVERY_NTH_TWICE = 5;
const SECOND_COPY_AFTER_MS = 3_000;
/** Jobs are killed at these shares of the sending, Redis is wiped at that one. */
const KILL_AT = [0.25, 0.65];
const WIPE_AT = 0.45;
const RESTART_MS = 500;
const SETTLE_LIMIT_MS = 180_000;

type Plan = { talks: number; messages: number; cuts: number; everyMs: number };

function jobsProcess(probePort: number): Promise<WorkerProcess> {
  const url = `http://127.0.0.1:${probePort}/readyz`;
  return startWorker("workers/jobs/main.ts", { JOBS_PORT: String(probePort) }, url);
}

async function realtimeNodes(ports: readonly number[]): Promise<WorkerProcess[]> {
  const start = (port: number) =>
    startWorker(
      "workers/realtime/main.ts",
      { REALTIME_PORT: String(port) },
      `http://127.0.0.1:${port}/readyz`,
    );
  return Promise.all(ports.map(start));
}

async function until(what: string, limitMs: number, reached: () => Promise<boolean>): Promise<boolean> {
  const limit = Date.now() + limitMs;
  while (!(await reached())) {
    if (Date.now() > limit) {
      console.error(`gave up waiting: ${what}`);
      return false;
    }
    await sleep(250);
  }
  return true;
}

/** Sends everything at its pace while things break; resolves when the last message has been said. */
async function sendAmidFaults(
  plan: Plan,
  talks: readonly FaultsTalk[],
  faults: { cutter: Cutter; killJobs(): Promise<void>; wipeRedis(): Promise<unknown> },
): Promise<{ cuts: number; kills: number; wipes: number }> {
  const done = { cuts: 0, kills: 0, wipes: 0 };
  const restarts: Promise<void>[] = [];
  const whole = plan.messages * plan.everyMs;
  const cutting = setInterval(() => {
    if (done.cuts < plan.cuts) done.cuts += faults.cutter.cut();
  }, whole / plan.cuts);
  const kill = () => {
    done.kills += 1;
    restarts.push(faults.killJobs());
  };
  const timers = KILL_AT.map((share) => setTimeout(kill, share * whole));
  timers.push(
    setTimeout(() => {
      done.wipes += 1;
      restarts.push(faults.wipeRedis().then(() => undefined));
    }, WIPE_AT * whole),
  );
  const begun = Date.now();
  for (let turn = 0; turn < plan.messages; turn++) {
    for (const [at, talk] of talks.entries()) {
      const twice = (turn + at) % EVERY_NTH_TWICE === 0;
      sayNext(talk, twice ? Math.random() * SECOND_COPY_AFTER_MS : undefined);
      await sleep(plan.everyMs / talks.length / 2);
    }
    await sleep(Math.max(0, begun + (turn + 1) * plan.everyMs - Date.now()));
  }
  await until("the last cut", whole, async () => done.cuts >= plan.cuts);
  clearInterval(cutting);
  await Promise.all(restarts);
  return done;
}

/** Every delivery worked on, every event settled, every widget level with Postgres. */
async function settled(ledger: LedgerReader, talks: readonly FaultsTalk[]): Promise<boolean> {
  const ids = talks.map(({ conversationId }) => conversationId);
  return until("everything settled and shown", SETTLE_LIMIT_MS, async () => {
    if ((await ledger.unfinished(ids)) > 0) return false;
    const last = await ledger.lastSeqs(ids);
    return talks.every(
      (talk) =>
        talk.accepted >= talk.sent.length && talk.store.state().heldTo === last.get(talk.conversationId),
    );
  });
}

type Compared = { lines: Difference; cards: Difference };

function compareTalk({ connectionId }: Place, talk: FaultsTalk, ledger: Ledger) {
  const sent = talk.sent.map((id) => derivedId(connectionId, talk.conversationId, "utterance", id));
  const wanted = sent.filter((id) => ledger.cards.includes(id));
  const bySeq = [...talk.store.state().messages.values()].sort((a, b) => a.seq - b.seq);
  const of = (messages: typeof bySeq): Compared => ({
    lines: compare(
      sent,
      messages.flatMap(({ body }) => (body.kind === "transcript" ? [body.utteranceId] : [])),
    ),
    cards: compare(
      wanted,
      messages.flatMap(({ body, eventId = "" }) => (body.kind === "suggestion" ? [eventId] : [])),
    ),
  });
  return { widget: of(bySeq), bare: of(talk.bare) };
}

function rowOf(shown: string, of: string, total: number, { lost, doubled, outOfOrder }: Difference): Row {
  return { shown, of, total, lost, doubled, "out of order": outOfOrder };
}

function rowsOf(place: Place, talks: readonly FaultsTalk[], ledger: Ledger): Row[] {
  const compared = talks.map((talk) => compareTalk(place, talk, ledger));
  const messages = talks.reduce((total, { sent }) => total + sent.length, 0);
  const total = (side: "widget" | "bare", of: keyof Compared) => sum(compared.map((each) => each[side][of]));
  const cards = ledger.cards.length;
  const stored = { ...NO_DIFFERENCE, doubled: ledger.doubledCards };
  return [
    rowOf("widget", "transcript lines", messages, total("widget", "lines")),
    rowOf("widget", "cards", cards, total("widget", "cards")),
    rowOf("Postgres", "cards", cards, stored),
    rowOf("listener without resume", "transcript lines", messages, total("bare", "lines")),
    rowOf("listener without resume", "cards", cards, total("bare", "cards")),
  ];
}

async function run(plan: Plan): Promise<void> {
  const tenant = await openDemoTenant();
  const { place } = tenant;
  const ledger = openLedger(tenant.sql);
  const redis = new Redis(required("REDIS_URL"));
  const [first = 0, second = 0, probe = 0] = await freePorts(3);
  const nodes = await realtimeNodes([first, second]);
  let jobs = await jobsProcess(probe);
  await untilIndexed(tenant);
  const cutter = await startCutter([first, second]);
  const tokens = createWidgetTokens(required("WIDGET_TOKEN_SECRET"), Date.now);
  const talks = await Promise.all(
    Array.from({ length: plan.talks }, () => openTalk(place, tokens, cutter.url)),
  );
  const ids = talks.map(({ conversationId }) => conversationId);
  const begun = Date.now();
  const faults = await sendAmidFaults(plan, talks, {
    cutter,
    killJobs: async () => {
      await jobs.kill();
      await sleep(RESTART_MS);
      jobs = await jobsProcess(probe);
    },
    wipeRedis: () => redis.flushall(),
  });
  const sendingMs = Date.now() - begun;
  const complete = await settled(ledger, talks);
  const settledMs = Date.now() - begun - sendingMs;
  const known = await ledger.read(ids);
  printReport("faults", rowsOf(place, talks, known), {
    plan,
    faults,
    complete,
    seconds: { sending: round(sendingMs / 1000, 1), untilAllWasShown: round(settledMs / 1000, 1) },
    events: { unsettled: known.unsettled, dead: known.dead, doubledAnswers: known.doubledAnswers },
    storedToNumberedMs: {
      p50: round(percentile(known.lineMs, 0.5)),
      p99: round(percentile(known.lineMs, 0.99)),
      worst: round(percentile(known.lineMs, 1)),
    },
  });
  for (const talk of talks) talk.close();
  cutter.close();
  await Promise.all([jobs.stop(), ...nodes.map((node) => node.stop())]);
  redis.disconnect();
  await tenant.close();
}

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false } },
  strict: false,
});
await run(
  values.quick
    ? { talks: 10, messages: 20, cuts: 10, everyMs: 1_000 }
    : { talks: 20, messages: 100, cuts: 100, everyMs: 1_000 },
);
