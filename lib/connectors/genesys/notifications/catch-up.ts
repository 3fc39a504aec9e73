import * as z from "zod";
import type { PlatformAccess } from "../../platform-access.ts";
import type { GenesysClient } from "../api/genesys-client.ts";
import { backoffMs } from "./backoff.ts";
import { statusOf } from "./channel-api.ts";
import type { FeedScope } from "./tracked-conversation.ts";

export type CatchUpDeps = {
  client: GenesysClient;
  access: PlatformAccess;
  scope: FeedScope;
  signal: AbortSignal;
  /** Conversations that are known and not over. */
  open(): string[];
  apply(conversation: unknown): void;
};

/** At the same time; the rest of the rate belongs to the agent's own desktop. */
const SIDE_BY_SIDE = 4;
const PAGE_SIZE = 100;
const MOST_PAGES = 10;
/** The reach of the question which conversations run; one that is older tells of itself with its next message. */
const REACH_MS = 48 * 3_600_000;

type Progress = { onDone(): void; onTrouble(error: unknown): void; random?: (() => number) | undefined };

/**
 * Fetches what was said while nobody listened (contract section 5.4), again and again until it has worked: the running
 * conversations, whole; whoever applies them knows which messages are new. A later call takes the work over.
 */
export function createCatchUp(
  deps: CatchUpDeps,
  { onDone, onTrouble, random }: Progress,
): () => Promise<void> {
  let latest = 0;
  return async () => {
    latest += 1;
    const own = latest;
    // How far it came: even more conversations than the rate limit allows are through in the end.
    const done = new Set<string>();
    for (let attempt = 1; own === latest && !deps.signal.aborted; attempt += 1) {
      try {
        await fetchAll(deps, done);
        return onDone();
      } catch (error) {
        if (deps.signal.aborted) return;
        onTrouble(error);
        await deps.access.wait(backoffMs(attempt, random), deps.signal).catch(() => {});
      }
    }
  };
}

async function fetchAll(deps: CatchUpDeps, done: Set<string>): Promise<void> {
  const found = deps.scope.kind === "user" ? await ownConversations(deps) : await runningConversations(deps);
  const ids = [...new Set([...deps.open(), ...found])].filter((id) => !done.has(id));
  const workers = Array.from({ length: SIDE_BY_SIDE }, async () => {
    for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
      await fetchConversation(deps, id);
      done.add(id);
    }
  });
  await Promise.all(workers);
}

/** A conversation that we may not see (any more) is no trouble. */
export async function fetchConversation(
  { client, signal, apply }: Pick<CatchUpDeps, "client" | "signal" | "apply">,
  conversationId: string,
): Promise<void> {
  const path = `/api/v2/conversations/${encodeURIComponent(conversationId)}`;
  const conversation = await unlessRefused(client.request("GET", path, { schema: z.unknown(), signal }));
  if (conversation !== undefined) apply(conversation);
}

const listingSchema = z.object({ entities: z.array(z.looseObject({ id: z.string() })).default([]) });

/** They come with the names of users and queues, which the conversation alone has not. */
async function ownConversations({ client, signal, apply }: CatchUpDeps): Promise<string[]> {
  const options = { schema: listingSchema, signal };
  const { entities } = await client.request("GET", "/api/v2/conversations/messages", options);
  for (const entity of entities) apply(entity);
  return entities.map(({ id }) => id);
}

const pageSchema = z.object({
  conversations: z.array(z.object({ conversationId: z.string() })).default([]),
  totalHits: z.number().default(0),
});

/** The one way for client credentials to learn which conversations run; needs analytics:conversationDetail:view. */
async function runningConversations({ client, access, signal, scope }: CatchUpDeps): Promise<string[]> {
  const now = access.now();
  const found: string[] = [];
  for (let pageNumber = 1; pageNumber <= MOST_PAGES; pageNumber += 1) {
    const page = await unlessRefused(
      client.request("POST", "/api/v2/analytics/conversations/details/query", {
        schema: pageSchema,
        idempotent: true,
        signal,
        body: {
          interval: `${new Date(now - REACH_MS).toISOString()}/${new Date(now + 60_000).toISOString()}`,
          order: "desc",
          orderBy: "conversationStart",
          paging: { pageSize: PAGE_SIZE, pageNumber },
          conversationFilters: [
            { type: "and", predicates: [{ dimension: "conversationEnd", operator: "notExists" }] },
          ],
          segmentFilters: segmentFilters(scope),
        },
      }),
    );
    if (!page) return found;
    found.push(...page.conversations.map(({ conversationId }) => conversationId));
    if (page.conversations.length < PAGE_SIZE) return found;
  }
  return found;
}

const MOST_PREDICATES = 100;

function segmentFilters(scope: FeedScope): object[] {
  const media = { type: "and", predicates: [{ dimension: "mediaType", value: "message" }] };
  if (scope.kind === "user" || scope.queueIds.length > MOST_PREDICATES) return [media];
  const queues = scope.queueIds.map((value) => ({ dimension: "queueId", value }));
  return [media, { type: "or", predicates: queues }];
}

async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (["400", "403", "404"].includes(statusOf(error) ?? "")) return undefined;
    throw error;
  }
}
