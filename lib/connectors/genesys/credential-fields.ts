import type { CredentialField, FieldOption } from "../manifest.ts";
import { REGION_IDS, REGIONS } from "./api/hosts.ts";

const regions: readonly FieldOption[] = [
  ...REGION_IDS.map((id) => ({ value: id, label: `${REGIONS[id].place} (${id}, ${REGIONS[id].domain})` })),
  { value: "sandbox", label: "Sandbox on this machine", sandbox: true },
];

const PLATFORM = "Organization";
const MESSAGES = "Messages";
const VOICE = "Voice";

export const credentialFields: readonly CredentialField[] = [
  {
    name: "environment",
    label: "Region",
    kind: "select",
    group: PLATFORM,
    options: regions,
    help: "Where the organization lives. The address that your admins sign in at ends in the name in brackets.",
    required: false,
  },
  {
    name: "clientId",
    label: "Client id",
    kind: "text",
    group: PLATFORM,
    help: "Admin > Integrations > OAuth, a client with the grant type Client Credentials. Without one only voice works, and queues are typed by hand.",
    required: false,
  },
  {
    name: "clientSecret",
    label: "Client secret",
    kind: "secret",
    group: PLATFORM,
    help: "Of the same client.",
    required: false,
  },
  {
    name: "organizationId",
    label: "Organization id",
    kind: "text",
    group: PLATFORM,
    help: "Learnt by the test. Fill it in only for voice without an OAuth client. Calls and agents of any other organization are refused.",
    required: false,
  },
  {
    name: "agentClientId",
    label: "Agents' client id",
    kind: "text",
    group: MESSAGES,
    help: "Of a second OAuth client with the grant type Code Authorization (PKCE): agents sign in to the widget with it. Its redirect address is on the Deploy tab.",
    required: false,
  },
  {
    name: "agentsMustSignIn",
    label: "Agents must sign in",
    kind: "switch",
    group: MESSAGES,
    help: "Nobody opens the widget on its address alone: each agent signs in at Genesys Cloud first. A widget in a page of your own has no sign-in and is refused.",
    required: false,
  },
  {
    name: "serverMessages",
    label: "Read messages on the server",
    kind: "switch",
    group: MESSAGES,
    help: "Suggestions are ready even when no agent has the widget open. Uses the client above and its roles; messages that come both ways count once.",
    required: false,
  },
  {
    name: "voice",
    label: "Calls over AudioHook",
    kind: "switch",
    group: VOICE,
    initial: true,
    help: "Off for an organization that only writes: the test then leaves voice out, and calls are refused.",
    required: false,
  },
  {
    name: "sendTranscripts",
    label: "Send transcripts back",
    kind: "switch",
    group: VOICE,
    help: "Final sentences go back to Genesys Cloud over AudioHook. Only with a speech engine that times each word.",
    required: false,
  },
  {
    name: "audiohookApiKey",
    label: "AudioHook API key",
    kind: "generated",
    group: VOICE,
    help: "Made by us. Genesys Cloud sends it with every call, so it is what lets a call in.",
    required: true,
  },
  {
    name: "audiohookClientSecret",
    label: "AudioHook client secret",
    kind: "generated",
    letters: "base64",
    group: VOICE,
    help: "Made by us. Genesys Cloud signs every connection with it and never sends it.",
    required: true,
  },
  {
    name: "unsignedAllowed",
    label: "Accept unsigned connections",
    kind: "switch",
    group: VOICE,
    help: "Only where the integration in Genesys Cloud has no client secret. Has no effect while there is one here.",
    required: false,
  },
  {
    name: "refuseRepeatedNonce",
    label: "Refuse a repeated nonce",
    kind: "switch",
    group: VOICE,
    help: "Stricter against recorded requests. Leave it off unless you know that your organization never repeats one; repeats are noted either way.",
    required: false,
  },
];
