import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { connections, type SealedFields } from "#/drizzle/schema/connections.ts";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import { seal } from "#/lib/crypto/seal.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import type { NewConnection } from "./connection-form.ts";
import {
  byName,
  newEmbedToken,
  newGenerated,
  newPublicId,
  type ShownCredentials,
} from "./new-credentials.ts";

export type IntegrationDeps = { db: Database; ring: KeyRing };

/** Connects a platform: seals what it was given and what it makes, and answers the latter this one time. */
export async function createConnection(
  { db, ring }: IntegrationDeps,
  actor: Actor,
  input: NewConnection,
): Promise<{ connectionId: string; shown: ShownCredentials }> {
  const { label, availability, credentialFields } = manifestOf(input.platform);
  if (availability !== "ready") throw new AppError("conflict", `${label} cannot be connected yet.`);
  const id = randomUUID();
  const shown = newGenerated(credentialFields);
  const sealed = sealFields(
    ring,
    { tenantId: actor.tenantId, ownerId: id },
    { ...input.secrets, ...byName(shown), embedToken: newEmbedToken() },
  );
  await withTenant(db, actor.tenantId, async (tx) => {
    const [taken] = await tx
      .select({ id: connections.id })
      .from(connections)
      .where(eq(connections.name, input.name));
    if (taken) throw new AppError("conflict", `There is a connection named "${input.name}" already.`);
    await tx.insert(connections).values({
      id,
      tenantId: actor.tenantId,
      publicId: newPublicId(),
      platform: input.platform,
      name: input.name,
      sealed,
      settings: input.settings,
    });
    await audit(tx, actor, { action: "connection.created", target: id, detail: { name: input.name } });
  });
  return { connectionId: id, shown };
}

export function sealFields(
  ring: KeyRing,
  place: { tenantId: string; ownerId: string },
  fields: Record<string, string>,
): SealedFields {
  return Object.fromEntries(
    Object.entries(fields).map(([field, secret]) => [field, seal(secret, { ...place, field }, ring)]),
  );
}
