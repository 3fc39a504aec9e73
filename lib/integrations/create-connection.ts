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
import { newAudiohookPair, newEmbedToken, newPublicId, type ShownCredentials } from "./new-credentials.ts";

export type IntegrationDeps = { db: Database; ring: KeyRing };

/** Connects a platform: makes its keys, seals them, and answers them this one time. */
export async function createConnection(
  { db, ring }: IntegrationDeps,
  actor: Actor,
  input: NewConnection,
): Promise<{ connectionId: string; shown: ShownCredentials }> {
  const { label, availability } = manifestOf(input.platform);
  if (availability !== "ready") throw new AppError("conflict", `${label} cannot be connected yet.`);
  const id = randomUUID();
  const shown = newAudiohookPair();
  const sealed = sealFields(
    ring,
    { tenantId: actor.tenantId, ownerId: id },
    {
      audiohookApiKey: shown.apiKey,
      audiohookClientSecret: shown.clientSecret,
      embedToken: newEmbedToken(),
    },
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
      settings: { organizationId: input.organizationId, unsignedAllowed: false, refuseRepeatedNonce: false },
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
