import * as z from "zod";
import { DEMO_CALLS } from "./demo-content.ts";

const name = z.string().trim().min(1).max(200);

const shared = {
  /** The public id: what stands in the AudioHook and widget addresses. */
  connectionId: name,
  /** Identifies the connection to the widget; travels in the address's fragment only. */
  embedToken: z.string().max(4096).default(""),
  queueId: name.optional(),
  queueName: name.optional(),
  agentId: name.default("sandbox-agent"),
  agentName: name.default("Sandbox agent"),
  language: z.string().max(35).default("en-US"),
};

/** What the portal asks for when someone starts a call; the keys stay in memory and go nowhere else. */
export const callRequestSchema = z
  .object({
    ...shared,
    apiKey: z.string().min(1).max(500),
    clientSecret: z.string().max(500).default(""),
    organizationId: z.string().min(1).max(100),
    source: z.enum([...DEMO_CALLS, "upload", "microphone"]),
    uploadId: z.uuid().optional(),
    wavBase64: z.base64().optional(),
    /** `page` waits a moment for the host page, so that the widget hears the call from its first word. */
    answer: z.enum(["page", "now"]).default("page"),
    speed: z.number().positive().max(20).default(1),
  })
  .refine((call) => call.source !== "upload" || call.uploadId || call.wavBase64, {
    message: "an uploaded recording needs uploadId or wavBase64",
    path: ["source"],
  });

export const chatRequestSchema = z.object(shared);

export type CallRequest = z.output<typeof callRequestSchema>;
export type ChatRequest = z.output<typeof chatRequestSchema>;

/** The widget's address for one conversation, as an administrator would put it into the platform. */
export function widgetUrl(portalUrl: string, request: ChatRequest, conversationId: string): string {
  const url = new URL(`/widget/genesys/${request.connectionId}`, portalUrl);
  url.searchParams.set("conversationId", conversationId);
  url.searchParams.set("agentId", request.agentId);
  url.searchParams.set("agentName", request.agentName);
  if (request.embedToken) url.hash = new URLSearchParams({ t: request.embedToken }).toString();
  return url.href;
}

/** What the host page tells the widget about the conversation. */
export function conversationContext(request: ChatRequest, conversationId: string, channel: "voice" | "chat") {
  const { queueId, queueName, agentId, agentName } = request;
  return {
    conversationId,
    channel,
    ...(queueId && { queue: { id: queueId, name: queueName ?? queueId } }),
    agent: { id: agentId, name: agentName },
  };
}
