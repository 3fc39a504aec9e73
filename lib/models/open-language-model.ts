import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModel } from "ai";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import { unseal } from "#/lib/crypto/seal.ts";
import type { Outbound } from "#/lib/outbound/outbound.ts";
import type { ModelIntegration } from "./list-models.ts";
import { KEY_FIELD } from "./save-model.ts";

/** A tenant's model, ready to stream; everything it sends passes the outbound guard. */
export function openLanguageModel(row: ModelIntegration, ring: KeyRing, outbound: Outbound): LanguageModel {
  const apiKey = openKey(row, ring);
  const provider = createOpenAICompatible({
    name: "tenant-model",
    baseURL: row.baseUrl,
    includeUsage: false,
    fetch: (address, init) => outbound.fetch(address, init),
    ...(apiKey !== undefined && { apiKey }),
  });
  return provider.chatModel(row.model);
}

/** The key in the clear, for a request to the model's own server only. */
export function openKey(row: ModelIntegration, ring: KeyRing): string | undefined {
  if (row.sealedKey === null) return undefined;
  return unseal(row.sealedKey, { tenantId: row.tenantId, ownerId: row.id, field: KEY_FIELD }, ring);
}
