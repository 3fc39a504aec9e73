/**
 * From a chat message's acceptance to its card on screen: five customers a second ask what the demo articles
 * answer, in five chats whose widgets stand framed in a real browser. Times are the product's own: the commit
 * of the delivery and the frame in which the widget painted. Beside it, the same messages' transcript lines,
 * which pass everything but the search.
 *
 *   npm run bench chat-latency [-- --quick]
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { TRAIL_STAGES, type Trail } from "#/lib/events/trail.ts";
import { DEMO_QUESTIONS } from "./demo-questions.ts";
import { type DemoTenant, demoEmbedToken, openDemoTenant, untilIndexed } from "./demo-tenant.ts";
import { percentile, printReport, type Row, round } from "./report.ts";
import { openWidgetHost, type WidgetHost } from "./widget-host.ts";

const CHATS = 5;
const PER_SECOND = 5;
const LAST_PAINT_MS = 5_000;
/** The same question in other words is another one to every cache on the way. */
const OPENINGS = ["", "Hello! ", "One more thing: ", "Sorry to bother you. ", "Hi, me again. ", "Also, "];
const FIRST_MESSAGES = CHATS;

type Painted = { kind: string; ms: number; at: Trail["at"] };

async function ask(host: WidgetHost, conversationId: string, turn: number): Promise<void> {
  const question = DEMO_QUESTIONS[turn % DEMO_QUESTIONS.length] ?? "";
  const opening = OPENINGS[Math.floor(turn / DEMO_QUESTIONS.length) % OPENINGS.length] ?? "";
  const at = new Date().toISOString();
  await host.say({ conversationId, messageId: randomUUID(), from: "customer", text: opening + question, at });
}

async function askAll(
  host: WidgetHost,
  conversationIds: readonly string[],
  seconds: number,
): Promise<number> {
  const begun = performance.now();
  const messages = seconds * PER_SECOND;
  for (let turn = 0; turn < messages; turn++) {
    await sleep(Math.max(0, begun + (turn * 1000) / PER_SECOND - performance.now()));
    await ask(host, conversationIds[turn % CHATS] ?? "", turn);
  }
  return messages;
}

/** Stored to painted, of each message that a widget painted; in the order of acceptance. */
async function readPainted({ sql }: DemoTenant, conversationIds: readonly string[]): Promise<Painted[]> {
  const rows = await sql<{ kind: string; ms: number; at: Trail["at"] }[]>`
    SELECT m.body->>'kind' AS kind, e.trail->'at' AS at,
      extract(epoch FROM m.painted_at)::float8 * 1000 - (e.trail->'at'->>'stored')::float8 AS ms
    FROM durable_messages m JOIN events e ON e.id = m.event_id JOIN conversations c ON c.id = m.conversation_id
    WHERE c.platform_conversation_id IN ${sql([...conversationIds])} AND m.painted_at IS NOT NULL
      AND e.type = 'utterance'
    ORDER BY e.delivery_id`;
  return rows.map((row) => ({ ...row }));
}

function rowOf(what: string, times: readonly number[], targets: readonly [number, number] | undefined): Row {
  return {
    what,
    painted: times.length,
    "p50 ms": round(percentile(times, 0.5)),
    "p95 ms": round(percentile(times, 0.95)),
    "worst ms": round(percentile(times, 1)),
    "p50 at most": targets?.[0] ?? "-",
    "p95 at most": targets?.[1] ?? "-",
  };
}

/** Milliseconds from each stage of a card to the next, at this share of the cards. */
function stagesOf(cards: readonly Painted[], share: number): Record<string, number> {
  const known = TRAIL_STAGES.filter((stage) => cards.every(({ at }) => at[stage] !== undefined));
  return Object.fromEntries(
    known.slice(1).map((stage, index) => {
      const before = known[index] ?? stage;
      const steps = cards.map(({ at }) => (at[stage] ?? 0) - (at[before] ?? 0));
      return [`${before} to ${stage}`, percentile(steps, share)];
    }),
  );
}

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } }, strict: false });
const seconds = values.quick ? 10 : 60;
const tenant = await openDemoTenant();
await untilIndexed(tenant);
const conversationIds = Array.from({ length: CHATS }, () => randomUUID());
const host = await openWidgetHost({
  publicId: tenant.publicId,
  embedToken: await demoEmbedToken(),
  conversationIds,
  channel: "chat",
});
const messages = await askAll(host, conversationIds, seconds);
await sleep(LAST_PAINT_MS);
const accepted = await host.accepted();
await host.close();
const painted = await readPainted(tenant, conversationIds);
await tenant.close();
const cards = painted.filter(({ kind }) => kind === "suggestion");
const times = (of: readonly Painted[]) => of.map(({ ms }) => ms);
const lines = times(painted.filter(({ kind }) => kind === "transcript"));
printReport(
  "chat-latency",
  [rowOf("card", times(cards), [300, 800]), rowOf("transcript line", lines, undefined)],
  {
    messages,
    accepted,
    cards: cards.length,
    withoutSource: painted.filter(({ kind }) => kind === "no-source").length,
    firstCardsMs: times(cards.slice(0, FIRST_MESSAGES)).map((ms) => round(ms)),
    stagesMs: { p50: stagesOf(cards, 0.5), p95: stagesOf(cards, 0.95) },
  },
);
