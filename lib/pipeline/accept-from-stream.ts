import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Producers } from "#/lib/queues/producers.ts";
import { storableJson } from "./storable-json.ts";

/** A connection's lease as its holder knows it; a later holder has a higher fence. */
export type HeldLease = { name: string; fence: number };

export type StreamDelivery = { messageId: string; payload: unknown };
export type Reached = { messageId: string; order: readonly number[] | undefined };

export type StreamAcceptor = {
  /** Where a stream stands; notes the moment where it is opened for the first time. Rejects `conflict` where the lease is lost. */
  read(stream: string): Promise<{ messageId: string | undefined; openedAt: number; fresh: boolean }>;
  /**
   * Resolves once all deliveries and the position are committed, in one transaction; what was stored before counts as
   * stored. Rejects `conflict` where the lease is lost, and `upstream_unavailable` where nothing was stored.
   */
  store(stream: string, deliveries: readonly StreamDelivery[], reached: Reached): Promise<void>;
};

type AcceptorOptions = {
  db: Database;
  producers: Pick<Producers, "announce">;
  lease: HeldLease;
  now(): number;
};

type OpenedRow = { message_id: string | null; opened_at: Date | string; fresh: boolean };
type StoredRow = { held: boolean; tenant_id: string | null; delivery_id: string | null };

/** The way into the pipeline for a stream whose place we keep: the deliveries and the place are one transaction. */
export function createStreamAcceptor({ db, producers, lease, now }: AcceptorOptions): StreamAcceptor {
  const storeOnce = (
    stream: string,
    deliveries: readonly StreamDelivery[],
    { messageId, order }: Reached,
  ) => {
    const receivedAt = now();
    const batch = storableJson(deliveries.map((delivery) => ({ ...delivery, receivedAt })));
    const position = JSON.stringify({ messageId, place: order ?? [] });
    return db.execute<StoredRow>(
      sql`select * from across.accept_from_stream(${batch}::jsonb, ${lease.name}, ${lease.fence}, ${stream}, ${position}::jsonb)`,
    );
  };

  return {
    read: async (stream) => {
      const rows = await away(
        db.execute<OpenedRow>(
          sql`select * from across.open_stream(${lease.name}, ${lease.fence}, ${stream})`,
        ),
      );
      const [row] = rows;
      if (!row) throw lost();
      const { message_id, opened_at, fresh } = row;
      return { messageId: message_id ?? undefined, openedAt: new Date(opened_at).getTime(), fresh };
    },
    store: async (stream, deliveries, reached) => {
      const rows = await storeOnce(stream, deliveries, reached).catch((cause: unknown) =>
        // One message that Postgres refuses must not stop the stream for ever: each says for itself.
        isAboutContent(cause)
          ? storeReadable(deliveries, (each) => storeOnce(stream, each, reached))
          : refuse(cause),
      );
      if (rows.some(({ held }) => !held)) throw lost();
      // A message that the stream brought twice at once is one delivery.
      const fresh = new Map<string, { tenantId: string; deliveryId: string }>();
      for (const { tenant_id, delivery_id } of rows)
        if (tenant_id && delivery_id)
          fresh.set(delivery_id, { tenantId: tenant_id, deliveryId: delivery_id });
      producers.announce("deliveries", [...fresh.values()]);
    },
  };
}

/** One by one; in the place of what cannot be stored, a delivery that says so. */
async function storeReadable(
  deliveries: readonly StreamDelivery[],
  store: (deliveries: readonly StreamDelivery[]) => Promise<readonly StoredRow[]>,
): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  for (const delivery of deliveries) {
    const one = await store([delivery]).catch((cause: unknown) => {
      if (!isAboutContent(cause)) throw refusal(cause);
      return store([{ messageId: delivery.messageId.slice(0, 500), payload: { kind: "unstorable" } }]);
    });
    rows.push(...one);
  }
  return rows;
}

const lost = () => new AppError("conflict", "Another process holds this connection's stream now.");

const refusal = (cause: unknown) =>
  new AppError("upstream_unavailable", "What the stream brought could not be stored; it is read again.", {
    cause,
  });

function refuse(cause: unknown): never {
  throw refusal(cause);
}

function away<T>(answer: Promise<T>): Promise<T> {
  return answer.catch(refuse);
}

/** SQLSTATE classes of values, constraints and sizes: what one delivery's content can bring about. */
const CONTENT_CLASSES = ["22", "23", "54"];

function isAboutContent(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ("code" in cause && CONTENT_CLASSES.includes(String(cause.code).slice(0, 2))) return true;
  return false;
}
