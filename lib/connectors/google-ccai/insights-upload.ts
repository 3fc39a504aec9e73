import * as z from "zod";
import { answered } from "#/lib/pubsub/ensure-subscription.ts";
import type { FinishedConversation } from "../connector.ts";
import type { PlatformAccess } from "../platform-access.ts";
import { googleClient } from "./api/google-client.ts";
import type { GoogleCredentials } from "./credentials.ts";

const done = z.unknown();
const ROLES = { customer: "CUSTOMER", agent: "AGENT" } as const;

/** CCAI Insights has no global location. */
export const insightsLocation = ({ location }: Pick<GoogleCredentials, "location">) =>
  location === "global" ? "us-central1" : location;

/**
 * Puts a finished conversation's transcript into the bucket and registers it with CCAI Insights (contract section 5:
 * there is no inline text). Both are keyed by the conversation, so that doing it again changes nothing.
 */
export async function uploadToInsights(
  own: GoogleCredentials,
  { conversationId, channel, language, startedAt, lines }: FinishedConversation,
  access: PlatformAccess,
  signal: AbortSignal,
): Promise<void> {
  const client = googleClient(own, access);
  const bucket = own.insightsBucket ?? "";
  const object = `omnibots/${conversationId}.json`;
  const entries = lines.map(({ speaker, text, at }) => ({
    role: ROLES[speaker],
    text,
    user_id: speaker === "customer" ? 1 : 2,
    start_timestamp_usec: Date.parse(at) * 1_000,
  }));
  const query = new URLSearchParams({ uploadType: "media", name: object });
  const upload = `${client.hosts.storage}/upload/storage/v1/b/${encodeURIComponent(bucket)}/o?${query}`;
  await client.request("POST", upload, { schema: done, body: { entries }, signal, idempotent: true });
  const location = insightsLocation(own);
  const parent = `projects/${own.projectId}/locations/${location}`;
  const id = idFor(conversationId);
  const body = {
    dataSource: { gcsSource: { transcriptUri: `gs://${bucket}/${object}` } },
    medium: channel === "voice" ? "PHONE_CALL" : "CHAT",
    languageCode: language ?? own.languageCode,
    startTime: startedAt,
  };
  const url = `${client.hosts.insights(location)}/v1/${parent}/conversations?conversationId=${id}`;
  await client
    .request("POST", url, { schema: done, body, signal, idempotent: true })
    .catch((error: unknown) => {
      // An earlier attempt's answer was lost.
      if (!answered(error, 409)) throw error;
    });
}

/** Insights takes small letters, digits and dashes. */
const idFor = (conversationId: string) =>
  conversationId
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, "-")
    .slice(0, 63);
