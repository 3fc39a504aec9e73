import { and, desc, eq, inArray, lte, sql } from "drizzle-orm";
import { durableMessages } from "#/drizzle/schema/durable-messages.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { DurableBody, DurableMessage } from "./contract.ts";
import { conversationAt, toDurable } from "./read-durable.ts";
import type { Place } from "./rooms.ts";

type Kind = DurableBody["kind"];
/** What stands in the transcript, a line each. */
const LINES: readonly Kind[] = ["transcript", "gap", "notice"];
const ANSWERS: readonly Kind[] = ["suggestion", "no-source"];
/** Few in a conversation, and each of them counts. */
const STATE: readonly Kind[] = ["session", "write-back"];
const MOST_ANSWERS = 100;
const MOST_STATE = 500;

export type Latest = {
  lastSeq: number;
  messages: DurableMessage[];
  /** Lines below this number are in the store and not among the messages; undefined where there are none. */
  olderBefore: number | undefined;
};

/**
 * What a widget that opens a conversation needs to show it as it stands now: all that its state is made of, the
 * newest answers, the last summary and the newest lines. Three hours of talk need not travel to be glanced at.
 */
export function readLatest(db: Database, place: Place, lines: number): Promise<Latest> {
  return withTenant(db, place.tenantId, async (tx) => {
    const conversation = await conversationAt(tx, place);
    if (!conversation) return { lastSeq: 0, messages: [], olderBefore: undefined };
    const newest = (kinds: readonly Kind[], most: number) =>
      newestOf(tx, { conversationId: conversation.id, upTo: conversation.lastSeq, kinds, most });
    const said = await newest(LINES, lines + 1);
    const rows = [
      ...said.slice(0, lines),
      ...(await newest(ANSWERS, MOST_ANSWERS)),
      ...(await newest(STATE, MOST_STATE)),
      ...(await newest(["summary"], 1)),
    ].sort((one, other) => one.seq - other.seq);
    return {
      lastSeq: conversation.lastSeq,
      messages: rows.map((row) => toDurable(row, { conversationId: place.platformConversationId })),
      olderBefore: said.length > lines ? said[lines - 1]?.seq : undefined,
    };
  });
}

/** The lines that were said before a number, the nearest of them, and from where to ask on. */
export function readOlder(
  db: Database,
  place: Place,
  { before, most }: { before: number; most: number },
): Promise<Omit<Latest, "lastSeq">> {
  return withTenant(db, place.tenantId, async (tx) => {
    const conversation = await conversationAt(tx, place);
    if (!conversation) return { messages: [], olderBefore: undefined };
    const said = await newestOf(tx, {
      conversationId: conversation.id,
      upTo: before - 1,
      kinds: LINES,
      most: most + 1,
    });
    const page = said.slice(0, most).reverse();
    return {
      messages: page.map((row) => toDurable(row, { conversationId: place.platformConversationId })),
      olderBefore: said.length > most ? page[0]?.seq : undefined,
    };
  });
}

type Wanted = { conversationId: string; upTo: number; kinds: readonly Kind[]; most: number };

function newestOf(tx: TenantTransaction, { conversationId, upTo, kinds, most }: Wanted) {
  return tx
    .select()
    .from(durableMessages)
    .where(
      and(
        eq(durableMessages.conversationId, conversationId),
        lte(durableMessages.seq, upTo),
        inArray(sql`${durableMessages.body}->>'kind'`, [...kinds]),
      ),
    )
    .orderBy(desc(durableMessages.seq))
    .limit(most);
}
