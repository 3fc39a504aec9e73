import type { Redis } from "ioredis";
import type { Database } from "#/lib/db/database.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { Accept } from "#/lib/pipeline/accept-delivery.ts";
import type { Producers } from "#/lib/queues/producers.ts";
import type { QuotaTold } from "#/lib/realtime/requests.ts";
import type { WidgetTokens } from "#/lib/realtime/widget-token.ts";
import type { PaintedBatch } from "./painted-batch.ts";

export type RealtimeDeps = {
  db: Database;
  redis: Redis;
  /** Resolves once the delivery is durable. */
  accept: Accept;
  /** Tells the jobs process at once of what it would find a little later by itself. */
  announce?: Producers["announce"];
  /** Told how a platform's limit stood in its agents' own calls. */
  quota?: (connectionId: string, told: QuotaTold) => void;
  tokens: WidgetTokens;
  log: Log;
  clock: Clock;
};

export type SocketDeps = Omit<RealtimeDeps, "redis"> & { painted: PaintedBatch };
