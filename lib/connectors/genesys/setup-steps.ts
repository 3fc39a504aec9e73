import type { SetupStep } from "../manifest.ts";

export const setupSteps: readonly SetupStep[] = [
  {
    id: "credentials",
    title: "Make the AudioHook key and secret",
    text: "They are made when the connection is created and shown once. Keep them at hand for the next step, or make new ones on this page.",
    page: "credentials",
    check: "Credentials",
  },
  {
    id: "audiohook",
    title: "Add AudioHook Monitor in Genesys Cloud",
    where: "Admin > Integrations > Add Integration > AudioHook Monitor",
    text: "Paste the address as the Connection URI, then the API key and the client secret under Credentials. Choose both channels (external and internal), then activate: Genesys Cloud opens a probe connection at once and reports when it fails.",
    paste: [
      { label: "Connection URI", value: "audiohookAddress" },
      { label: "API key", value: "audiohookApiKey" },
      { label: "Client secret", value: "audiohookClientSecret" },
    ],
    check: "AudioHook signed probe",
  },
  {
    id: "flow",
    title: "Turn audio monitoring on in your flows",
    where: "Architect > the inbound call flow > Audio Monitoring",
    text: "Put an Audio Monitoring action with monitoring enabled into each flow whose calls agents should be helped with. Turn it off again around card numbers and the like: the call goes on, we hear nothing, and the transcript shows a gap.",
  },
  {
    id: "mapping",
    title: "Map queues to knowledge bases",
    text: "Each queue can have a knowledge base, a system prompt and a model of its own. Queues without a mapping use the tenant default.",
    page: "mapping",
  },
  {
    id: "widget",
    title: "Deploy the widget",
    where: "Admin > Integrations > Add Integration > Interaction Widget",
    text: "Paste the address as the Application URL, allow the group of agents, and choose the communication types call and message.",
    paste: [{ label: "Application URL", value: "widgetAddress" }],
    page: "deploy",
  },
  {
    id: "test",
    title: "Test the connection",
    text: "Run the test, then place a call: the last step turns green with the first real event.",
    page: "test",
    check: "First real event",
  },
];
