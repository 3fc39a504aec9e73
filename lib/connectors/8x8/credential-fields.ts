import type { CredentialField, FieldOption } from "../manifest.ts";
import { SITES } from "./hosts.ts";

const STREAM = "Event stream";
const VOICE = "Call transcripts";
const CHAT = "Chat messages";

const sites: readonly FieldOption[] = [
  ...Object.entries(SITES).map(([value, { label }]) => ({ value, label })),
  { value: "other", label: "Another site (enter its host)" },
  { value: "sandbox", label: "Sandbox on this machine", sandbox: true },
];

export const credentialFields: readonly CredentialField[] = [
  {
    name: "apiKey",
    label: "API key",
    kind: "secret",
    group: STREAM,
    help: "Admin Console > API Keys, for an app with the product Pulsar Event Stream. It begins with eght_.",
    required: true,
  },
  {
    name: "tenantId",
    label: "8x8 tenant",
    kind: "text",
    group: STREAM,
    help: "The contact centre tenant's name, as in the address of your Agent Workspace. It names your event topics.",
    required: true,
  },
  {
    name: "site",
    label: "Site",
    kind: "select",
    group: STREAM,
    options: sites,
    initial: "us1",
    help: "Where your cluster's stream is. The stream of a wrong site opens and stays silent.",
    required: true,
  },
  {
    name: "host",
    label: "Host of another site",
    kind: "text",
    group: STREAM,
    help: "Only with Another site: the name alone, such as pulsar-ws-use1.8x8.com.",
    required: false,
  },
  {
    name: "topics",
    label: "Topics",
    kind: "text",
    group: STREAM,
    initial: "event-v1/all",
    help: "As namespace/topic, several with a comma between. event-v1/all brings every event; event-v1/InteractionAccepted one kind; agent-v1/{agent id} one agent.",
    required: false,
  },
  {
    name: "mode",
    label: "Read as",
    kind: "select",
    group: STREAM,
    options: [
      { value: "reader", label: "Reader (we keep the place in the stream)" },
      { value: "consumer", label: "Consumer (8x8 keeps the place in a subscription)" },
    ],
    initial: "reader",
    help: "8x8 does not document which subscriptions a tenant may make, so that a reader is the safe choice.",
    required: false,
  },
  {
    name: "subscriptionName",
    label: "Subscription or reader name",
    kind: "text",
    group: STREAM,
    initial: "omnibots-agent-assist",
    help: "Give each environment (test, production) its own.",
    required: false,
  },
  {
    name: "transport",
    label: "Transport",
    kind: "select",
    group: STREAM,
    options: [
      { value: "websocket", label: "WebSocket (what 8x8 offers)" },
      { value: "native", label: "Pulsar's own protocol (needs pulsar-client on the server)" },
    ],
    initial: "websocket",
    help: "Pulsar's own protocol is for brokers that are reached by pulsar://, such as a mirror of your own.",
    required: false,
  },
  {
    name: "brokerUrl",
    label: "Broker address",
    kind: "text",
    group: STREAM,
    help: "Only for Pulsar's own protocol: pulsar://host:6650 or pulsar+ssl://host:6651.",
    required: false,
  },
  {
    name: "transcriptTopic",
    label: "Transcript topic",
    kind: "text",
    group: VOICE,
    help: "Where 8x8 or your transcription service publishes what is said, as namespace/topic. Without it a call shows its session, knowledge and the ask box, and no text.",
    required: false,
  },
  {
    name: "transcriptFields",
    label: "Transcript fields",
    kind: "textarea",
    lines: 4,
    group: VOICE,
    help: 'One "name = path" a line, where they differ from: conversationId = interactionGUID, utteranceId = utteranceId, speaker = speaker, text = text, at = timestamp, final = isFinal, agentSpeakers = agent,AGENT,internal.',
    required: false,
  },
  {
    name: "transcriptSecret",
    label: "Transcript webhook secret",
    kind: "generated",
    group: VOICE,
    help: "Made by us. Your transcription service signs each POST to /ingest/8x8/{connection}/transcripts with it.",
    required: false,
  },
  {
    name: "gatewayKey",
    label: "Chat Gateway public key",
    kind: "textarea",
    lines: 4,
    group: CHAT,
    help: "In PEM form. With it, the Chat Gateway's events to /ingest/8x8/{connection}/chat are believed; without it none are.",
    required: false,
  },
  {
    name: "inboundEvent",
    label: "Workspace event with customer messages",
    kind: "text",
    group: CHAT,
    help: "The name of the Agent Workspace event that carries each new customer message, where 8x8 has agreed one with you. Without it, messages come when a chat opens.",
    required: false,
  },
];
