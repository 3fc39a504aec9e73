import { randomUUID } from "node:crypto";
import { and, eq, ne } from "drizzle-orm";
import { modelIntegrations } from "#/drizzle/schema/model-integrations.ts";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import { seal } from "#/lib/crypto/seal.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Outbound } from "#/lib/outbound/outbound.ts";
import type { ModelForm } from "./model-form.ts";
import { MODEL_KIND_FACTS } from "./model-kinds.ts";
import type { Note } from "./note.ts";

export type SaveModelDeps = { db: Database; ring: KeyRing; outbound: Outbound; note: Note };

export const KEY_FIELD = "apiKey";

/**
 * Creates or changes a model integration and answers its id. The key is sealed at once. A new address
 * asks for the key again: otherwise whoever may edit could send the stored key to a server of theirs.
 */
export async function saveModel(deps: SaveModelDeps, tenantId: string, form: ModelForm): Promise<string> {
  await deps.outbound.check(form.baseUrl);
  return withTenant(deps.db, tenantId, async (tx) => {
    const id = form.id ?? randomUUID();
    await refuseTakenName(tx, id, form.name);
    const stored = form.id ? await readStored(tx, form.id) : undefined;
    const sealedKey = sealKey(form, stored, deps.ring, { tenantId, ownerId: id, field: KEY_FIELD });
    const { name, kind, baseUrl, model } = form;
    const fields = { name, kind, baseUrl, model, sealedKey };
    if (stored) await tx.update(modelIntegrations).set(fields).where(eq(modelIntegrations.id, id));
    else await tx.insert(modelIntegrations).values({ id, tenantId, ...fields });
    await deps.note(tx, {
      action: "model.saved",
      target: id,
      detail: {
        name,
        kind,
        server: new URL(baseUrl).host,
        model,
        key: keyWord(form),
      },
    });
    return id;
  });
}

/** What became of the key, for the log; the key itself never is in it. */
const keyWord = ({ apiKey, withoutKey }: ModelForm) =>
  withoutKey ? "removed" : apiKey ? "replaced" : "kept";

type Stored = { sealedKey: string | null; baseUrl: string };

async function readStored(tx: TenantTransaction, id: string): Promise<Stored> {
  const [row] = await tx
    .select({ sealedKey: modelIntegrations.sealedKey, baseUrl: modelIntegrations.baseUrl })
    .from(modelIntegrations)
    .where(eq(modelIntegrations.id, id));
  if (!row) throw new AppError("not_found", "This model does not exist any more.");
  return row;
}

function sealKey(
  form: ModelForm,
  stored: Stored | undefined,
  ring: KeyRing,
  place: { tenantId: string; ownerId: string; field: string },
): string | null {
  if (form.withoutKey) return null;
  if (form.apiKey) return seal(form.apiKey, place, ring);
  const kept = stored?.sealedKey ?? null;
  if (kept !== null && stored && new URL(stored.baseUrl).origin !== new URL(form.baseUrl).origin)
    throw new AppError("invalid_input", "The address is another server's now: enter the API key again.", {
      field: "apiKey",
    });
  if (kept === null && MODEL_KIND_FACTS[form.kind].wantsKey)
    throw new AppError("invalid_input", `${MODEL_KIND_FACTS[form.kind].label} wants an API key.`, {
      field: "apiKey",
    });
  return kept;
}

async function refuseTakenName(tx: TenantTransaction, id: string, name: string): Promise<void> {
  const [other] = await tx
    .select({ id: modelIntegrations.id })
    .from(modelIntegrations)
    .where(and(eq(modelIntegrations.name, name), ne(modelIntegrations.id, id)));
  if (other) throw new AppError("conflict", `There is a model named "${name}" already.`, { field: "name" });
}
