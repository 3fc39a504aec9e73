import * as z from "zod";
import { badRequest, notFound } from "../api-error.ts";
import { messageBody } from "../message-body.ts";
import type { World } from "../world.ts";
import { conversationOf } from "./conversation-endpoints.ts";
import { apiEndpoint, type Endpoint, readBody } from "./endpoint.ts";

const MAX_BULK = 1000;
const MAX_TEXT = 4096;
const READ = {
  area: "conversations",
  permission: ["conversation:message:view", "conversation:webmessaging:view"],
} as const;
const WRITE = {
  area: "conversations",
  permission: ["conversation:message:create", "conversation:webmessaging:create"],
} as const;

const sendSchema = z.object({
  textBody: z.string().min(1).max(MAX_TEXT).optional(),
  mediaIds: z.array(z.string()).min(1).optional(),
  messagingTemplate: z.record(z.string(), z.unknown()).optional(),
});
const typingSchema = z.object({
  typing: z.object({ type: z.enum(["On", "Off"]), duration: z.number().optional() }),
});

/** Fetching, sending and typing of single messages (contract, sections 5.1, 5.2 and 5.5). */
export function messageEndpoints(world: World): Endpoint[] {
  const { messaging, faults, settings } = world;
  const path = "/conversations/messages/:id";
  return [
    apiEndpoint(world, `GET ${path}/messages/:messageId`, READ, (request, token) => {
      const conversation = conversationOf(world, request, token);
      const message = messaging.message(conversation.id, request.params.messageId ?? "");
      if (faults.tooEarly(message.id)) throw notFound("message", message.id);
      return { body: messageBody(message, settings) };
    }),
    apiEndpoint(world, `POST ${path}/messages/bulk`, { ...READ, reads: true }, (request, token) => {
      const conversation = conversationOf(world, request, token);
      const ids = readBody(z.array(z.string()), request.body);
      if (ids.length > MAX_BULK) throw badRequest(`No more than ${MAX_BULK} messages at once.`);
      const found = conversation.messages.filter(({ id }) => ids.includes(id) && !faults.tooEarly(id));
      // the order is not promised: whoever relies on it finds out here
      return { body: { entities: found.reverse().map((message) => messageBody(message, settings)) } };
    }),
    apiEndpoint(world, `POST ${path}/communications/:communicationId/messages`, WRITE, (request, token) => {
      const conversation = conversationOf(world, request, token);
      const { textBody, ...others } = readBody(sendSchema, request.body);
      const given = [textBody, others.mediaIds, others.messagingTemplate].filter((one) => one !== undefined);
      if (given.length !== 1) {
        throw badRequest("Exactly one of textBody, mediaIds and messagingTemplate is to be given.");
      }
      if (textBody === undefined) throw badRequest("This organization has no media and no templates.");
      const { communicationId = "" } = request.params;
      const message = messaging.send(conversation.id, communicationId, textBody, token);
      return { body: messageBody(message, settings) };
    }),
    apiEndpoint(world, `POST ${path}/communications/:communicationId/typing`, WRITE, (request, token) => {
      const conversation = conversationOf(world, request, token);
      readBody(typingSchema, request.body);
      messaging.agentTypes(conversation.id, request.params.communicationId ?? "", token);
      return { status: 202 };
    }),
  ];
}
