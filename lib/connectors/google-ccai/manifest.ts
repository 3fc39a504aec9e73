import { defineManifest } from "../manifest.ts";
import { credentialFields } from "./credential-fields.ts";
import { deployment } from "./deployment.ts";
import { setupSteps } from "./setup-steps.ts";

/** Google CCAI transcribes calls itself and publishes conversation events on a Pub/Sub topic. */
export const manifest = defineManifest({
  id: "google-ccai",
  label: "Google CCAI",
  availability: "ready",
  summary: "Calls and chats transcribed by Google, events over Pub/Sub.",
  voice: ["Native CCAI"],
  voiceTransport: "Native CCAI STT",
  digitalTransport: "Native CCAI",
  events: ["Pub/Sub"],
  eventDelivery: "Pub/Sub",
  widgetAuth: "OAuth",
  routing: "Profile-based",
  suggestionSource: "Dialogflow CX or RAG",
  capabilities: { chat: { is: "yes" }, sendMessage: { is: "no" }, saveSummary: { is: "no" } },
  frameAncestors: [],
  whilePaused: [
    "Pub/Sub keeps what is not taken, 7 days unless the subscription says otherwise: once resumed, it comes in late.",
    "Widgets stay closed, and no finished conversation is uploaded.",
  ],
  credentialFields,
  setupSteps,
  deployment,
});
