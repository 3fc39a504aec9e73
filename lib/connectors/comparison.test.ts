import { expect, test } from "vitest";
import { CATALOG } from "./catalog.ts";
import { COMPARISON } from "./comparison.ts";

/** The tables of the product page, as it prints them. */
const PLATFORM_COMPARISON = `
Feature | Genesys Cloud | Five9 | 8x8 | Salesforce | Google CCAI
Voice transcription | AudioHook | AudioHook / ADT | Event Streaming | -- | Native CCAI
Chat support | Yes | Yes | Yes | Yes (LWC) | Yes
Event delivery | Pub/Sub + Notification API | ADT SDK | Pulsar WSS | LWC postMessage | Pub/Sub
Suggestion source | OmniBots RAG | OmniBots RAG | OmniBots RAG | OmniBots RAG | Dialogflow CX or RAG
Queue/skill routing | Queue-based | Skill-based | Queue-based | Omni-Channel | Profile-based
Send message | Yes (web messaging) | -- | -- | Yes (via LWC) | --
Save summary | Yes (wrap-up notes) | -- | -- | Yes (via LWC) | --`;

const SUPPORTED_PLATFORMS = `
Genesys Cloud | AudioHook | Notification API | Pub/Sub | OAuth PKCE
Five9 | Agent Desktop Toolkit | ADT SDK | Webhook / Socket.IO | ADT session or URL params
8x8 | Event Streaming | Event Streaming (Pulsar) | Pulsar WSS | Embed token + URL params
Salesforce | -- | Lightning Message Service | LWC postMessage | Token exchange
Google CCAI | Native CCAI STT | Native CCAI | Pub/Sub | OAuth`;

const rows = (table: string) =>
  table
    .trim()
    .split("\n")
    .map((line) => line.split(" | "));

test("the comparison table says what the product page says", () => {
  const drawn = [
    ["Feature", ...CATALOG.map(({ label }) => label)],
    ...COMPARISON.map(({ feature, of }) => [feature, ...CATALOG.map(of)]),
  ];
  expect(drawn).toEqual(rows(PLATFORM_COMPARISON));
});

test("the list of platforms says what the product page says", () => {
  const drawn = CATALOG.map((manifest) => [
    manifest.label,
    manifest.voiceTransport,
    manifest.digitalTransport,
    manifest.eventDelivery,
    manifest.widgetAuth,
  ]);
  expect(drawn).toEqual(rows(SUPPORTED_PLATFORMS));
});
