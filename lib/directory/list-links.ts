import { and, asc, eq, gt, ilike, or } from "drizzle-orm";
import { agentLinks } from "#/drizzle/schema/agent-links.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { DirectoryPlace } from "./directory-keys.ts";

const PAGE_SIZE = 50;

export type AgentLink = { name: string; agentId: string };
export type LinksPage = {
  links: AgentLink[];
  /** The name to go on behind; undefined on the last page. */
  next: string | undefined;
};

/** Links by an admin's hand in the order of their names, a page at a time. */
export function listLinks(
  db: Database,
  { tenantId, connectionId }: DirectoryPlace,
  { after, search }: { after?: string | undefined; search?: string | undefined },
): Promise<LinksPage> {
  const like = search ? `%${search.replace(/[\\%_]/g, "\\$&")}%` : undefined;
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx
      .select({ name: agentLinks.alias, agentId: agentLinks.agentId })
      .from(agentLinks)
      .where(
        and(
          eq(agentLinks.connectionId, connectionId),
          after === undefined ? undefined : gt(agentLinks.alias, after),
          like === undefined ? undefined : or(ilike(agentLinks.alias, like), ilike(agentLinks.agentId, like)),
        ),
      )
      .orderBy(asc(agentLinks.alias))
      .limit(PAGE_SIZE + 1);
    const links = rows.slice(0, PAGE_SIZE);
    return { links, next: rows.length > PAGE_SIZE ? links.at(-1)?.name : undefined };
  });
}
