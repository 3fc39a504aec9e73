import * as z from "zod";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { ConversationFacts } from "../connector.ts";
import type { GenesysClient } from "./api/genesys-client.ts";

const named = z.object({ id: z.string().optional(), name: z.string().optional() }).nullish().catch(undefined);
const text = z.string().nullish().catch(undefined);

/** Shape A (contract section 4.2); what is not there or of another form is not told. */
const conversation = z.object({
  participants: z
    .array(
      z.object({
        purpose: text,
        userId: text,
        name: text,
        queueId: text,
        connectedTime: text,
        endTime: text,
        conversationRoutingData: z.object({ queue: named, language: named }).nullish().catch(undefined),
        attributes: z.record(z.string(), z.unknown()).nullish().catch(undefined),
      }),
    )
    .default([]),
});

type Participant = z.output<typeof conversation>["participants"][number];

const LANGUAGE = /^[a-z]{2,3}([-_][A-Za-z]{2,4})?$/;

/** Queue, agent and language of a call or chat; undefined where the platform knows no such conversation. */
export async function describeConversation(
  client: GenesysClient,
  conversationId: string,
  signal: AbortSignal,
): Promise<ConversationFacts | undefined> {
  try {
    const path = `/api/v2/conversations/${encodeURIComponent(conversationId)}`;
    return factsOf((await client.request("GET", path, { schema: conversation, signal })).participants);
  } catch (error) {
    if (isAppError(error) && error.context.status === "404") return undefined;
    throw error;
  }
}

/** Participants stand in the order in which they came: after a transfer the last ones count. */
export function factsOf(participants: readonly Participant[]): ConversationFacts {
  const agents = participants.filter(({ purpose, userId }) => purpose === "agent" && userId);
  const agent = agents.findLast(({ connectedTime, endTime }) => connectedTime && !endTime) ?? agents.at(-1);
  const routed = participants.findLast(
    ({ queueId, conversationRoutingData: data }) => queueId || data?.queue?.id,
  );
  const queueId = routed?.queueId ?? routed?.conversationRoutingData?.queue?.id;
  const queueName = queueId ? nameOfQueue(participants, queueId) : undefined;
  const language = languageOf(participants);
  return {
    ...(queueId && { queue: { id: queueId, ...(queueName && { name: queueName }) } }),
    ...(agent?.userId && { agent: { id: agent.userId, ...(agent.name && { name: agent.name }) } }),
    ...(language && { language }),
  };
}

/** The participant that stands for the queue itself carries its name. */
function nameOfQueue(participants: readonly Participant[], queueId: string): string | undefined {
  const queue = participants.findLast((one) => one.purpose === "acd" && one.queueId === queueId);
  const routed = participants.findLast((one) => one.conversationRoutingData?.queue?.id === queueId);
  return queue?.name ?? routed?.conversationRoutingData?.queue?.name ?? undefined;
}

/** A language skill is called as the admin likes; only what is a language tag is taken for one. */
function languageOf(participants: readonly Participant[]): string | undefined {
  const said = participants.flatMap(({ conversationRoutingData, attributes }) => [
    conversationRoutingData?.language?.name,
    attributes?.language,
  ]);
  const tag = said.findLast((one) => typeof one === "string" && LANGUAGE.test(one));
  return typeof tag === "string" ? tag.replace("_", "-") : undefined;
}
