import { and, eq, gt, ne } from "drizzle-orm";
import type * as z from "zod";
import { writeBacks } from "#/drizzle/schema/write-backs.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import type { DurableMessage } from "#/lib/realtime/contract.ts";
import type { WriteAnswer, writeSchema } from "#/lib/realtime/requests.ts";
import type { Place } from "#/lib/realtime/rooms.ts";
import { changeWrite, lockWrite, startedConversation, tellWrite, type WriteRow } from "./write-row.ts";

/** A performer tries for less than this, or not at all; past it another widget may look what became of it. */
export const PERFORMER_GONE_AFTER_MS = 30_000;
/** Within this a repeat of the same claim may still begin, and is through before it is taken for gone. */
const BEGIN_WITHIN_MS = 8_000;

export type WriteDeps = { db: Database; clock: Clock };
export type WriteRequest = Omit<z.output<typeof writeSchema>, "conversationId"> & {
  agent: { id: string; name?: string } | undefined;
};
export type Begun = { answer: Extract<WriteAnswer, { ok: true }>; message?: DurableMessage };

/**
 * Records what an agent wants written, before anyone calls the platform, and decides who may call it. Of all
 * who ask about one attempt, from however many tabs and repeats, exactly one claim is told that it is theirs.
 */
export function beginWrite(deps: WriteDeps, place: Place, request: WriteRequest): Promise<Begun> {
  return withTenant(deps.db, place.tenantId, async (tx) => {
    const conversationId = await startedConversation(tx, place);
    const now = deps.clock();
    const made = await insertWrite(tx, { place, conversationId, now }, request);
    if (made) return begun(made, request, { mine: true, message: await tellWrite(tx, place, made) });
    const row = await lockWrite(tx, { writeId: request.writeId, conversationId });
    if (row.content.kind !== request.intent.kind)
      throw new AppError("conflict", "This id stands for something else already.");
    if (row.state === "sending" && row.claim === request.claim) {
      const mine = now - row.startedAt.getTime() < BEGIN_WITHIN_MS;
      return begun(row, request, { mine, late: !mine });
    }
    return (await nextAttempt(tx, { place, row, now }, request)) ?? begun(row, request, { mine: false });
  });
}

async function insertWrite(
  tx: TenantTransaction,
  at: { place: Place; conversationId: string; now: number },
  { writeId, claim, intent, agent, after }: WriteRequest,
): Promise<WriteRow | undefined> {
  // What follows an attempt follows one that is recorded; anything else was made up.
  if (after) return undefined;
  const [row] = await tx
    .insert(writeBacks)
    .values({
      id: writeId,
      tenantId: at.place.tenantId,
      conversationId: at.conversationId,
      kind: intent.kind,
      agentId: agent?.id,
      agentName: agent?.name,
      suggestionId: intent.kind === "message" ? intent.suggestionId : undefined,
      content: intent,
      claim,
      startedAt: new Date(at.now),
      createdAt: new Date(at.now),
      updatedAt: new Date(at.now),
    })
    .onConflictDoNothing()
    .returning();
  return row;
}

type Locked = { place: Place; row: WriteRow; now: number };

async function nextAttempt(
  tx: TenantTransaction,
  locked: Locked,
  request: WriteRequest,
): Promise<Begun | undefined> {
  const { place, row, now } = locked;
  const { after, claim, intent } = request;
  if (after?.attempt !== row.attempts || !mayFollow(locked, after.how)) return undefined;
  if (await isOvertaken(tx, row)) {
    const change = { state: "discarded" as const, reason: "A later save took its place." };
    const gone = await changeWrite(tx, place, row, { change, now });
    return begun(gone.row, request, { mine: false, message: gone.message });
  }
  const resumed = after.how === "resume";
  const next = await changeWrite(tx, place, row, {
    now,
    change: {
      state: "sending",
      attempts: row.attempts + 1,
      claim,
      startedAt: new Date(now),
      reason: null,
      retryable: true,
      // A person may have mended the text; who takes over performs what was asked for.
      ...(!resumed && { content: intent }),
    },
  });
  return begun(next.row, request, { mine: true, message: next.message });
}

function mayFollow({ row, now }: Locked, how: "retry" | "confirmed" | "resume"): boolean {
  switch (how) {
    case "retry":
      return row.state === "failed";
    case "confirmed":
      return row.state === "unconfirmed";
    case "resume":
      return row.state === "sending" && now - row.startedAt.getTime() > PERFORMER_GONE_AFTER_MS;
  }
}

/** A wrap-up replaces the one before: an old one that is tried late would undo the newer. */
async function isOvertaken(tx: TenantTransaction, row: WriteRow): Promise<boolean> {
  if (row.kind !== "summary") return false;
  const [later] = await tx
    .select({ id: writeBacks.id })
    .from(writeBacks)
    .where(
      and(
        eq(writeBacks.conversationId, row.conversationId),
        eq(writeBacks.kind, "summary"),
        ne(writeBacks.id, row.id),
        gt(writeBacks.createdAt, row.createdAt),
        ne(writeBacks.state, "discarded"),
      ),
    )
    .limit(1);
  return later !== undefined;
}

function begun(
  row: WriteRow,
  { after }: WriteRequest,
  { mine, late = false, message }: { mine: boolean; late?: boolean; message?: DurableMessage },
): Begun {
  return {
    message,
    answer: {
      ok: true,
      mine,
      late,
      mustFind: mine && after?.how === "resume",
      attempt: row.attempts,
      state: row.state,
      intent: row.content,
      since: row.createdAt.getTime(),
    },
  };
}
