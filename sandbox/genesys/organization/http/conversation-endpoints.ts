import * as z from "zod";
import { notFound } from "../api-error.ts";
import { type Conversation, isActive } from "../conversation.ts";
import { restMessageConversation, shapeA } from "../shapes.ts";
import type { Token } from "../tokens.ts";
import type { World } from "../world.ts";
import { participantOf, wrapUpInputSchema } from "../wrap-up.ts";
import { type Answer, type ApiRequest, apiEndpoint, type Endpoint, readBody } from "./endpoint.ts";

const participantChangeSchema = z.object({
  wrapup: wrapUpInputSchema.optional(),
  state: z.enum(["connected", "disconnected"]).optional(),
});

const WRAP_UP = { area: "conversations", permission: ["conversation:participant:wrapup"] } as const;
const READ = {
  area: "conversations",
  permission: ["conversation:message:view", "conversation:communication:view"],
} as const;

/** Conversations as a whole and their participants' wrap-ups (contract, sections 5.3 and 5.6). */
export function conversationEndpoints(world: World): Endpoint[] {
  const { directory } = world;
  const own = (request: ApiRequest, token: Token) => conversationOf(world, request, token);

  const postWrapUp: Answer = (request, token) => {
    const conversation = own(request, token);
    const participant = participantOf(conversation, request.params.participantId ?? "");
    if (participant.communicationId !== request.params.communicationId) {
      throw notFound("communication", request.params.communicationId ?? "");
    }
    world.wrapUps.save(conversation, participant, readBody(wrapUpInputSchema, request.body), token);
    return { status: 200 };
  };
  const patchParticipant: Answer = (request, token) => {
    const conversation = own(request, token);
    const participant = participantOf(conversation, request.params.participantId ?? "");
    const { wrapup, state } = readBody(participantChangeSchema, request.body);
    if (wrapup) world.wrapUps.save(conversation, participant, wrapup, token);
    if (state === "connected") world.interactions.answer(conversation.id, participant.userId ?? "");
    if (state === "disconnected" && isActive(participant)) world.interactions.agentEnds(conversation.id);
    return { status: 200 };
  };
  const codes: Answer = (request, token) => {
    participantOf(own(request, token), request.params.participantId ?? "");
    return { body: directory.wrapUpCodes() };
  };

  return [
    apiEndpoint(world, "GET /conversations/messages", { area: "conversations" }, (_request, token) => {
      const mine = world.interactions
        .all()
        .filter(
          ({ media, participants }) =>
            media === "message" && participants.some((one) => one.userId === token.user?.id && isActive(one)),
        );
      const entities = token.user ? mine.map((one) => restMessageConversation(one, directory)) : [];
      return { body: { entities, total: entities.length } };
    }),
    apiEndpoint(world, "GET /conversations/:id", READ, (request, token) => ({
      body: shapeA(own(request, token)),
    })),
    apiEndpoint(world, "GET /conversations/messages/:id", READ, (request, token) => ({
      body: restMessageConversation(own(request, token), directory),
    })),
    ...["/messages", "/calls", ""].flatMap((media) => {
      const participant = `/conversations${media}/:id/participants/:participantId`;
      return [
        apiEndpoint(world, `POST ${participant}/communications/:communicationId/wrapup`, WRAP_UP, postWrapUp),
        apiEndpoint(world, `PATCH ${participant}`, WRAP_UP, patchParticipant),
        apiEndpoint(world, `GET ${participant}/wrapupcodes`, { area: "conversations" }, codes),
      ];
    }),
  ];
}

/** A conversation of the token's own organization; an agent sees only those he or she takes part in. */
export function conversationOf(world: World, { params }: ApiRequest, token: Token): Conversation {
  const conversation = world.interactions.find(params.id ?? "");
  const own = conversation.organizationId === token.organizationId;
  const takesPart = conversation.participants.some(({ userId }) => userId === token.user?.id);
  if (own && (!token.user || takesPart)) return conversation;
  throw notFound("conversation", conversation.id);
}
