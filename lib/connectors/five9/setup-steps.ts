import type { SetupStep } from "../manifest.ts";

export const setupSteps: readonly SetupStep[] = [
  {
    id: "credentials",
    title: "Enter the Five9 credentials",
    text: "Region, and an API user of its own for the list of skills. Keep the trust token and the event key, which are shown once, at hand for the subscription.",
    page: "settings",
    check: "API user",
  },
  {
    id: "subscription",
    title: "Make the voice stream subscription",
    where: "Five9 voice stream (MediaStream) subscription",
    text: "Paste the stream's address, the trust token, the event destination and the event key from the Deploy and Credentials tabs, and stream both legs. Five9 validates the destination at once.",
    page: "deploy",
    check: "Voice stream and events",
  },
  {
    id: "mapping",
    title: "Map skills to knowledge bases",
    text: "Each skill can have a knowledge base and a prompt of its own. Skills without a mapping use the tenant default.",
    page: "mapping",
    check: "Skills",
  },
  {
    id: "widget",
    title: "Deploy the widget as a connector",
    where: "Admin Console > Connectors > Create",
    text: "A connector opens the widget when a call is accepted or a chat arrives. Give it the address, the fields and the constants from the Deploy tab.",
    page: "deploy",
  },
  {
    id: "test",
    title: "Place a test call",
    text: "Run the test, then place a call: the last step turns green with the first real event.",
    page: "test",
    check: "First real event",
  },
];
