import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { events } from "#/drizzle/schema/events.ts";
import { suggestions } from "#/drizzle/schema/suggestions.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { AssistOutcome } from "#/lib/events/assist-turn.ts";
import type { Trail } from "#/lib/events/trail.ts";
import { appendDurable } from "#/lib/realtime/append-durable.ts";
import type { DurableBody, DurableMessage } from "#/lib/realtime/contract.ts";
import type { EventRow } from "./claim-conversation.ts";
import { noteAnswer } from "./note-answer.ts";

const OUTCOME_WORDS = {
  silent: (reason: string) => `silent: ${reason}`,
  "no-source": (reason: string) => `no source: ${reason}`,
} as const;

/**
 * Ends an event: its card (once per event, profile version and generation), its durable message and its
 * state are one transaction. Answers the message to emit, or undefined where there is nothing to show.
 */
export function settleEvent(
  db: Database,
  row: EventRow,
  platformConversationId: string,
  outcome: AssistOutcome,
): Promise<DurableMessage | undefined> {
  return withTenant(db, row.tenantId, async (tx) => {
    const [current] = await tx
      .select({ trail: events.trail })
      .from(events)
      .where(and(eq(events.id, row.id), eq(events.state, "pending"), eq(events.generation, row.generation)))
      .for("update");
    if (!current) return undefined;
    const body =
      outcome.kind === "suggestion" ? await storeSuggestion(tx, row, outcome) : quietBody(row, outcome);
    const message = body && (await append(tx, row, platformConversationId, body));
    if (message) await noteAnswer(tx, row, { outcome, body, received: current.trail.at.received });
    await tx
      .update(events)
      .set({
        state: "done",
        // What is left counts the starts that came to nothing.
        attempts: row.attempts - 1,
        outcome: outcomeWords(outcome),
        trail: endedTrail(current.trail, outcome, message),
      })
      .where(eq(events.id, row.id));
    return message;
  });
}

function outcomeWords(outcome: AssistOutcome): string {
  if (outcome.kind === "suggestion") return outcome.body.sentences.length > 0 ? "suggested" : "sources only";
  return OUTCOME_WORDS[outcome.kind](outcome.reason);
}

function endedTrail(trail: Trail, outcome: AssistOutcome, message: DurableMessage | undefined): Trail {
  const emitted = message ? { emitted: Date.now() } : {};
  return {
    ...trail,
    at: { ...trail.at, ...outcome.stages, ...emitted },
    notes: [...trail.notes, ...outcome.notes],
    ...(outcome.search && { search: outcome.search }),
  };
}

function append(tx: TenantTransaction, row: EventRow, platformConversationId: string, body: DurableBody) {
  return appendDurable(tx, {
    tenantId: row.tenantId,
    conversationId: row.conversationId,
    platformConversationId,
    key: `answer:${row.id}:${row.generation}`,
    eventId: row.id,
    body,
  });
}

function quietBody(row: EventRow, outcome: AssistOutcome): DurableBody | undefined {
  if (outcome.kind !== "no-source") return undefined;
  return { kind: "no-source", question: outcome.question, at: row.occurredAt.toISOString() };
}

async function storeSuggestion(
  tx: TenantTransaction,
  row: EventRow,
  outcome: Extract<AssistOutcome, { kind: "suggestion" }>,
): Promise<DurableBody | undefined> {
  const { profileId, profileVersion, knowledgeVersion, model, body } = outcome;
  const id = randomUUID();
  const stored = await tx
    .insert(suggestions)
    .values({
      id,
      tenantId: row.tenantId,
      conversationId: row.conversationId,
      eventId: row.id,
      generation: row.generation,
      profileId,
      profileVersion,
      knowledgeVersion,
      model,
      body,
    })
    .onConflictDoNothing()
    .returning({ id: suggestions.id });
  if (stored.length === 0) return undefined;
  return { kind: "suggestion", suggestionId: id, at: row.occurredAt.toISOString(), ...body };
}
