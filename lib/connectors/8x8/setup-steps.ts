import type { SetupStep } from "../manifest.ts";

export const setupSteps: readonly SetupStep[] = [
  {
    id: "streaming",
    title: "Enable Event Streaming",
    where: "8x8 Admin Console > API Keys",
    text: "Ask 8x8 to turn Event Streaming on for the tenant, then create an app with the product Pulsar Event Stream and copy its key.",
  },
  {
    id: "credentials",
    title: "Enter the 8x8 credentials",
    text: "API key, the tenant's name and the site of your cluster.",
    page: "credentials",
  },
  {
    id: "subscriber",
    title: "Check the subscriber",
    text: "The test opens a reader at the newest message. A wrong site connects as well and stays silent: only a real interaction proves it.",
    check: "Event stream event-v1/all",
    page: "test",
  },
  {
    id: "mapping",
    title: "Map queues to knowledge bases",
    text: "Each queue can have a knowledge base and a prompt of its own. Queues appear with their first interaction.",
    page: "mapping",
  },
  {
    id: "widget",
    title: "Deploy the widget",
    where: "8x8 Agent Workspace, registered as a Partner Integration",
    text: "Put iid (interaction id) or aid (agent id) into the widget's address.",
    paste: [{ label: "Widget address", value: "widgetAddress" }],
    page: "deploy",
  },
  {
    id: "test",
    title: "Accept a test interaction",
    text: "The first event shows that everything is in place.",
    check: "First real event",
    page: "test",
  },
];
