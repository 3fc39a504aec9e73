import type { DeployPart } from "../manifest.ts";

export const deployment: readonly DeployPart[] = [
  {
    id: "events",
    title: "Publish conversation events",
    where: "Agent Assist > Conversation profiles > the profile > Notifications",
    text: "Set the topic for conversation events, new messages, recognition results and suggestions, each with the message format JSON.",
    values: [],
  },
  {
    id: "push",
    title: "Your own push subscription",
    where: "Pub/Sub > Subscriptions",
    text: "Only where the connection test must not make one. Turn authentication on with the service account of the connection, and set both values.",
    values: [
      { label: "Endpoint URL", value: "%INGEST_URL%" },
      { label: "Audience", value: "%INGEST_URL%" },
    ],
  },
  {
    id: "client",
    title: "OAuth client for agents",
    where: "APIs & Services > Credentials > Create credentials > OAuth client id > Web application",
    text: "Its consent screen may stay Internal: only accounts of your Workspace domains sign in.",
    values: [{ label: "Authorized redirect URI", value: "%SIGN_IN_CALLBACK%" }],
  },
  {
    id: "widget",
    title: "Frame the widget",
    where: "Your agent desktop",
    text: "Put the conversation's id, or its full name, in place of CONVERSATION_ID, and allow the desktop's origin below.",
    values: [
      {
        label: "Widget address",
        value: "%WIDGET_URL%?conversationId=CONVERSATION_ID%WIDGET_TOKEN%",
        help: "The part behind # names this connection; a browser sends it to no server.",
      },
    ],
  },
];
