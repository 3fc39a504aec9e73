import * as z from "zod";
import type { Conversation, Participant } from "../conversation.ts";
import type { World } from "../world.ts";
import { apiEndpoint, type Endpoint, readBody } from "./endpoint.ts";

const predicateSchema = z.object({
  dimension: z.string().optional(),
  value: z.string().nullish(),
  operator: z.enum(["matches", "exists", "notExists"]).default("matches"),
});
const filterSchema = z.object({
  type: z.enum(["and", "or"]).default("and"),
  predicates: z.array(predicateSchema).default([]),
});
const querySchema = z.object({
  interval: z.string(),
  conversationFilters: z.array(filterSchema).default([]),
  segmentFilters: z.array(filterSchema).default([]),
  paging: z
    .object({ pageSize: z.number().int().positive().max(100), pageNumber: z.number().int().positive() })
    .default({ pageSize: 25, pageNumber: 1 }),
});

type Filter = z.output<typeof filterSchema>;

/** The one way for client credentials to find conversations that run (contract, section 5.3). */
export function analyticsEndpoints(world: World): Endpoint[] {
  const rules = { permission: ["analytics:conversationDetail:view"], reads: true };
  return [
    apiEndpoint(world, "POST /analytics/conversations/details/query", rules, ({ body }, token) => {
      const { interval, conversationFilters, segmentFilters, paging } = readBody(querySchema, body);
      const [from = 0, to = 0] = interval.split("/").map((text) => Date.parse(text));
      const found = world.interactions
        .all()
        .filter(({ organizationId }) => organizationId === token.organizationId)
        .filter(({ startedAt, endedAt }) => startedAt <= to && (endedAt ?? to) >= from)
        .filter((one) => conversationFilters.every((filter) => holds(filter, conversationFacts(one))))
        .filter((one) => segmentFilters.every((filter) => holds(filter, segmentFacts(one))));
      const start = (paging.pageNumber - 1) * paging.pageSize;
      const conversations = found.slice(start, start + paging.pageSize).map(detail);
      return { body: { ...(conversations.length > 0 && { conversations }), totalHits: found.length } };
    }),
  ];
}

type Facts = Record<string, string[]>;

function conversationFacts({ id, endedAt }: Conversation): Facts {
  return { conversationId: [id], conversationEnd: endedAt === undefined ? [] : [iso(endedAt)] };
}

function segmentFacts({ media, participants }: Conversation): Facts {
  return {
    mediaType: [mediaType(media)],
    queueId: participants.flatMap(({ queueId }) => queueId ?? []),
    userId: participants.flatMap(({ userId }) => userId ?? []),
    purpose: participants.map(({ purpose }) => purpose),
  };
}

function holds({ type, predicates }: Filter, facts: Facts): boolean {
  const results = predicates.map(({ dimension = "", value, operator }) => {
    const known = facts[dimension] ?? [];
    if (operator === "matches") return known.includes(value ?? "");
    return operator === "exists" ? known.length > 0 : known.length === 0;
  });
  return results.length === 0 || (type === "and" ? results.every(Boolean) : results.some(Boolean));
}

function detail({ id, media, startedAt, endedAt, participants }: Conversation): object {
  return {
    conversationId: id,
    conversationStart: iso(startedAt),
    ...(endedAt !== undefined && { conversationEnd: iso(endedAt) }),
    originatingDirection: "inbound",
    participants: participants.map((participant) => participantDetail(participant, mediaType(media))),
  };
}

function participantDetail(participant: Participant, media: string): object {
  const { id, purpose, name, userId, queueId, communicationId, startedAt, endedAt } = participant;
  const segment = {
    segmentType: "interact",
    segmentStart: iso(startedAt),
    ...(endedAt !== undefined && { segmentEnd: iso(endedAt) }),
    ...(queueId && { queueId }),
  };
  return {
    participantId: id,
    participantName: name,
    purpose,
    ...(userId && { userId }),
    sessions: [{ sessionId: communicationId, mediaType: media, direction: "inbound", segments: [segment] }],
  };
}

const mediaType = (media: Conversation["media"]) => (media === "call" ? "voice" : "message");
const iso = (ms: number) => new Date(ms).toISOString();
