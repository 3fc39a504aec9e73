import type { DeployPart } from "../manifest.ts";

/** What an admin makes and pastes in Five9, in the order in which it is done. */
export const deployment: readonly DeployPart[] = [
  {
    id: "subscription",
    title: "Voice stream subscription",
    where: "Five9 voice stream (MediaStream): trust token and event key stand on the Credentials tab, once",
    text: "Five9 dials this address over gRPC with TLS, one stream for each leg of a call. It validates the event destination with a GET before it sends anything there.",
    values: [
      { label: "Voice stream address", value: "%VOICESTREAM_ADDRESS%", help: "host:port, reached with TLS." },
      { label: "CTI event destination", value: "%INGEST_URL%" },
      { label: "Encoding", value: "LINEAR16, 8000 Hz", help: "Both legs: agent and customer." },
    ],
  },
  {
    id: "connector",
    title: "Connector that opens the widget",
    where: "Admin Console > Connectors > Create: method GET, trigger On Call Accepted and On Chat Arrival",
    text: "Name the fields as here. They say which call to show; what lets the widget in is the constant t, which we exchange on the server and take out of the address.",
    values: [
      {
        label: "URL, with its constants",
        value: "%WIDGET_URL%?desktop=five9&t=%EMBED_TOKEN%",
        help: "Where a connector takes no parameters in its URL, give it the plain address and make desktop and t constants:",
      },
      { label: "Or the plain URL", value: "%WIDGET_URL%" },
      {
        label: "Constant t",
        value: "%EMBED_TOKEN%",
        help: "Names this connection. Renew it on the Danger tab.",
      },
      { label: "Constant desktop", value: "five9" },
      { label: "Call.call_id as", value: "callId", help: "What joins the widget with the voice stream." },
      { label: "Agent.id as", value: "agentId" },
      { label: "Agent.full_name as", value: "agentName" },
      { label: "Call.skill_name as", value: "skill" },
    ],
  },
];
