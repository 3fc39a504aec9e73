import * as z from "zod";
import type { GenesysClient } from "../api/genesys-client.ts";
import { statusOf } from "./channel-api.ts";
import { type FetchedMessage, fetchedMessageSchema } from "./message-text.ts";

/** The platform takes 1,000; fewer keep an answer small enough for a browser's patience. */
const MOST_AT_ONCE = 100;

export type Fetched = {
  found: FetchedMessage[];
  /** Of an unknown shape: there, and not readable. */
  unreadable: { id: string; payload: unknown }[];
};

const bulkSchema = z.object({ entities: z.array(z.unknown()).default([]) });
const bareSchema = z.object({ id: z.string() });

/** Fetches messages by id. One that the platform does not have yet is in neither list; other failures rise. */
export async function fetchMessages(
  client: GenesysClient,
  conversationId: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Fetched> {
  const path = `/api/v2/conversations/messages/${encodeURIComponent(conversationId)}/messages`;
  const fetched: Fetched = { found: [], unreadable: [] };
  const single = async (id: string) => {
    const options = { schema: z.unknown(), signal };
    add(fetched, await client.request("GET", `${path}/${encodeURIComponent(id)}`, options), id);
  };
  const bulk = async (some: string[]) => {
    const options = { schema: bulkSchema, body: some, signal, idempotent: true };
    const { entities } = await client.request("POST", `${path}/bulk`, options);
    for (const entity of entities) add(fetched, entity);
  };
  for (let start = 0; start < ids.length; start += MOST_AT_ONCE) {
    const some = ids.slice(start, start + MOST_AT_ONCE);
    const [first = ""] = some;
    if (some.length === 1) await unlessMissing(() => single(first));
    // One id that is not there may fail them all.
    else if (!(await unlessMissing(() => bulk(some))))
      for (const id of some) await unlessMissing(() => single(id));
  }
  return fetched;
}

function add({ found, unreadable }: Fetched, payload: unknown, asked?: string): void {
  const message = fetchedMessageSchema.safeParse(payload);
  if (message.success) {
    found.push(message.data);
    return;
  }
  const id = bareSchema.safeParse(payload).data?.id ?? asked;
  if (id) unreadable.push({ id, payload });
}

async function unlessMissing(call: () => Promise<void>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (statusOf(error) === "404") return false;
    throw error;
  }
}
