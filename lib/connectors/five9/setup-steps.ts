import type { SetupStep } from "../manifest.ts";

export const setupSteps: readonly SetupStep[] = [
  {
    id: "toolkit",
    title: "Allow the widget in the Agent Desktop Toolkit",
    text: "Configure the toolkit in your Five9 domain so that it may frame the widget.",
  },
  {
    id: "credentials",
    title: "Enter the Five9 credentials",
    text: "The API user and, for several domains, the domain id.",
  },
  {
    id: "mapping",
    title: "Map skills to knowledge bases",
    text: "Each skill can have a knowledge base and a prompt of its own.",
    page: "mapping",
  },
  {
    id: "widget",
    title: "Deploy the widget",
    text: "Add it as an iframe to the Agent Desktop with callId, agentId, agentName and skill in its address.",
  },
  { id: "test", title: "Place a test call", text: "The first event shows that everything is in place." },
];
