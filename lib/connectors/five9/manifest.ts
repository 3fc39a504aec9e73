import { defineManifest } from "../manifest.ts";
import { credentialFields } from "./credential-fields.ts";
import { deployment } from "./deployment.ts";
import { setupSteps } from "./setup-steps.ts";

/**
 * Five9 dials out to us for voice (a gRPC stream for each leg of a call) and posts events; chats reach us through the
 * agent's desktop. The names of the product page stand in the tables, the setup guide says what they are.
 */
export const manifest = defineManifest({
  id: "five9",
  label: "Five9",
  availability: "ready",
  summary: "Calls over the voice stream or the desktop toolkit, chats through the toolkit.",
  voice: ["AudioHook", "ADT"],
  voiceTransport: "Agent Desktop Toolkit",
  digitalTransport: "ADT SDK",
  events: ["ADT SDK"],
  eventDelivery: "Webhook / Socket.IO",
  widgetAuth: "ADT session or URL params",
  routing: "Skill-based",
  suggestionSource: "OmniBots RAG",
  // Save summary is ours, beyond the product page: a switch of the connection, and no cell of the table.
  capabilities: { chat: { is: "yes" }, sendMessage: { is: "no" }, saveSummary: { is: "no" } },
  frameAncestors: ["https://*.five9.com", "https://*.five9.net", "https://*.five9.ca", "https://*.five9.eu"],
  whilePaused: [
    "Calls go on without a transcript: the voice stream is refused, and what is said meanwhile is not heard later.",
    "Webhooks are answered with 404. Five9 does not send them again.",
  ],
  credentialFields,
  setupSteps,
  deployment,
});
