import type { SetupStep } from "../manifest.ts";

export const setupSteps: readonly SetupStep[] = [
  {
    id: "package",
    title: "Deploy the package",
    text: "It holds the Visualforce page, the Lightning web component, the message channel and the permission set.",
  },
  {
    id: "credentials",
    title: "Enter the connected app's credentials",
    text: "My Domain, consumer key and consumer secret.",
  },
  {
    id: "page",
    title: "Put the component on the record page",
    text: "Add it to the messaging session's page in the App Builder.",
  },
  {
    id: "mapping",
    title: "Map queues to knowledge bases",
    text: "Omni-Channel queues can have a knowledge base and a prompt of their own.",
    page: "mapping",
  },
  { id: "test", title: "Start a test chat", text: "The first message shows that everything is in place." },
];
