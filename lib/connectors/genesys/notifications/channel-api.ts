import * as z from "zod";
import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { GenesysClient } from "../api/genesys-client.ts";

const PATH = "/api/v2/notifications/channels";
/** A combined topic counts as one. */
export const MOST_TOPICS = 1_000;

const channelSchema = z.object({ id: z.string().min(1), connectUri: z.url(), expires: z.string().nullish() });
export type Channel = z.output<typeof channelSchema>;

const subscriptionsSchema = z.object({
  entities: z
    .array(
      z.object({
        id: z.string(),
        state: z.string().nullish(),
        rejectionReason: z.string().nullish(),
        missingPermissions: z.array(z.string()).nullish(),
      }),
    )
    .default([]),
});
type Subscription = z.output<typeof subscriptionsSchema>["entities"][number];

/** The platform keeps 20 per user and client; one more takes away the one that was used least lately. */
export function createChannel(client: GenesysClient, signal: AbortSignal): Promise<Channel> {
  return client.request("POST", PATH, { schema: channelSchema, signal, idempotent: true });
}

/**
 * Puts the whole list of topics on a channel. Answers what was refused in words, undefined where nothing was;
 * throws `upstream_rejected` where nothing is left to listen to.
 */
export async function subscribe(
  client: GenesysClient,
  channelId: string,
  topics: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const { entities } = await client.request("PUT", `${PATH}/${encodeURIComponent(channelId)}/subscriptions`, {
    schema: subscriptionsSchema,
    body: topics.map((id) => ({ id })),
    query: { ignoreErrors: true },
    signal,
  });
  const rejected = entities.filter(({ state }) => state === "Rejected");
  if (rejected.length === 0) return undefined;
  const words = rejectionWords(rejected, topics.length);
  if (rejected.length < topics.length) return words;
  throw new AppError("upstream_rejected", words, { context: { code: "topics.rejected" } });
}

function rejectionWords(rejected: readonly Subscription[], wanted: number): string {
  const missing = [...new Set(rejected.flatMap(({ missingPermissions }) => missingPermissions ?? []))];
  const reason =
    rejected.find(({ rejectionReason }) => rejectionReason)?.rejectionReason ?? "no reason given";
  const what = missing.length > 0 ? `the permission ${missing.join(", ")} is missing` : reason;
  return `Genesys Cloud refused ${rejected.length} of ${wanted} notification topics: ${what}.`;
}

/** Whether the channel still exists, is ours, and carries topics: one that was taken away says nothing by itself. */
export async function isAlive(
  client: GenesysClient,
  channelId: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const { entities } = await client.request(
      "GET",
      `${PATH}/${encodeURIComponent(channelId)}/subscriptions`,
      { schema: subscriptionsSchema, signal },
    );
    return entities.length > 0;
  } catch (error) {
    if (statusOf(error) === "404") return false;
    throw error;
  }
}

export function statusOf(error: unknown): string | undefined {
  return isAppError(error) ? error.context.status : undefined;
}
