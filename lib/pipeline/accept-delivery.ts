import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Producers } from "#/lib/queues/producers.ts";
import type { Delivery } from "./delivery.ts";
import { storableJson } from "./storable-json.ts";

/** Resolves once the delivery is committed; a repeat resolves as well. Rejects `not_found` or `upstream_unavailable`. */
export type Accept = (delivery: Delivery) => Promise<void>;

const BATCH_SIZE = 200;

type Waiting = { delivery: Delivery; resolve: () => void; reject: (error: AppError) => void };
type AcceptedRow = { place: number; delivery_id: string | null; known: boolean; fresh: boolean };

/**
 * The doors' way into the pipeline. What arrives while a transaction runs goes into the next one
 * (grouped commit): one caller waits a few milliseconds, and many together cost one commit.
 */
export function createAcceptor(db: Database, producers: Pick<Producers, "announce">): Accept {
  let queue: Waiting[] = [];
  let running = false;

  const store = async (batch: readonly Waiting[]) => {
    const items = storableJson(batch.map(({ delivery }) => delivery));
    return db.execute<AcceptedRow>(sql`select * from across.accept_deliveries(${items}::jsonb)`);
  };

  const settle = (batch: readonly Waiting[], rows: readonly AcceptedRow[]) => {
    const announced = new Map<string, { tenantId: string; deliveryId: string }>();
    for (const [index, { delivery, resolve, reject }] of batch.entries()) {
      const row = rows[index];
      if (!row?.known) {
        reject(new AppError("not_found", "No such connection."));
        continue;
      }
      if (row.fresh && row.delivery_id)
        announced.set(row.delivery_id, { tenantId: delivery.tenantId, deliveryId: row.delivery_id });
      resolve();
    }
    producers.announce("deliveries", [...announced.values()]);
  };

  const refuse = ({ reject }: Waiting, cause: unknown) =>
    reject(
      new AppError("upstream_unavailable", "The delivery could not be stored; send it again.", { cause }),
    );

  /** One delivery that Postgres refuses must not take its neighbors along: they are stored one by one. */
  const storeEach = async (batch: readonly Waiting[]) => {
    for (const waiting of batch) {
      try {
        settle([waiting], await store([waiting]));
      } catch (cause) {
        refuse(waiting, cause);
      }
    }
  };

  const run = async () => {
    running = true;
    while (queue.length > 0) {
      const batch = queue.slice(0, BATCH_SIZE);
      queue = queue.slice(BATCH_SIZE);
      try {
        settle(batch, await store(batch));
      } catch (cause) {
        if (isAboutContent(cause)) await storeEach(batch);
        // With Postgres away each would wait for its own time-out, and all that comes in behind them.
        else for (const waiting of batch) refuse(waiting, cause);
      }
    }
    running = false;
  };

  return (delivery) =>
    new Promise((resolve, reject) => {
      queue.push({ delivery, resolve, reject });
      if (!running) void run();
    });
}

/** SQLSTATE classes of values, constraints and sizes: what one delivery's content can bring about. */
const CONTENT_CLASSES = ["22", "23", "54"];

function isAboutContent(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ("code" in cause && CONTENT_CLASSES.includes(String(cause.code).slice(0, 2))) return true;
  return false;
}
