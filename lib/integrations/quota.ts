import type { Redis } from "ioredis";
import type { QuotaReport } from "#/lib/connectors/platform-access.ts";

/** How a connection stands with its platform's rate limit, as the platform last said. */
export type Quota = {
  /** Requests that the window allows and those used; undefined until the platform has said so, and after the window. */
  allowed: number | undefined;
  used: number | undefined;
  /** When the window ends or ended, ISO. */
  resetAt: string | undefined;
  /** When the platform last answered at all, ISO. */
  heardAt: string | undefined;
  /** Requests refused for their rate (429). */
  refusedLastHour: number;
  refusedLastDay: number;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Refusals are counted in buckets, so that a storm of them takes no room. */
const BUCKET_MS = 300_000;
const KEPT_SECONDS = (DAY_MS + HOUR_MS) / 1_000;

const factsKey = (connectionId: string) => `quota:${connectionId}`;
const refusedKey = (connectionId: string) => `quota-refused:${connectionId}`;

/** What one answer said, or many together: then `refused` is how many of them were refused. */
export type NotedQuota = Omit<QuotaReport, "refused"> & { refused: boolean | number };

/** Keeps what answers said of the limit. Never fails: a figure for the health page must not stop a call. */
export async function noteQuota(
  redis: Redis,
  connectionId: string,
  report: NotedQuota,
  nowMs = Date.now(),
): Promise<void> {
  const { allowed, used, resetMs } = report;
  const refused = Number(report.refused);
  const facts = {
    heardAt: nowMs,
    ...(allowed !== undefined && { allowed }),
    ...(used !== undefined && { used }),
    ...(resetMs !== undefined && { resetAt: nowMs + resetMs }),
  };
  const batch = redis.pipeline();
  batch.hset(factsKey(connectionId), facts).expire(factsKey(connectionId), KEPT_SECONDS);
  if (refused > 0) {
    const bucket = String(Math.floor(nowMs / BUCKET_MS));
    batch.hincrby(refusedKey(connectionId), bucket, refused).expire(refusedKey(connectionId), KEPT_SECONDS);
  }
  await batch.exec().catch(() => {});
}

/** By connection id; connections that nobody has called for a day are left out. Throws while Redis is away. */
export async function readQuota(
  redis: Redis,
  connectionIds: readonly string[],
  nowMs = Date.now(),
): Promise<Map<string, Quota>> {
  if (connectionIds.length === 0) return new Map();
  const batch = redis.pipeline();
  for (const id of connectionIds) batch.hgetall(factsKey(id)).hgetall(refusedKey(id));
  const answers = (await batch.exec()) ?? [];
  const hashAt = (index: number) => (answers[index]?.[1] ?? {}) as Record<string, string>;
  const found = connectionIds.map((id, index) => [id, hashAt(2 * index), hashAt(2 * index + 1)] as const);
  return new Map(
    found
      .filter(([, facts]) => facts.heardAt !== undefined)
      .map(([id, facts, refused]) => [id, quotaOf(facts, refused, nowMs)]),
  );
}

function quotaOf(facts: Record<string, string>, refused: Record<string, string>, nowMs: number): Quota {
  const resetAt = numberOf(facts.resetAt);
  const over = resetAt !== undefined && resetAt <= nowMs;
  const since = (ms: number) =>
    Object.entries(refused)
      .filter(([bucket]) => (Number(bucket) + 1) * BUCKET_MS > nowMs - ms)
      .reduce((sum, [, count]) => sum + Number(count), 0);
  return {
    allowed: numberOf(facts.allowed),
    used: over ? undefined : numberOf(facts.used),
    resetAt: isoOf(resetAt),
    heardAt: isoOf(numberOf(facts.heardAt)),
    refusedLastHour: since(HOUR_MS),
    refusedLastDay: since(DAY_MS),
  };
}

function numberOf(text: string | undefined): number | undefined {
  const number = Number(text ?? Number.NaN);
  return Number.isFinite(number) ? number : undefined;
}

const isoOf = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
