import { and, eq, sql } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { readOrganizationId } from "#/lib/connectors/salesforce/organization-id.ts";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { openSecret } from "#/lib/integrations/find-connection.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import type { Candidate } from "./exchange-token.ts";

/** A list this young is good enough for an organization that is in it. */
const KEPT_MS = 15_000;
/** One that is missing may have been connected a moment ago; asking more often than this is somebody guessing. */
const AGAIN_MS = 1_000;

type Known = { tenantId: string; connectionId: string; organizationId: string };
type Deps = { db: Database; ring: KeyRing; clock: Clock };

/** Finds connections by the org that they belong to, over all tenants; what they hold is read anew each time. */
export function createOrganizationDirectory({ db, ring, clock }: Deps) {
  let list: readonly Known[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const refresh = () => {
    reading ??= readAll(db)
      .then((fresh) => {
        list = fresh;
        readAt = clock();
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  const matching = (organizationId: string) =>
    list.filter((known) => known.organizationId === organizationId);

  /** `doubted`: none of those that are known holds the secret, so that one may be missing. */
  return async (organizationId: string, doubted = false): Promise<Candidate[]> => {
    const age = clock() - readAt;
    const lacking = doubted || matching(organizationId).length === 0;
    if (age > KEPT_MS || (lacking && age > AGAIN_MS)) await refresh();
    const found = await Promise.all(
      matching(organizationId).map((known) => candidateOf({ db, ring }, known)),
    );
    return found.filter((candidate) => candidate !== undefined);
  };
}

async function readAll(db: Database): Promise<Known[]> {
  const rows = await db.execute<{ tenant_id: string; connection_id: string }>(
    sql`select tenant_id, connection_id from across.active_connections(array['salesforce']::text[])`,
  );
  const tenants = new Set([...rows].map(({ tenant_id }) => tenant_id));
  const known: Known[] = [];
  for (const tenantId of tenants) {
    const own = await withTenant(db, tenantId, (tx) =>
      tx
        .select({ id: connections.id, settings: connections.settings })
        .from(connections)
        .where(and(eq(connections.tenantId, tenantId), eq(connections.platform, "salesforce"))),
    );
    for (const { id, settings } of own) {
      const organizationId = readOrganizationId(String(settings.orgId ?? ""));
      if (organizationId) known.push({ tenantId, connectionId: id, organizationId });
    }
  }
  return known;
}

async function candidateOf(
  { db, ring }: Pick<Deps, "db" | "ring">,
  { tenantId, connectionId }: Known,
): Promise<Candidate | undefined> {
  const [row] = await withTenant(db, tenantId, (tx) =>
    tx
      .select()
      .from(connections)
      .where(and(eq(connections.tenantId, tenantId), eq(connections.id, connectionId))),
  );
  if (!row?.active) return undefined;
  const secrets = Object.keys(row.sealed).map((field) => [field, openSecret(row, field, ring)]);
  return {
    tenantId,
    connectionId,
    publicId: row.publicId,
    values: { ...row.settings, ...Object.fromEntries(secrets) },
  };
}
