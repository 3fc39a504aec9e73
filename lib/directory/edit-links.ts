import { and, eq } from "drizzle-orm";
import * as z from "zod";
import { agentLinks } from "#/drizzle/schema/agent-links.ts";
import { connections } from "#/drizzle/schema/connections.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import type { AgentDirectory } from "./agent-directory.ts";
import { foldName } from "./directory-keys.ts";

const text = (missing: string) =>
  z.string().trim().min(1, missing).max(200, "Use at most 200 characters; no desktop has longer ids.");
const name = text("Enter what the desktop calls the agent.");
const agentId = text("Enter the agent's id as the platform's events have it.");

/** `name` is what a desktop calls the agent; `agentId` the agent's id in the platform's events. */
export const agentLinkSchema = z.object({ connectionId: z.uuid(), name, agentId });
export const agentLinkRemovalSchema = agentLinkSchema.omit({ agentId: true });

type EditDeps = { db: Database; directory: AgentDirectory };

/** Links a name to an agent, in place of what it was linked to. The caller has checked `integrations:write`. */
export async function saveAgentLink(
  { db, directory }: EditDeps,
  actor: Actor,
  { connectionId, name, agentId }: z.output<typeof agentLinkSchema>,
): Promise<void> {
  const { tenantId } = actor;
  await withTenant(db, tenantId, async (tx) => {
    const [own] = await tx
      .select({ id: connections.id })
      .from(connections)
      .where(eq(connections.id, connectionId));
    if (!own) throw new AppError("not_found", "This connection does not exist any more.");
    await tx
      .insert(agentLinks)
      .values({ tenantId, connectionId, alias: foldName(name), agentId })
      .onConflictDoUpdate({
        target: [agentLinks.connectionId, agentLinks.alias],
        set: { agentId, updatedAt: new Date() },
      });
    await audit(tx, actor, { action: "agent-link.save", target: connectionId, detail: { name, agentId } });
  });
  await directory.link({ tenantId, connectionId }, name, agentId);
}

export async function removeAgentLink(
  { db, directory }: EditDeps,
  actor: Actor,
  { connectionId, name }: z.output<typeof agentLinkRemovalSchema>,
): Promise<void> {
  const { tenantId } = actor;
  await withTenant(db, tenantId, async (tx) => {
    const gone = await tx
      .delete(agentLinks)
      .where(and(eq(agentLinks.connectionId, connectionId), eq(agentLinks.alias, foldName(name))))
      .returning({ alias: agentLinks.alias });
    if (gone.length > 0)
      await audit(tx, actor, { action: "agent-link.remove", target: connectionId, detail: { name } });
  });
  await directory.link({ tenantId, connectionId }, name, undefined);
}
