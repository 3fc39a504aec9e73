/**
 * From a customer's message at the platform to its card on the agent's screen: the simulated Genesys Cloud accepts a
 * message, notifies the widget that stands framed in the agent's desktop and is signed in by PKCE, and the widget
 * fetches the text, forwards it and paints the card. The clock starts at the platform's own time of the message and
 * ends with the frame in which the widget painted. Beside it, in the same run, a chat whose page hands its messages to
 * the widget itself: what is between the two is the platform's way.
 *
 *   npm run bench genesys-message [-- --quick]
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { DEMO_QUESTIONS } from "./demo-questions.ts";
import { type DemoTenant, demoEmbedToken, openDemoTenant, untilIndexed } from "./demo-tenant.ts";
import { openAgentDesktop } from "./genesys-message/agent-desktop.ts";
import { percentile, printReport, type Row, round } from "./report.ts";
import { openWidgetHost } from "./widget-host.ts";

const MESSAGES = 200;
const QUICK_MESSAGES = 20;
/** Two a second to each chat, in turns: below the 300 requests a minute that the platform allows a token. */
const EVERY_MS = 500;
const LAST_PAINT_MS = 5_000;
const WORDS = ["Hello,", "One more thing,", "Sorry to bother you,", "Hi again,", "Also,", "By the way,"];

type Chat = { conversationId: string; write(text: string): Promise<void> };
type Painted = { kind: string; ms: number; sinceStoredMs: number };

/** No question comes twice in the same words: to every cache on the way it is another one. */
function questionOf(turn: number): string {
  const question = DEMO_QUESTIONS[turn % DEMO_QUESTIONS.length] ?? "";
  const lap = Math.floor(turn / DEMO_QUESTIONS.length);
  const opening = lap === 0 ? "" : `${WORDS[lap % WORDS.length]} `;
  return `${opening}${question}${"?".repeat(Math.floor(lap / WORDS.length))}`;
}

async function writeAll(chats: readonly Chat[], messages: number): Promise<void> {
  const begun = performance.now();
  for (let turn = 0; turn < messages; turn += 1) {
    for (const [place, chat] of chats.entries()) {
      const due = begun + (turn + place / chats.length) * EVERY_MS;
      await sleep(Math.max(0, due - performance.now()));
      await chat.write(questionOf(turn));
    }
  }
}

/** Accepted at its source to painted, of each message that a widget painted. */
async function readPainted({ sql }: DemoTenant, conversationId: string): Promise<Painted[]> {
  const rows = await sql<Painted[]>`
    SELECT m.body->>'kind' AS kind,
      extract(epoch FROM m.painted_at - e.occurred_at)::float8 * 1000 AS ms,
      extract(epoch FROM m.painted_at)::float8 * 1000 - (e.trail->'at'->>'stored')::float8 AS "sinceStoredMs"
    FROM durable_messages m JOIN events e ON e.id = m.event_id JOIN conversations c ON c.id = m.conversation_id
    WHERE c.platform_conversation_id = ${conversationId} AND m.painted_at IS NOT NULL AND e.type = 'utterance'
    ORDER BY m.seq`;
  return rows.map((row) => ({ ...row }));
}

function rowOf(what: string, painted: readonly Painted[], kind: string, target: number | undefined): Row {
  const shown = painted.filter((one) => one.kind === kind);
  const times = shown.map(({ ms }) => ms);
  return {
    what,
    painted: shown.length,
    "p50 ms": round(percentile(times, 0.5)),
    "p95 ms": round(percentile(times, 0.95)),
    "worst ms": round(percentile(times, 1)),
    "of it since stored, p50 ms": round(
      percentile(
        shown.map(({ sinceStoredMs }) => sinceStoredMs),
        0.5,
      ),
    ),
    "p50 below": target ?? "-",
  };
}

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } }, strict: false });
const messages = values.quick ? QUICK_MESSAGES : MESSAGES;
const tenant = await openDemoTenant();
await untilIndexed(tenant);
const embedToken = await demoEmbedToken();
const desktop = await openAgentDesktop(tenant.publicId, embedToken);
const hostConversation = randomUUID();
const host = await openWidgetHost({
  publicId: tenant.publicId,
  embedToken,
  conversationIds: [hostConversation],
  channel: "chat",
});
const hostChat: Chat = {
  conversationId: hostConversation,
  write: (text) =>
    host.say({
      conversationId: hostConversation,
      messageId: randomUUID(),
      from: "customer",
      text,
      at: new Date().toISOString(),
    }),
};
await writeAll([desktop, hostChat], messages);
await sleep(LAST_PAINT_MS);
const accepted = await host.accepted();
const atPlatform = await readPainted(tenant, desktop.conversationId);
const atHost = await readPainted(tenant, hostConversation);
await host.close();
await desktop.close();
await tenant.close();
printReport(
  "genesys-message",
  [
    rowOf("card, Genesys Cloud", atPlatform, "suggestion", 500),
    rowOf("card, host page", atHost, "suggestion", undefined),
    rowOf("transcript line, Genesys Cloud", atPlatform, "transcript", undefined),
    rowOf("transcript line, host page", atHost, "transcript", undefined),
  ],
  { messages, acceptedFromHost: accepted },
);
