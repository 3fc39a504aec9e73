import { eq } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import type { CheckStep } from "#/lib/connectors/connector.ts";
import { connectorOf } from "#/lib/connectors/registry.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { readSettings } from "./connection-settings.ts";
import type { IntegrationDeps } from "./create-connection.ts";
import { type Connection, openSecret, readConnection } from "./find-connection.ts";
import { type ServerNetwork, serverAccess } from "./server-access.ts";

export type RunCheckDeps = IntegrationDeps & {
  network: ServerNetwork;
  audiohookUrl: string;
  now: () => number;
};

/** Runs a connection's test, yields each step as it ends, and keeps the whole answer for the page. */
export async function* runCheck(
  deps: RunCheckDeps,
  place: { tenantId: string; connectionId: string },
  signal: AbortSignal,
): AsyncIterable<CheckStep> {
  const connection = await readConnection(deps.db, place.tenantId, place.connectionId);
  if (!connection) throw new AppError("not_found", "This connection does not exist any more.");
  const connector = connectorOf(connection.platform);
  const learn = (facts: Record<string, unknown>) => learnFacts(deps, connection, facts);
  const context = {
    access: serverAccess(deps.network, connection.id),
    learn,
    audiohookUrl: deps.audiohookUrl,
    publicId: connection.publicId,
    lastEventAt: connection.lastEventAt ?? undefined,
    now: deps.now,
  };
  const credentials = connector.credentials.parse(credentialsOf(connection, deps));
  const steps: CheckStep[] = [];
  if (!connection.active) {
    const step: CheckStep = {
      name: "State",
      outcome: "failed",
      ms: 0,
      reason: "The connection is paused, so it lets nothing in.",
      remedy: "Resume it on the Danger tab, then test again.",
    };
    steps.push(step);
    yield step;
  }
  for await (const step of connector.check(credentials, context, signal)) {
    steps.push(step);
    yield step;
  }
  const lastCheck = { at: new Date(deps.now()).toISOString(), steps };
  await withTenant(deps.db, place.tenantId, (tx) =>
    tx.update(connections).set({ lastCheck }).where(eq(connections.id, connection.id)),
  );
}

/** Under the row's lock, so that a form that is saved meanwhile keeps what it wrote. */
function learnFacts({ db }: IntegrationDeps, connection: Connection, facts: Record<string, unknown>) {
  return withTenant(db, connection.tenantId, async (tx) => {
    const own = eq(connections.id, connection.id);
    const [row] = await tx
      .select({ settings: connections.settings })
      .from(connections)
      .where(own)
      .for("update");
    if (row)
      await tx
        .update(connections)
        .set({ settings: { ...row.settings, ...facts } })
        .where(own);
  });
}

/** Secrets and settings side by side, under the names that the connector's schema knows. */
function credentialsOf(connection: Connection, { ring }: IntegrationDeps): Record<string, unknown> {
  const fields = Object.keys(connection.sealed).map((field) => [field, openSecret(connection, field, ring)]);
  return { ...readSettings(connection.settings), ...Object.fromEntries(fields) };
}
