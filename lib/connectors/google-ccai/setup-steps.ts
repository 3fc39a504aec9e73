import type { SetupStep } from "../manifest.ts";

export const setupSteps: readonly SetupStep[] = [
  {
    id: "agent",
    title: "Create a Dialogflow CX agent",
    where: "Google Cloud project",
    text: "Or use one that you have.",
  },
  {
    id: "insights",
    title: "Enable the CCAI Insights API",
    where: "APIs & Services",
    text: "In the same project.",
  },
  {
    id: "topic",
    title: "Create a Pub/Sub topic",
    text: "For conversation events, for example agent-assist-events.",
  },
  {
    id: "credentials",
    title: "Enter the Google Cloud credentials",
    text: "Project id, service account key, Dialogflow agent id.",
  },
  {
    id: "subscription",
    title: "Subscribe to the topic",
    text: "The service account needs roles/pubsub.subscriber on it.",
  },
  { id: "test", title: "Test the connection", text: "The first event shows that everything is in place." },
];
