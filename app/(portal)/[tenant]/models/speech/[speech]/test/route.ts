import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { readSpeech } from "#/lib/speech/list-speech.ts";
import { tenantPin } from "#/lib/speech/tenant-pin.ts";
import { testSpeech } from "#/lib/speech/test-speech.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import { tenantRoute } from "#/lib/web/route.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { jsonLines } from "../../../../integrations/json-lines.ts";

/** Tries a stored speech service with a real stream; each step is a line of its own, sent as it ends. */
export const POST = tenantRoute("models:write", async (_request, tenant, params) => {
  const id = z.uuid().safeParse(params.speech);
  const row = id.success ? await readSpeech(database(), tenant.id, id.data) : undefined;
  if (!row) throw new AppError("not_found", "This speech service does not exist any more.");
  const pin = tenantPin(webEnv().OUTBOUND_ALLOWED_HOSTS);
  return jsonLines(testSpeech({ ring: keyRing(), pin, now: () => Date.now() }, row));
});
