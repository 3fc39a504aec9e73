import { and, eq, sql } from "drizzle-orm";
import type { conversations } from "#/drizzle/schema/conversations.ts";
import { events } from "#/drizzle/schema/events.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { Assist, AssistOutcome, AssistRequest } from "#/lib/events/assist-turn.ts";
import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { Publisher } from "#/lib/realtime/publisher.ts";
import { MOST_ATTEMPTS, PROCESS_ENDED } from "./backoff.ts";
import {
  type Claim,
  type ConversationPlace,
  claimConversation,
  type EventRow,
  nextEvent,
  RENEW_CLAIM_MS,
  releaseConversation,
  renewClaim,
} from "./claim-conversation.ts";
import { failEvent } from "./fail-event.ts";
import { recentTurns } from "./recent-turns.ts";
import { eventOf, recordEvent } from "./record-event.ts";
import { settleEvent } from "./settle-event.ts";

/** A model that has not ended its answer by then is taken for dead, and the event is worked on again. */
const DRAFT_LEASE_SECONDS = 60;

export type DrainDeps = {
  db: Database;
  assist: Assist;
  publisher: Publisher;
  /** Hands a conversation that has ended to its platform's archive; answers which, where there is one. */
  archive?: (place: ConversationPlace & { connectionId: string }) => Promise<string | undefined>;
  log: Log;
  /** Told of each draft that goes on after the drain has; it never rejects. A process waits for these before it ends. */
  follow(draft: Promise<void>): void;
};

type ConversationRow = typeof conversations.$inferSelect;

/**
 * Works through a conversation's due events, one at a time and in the platform's own order. Only one
 * process drains a conversation; whoever comes second leaves at once, and the first looks again before it leaves.
 */
export async function drainConversation(deps: DrainDeps, place: ConversationPlace): Promise<void> {
  let more = true;
  while (more) {
    const claim = await claimConversation(deps.db, place);
    if (!claim) return;
    const renewing = setInterval(
      () =>
        void renewClaim(deps.db, place, claim).catch((err: unknown) =>
          deps.log.warn({ err }, "claim not renewed"),
        ),
      RENEW_CLAIM_MS,
    );
    try {
      await drainClaimed(deps, place, claim);
    } finally {
      clearInterval(renewing);
      more = await releaseConversation(deps.db, place, claim);
    }
  }
}

async function drainClaimed(deps: DrainDeps, place: ConversationPlace, claim: Claim): Promise<void> {
  let { conversation } = claim;
  for (let row = await nextEvent(deps.db, place, claim); row; row = await nextEvent(deps.db, place, claim))
    conversation = await workEvent(deps, row, conversation);
}

/** One event through record, assist and settle; a failure is noted and never stops the conversation. */
async function workEvent(
  deps: DrainDeps,
  row: EventRow,
  conversation: ConversationRow,
): Promise<ConversationRow> {
  const started = Date.now();
  if (row.attempts > MOST_ATTEMPTS) {
    await failEvent(deps.db, row, new AppError("upstream_unavailable", PROCESS_ENDED));
    return conversation;
  }
  try {
    const event = eventOf(row, conversation);
    const recorded = await withTenant(deps.db, row.tenantId, (tx) =>
      recordEvent(tx, event, row.conversationId),
    );
    // A replay or a retry shows its transcript line no second time: widgets drop a number they have.
    for (const message of recorded.messages) deps.publisher.durable(event, message);
    await assistWith(deps, row, event, recorded.conversation, started);
    return recorded.conversation;
  } catch (error) {
    deps.log.warn({ err: error, eventId: row.id, attempt: row.attempts }, "event failed");
    await failEvent(deps.db, row, error);
    return conversation;
  }
}

async function assistWith(
  deps: DrainDeps,
  row: EventRow,
  event: ConversationEvent,
  conversation: ConversationRow,
  started: number,
): Promise<void> {
  const settle = async (outcome: AssistOutcome) => {
    const stages = { started, ...outcome.stages };
    const message = await settleEvent(deps.db, row, event.platformConversationId, { ...outcome, stages });
    if (message) deps.publisher.durable(event, message);
  };
  const request = await requestOf(deps.db, row, event, conversation);
  if (!request) {
    const ended = event.type === "conversation.ended";
    const archived = ended ? await deps.archive?.(placeOf(row)) : undefined;
    const notes = archived ? [`uploaded to ${archived}`] : [];
    return settle({ kind: "silent", reason: "recorded", stages: {}, notes });
  }
  const outcome = await deps.assist(request);
  if (outcome.kind !== "drafting") return settle(outcome);
  await leaseDraft(deps.db, row).catch((error: unknown) => {
    // The draft goes on without its listener, and a rejection that nobody hears ends the process.
    outcome.finished.catch(() => {});
    throw error;
  });
  const draft = outcome.finished.then(settle).catch(async (error: unknown) => {
    deps.log.warn({ err: error, eventId: row.id }, "draft failed");
    await failEvent(deps.db, row, error).catch(() => {});
  });
  deps.follow(draft);
}

const placeOf = ({ tenantId, connectionId, conversationId }: EventRow) => ({
  tenantId,
  connectionId,
  conversationId,
});

/** Only what the customer says and what the agent asks on purpose can earn a card. */
async function requestOf(
  db: Database,
  row: EventRow,
  event: ConversationEvent,
  conversation: ConversationRow,
): Promise<AssistRequest | undefined> {
  const place = {
    tenantId: row.tenantId,
    connectionId: row.connectionId,
    platformConversationId: event.platformConversationId,
    queueId: conversation.queueId ?? undefined,
    eventId: row.id,
  };
  if (event.type === "suggestion.offered") return { ...place, asked: false, turns: [], offered: event.data };
  const asked = event.type === "question.asked";
  if (!asked && !(event.type === "utterance" && event.data.speaker === "customer")) return undefined;
  const turns = await recentTurns(db, row);
  return {
    ...place,
    asked,
    turns: asked ? [...turns, { speaker: "agent", text: event.data.text }] : turns,
  };
}

/** While a draft is under way the event is not due; should this process die, it becomes due again. */
async function leaseDraft(db: Database, row: EventRow): Promise<void> {
  await withTenant(db, row.tenantId, (tx) =>
    tx
      .update(events)
      .set({ nextAttemptAt: sql`clock_timestamp() + make_interval(secs => ${DRAFT_LEASE_SECONDS})` })
      .where(and(eq(events.id, row.id), eq(events.state, "pending"))),
  );
}
