import * as z from "zod";
import type { PlatformQueue } from "../connector.ts";
import type { PlatformAccess } from "../platform-access.ts";
import { googleClient } from "./api/google-client.ts";
import { profileId } from "./conversation-facts.ts";
import type { GoogleCredentials } from "./credentials.ts";

const PAGE_SIZE = 100;
const MOST_PAGES = 50;

const notification = z
  .object({ topic: z.string().optional(), messageFormat: z.string().optional() })
  .optional()
  .catch(undefined);

const profileSchema = z.object({
  name: z.string().min(1),
  displayName: z.string().default(""),
  notificationConfig: notification,
  newMessageEventNotificationConfig: notification,
  newRecognitionResultNotificationConfig: notification,
  humanAgentAssistantConfig: z.object({ notificationConfig: notification }).optional().catch(undefined),
});
export type ConversationProfile = z.output<typeof profileSchema>;

const page = z.object({
  conversationProfiles: z.array(profileSchema).default([]),
  nextPageToken: z.string().optional(),
});

/** Every conversation profile of the project's location; needs `dialogflow.conversationProfiles.list`. */
export async function readProfiles(
  own: GoogleCredentials,
  access: PlatformAccess,
  signal: AbortSignal,
): Promise<ConversationProfile[]> {
  const client = googleClient(own, access);
  const base = `${client.hosts.dialogflow(own.location)}/v2/projects/${own.projectId}/locations/${own.location}`;
  const found: ConversationProfile[] = [];
  let pageToken = "";
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const query = new URLSearchParams({ pageSize: String(PAGE_SIZE), ...(pageToken && { pageToken }) });
    const url = `${base}/conversationProfiles?${query}`;
    const { conversationProfiles, nextPageToken } = await client.request("GET", url, {
      schema: page,
      signal,
    });
    found.push(...conversationProfiles);
    if (!nextPageToken) break;
    pageToken = nextPageToken;
  }
  return found;
}

/** Profiles are what queues are elsewhere: each can have a knowledge base of its own. */
export async function listProfiles(
  own: GoogleCredentials,
  access: PlatformAccess,
  signal: AbortSignal,
): Promise<PlatformQueue[]> {
  const profiles = await readProfiles(own, access, signal);
  return profiles.map(({ name, displayName }) => ({
    id: profileId(name),
    name: displayName || profileId(name),
  }));
}

/** Settings that publish to the topic in Google's default format, which nobody but its own libraries reads. */
export function protoTargets(profile: ConversationProfile, topic: string): string[] {
  const targets = {
    "conversation events": profile.notificationConfig,
    "new messages": profile.newMessageEventNotificationConfig,
    "recognition results": profile.newRecognitionResultNotificationConfig,
    suggestions: profile.humanAgentAssistantConfig?.notificationConfig,
  };
  return Object.entries(targets)
    .filter(([, config]) => config?.topic === topic && config.messageFormat !== "JSON")
    .map(([what]) => what);
}
