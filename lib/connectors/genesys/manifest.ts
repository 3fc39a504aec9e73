import { defineManifest } from "../manifest.ts";
import { credentialFields } from "./credential-fields.ts";
import { deployment } from "./deployment.ts";
import { frameAncestors } from "./regions.ts";
import { setupSteps } from "./setup-steps.ts";

/**
 * Genesys Cloud dials out to us for voice (one AudioHook socket a call); messages
 * reach us through the agent's widget or the queue topics.
 */
export const manifest = defineManifest({
  id: "genesys",
  label: "Genesys Cloud",
  availability: "ready",
  summary: "Calls over AudioHook, chat messages through the widget.",
  voice: ["AudioHook"],
  voiceTransport: "AudioHook",
  digitalTransport: "Notification API",
  events: ["Pub/Sub", "Notification API"],
  eventDelivery: "Pub/Sub",
  widgetAuth: "OAuth PKCE",
  routing: "Queue-based",
  suggestionSource: "OmniBots RAG",
  capabilities: {
    chat: { is: "yes" },
    sendMessage: { is: "yes", via: "web messaging" },
    saveSummary: { is: "yes", via: "wrap-up notes" },
  },
  frameAncestors,
  whilePaused: [
    "Calls go on without a transcript: AudioHook connections are refused, and what is said meanwhile is not heard later.",
    "Messages are not read, neither by widgets nor by the server. Genesys Cloud keeps no notifications for later.",
  ],
  credentialFields,
  setupSteps,
  deployment,
});
