import { defineManifest } from "../manifest.ts";
import { credentialFields } from "./credential-fields.ts";
import { deployment } from "./deployment.ts";
import { setupSteps } from "./setup-steps.ts";

/** 8x8 publishes every interaction on a Pulsar topic that we read. */
export const manifest = defineManifest({
  id: "8x8",
  label: "8x8",
  availability: "ready",
  summary: "Calls and chats over Event Streaming.",
  voice: ["Event Streaming"],
  voiceTransport: "Event Streaming",
  digitalTransport: "Event Streaming (Pulsar)",
  events: ["Pulsar WSS"],
  eventDelivery: "Pulsar WSS",
  widgetAuth: "Embed token + URL params",
  matchesAgents: true,
  routing: "Queue-based",
  suggestionSource: "OmniBots RAG",
  capabilities: { chat: { is: "yes" }, sendMessage: { is: "no" }, saveSummary: { is: "no" } },
  frameAncestors: ["https://*.8x8.com"],
  whilePaused: [
    "The event stream is not read. Its place is kept: once resumed, what 8x8 still holds is read from there.",
    "Messages of the Chat Gateway are answered with 404 and do not come later.",
  ],
  credentialFields,
  setupSteps,
  deployment,
});
