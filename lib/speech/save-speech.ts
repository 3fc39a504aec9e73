import { randomUUID } from "node:crypto";
import { and, eq, ne } from "drizzle-orm";
import { speechIntegrations } from "#/drizzle/schema/speech-integrations.ts";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import { seal } from "#/lib/crypto/seal.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Note } from "#/lib/models/note.ts";
import { endpointOf } from "#/lib/stt/google/google-options.ts";
import { readServiceAccount } from "#/lib/stt/google/service-account.ts";
import type { PinAddress } from "#/lib/stt/pinned-address.ts";
import { KEY_FIELD, type SpeechIntegration } from "./open-speech-engine.ts";
import { GOOGLE_SETTINGS, type SpeechForm, settingsOf } from "./speech-settings.ts";

export type SaveSpeechDeps = { db: Database; ring: KeyRing; pin: PinAddress; note: Note };

/**
 * Creates or changes a speech service and answers its id. The key is sealed at once. A new address asks for the key
 * again: otherwise whoever may edit could send the stored key to a server of theirs.
 */
export async function saveSpeech(deps: SaveSpeechDeps, tenantId: string, form: SpeechForm): Promise<string> {
  if (form.kind === "google" && form.key) readServiceAccount(form.key);
  await deps.pin(form.kind === "google" ? endpointOf(form) : form.endpoint);
  return withTenant(deps.db, tenantId, async (tx) => {
    const id = form.id ?? randomUUID();
    await refuseTakenName(tx, id, form.name);
    const stored = form.id ? await readStored(tx, form.id) : undefined;
    if (stored && stored.kind !== form.kind)
      throw new AppError("invalid_input", "A service stays what it is: add another one.");
    const sealedKey = form.key
      ? seal(form.key, { tenantId, ownerId: id, field: KEY_FIELD }, deps.ring)
      : keptKey(form, stored);
    const fields = { name: form.name, settings: settingsOf(form), sealedKey };
    if (stored) await tx.update(speechIntegrations).set(fields).where(eq(speechIntegrations.id, id));
    else await tx.insert(speechIntegrations).values({ id, tenantId, kind: form.kind, ...fields });
    await deps.note(tx, { action: "speech.saved", target: id, detail: { name: form.name, kind: form.kind } });
    return id;
  });
}

async function readStored(tx: TenantTransaction, id: string): Promise<SpeechIntegration> {
  const [row] = await tx.select().from(speechIntegrations).where(eq(speechIntegrations.id, id));
  if (!row) throw new AppError("not_found", "This speech service does not exist any more.");
  return row;
}

function keptKey(form: SpeechForm, stored: SpeechIntegration | undefined): string | null {
  const kept = stored?.sealedKey ?? null;
  // A server of the operator's own may want none; whether it does, the test will show.
  const mayDoWithout = form.kind === "google" && form.endpoint !== undefined && form.projectId !== "";
  if (kept === null && !mayDoWithout) throw new AppError("invalid_input", "Enter the key of the service.");
  if (kept !== null && stored && hostOf(stored.kind, stored.settings) !== hostOf(form.kind, settingsOf(form)))
    throw new AppError("invalid_input", "The address is another server's now: enter the key again.");
  return kept;
}

/** Where the key would be sent. All of Google's own addresses count as one. */
function hostOf(kind: SpeechIntegration["kind"], settings: Record<string, unknown>): string {
  const endpoint = typeof settings.endpoint === "string" ? settings.endpoint : undefined;
  if (kind === "google" && !endpoint && GOOGLE_SETTINGS.safeParse(settings).success) return "google";
  return endpoint && URL.canParse(endpoint) ? new URL(endpoint).origin : "";
}

async function refuseTakenName(tx: TenantTransaction, id: string, name: string): Promise<void> {
  const [other] = await tx
    .select({ id: speechIntegrations.id })
    .from(speechIntegrations)
    .where(and(eq(speechIntegrations.name, name), ne(speechIntegrations.id, id)));
  if (other) throw new AppError("conflict", `There is a speech service named "${name}" already.`);
}
