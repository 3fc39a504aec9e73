import type { SetupStep } from "../manifest.ts";

export const setupSteps: readonly SetupStep[] = [
  {
    id: "agent",
    title: "Create a Dialogflow CX agent",
    where: "Google Cloud console > Conversational Agents",
    text: "Or use one that you have. It is asked about what customers say.",
    check: "Dialogflow CX agent",
  },
  {
    id: "insights",
    title: "Enable the CCAI Insights API",
    where: "APIs & Services > Library",
    text: "In the same project, beside the Dialogflow and the Cloud Pub/Sub API.",
    check: "CCAI Insights",
  },
  {
    id: "topic",
    title: "Create a Pub/Sub topic and publish to it",
    where: "Pub/Sub > Topics, then Agent Assist > Conversation profiles",
    text: "For example agent-assist-events. In each profile set it as the topic of conversation events, new messages and suggestions, with the format JSON.",
    check: "Conversation profiles",
  },
  {
    id: "credentials",
    title: "Enter the Google Cloud credentials",
    text: "Project id, service account key, Dialogflow agent id and topic. The account needs roles/pubsub.editor, roles/dialogflow.reader and roles/dialogflow.client.",
    check: "Service account",
    page: "credentials",
  },
  {
    id: "subscription",
    title: "Subscribe to the topic",
    text: "The test makes the subscription. With one of your own, roles/pubsub.subscriber on it is enough.",
    check: "Subscription",
    page: "test",
  },
  {
    id: "mapping",
    title: "Map conversation profiles to knowledge bases",
    text: "Each profile can have a knowledge base and a prompt of its own.",
    page: "mapping",
  },
  {
    id: "widget",
    title: "Deploy the widget",
    where: "Your agent desktop, and APIs & Services > Credentials",
    text: "Frame the widget with conversationId in its address. Agents sign in with Google.",
    paste: [
      { label: "Widget address", value: "widgetAddress" },
      { label: "Authorized redirect URI", value: "signInCallback" },
    ],
    page: "deploy",
  },
  {
    id: "test",
    title: "Test the connection",
    text: "The first event shows that everything is in place.",
    check: "First real event",
    page: "test",
  },
];
