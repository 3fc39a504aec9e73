import { and, asc, eq } from "drizzle-orm";
import { speechIntegrations } from "#/drizzle/schema/speech-integrations.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { SpeechIntegration } from "./open-speech-engine.ts";

/** A speech service as pages show it: that there is a key, never the key. */
export type SpeechRow = Pick<SpeechIntegration, "id" | "name" | "kind" | "settings" | "isDefault"> & {
  hasKey: boolean;
};

export function listSpeech(db: Database, tenantId: string): Promise<SpeechRow[]> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.select().from(speechIntegrations).orderBy(asc(speechIntegrations.name));
    return rows.map(({ id, name, kind, settings, isDefault, sealedKey }) => ({
      id,
      name,
      kind,
      settings,
      isDefault,
      hasKey: sealedKey !== null,
    }));
  });
}

/** With its sealed key, for the use cases that open it. */
export function readSpeech(
  db: Database,
  tenantId: string,
  speechId: string,
): Promise<SpeechIntegration | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [row] = await tx.select().from(speechIntegrations).where(eq(speechIntegrations.id, speechId));
    return row;
  });
}

/** The service that hears the tenant's calls; undefined where that is the embedded engine. */
export function readDefaultSpeech(db: Database, tenantId: string): Promise<SpeechIntegration | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [row] = await tx
      .select()
      .from(speechIntegrations)
      .where(and(eq(speechIntegrations.tenantId, tenantId), eq(speechIntegrations.isDefault, true)));
    return row;
  });
}
