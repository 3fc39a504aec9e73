import { randomUUID } from "node:crypto";
import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { events } from "#/drizzle/schema/events.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

/** Renewed at each event; how long a conversation waits when its process is killed. */
const CLAIM_SECONDS = 8;
export const RENEW_CLAIM_MS = 3_000;

export type ConversationPlace = { tenantId: string; conversationId: string };
type ConversationRow = typeof conversations.$inferSelect;
export type Claim = { token: string; conversation: ConversationRow };

const until = sql`clock_timestamp() + make_interval(secs => ${CLAIM_SECONDS})`;

/** Takes the conversation for this process, or answers undefined while another one works on it. */
export function claimConversation(db: Database, place: ConversationPlace): Promise<Claim | undefined> {
  const token = randomUUID();
  return withTenant(db, place.tenantId, async (tx) => {
    const [conversation] = await tx
      .update(conversations)
      .set({ claim: token, claimedUntil: until })
      .where(
        and(
          eq(conversations.id, place.conversationId),
          or(isNull(conversations.claimedUntil), lt(conversations.claimedUntil, sql`clock_timestamp()`)),
        ),
      )
      .returning();
    return conversation && { token, conversation };
  });
}

/** A chat begins with its first message: of one delivery's events at one moment, the beginning goes first. */
const beginsAfter = sql`${events.type} <> 'conversation.started'`;

/** While one event takes long (a search under load), the claim is kept by a timer; false once it was lost. */
export function renewClaim(db: Database, place: ConversationPlace, claim: Claim): Promise<boolean> {
  return withTenant(db, place.tenantId, (tx) => holdClaim(tx, place, claim));
}

async function holdClaim(tx: TenantTransaction, place: ConversationPlace, claim: Claim): Promise<boolean> {
  const [held] = await tx
    .update(conversations)
    .set({ claimedUntil: until })
    .where(and(eq(conversations.id, place.conversationId), eq(conversations.claim, claim.token)))
    .returning({ id: conversations.id });
  return held !== undefined;
}

export type EventRow = typeof events.$inferSelect;

/**
 * The next event to work on in the platform's own order, its start counted and the claim renewed. Undefined when
 * nothing is due or the claim was lost to another process. The start is counted before the work, since what ends
 * its process leaves no failure behind; an event that is settled gets it back.
 */
export function nextEvent(
  db: Database,
  place: ConversationPlace,
  claim: Claim,
): Promise<EventRow | undefined> {
  return withTenant(db, place.tenantId, async (tx) => {
    if (!(await holdClaim(tx, place, claim))) return undefined;
    const next = tx
      .select({ id: events.id })
      .from(events)
      .where(
        and(
          eq(events.conversationId, place.conversationId),
          eq(events.state, "pending"),
          sql`${events.nextAttemptAt} <= clock_timestamp()`,
        ),
      )
      .orderBy(events.occurredAt, events.deliveryId, beginsAfter, events.id)
      .limit(1);
    const [event] = await tx
      .update(events)
      .set({ attempts: sql`${events.attempts} + 1` })
      .where(and(eq(events.id, sql`(${next})`), eq(events.state, "pending")))
      .returning();
    return event;
  });
}

/** Lets go of the claim; answers whether an event came in meanwhile, so that no wake-up is lost. */
export function releaseConversation(db: Database, place: ConversationPlace, claim: Claim): Promise<boolean> {
  return withTenant(db, place.tenantId, async (tx) => {
    const [released] = await tx
      .update(conversations)
      .set({ claim: null, claimedUntil: null })
      .where(and(eq(conversations.id, place.conversationId), eq(conversations.claim, claim.token)))
      .returning({ id: conversations.id });
    return released !== undefined;
  }).then((released) => released && hasDueEvent(db, place));
}

function hasDueEvent(db: Database, place: ConversationPlace): Promise<boolean> {
  return withTenant(db, place.tenantId, async (tx) => {
    const rows = await tx
      .select({ id: events.id })
      .from(events)
      .where(
        and(
          eq(events.conversationId, place.conversationId),
          eq(events.state, "pending"),
          sql`${events.nextAttemptAt} <= clock_timestamp()`,
        ),
      )
      .limit(1);
    return rows.length > 0;
  });
}
