import { defineManifest } from "../manifest.ts";
import { setupSteps } from "./setup-steps.ts";

/** Five9 brings calls as an audio stream of its own, and chats through the Agent Desktop Toolkit. */
export const manifest = defineManifest({
  id: "five9",
  label: "Five9",
  availability: "planned",
  summary: "Calls over the voice stream or the desktop toolkit, chats through the toolkit.",
  voice: ["AudioHook", "ADT"],
  voiceTransport: "Agent Desktop Toolkit",
  digitalTransport: "ADT SDK",
  events: ["ADT SDK"],
  eventDelivery: "Webhook / Socket.IO",
  widgetAuth: "ADT session or URL params",
  routing: "Skill-based",
  suggestionSource: "OmniBots RAG",
  capabilities: { chat: { is: "yes" }, sendMessage: { is: "no" }, saveSummary: { is: "no" } },
  frameAncestors: ["https://*.five9.com", "https://*.five9.net"],
  credentialFields: [
    {
      name: "username",
      label: "API user name",
      kind: "text",
      help: "A user with the web services permission.",
      required: true,
    },
    {
      name: "password",
      label: "API password",
      kind: "secret",
      help: "That user's password.",
      required: true,
    },
    {
      name: "domainId",
      label: "Domain id",
      kind: "text",
      help: "Tells apart the domains of one account.",
      required: false,
    },
  ],
  setupSteps,
});
