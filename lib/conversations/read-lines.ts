import { and, asc, inArray, sql } from "drizzle-orm";
import { feedback } from "#/drizzle/schema/feedback.ts";
import { profileVersions } from "#/drizzle/schema/profile-versions.ts";
import { suggestions } from "#/drizzle/schema/suggestions.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import type { EventType, Speaker } from "#/lib/events/conversation-event.ts";
import type { SuggestionBody } from "#/lib/events/suggestion.ts";
import type { Trail } from "#/lib/events/trail.ts";
import { redactText } from "#/lib/redaction/redact.ts";
import type { CardVersions, ConversationCard, ConversationLine } from "./conversation-detail.ts";
import { type Cursor, cursorText } from "./conversation-filter.ts";

export const LINES_PAGE_SIZE = 400;

type EventRow = {
  id: string;
  micros: string;
  occurred_at: string;
  type: EventType;
  data: Record<string, unknown>;
  state: ConversationLine["state"];
  outcome: string | null;
  trail: Trail;
};

/** A part of the transcript in the platform's order, each line with its cards. */
export async function readLines(
  tx: TenantTransaction,
  conversationId: string,
  after: Cursor | undefined,
): Promise<{ lines: ConversationLine[]; next: string | undefined }> {
  const behind = after
    ? sql`AND (e.occurred_at, e.id) > (timestamptz 'epoch' + ${after.micros}::bigint * interval '1 microsecond', ${after.id}::uuid)`
    : sql``;
  const rows = await tx.execute<EventRow>(sql`
    SELECT e.id, e.occurred_at, e.type, e.data, e.state, e.outcome, e.trail,
      (extract(epoch FROM e.occurred_at) * 1000000)::bigint::text AS micros
    FROM events e WHERE e.conversation_id = ${conversationId} ${behind}
    ORDER BY e.occurred_at, e.id LIMIT ${LINES_PAGE_SIZE + 1}`);
  const page = rows.slice(0, LINES_PAGE_SIZE);
  const cards = await readCards(tx, page);
  const last = page.at(-1);
  return {
    lines: page.map((row) => lineOf(row, cards.get(row.id) ?? [])),
    next:
      rows.length > LINES_PAGE_SIZE && last ? cursorText({ micros: last.micros, id: last.id }) : undefined,
  };
}

function lineOf(row: EventRow, cards: ConversationCard[]): ConversationLine {
  const { data } = row;
  return {
    eventId: row.id,
    at: new Date(row.occurred_at).toISOString(),
    type: row.type,
    speaker: data.speaker as Speaker | undefined,
    text: redactText(textOf(row.type, data)),
    durationMs: typeof data.durationMs === "number" ? data.durationMs : undefined,
    state: row.state,
    outcome: redactText(row.outcome ?? ""),
    search: row.trail.search,
    cards,
  };
}

/** What an event says in words; a gap and a notice say why. */
function textOf(type: EventType, data: Record<string, unknown>): string {
  const word = (value: unknown) => (typeof value === "string" ? value : "");
  switch (type) {
    case "utterance":
    case "question.asked":
      return word(data.text);
    case "transcript.gap":
    case "conversation.ended":
      return word(data.reason);
    case "transcript.notice":
      return word(data.code);
    case "conversation.started":
    case "conversation.updated":
      return [nameOf(data.queue), nameOf(data.agent), word(data.language)].filter(Boolean).join(" · ");
    case "suggestion.offered":
      return "";
  }
}

function nameOf(value: unknown): string {
  const named = value as { id?: string; name?: string } | undefined;
  return named?.name ?? named?.id ?? "";
}

async function readCards(
  tx: TenantTransaction,
  rows: readonly EventRow[],
): Promise<Map<string, ConversationCard[]>> {
  const found = new Map<string, ConversationCard[]>();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return found;
  const made = await tx
    .select({ suggestion: suggestions, version: profileVersions })
    .from(suggestions)
    .leftJoin(
      profileVersions,
      and(
        sql`${profileVersions.profileId} = ${suggestions.profileId}`,
        sql`${profileVersions.version} = ${suggestions.profileVersion}`,
      ),
    )
    .where(inArray(suggestions.eventId, ids))
    .orderBy(asc(suggestions.generation), asc(suggestions.id));
  const words = await readFeedback(
    tx,
    made.map(({ suggestion }) => suggestion.id),
  );
  const eventOf = new Map(rows.map((row) => [row.id, row]));
  for (const { suggestion, version } of made) {
    const event = eventOf.get(suggestion.eventId);
    if (!event) continue;
    const list = found.get(event.id) ?? [];
    found.set(event.id, list);
    list.push({
      id: suggestion.id,
      generation: suggestion.generation,
      body: redactBody(suggestion.body),
      ...waitsOf(event.trail, suggestion.generation),
      feedback: words.get(suggestion.id) ?? [],
      versions: versionsOf(suggestion, version, event.trail),
    });
  }
  return found;
}

/** Nobody waited for a replay: its times are another day's. */
function waitsOf({ at }: Trail, generation: number) {
  const since = (moment: number | undefined) =>
    generation > 0 || moment === undefined || at.received === undefined ? undefined : moment - at.received;
  return { waitMs: since(at.emitted), paintedMs: since(at.painted) };
}

function redactBody(body: SuggestionBody): SuggestionBody {
  return {
    ...body,
    question: redactText(body.question),
    sentences: body.sentences.map((sentence) => ({ ...sentence, text: redactText(sentence.text) })),
  };
}

function versionsOf(
  made: typeof suggestions.$inferSelect,
  version: typeof profileVersions.$inferSelect | null,
  { search }: Trail,
): CardVersions {
  return {
    profileId: made.profileId,
    profileVersion: made.profileVersion,
    queueName: version ? (version.queueName ?? "Tenant default") : undefined,
    systemPrompt: version?.systemPrompt,
    knowledgeBaseId: version?.knowledgeBaseId ?? search?.knowledgeBaseId,
    knowledgeBase: version?.knowledgeBase ?? undefined,
    knowledgeVersion: made.knowledgeVersion,
    model: made.model,
    threshold: version?.threshold ?? search?.threshold,
  };
}

async function readFeedback(tx: TenantTransaction, suggestionIds: readonly string[]) {
  const words = new Map<string, ConversationCard["feedback"]>();
  if (suggestionIds.length === 0) return words;
  const rows = await tx
    .select()
    .from(feedback)
    .where(inArray(feedback.suggestionId, [...suggestionIds]))
    .orderBy(asc(feedback.updatedAt));
  for (const { suggestionId, agentId, kind, value, updatedAt } of rows) {
    const list = words.get(suggestionId) ?? [];
    words.set(suggestionId, list);
    list.push({ agentId, kind, value, at: updatedAt.toISOString() });
  }
  return words;
}
