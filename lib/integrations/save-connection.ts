import { and, eq, ne } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import type { Database } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { changeConnection } from "./change-connection.ts";
import type { ConnectionForm } from "./connection-form.ts";

/** Name and switches; keys are made elsewhere (`rotate-credentials.ts`). */
export function saveConnection(
  db: Database,
  actor: Actor,
  connectionId: string,
  { name, ...switches }: ConnectionForm,
): Promise<void> {
  return changeConnection(db, actor, connectionId, async (connection, tx) => {
    const [taken] = await tx
      .select({ id: connections.id })
      .from(connections)
      .where(and(eq(connections.name, name), ne(connections.id, connectionId)));
    if (taken) throw new AppError("conflict", `There is a connection named "${name}" already.`);
    return { action: "connection.saved", set: { name, settings: { ...connection.settings, ...switches } } };
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
