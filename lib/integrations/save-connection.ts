import { and, eq, ne } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import type { Database } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { changeConnection } from "./change-connection.ts";
import type { ConnectionForm } from "./connection-form.ts";
import { readSettings } from "./connection-settings.ts";
import { type IntegrationDeps, sealFields } from "./create-connection.ts";

/** Name, settings and the secrets that were replaced; generated ones are made elsewhere (`rotate-credentials.ts`). */
export function saveConnection(
  { db, ring }: IntegrationDeps,
  actor: Actor,
  connectionId: string,
  { platform, name, settings, secrets }: ConnectionForm,
): Promise<void> {
  return changeConnection(db, actor, connectionId, async (connection, tx) => {
    if (connection.platform !== platform) throw new AppError("conflict", "This form is another platform's.");
    const [taken] = await tx
      .select({ id: connections.id })
      .from(connections)
      .where(and(eq(connections.name, name), ne(connections.id, connectionId)));
    if (taken) throw new AppError("conflict", `There is a connection named "${name}" already.`);
    const place = { tenantId: actor.tenantId, ownerId: connectionId };
    const replaced = Object.keys(secrets).join(" ");
    return {
      action: "connection.saved",
      set: {
        name,
        settings: changedSettings(connection.settings, settings),
        sealed: { ...connection.sealed, ...sealFields(ring, place, secrets) },
      },
      ...(replaced && { detail: { replaced } }),
    };
  });
}

/** What the last test found is void with the next form; an organization's name is of its id. */
function changedSettings(before: Record<string, unknown>, after: Record<string, unknown>) {
  const { foundOrganization: _void, organizationName, ...rest } = before;
  const same = before.organizationId === after.organizationId;
  return { ...rest, ...(same && { organizationName }), ...after };
}

/** Binds the connection to the organization that its test has found behind the client, instead of the former one. */
export function takeFoundOrganization(db: Database, actor: Actor, connectionId: string): Promise<void> {
  return changeConnection(db, actor, connectionId, ({ settings }) => {
    const { foundOrganization } = readSettings(settings);
    if (!foundOrganization)
      throw new AppError("conflict", "There is no other organization: run the test again.");
    const { id, name } = foundOrganization;
    const { foundOrganization: _taken, ...rest } = settings;
    return {
      action: "connection.organization",
      set: { settings: { ...rest, organizationId: id, organizationName: name } },
      detail: { organizationId: id },
    };
  });
}

export function saveAllowedOrigins(
  db: Database,
  actor: Actor,
  connectionId: string,
  origins: readonly string[],
): Promise<void> {
  return changeConnection(db, actor, connectionId, () => ({
    action: "connection.origins",
    set: { allowedOrigins: [...new Set(origins)] },
    detail: { origins: origins.join(" ") },
  }));
}

/** A paused connection lets no call, no widget and no message in; what it has taken in is kept. */
export function setConnectionActive(
  db: Database,
  actor: Actor,
  connectionId: string,
  active: boolean,
): Promise<void> {
  return changeConnection(db, actor, connectionId, () => ({
    action: active ? "connection.resumed" : "connection.paused",
    set: { active },
  }));
}
