import type { Redis } from "ioredis";
import type { Database } from "#/lib/db/database.ts";
import { type DirectoryPlace, directoryKeys } from "./directory-keys.ts";
import { readTruth } from "./read-truth.ts";

/** One agent as an admin sees it: names, conversations, and how many widgets wait as this agent. */
export type DirectoryEntry = {
  agentId: string;
  /** Names that a link by hand makes this agent's. */
  names: string[];
  conversations: string[];
  widgets: number;
  /** What the agent's widgets call themselves, in the order in which they are tried. */
  keys: string[];
};
export type DirectoryPage = {
  agents: DirectoryEntry[];
  /** Widgets whose names nobody knows: a link to an agent makes them found. */
  unknown: { names: string[]; widgets: number }[];
  /** False while Redis is away: then nobody knows whose widgets are open. */
  widgetsKnown: boolean;
};

/** A node says its widgets again every 5 s. */
const SILENT_AFTER_MS = 20_000;
type Said = { names: string[]; agentId?: string; at: number };

/** The directory of one connection for its admin; links and conversations from Postgres, widgets from their nodes. */
export async function readDirectory(
  { redis, db }: { redis: Redis; db: Database },
  place: DirectoryPlace,
  now: number,
): Promise<DirectoryPage> {
  const [{ links, conversations }, told] = await Promise.all([
    readTruth(db, place),
    redis.hgetall(directoryKeys(place).widgets).catch(() => undefined),
  ]);
  const live = Object.values(told ?? {})
    .map((value) => JSON.parse(value) as Said)
    .filter(({ at }) => now - at < SILENT_AFTER_MS);
  const agents = new Map<string, DirectoryEntry>();
  const entry = (agentId: string) => {
    const known = agents.get(agentId) ?? { agentId, names: [], conversations: [], widgets: 0, keys: [] };
    agents.set(agentId, known);
    return known;
  };
  for (const [name, agentId] of links) entry(agentId).names.push(name);
  for (const { agentId, conversationId } of conversations) entry(agentId).conversations.push(conversationId);
  const unknown = new Map<string, { names: string[]; widgets: number }>();
  for (const { names, agentId } of live) {
    if (agentId) {
      const known = entry(agentId);
      known.widgets += 1;
      known.keys = [...new Set([...known.keys, ...names])];
      continue;
    }
    const key = names.join("\n");
    const known = unknown.get(key) ?? { names, widgets: 0 };
    unknown.set(key, { ...known, widgets: known.widgets + 1 });
  }
  const sorted = [...agents.values()].sort((one, other) => one.agentId.localeCompare(other.agentId));
  return { agents: sorted, unknown: [...unknown.values()], widgetsKnown: told !== undefined };
}
