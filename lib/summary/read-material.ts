import { and, asc, eq, inArray } from "drizzle-orm";
import { events } from "#/drizzle/schema/events.ts";
import { feedback } from "#/drizzle/schema/feedback.ts";
import { suggestions } from "#/drizzle/schema/suggestions.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import type { Speaker } from "#/lib/events/conversation-event.ts";

export type Turn = { id: string; speaker: Speaker; text: string };
/** A card that was shown, as far as a summary needs it. */
export type ShownCard = { eventId: string; question: string; titles: string[]; used: boolean };
/** What a summary is drafted from, in the platform's own order. */
export type Material = { turns: Turn[]; cards: ShownCard[] };

/** Of an agent's feedback this says that the card's answer reached the customer. */
const USES = ["copied", "inserted", "sent"] as const;

export async function readMaterial(tx: TenantTransaction, conversationId: string): Promise<Material> {
  const said = await tx
    .select({ id: events.id, data: events.data })
    .from(events)
    .where(and(eq(events.conversationId, conversationId), eq(events.type, "utterance")))
    .orderBy(asc(events.occurredAt), asc(events.deliveryId), asc(events.id));
  const shown = await tx
    .select({ id: suggestions.id, eventId: suggestions.eventId, body: suggestions.body })
    .from(suggestions)
    .where(eq(suggestions.conversationId, conversationId))
    .orderBy(asc(suggestions.id));
  const uses =
    shown.length === 0
      ? []
      : await tx
          .select({ id: feedback.suggestionId })
          .from(feedback)
          .where(
            and(
              inArray(
                feedback.suggestionId,
                shown.map(({ id }) => id),
              ),
              inArray(feedback.kind, [...USES]),
            ),
          );
  const used = new Set(uses.map(({ id }) => id));
  return {
    turns: said.map(({ id, data }) => ({
      id,
      speaker: data.speaker === "agent" ? "agent" : "customer",
      text: String(data.text),
    })),
    cards: shown.map(({ id, eventId, body }) => ({
      eventId,
      question: body.question,
      titles: [...new Set(body.sources.map(({ title }) => title))],
      used: used.has(id),
    })),
  };
}
