import type { PlatformId } from "#/lib/kernel/platform-id.ts";

/** How a conversation is played on a platform's desktop, in a sentence. */
export const PLAYED: Record<PlatformId, string> = {
  genesys: "New chat or New call, then Answer. The agent signs in, sends and wraps up.",
  five9: "Receive a call: a demo call plays on the line, both legs are streamed. Or receive a chat.",
  "8x8": "Accept an interaction: its events go out on the stream, a call's words on the transcript topic.",
  salesforce: "A customer's message starts a session in the Service Console, with the package deployed.",
  "google-ccai": "New conversation: its events are pushed from the project's topic. Kim Larsen may sign in.",
};

/** What the sandbox's own platform has to be connected with; these values are the same at every start. */
export const TO_ENTER: Record<PlatformId, readonly (readonly [field: string, value: string])[]> = {
  genesys: [
    ["Client id", "7c1e5b52-3a63-4d0f-9a0b-6f2d1c9e4a01"],
    ["Client secret", "sandbox-larkfield-connector-secret"],
    ["Agents' client id", "7c1e5b52-3a63-4d0f-9a0b-6f2d1c9e4a02"],
  ],
  five9: [
    ["API user name", "omnibots.api@larkfield.example"],
    ["API password", "sandbox-five9-password"],
    ["Event of chat messages", "20101"],
  ],
  "8x8": [
    ["API key", "eght_sandbox"],
    ["8x8 tenant", "acme"],
    ["Transcript topic", "transcript-v1/all"],
    ["Workspace event with customer messages", "acme-chat-inbound-v1"],
  ],
  salesforce: [
    ["My Domain address", "sandbox"],
    ["Consumer key", "sandbox-consumer-key"],
    ["Consumer secret", "sandbox-consumer-secret"],
  ],
  "google-ccai": [
    ["Project id", "acme-contact-center"],
    ["Topic", "agent-assist-events"],
    ["Location", "us-central1"],
    ["Dialogflow agent id", "0b1c7e52-4c1e-4d27-9a6e-5a0f3f1c2d11"],
  ],
};

/** The field that says that a connection stands on the sandbox. */
export const PLACE: Partial<Record<PlatformId, string>> = {
  genesys: "Region",
  five9: "Region",
  "8x8": "Site",
  "google-ccai": "Cloud",
};
