import { defineManifest } from "../manifest.ts";
import { credentialFields } from "./credential-fields.ts";
import { deployment } from "./deployment.ts";
import { setupSteps } from "./setup-steps.ts";

/** Salesforce brings chats only, through a Lightning web component on the record page. */
export const manifest = defineManifest({
  id: "salesforce",
  label: "Salesforce",
  availability: "ready",
  summary: "Messaging sessions through a Lightning web component; no voice.",
  voice: [],
  voiceTransport: "--",
  digitalTransport: "Lightning Message Service",
  events: ["LWC postMessage"],
  eventDelivery: "LWC postMessage",
  widgetAuth: "Token exchange",
  routing: "Omni-Channel",
  suggestionSource: "OmniBots RAG",
  capabilities: {
    chat: { is: "yes", via: "LWC" },
    sendMessage: { is: "yes", via: "via LWC" },
    saveSummary: { is: "yes", via: "via LWC" },
  },
  frameAncestors: [
    "https://*.lightning.force.com",
    "https://*.vf.force.com",
    "https://*.my.salesforce.com",
    "https://*.visual.force.com",
  ],
  whilePaused: [
    "Components in the console get no token, so their widgets stay closed. What agents write and read meanwhile is not seen later.",
  ],
  credentialFields,
  setupSteps,
  deployment,
});
