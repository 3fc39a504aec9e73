import type { DeployPart } from "../manifest.ts";

/** What an admin gives to 8x8, in the order in which it is done. */
export const deployment: readonly DeployPart[] = [
  {
    id: "integration",
    title: "Partner integration that frames the widget",
    where: "Registered with 8x8 (developer@8x8.com), opened as an iframe over https",
    text: "8x8's URL template fills in the parameter. One of the two is enough; a placeholder that nobody filled in counts as absent.",
    values: [
      {
        label: "Widget address, by agent",
        value: "%WIDGET_URL%?aid={agentId}%WIDGET_TOKEN%",
        help: "The widget follows whatever this agent has on.",
      },
      {
        label: "Or by interaction",
        value: "%WIDGET_URL%?iid={interactionId}%WIDGET_TOKEN%",
        help: "The part behind # names this connection; a browser sends it to no server.",
      },
    ],
  },
  {
    id: "events",
    title: "Events of Agent Workspace",
    where: "The same registration: 8x8 allows events for each integration by name",
    text: "With these the widget follows the interaction in focus, reads a chat's history and what the agent sends, and inserts text.",
    values: [
      { label: "Agent", value: "global-user-details-v1" },
      {
        label: "Interactions",
        value: "aw-interaction-started-v1, aw-interaction-ended-v1, aw-interaction-focus-v3",
      },
      {
        label: "Chats",
        value: "aw-chat-init-v1, aw-chat-message-sent-v1, aw-chat-message-received-v1",
      },
    ],
  },
  {
    id: "words",
    title: "What is said and written",
    where: "Your transcription service, or the Chat Gateway of your own chat channels",
    text: "Only where words come by webhook: the event stream itself carries neither audio nor text.",
    values: [
      {
        label: "Transcript webhook",
        value: "%INGEST_URL%/transcripts",
        help: "Signed with the transcript webhook secret.",
      },
      {
        label: "Chat Gateway webhook",
        value: "%INGEST_URL%/chat",
        help: "Its public key stands in the settings.",
      },
    ],
  },
];
