import { readFileSync } from "node:fs";
import { googleClient } from "#/lib/connectors/google-ccai/api/google-client.ts";
import { readServiceAccountKey } from "#/lib/connectors/google-ccai/service-account-key.ts";
import type { ProcessEnv } from "#/lib/env.ts";
import { type ServerNetwork, serverAccess } from "#/lib/integrations/server-access.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { PubSubApi } from "#/lib/pubsub/pubsub-api.ts";

export type TranscriptBus = { api: PubSubApi; topic: string; subscription: string };

const TOPIC = /^projects\/[^/]+\/topics\/[^/]+$/;
const SUBSCRIPTION = /^projects\/[^/]+\/subscriptions\/[^/]+$/;

/** The operator's own topic, where calls' transcripts go over one; undefined for the embedded form. Throws a sentence at boot. */
export function openTranscriptBus(
  env: ProcessEnv<"audiohook" | "subscriptions">,
  network: ServerNetwork,
): TranscriptBus | undefined {
  if (env.TRANSCRIPT_BUS === "embedded") return undefined;
  const { TRANSCRIPT_BUS_TOPIC: topic, TRANSCRIPT_BUS_SUBSCRIPTION: subscription } = env;
  if (!TOPIC.test(topic)) throw wrong("TRANSCRIPT_BUS_TOPIC wants projects/P/topics/T");
  if (!SUBSCRIPTION.test(subscription))
    throw wrong("TRANSCRIPT_BUS_SUBSCRIPTION wants projects/P/subscriptions/S");
  const key = readServiceAccountKey(keyText(env.TRANSCRIPT_BUS_KEY_FILE));
  if ("problem" in key) throw wrong(`TRANSCRIPT_BUS_KEY_FILE: ${key.problem}`);
  const access = serverAccess(network, "transcript-bus");
  return { api: googleClient({ key, cloud: env.TRANSCRIPT_BUS_CLOUD }, access).pubsub, topic, subscription };
}

function keyText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw wrong(
      "TRANSCRIPT_BUS_KEY_FILE wants a file with a service account's JSON key that this process may read",
    );
  }
}

const wrong = (what: string) =>
  new AppError("invalid_input", `TRANSCRIPT_BUS is pubsub, and something is missing: ${what}.`);
