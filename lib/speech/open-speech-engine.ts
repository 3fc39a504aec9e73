import type { speechIntegrations } from "#/drizzle/schema/speech-integrations.ts";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import { unseal } from "#/lib/crypto/seal.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { parse } from "#/lib/kernel/parse.ts";
import { createDeepgramEngine } from "#/lib/stt/deepgram/deepgram-engine.ts";
import { createGoogleEngine } from "#/lib/stt/google/google-engine.ts";
import { readServiceAccount, selfSignedTokens } from "#/lib/stt/google/service-account.ts";
import type { PinAddress } from "#/lib/stt/pinned-address.ts";
import type { SpeechEngine } from "#/lib/stt/speech-engine.ts";
import { DEEPGRAM_SETTINGS, GOOGLE_SETTINGS } from "./speech-settings.ts";

export type SpeechIntegration = typeof speechIntegrations.$inferSelect;

export const KEY_FIELD = "key";

/** A tenant's service as an engine. Nothing is connected before a stream is opened; throws where the row is unusable. */
export function openSpeechEngine(row: SpeechIntegration, ring: KeyRing, pin: PinAddress): SpeechEngine {
  const key = keyOf(row, ring);
  switch (row.kind) {
    case "deepgram": {
      if (key === undefined) throw new AppError("invalid_input", "There is no API key: enter one.");
      return createDeepgramEngine({ ...parse(DEEPGRAM_SETTINGS, row.settings), apiKey: key }, pin);
    }
    case "google":
      return openGoogle(row, key, pin);
  }
}

/** Without a key only a server of the operator's own will answer, and that one wants none. */
function openGoogle(row: SpeechIntegration, key: string | undefined, pin: PinAddress): SpeechEngine {
  const settings = parse(GOOGLE_SETTINGS, row.settings);
  if (key === undefined) {
    if (!settings.endpoint || !settings.projectId)
      throw new AppError("invalid_input", "There is no service account key: enter one.");
    return createGoogleEngine(settings, { pin, token: undefined });
  }
  const account = readServiceAccount(key);
  const projectId = settings.projectId || account.projectId;
  return createGoogleEngine({ ...settings, projectId }, { pin, token: selfSignedTokens(account) });
}

function keyOf(row: SpeechIntegration, ring: KeyRing): string | undefined {
  if (row.sealedKey === null) return undefined;
  return unseal(row.sealedKey, { tenantId: row.tenantId, ownerId: row.id, field: KEY_FIELD }, ring);
}
