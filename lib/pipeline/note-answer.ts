import { sql } from "drizzle-orm";
import { type AnswerKind, answers } from "#/drizzle/schema/answers.ts";
import { conversations } from "#/drizzle/schema/conversations.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import type { AssistOutcome } from "#/lib/events/assist-turn.ts";
import type { DurableBody } from "#/lib/realtime/contract.ts";
import type { EventRow } from "./claim-conversation.ts";

type Noted = { outcome: AssistOutcome; body: DurableBody; received: number | undefined };

/**
 * Writes the narrow row that figures are made of. A replay replaces what its event came to; nobody waited for it,
 * so it has no time, and what agents made of the earlier card is forgotten with the card.
 */
export async function noteAnswer(
  tx: TenantTransaction,
  row: EventRow,
  { outcome, body, received }: Noted,
): Promise<void> {
  if (outcome.kind === "silent") return;
  const now = Date.now();
  const noted = {
    kind: kindOf(outcome),
    suggestionId: body.kind === "suggestion" ? body.suggestionId : null,
    at: new Date(now),
    waitMs: row.generation === 0 && received !== undefined ? waited(now - received) : null,
    confidence: outcome.search?.best ?? (outcome.kind === "suggestion" ? outcome.body.confidence : null),
    threshold: outcome.search?.threshold ?? null,
  };
  const unused = {
    copied: false,
    inserted: false,
    sent: false,
    opened: false,
    verdict: null,
    paintedMs: null,
  };
  await tx
    .insert(answers)
    .values({
      tenantId: row.tenantId,
      eventId: row.id,
      conversationId: row.conversationId,
      asked: row.type === "question.asked",
      queueId: ofConversation(row, "queue_id"),
      queueName: ofConversation(row, "queue_name"),
      agentId: ofConversation(row, "agent_id"),
      agentName: ofConversation(row, "agent_name"),
      ...noted,
    })
    .onConflictDoUpdate({ target: [answers.tenantId, answers.eventId], set: { ...noted, ...unused } });
}

function kindOf(outcome: Exclude<AssistOutcome, { kind: "silent" }>): AnswerKind {
  if (outcome.kind === "no-source") return "unanswered";
  return outcome.body.sentences.length > 0 ? "answered" : "sources";
}

const LONGEST_WAIT_MS = 2_147_483_647;
const waited = (ms: number) => Math.min(LONGEST_WAIT_MS, Math.max(0, Math.round(ms)));

/** As the conversation has it in this moment; settling has locked nothing of it that another could hold. */
const ofConversation = (row: EventRow, column: string) =>
  sql<string>`(SELECT ${sql.identifier(column)} FROM ${conversations} WHERE id = ${row.conversationId})`;
