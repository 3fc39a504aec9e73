import * as z from "zod";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../platform-access.ts";
import { type GoogleClient, googleClient } from "./api/google-client.ts";
import type { GoogleCredentials } from "./credentials.ts";
import type { ConversationFacts } from "./deliveries.ts";

/** An event waits this long for its conversation's profile and then goes on without. */
const ASK_MS = 2_000;
/** Unknown is asked again after this; known is known for good. */
const UNKNOWN_MS = 60_000;
const MOST_KEPT = 20_000;

const conversation = z.object({
  conversationProfile: z.string().optional(),
  phoneNumber: z.object({ phoneNumber: z.string().optional() }).optional().catch(undefined),
});
const profile = z.object({ displayName: z.string().optional() });

type Kept<T> = { value: Promise<T | undefined>; until: number };
export type FactsCache = {
  conversations: Map<string, Kept<ConversationFacts>>;
  profiles: Map<string, Kept<string>>;
};
const PROCESS_CACHE: FactsCache = { conversations: new Map(), profiles: new Map() };

/**
 * Which conversation profile a conversation runs under: its events do not say (contract section 3). Asked once for
 * each conversation; where Google does not answer, the connection's own profile counts.
 */
export async function factsOf(
  own: GoogleCredentials,
  name: string,
  access: PlatformAccess,
  cache: FactsCache = PROCESS_CACHE,
): Promise<ConversationFacts> {
  const fallback = own.conversationProfile ? { profile: { id: profileId(own.conversationProfile) } } : {};
  const found = await keep(cache.conversations, `${access.connectionId} ${name}`, access, () =>
    ask(googleClient(own, access), name, access, cache),
  );
  return found?.profile ? found : { ...found, ...fallback };
}

async function ask(
  client: GoogleClient,
  name: string,
  access: PlatformAccess,
  cache: FactsCache,
): Promise<ConversationFacts> {
  const host = client.hosts.dialogflow(locationOf(name));
  const options = { signal: AbortSignal.timeout(ASK_MS), attempts: 1 };
  const found = await client.request("GET", `${host}/v2/${name}`, { schema: conversation, ...options });
  const channel = found.phoneNumber ? { channel: "voice" as const } : {};
  const named = found.conversationProfile;
  if (!named) return channel;
  const title = await keep(cache.profiles, `${access.connectionId} ${named}`, access, async () => {
    const url = `${client.hosts.dialogflow(locationOf(named))}/v2/${named}`;
    return (await client.request("GET", url, { schema: profile, ...options })).displayName;
  });
  return { profile: { id: profileId(named), ...(title && { name: title.slice(0, 200) }) }, ...channel };
}

/** Answers undefined where it was not to be had. */
async function keep<T>(
  kept: Map<string, Kept<T>>,
  key: string,
  { now }: PlatformAccess,
  read: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const known = kept.get(key);
  if (known && known.until > now()) return known.value;
  if (kept.size >= MOST_KEPT) kept.clear();
  const entry: Kept<T> = { until: Number.POSITIVE_INFINITY, value: Promise.resolve(undefined) };
  entry.value = read().catch((error: unknown) => {
    entry.until = now() + UNKNOWN_MS;
    if (isAppError(error) || isTimeout(error)) return undefined;
    throw error;
  });
  kept.set(key, entry);
  return entry.value;
}

const isTimeout = (error: unknown) => error instanceof Error && error.name === "TimeoutError";

export const locationOf = (name: string) => /\/locations\/([^/]+)\//.exec(name)?.[1] ?? "global";

/** Queues are known by the last part of the name: the portal's list and the events agree on it. */
export const profileId = (name: string) => name.slice(name.lastIndexOf("/") + 1);
