import type { SetupStep } from "../manifest.ts";

export const setupSteps: readonly SetupStep[] = [
  {
    id: "client",
    title: "Make an OAuth client for the connection",
    where: "Admin > Integrations > OAuth > Add Client, grant type Client Credentials",
    text: "Assign it a role with routing:queue:view and conversation:communication:view in the divisions of your queues, then put its client id and secret and the organization's region into the settings on this page.",
    page: "settings",
    check: "Token",
  },
  {
    id: "agents",
    title: "Make an OAuth client for the agents",
    where: "Admin > Integrations > OAuth > Add Client, grant type Code Authorization (PKCE)",
    text: "Agents sign in to the widget with it, so it has no secret. Its scopes are conversations, notifications, routing:readonly and users:readonly. Put its id into the settings as Agents' client id.",
    paste: [{ label: "Redirect URI", value: "signInCallback" }],
    page: "settings",
  },
  {
    id: "test",
    title: "Test the connection",
    text: "The test learns which organization it is, lists the queues, and says what is missing by name.",
    page: "test",
    check: "Organization",
  },
  {
    id: "mapping",
    title: "Map queues to knowledge bases",
    text: "Each queue can have a knowledge base, a system prompt and a model of its own. Queues without a mapping use the tenant default.",
    page: "mapping",
    check: "Queues",
  },
  {
    id: "widget",
    title: "Deploy the widget",
    where: "Admin > Integrations > Add Integration > Interaction Widget",
    text: "The Deploy tab has everything to paste: the address with its placeholders, the sandbox options, the communication types.",
    page: "deploy",
  },
  {
    id: "audiohook",
    title: "For calls: add AudioHook Monitor",
    where: "Admin > Integrations > Add Integration > AudioHook Monitor",
    text: "Paste the address as the Connection URI, then the API key and the client secret under Credentials. Choose both channels (external and internal), then activate: Genesys Cloud opens a probe connection at once and reports when it fails. For an organization that only writes, turn Calls over AudioHook off in the settings instead.",
    paste: [
      { label: "Connection URI", value: "audiohookAddress" },
      { label: "API key", value: "audiohookApiKey" },
      { label: "Client secret", value: "audiohookClientSecret" },
    ],
    page: "credentials",
    check: "AudioHook signed probe",
  },
  {
    id: "flow",
    title: "For calls: turn audio monitoring on in your flows",
    where: "Architect > the inbound call flow > Audio Monitoring",
    text: "Put an Audio Monitoring action with monitoring enabled into each flow whose calls agents should be helped with. Turn it off again around card numbers and the like: the call goes on, we hear nothing, and the transcript shows a gap.",
  },
  {
    id: "event",
    title: "Wait for the first real event",
    text: "Write to a mapped queue as a customer, or place a call: the test's last step turns green with it.",
    page: "test",
    check: "First real event",
  },
];
