import type { SetupStep } from "../manifest.ts";

export const setupSteps: readonly SetupStep[] = [
  {
    id: "streaming",
    title: "Enable Event Streaming",
    where: "8x8 Admin Console",
    text: "Turn Event Streaming on for the tenant.",
  },
  { id: "credentials", title: "Enter the 8x8 credentials", text: "The API key and the 8x8 tenant id." },
  {
    id: "subscriber",
    title: "Start the subscriber",
    text: "We read interaction events (accepted, completed and so on) from the Pulsar endpoint.",
  },
  {
    id: "mapping",
    title: "Map queues to knowledge bases",
    text: "Each queue can have a knowledge base and a prompt of its own.",
    page: "mapping",
  },
  {
    id: "widget",
    title: "Deploy the widget",
    text: "Add it as a Partner Integration to Agent Workspace with iid or aid in its address.",
  },
  {
    id: "test",
    title: "Accept a test interaction",
    text: "The first event shows that everything is in place.",
  },
];
