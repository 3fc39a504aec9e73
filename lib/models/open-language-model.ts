import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogle } from "@ai-sdk/google";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModel } from "ai";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import { unseal } from "#/lib/crypto/seal.ts";
import type { Outbound } from "#/lib/outbound/outbound.ts";
import type { ModelIntegration } from "./list-models.ts";
import { KEY_FIELD } from "./save-model.ts";

/**
 * A tenant's model, ready to stream; everything it sends passes the outbound guard. The key is always given, be it
 * empty: without one a provider's library would look into this process's own environment.
 */
export function openLanguageModel(row: ModelIntegration, ring: KeyRing, outbound: Outbound): LanguageModel {
  const apiKey = openKey(row, ring);
  const server = {
    baseURL: row.baseUrl,
    fetch: (address: Parameters<typeof fetch>[0], init?: RequestInit) => outbound.fetch(address, init),
  };
  if (row.kind === "anthropic") return createAnthropic({ ...server, apiKey: apiKey ?? "" })(row.model);
  if (row.kind === "google") return createGoogle({ ...server, apiKey: apiKey ?? "" })(row.model);
  return createOpenAICompatible({
    ...server,
    name: "tenant-model",
    includeUsage: false,
    ...(apiKey !== undefined && { apiKey }),
  }).chatModel(row.model);
}

/** The key in the clear, for a request to the model's own server only. */
export function openKey(row: ModelIntegration, ring: KeyRing): string | undefined {
  if (row.sealedKey === null) return undefined;
  return unseal(row.sealedKey, { tenantId: row.tenantId, ownerId: row.id, field: KEY_FIELD }, ring);
}

/** The headers by which each kind of server knows the key. */
export function keyHeaders(row: ModelIntegration, key: string | undefined): Record<string, string> {
  if (key === undefined) return {};
  if (row.kind === "anthropic") return { "x-api-key": key, "anthropic-version": "2023-06-01" };
  if (row.kind === "google") return { "x-goog-api-key": key };
  return { authorization: `Bearer ${key}` };
}
