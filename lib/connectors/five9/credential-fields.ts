import type { CredentialField, FieldOption } from "../manifest.ts";
import { placeOf } from "./api/hosts.ts";
import { DEFAULTS, REGIONS } from "./credentials.ts";

const PLATFORM = "Domain";
const VOICE = "Voice stream and events";
const DESKTOP = "Agent Desktop";
const SUMMARY = "Summary";

const regions: readonly FieldOption[] = REGIONS.map((value) => ({
  value,
  label: placeOf(value),
  ...(value === "sandbox" && { sandbox: true as const }),
}));

const domain: readonly CredentialField[] = [
  {
    name: "region",
    label: "Region",
    kind: "select",
    group: PLATFORM,
    options: regions,
    initial: "us",
    help: "Where the domain lives. The sign-in page of your admins ends in .com, .ca or .eu accordingly.",
    required: true,
  },
  {
    name: "authMethod",
    label: "Sign in with",
    kind: "select",
    group: PLATFORM,
    options: [
      { value: "user", label: "API user (web services)" },
      { value: "consumer-key", label: "Consumer key" },
      { value: "none", label: "Nothing: calls and chats alone" },
    ],
    initial: "user",
    help: "The API user lists skills. Without it they are typed by hand.",
    required: true,
  },
  {
    name: "username",
    label: "API user name",
    kind: "text",
    group: PLATFORM,
    help: "A user of its own with the web services permission; nobody should work under it.",
    required: false,
  },
  {
    name: "password",
    label: "API password",
    kind: "secret",
    group: PLATFORM,
    help: "That user's password.",
    required: false,
  },
  {
    name: "consumerKey",
    label: "Consumer key",
    kind: "text",
    group: PLATFORM,
    help: "Only where you sign in with one.",
    required: false,
  },
  {
    name: "consumerSecret",
    label: "Consumer secret",
    kind: "secret",
    group: PLATFORM,
    help: "Of the same key.",
    required: false,
  },
  {
    name: "tokenUrl",
    label: "Token address",
    kind: "text",
    group: PLATFORM,
    initial: DEFAULTS.tokenUrl,
    help: "Unconfirmed: Five9 does not publish where a consumer key is exchanged. Ask your Five9 contact when the test refuses.",
    required: false,
  },
  {
    name: "soapVersion",
    label: "Web services version",
    kind: "text",
    group: PLATFORM,
    initial: DEFAULTS.soapVersion,
    help: "v13 is the newest that is known; older domains may need v12.",
    required: false,
  },
  {
    name: "restSession",
    label: "Test a REST session too",
    kind: "switch",
    group: PLATFORM,
    help: "Joins a session of the API user if there is one and never ends it, so no agent is thrown out. Nothing else of ours needs it.",
    required: false,
  },
];

const voice: readonly CredentialField[] = [
  {
    name: "voice",
    label: "Calls over the voice stream",
    kind: "switch",
    group: VOICE,
    initial: true,
    help: "Off for a domain without the stream: calls then show their session, the skill's profile and the ask box.",
    required: false,
  },
  {
    name: "trustToken",
    label: "Trust token",
    kind: "generated",
    group: VOICE,
    help: "Made by us. Five9 shows it with every leg of a call, so it is what lets a call in.",
    required: true,
  },
  {
    name: "apiKey",
    label: "Event key",
    kind: "generated",
    group: VOICE,
    help: "Made by us. Five9 sends it as x-api-key with every event.",
    required: true,
  },
  {
    name: "domainId",
    label: "Domain id",
    kind: "text",
    group: VOICE,
    help: "Where it is filled in, streams of any other domain are refused, also with the right token.",
    required: false,
  },
  {
    name: "subscriptionId",
    label: "Subscription id",
    kind: "text",
    group: VOICE,
    help: "Where it is filled in, streams of any other subscription are refused.",
    required: false,
  },
  {
    name: "language",
    label: "Language of calls",
    kind: "text",
    group: VOICE,
    help: "Such as en-US. The stream names none; empty is the speech engine's first.",
    required: false,
  },
  {
    name: "eventNameField",
    label: "Field with an event's name",
    kind: "text",
    group: VOICE,
    initial: DEFAULTS.eventNameField,
    help: "Unconfirmed: the envelope of CTI events is not published. Compare with a delivery in the event inspector; payload.name reads a field inside another.",
    required: false,
  },
  {
    name: "endedEvents",
    label: "Names of a call's end",
    kind: "text",
    group: VOICE,
    initial: DEFAULTS.endedEvents,
    help: "Unconfirmed, with commas between. The voice stream tells the end by itself.",
    required: false,
  },
];

const desktop: readonly CredentialField[] = [
  {
    name: "sdkUrl",
    label: "Toolkit address",
    kind: "text",
    group: DESKTOP,
    initial: DEFAULTS.sdkUrl,
    help: "Where the widget loads the vendor's CRM SDK from. It may not be handed on, so we carry no copy.",
    required: false,
  },
  {
    name: "callIdField",
    label: "Call id in the toolkit",
    kind: "select",
    group: DESKTOP,
    options: [
      { value: "interactionId", label: "interactionId" },
      { value: "sessionId", label: "sessionId" },
      { value: "callId", label: "callId" },
    ],
    initial: DEFAULTS.callIdField,
    help: "Unconfirmed: the field that holds what the voice stream calls the call's id. When a call shows no transcript in the widget, try another.",
    required: false,
  },
  {
    name: "chatEventId",
    label: "Event of chat messages",
    kind: "text",
    group: DESKTOP,
    help: "Unconfirmed: the number of the agent's event that carries a customer's chat message. Without it chats have a life cycle and no text, unless a webhook brings it.",
    required: false,
  },
];

const summary: readonly CredentialField[] = [
  {
    name: "saveSummary",
    label: "Save the summary into the call log",
    kind: "switch",
    group: SUMMARY,
    help: "Takes the page's one beforeSaveLog hook: leave it off where another program uses that.",
    required: false,
  },
  {
    name: "summaryField",
    label: "Field of the log",
    kind: "text",
    group: SUMMARY,
    help: "The CRM's own name of the field that the summary goes into, such as Description.",
    required: false,
  },
];

export const credentialFields: readonly CredentialField[] = [...domain, ...voice, ...desktop, ...summary];
