import * as z from "zod";
import type { PlatformQueue } from "../connector.ts";
import type { GenesysClient } from "./api/genesys-client.ts";

const PAGE_SIZE = 100;
/** A listing that does not end is an error of theirs; no organization has as many queues. */
const MOST_PAGES = 200;

const page = z.object({
  entities: z.array(z.object({ id: z.string().min(1), name: z.string().optional() })),
  pageCount: z.number().int().nonnegative().optional(),
});

/** Every queue that the client's roles and divisions show it, by name. Needs `routing:queue:view`. */
export async function listQueues(client: GenesysClient, signal: AbortSignal): Promise<PlatformQueue[]> {
  const found = new Map<string, PlatformQueue>();
  for (let pageNumber = 1; pageNumber <= MOST_PAGES; pageNumber += 1) {
    const { entities, pageCount } = await client.request("GET", "/api/v2/routing/queues", {
      schema: page,
      query: { pageNumber, pageSize: PAGE_SIZE, sortOrder: "asc" },
      signal,
    });
    // A queue that is renamed meanwhile may stand on two pages.
    for (const { id, name } of entities) found.set(id, { id, name: name || id });
    if (entities.length === 0 || pageNumber >= (pageCount ?? Number.POSITIVE_INFINITY)) break;
    if (pageCount === undefined && entities.length < PAGE_SIZE) break;
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, "en"));
}
