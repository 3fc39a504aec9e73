import * as z from "zod";
import type { Recording } from "../../audio/wav.ts";
import { readDemoCall } from "../../demo-content.ts";
import { badRequest } from "./api-error.ts";
import { type Conversation, lastAgent } from "./conversation.ts";
import type { ClientRecord } from "./demo-organization.ts";
import type { Token } from "./tokens.ts";
import type { AudioHookTarget, PlacedCall } from "./voice.ts";
import type { World } from "./world.ts";
import { wrapUpInputSchema } from "./wrap-up.ts";

const id = z.string().min(1);

export const startSchema = z.object({
  queueId: id.default("queue-care"),
  /** The agent at whose desk it rings; without one the customer waits on the queue. */
  userId: id.optional(),
  /** Whether that agent answers at once. */
  answered: z.boolean().default(true),
  text: z.string().optional(),
  customerName: z.string().optional(),
  conversationId: z.uuid().optional(),
});
export type StartConversation = z.input<typeof startSchema>;

export const customerSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("write"), text: z.string().min(1).max(4096) }),
  z.object({ do: z.literal("attach"), mime: z.string().default("image/png"), filename: z.string() }),
  z.object({ do: z.literal("type") }),
  z.object({ do: z.literal("leave") }),
]);
export type CustomerAct = z.input<typeof customerSchema>;

export const agentSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("offer"), userId: id }),
  z.object({ do: z.literal("answer"), userId: id }),
  z.object({ do: z.literal("transfer"), userId: id.optional(), queueId: id.optional() }),
  z.object({ do: z.literal("end") }),
  z.object({ do: z.literal("send"), userId: id, text: z.string().min(1).max(4096) }),
  z.object({ do: z.literal("wrap-up"), userId: id, wrapup: wrapUpInputSchema }),
]);
export type AgentAct = z.input<typeof agentSchema>;

export const callSchema = z.object({
  queueId: id.default("queue-care"),
  userId: id.optional(),
  recording: z.enum(["demo-1", "demo-2"]).optional(),
  audiohook: z
    .object({
      url: z.url(),
      apiKey: z.string().min(1),
      clientSecret: z.string().optional(),
      organizationId: z.string().optional(),
    })
    .optional(),
  language: z.string().optional(),
  speed: z.number().positive().max(20).optional(),
  customConfig: z.record(z.string(), z.unknown()).optional(),
});
export type PlaceCall = Omit<z.input<typeof callSchema>, "recording"> & {
  recording?: "demo-1" | "demo-2" | Recording;
};

export type Operate = ReturnType<typeof createOperate>;

/** What customers and agents do; the control API, the desktop and tests all act through this. */
export function createOperate(world: World, audiohook: () => Promise<AudioHookTarget | undefined>) {
  const { interactions, messaging, tokens, directory, voice, wrapUps } = world;

  /** A token as the agent's own desktop holds one; the widget has to ask for its own. */
  const agentToken = (userId: string, client = agentClient(world)): Token =>
    tokens.issue(client, directory.user(userId));

  return {
    agentToken,
    start(request: StartConversation = {}): Conversation {
      const { userId, answered, text, ...rest } = startSchema.parse(request);
      const conversation = interactions.start(rest);
      if (userId && answered) interactions.answer(conversation.id, userId);
      else if (userId) interactions.offer(conversation.id, userId);
      if (text) messaging.customerWrites(conversation.id, { text });
      return conversation;
    },
    /** The id of the message it made, if it made one. */
    customer(conversationId: string, act: CustomerAct): string | undefined {
      const parsed = customerSchema.parse(act);
      switch (parsed.do) {
        case "write":
          return messaging.customerWrites(conversationId, { text: parsed.text }).id;
        case "attach":
          return messaging.customerWrites(conversationId, { attachment: parsed }).id;
        case "type":
          return messaging.customerTypes(conversationId).id;
        case "leave":
          interactions.customerLeaves(conversationId);
      }
    },
    agent(conversationId: string, act: AgentAct): void {
      const parsed = agentSchema.parse(act);
      const conversation = interactions.find(conversationId);
      switch (parsed.do) {
        case "offer":
          interactions.offer(conversationId, parsed.userId);
          return;
        case "answer":
          interactions.answer(conversationId, parsed.userId);
          return;
        case "transfer":
          interactions.transfer(conversationId, target(parsed));
          return;
        case "end":
          if (conversation.media === "call") voice.hangUp(conversationId);
          else interactions.agentEnds(conversationId);
          return;
        case "send": {
          const agent = agentOf(conversation, parsed.userId);
          messaging.send(conversationId, agent.communicationId, parsed.text, agentToken(parsed.userId));
          return;
        }
        case "wrap-up": {
          const agent = agentOf(conversation, parsed.userId);
          wrapUps.save(conversation, agent, parsed.wrapup, agentToken(parsed.userId));
        }
      }
    },
    async call(request: PlaceCall = {}): Promise<PlacedCall> {
      const { recording: source, ...rest } = request;
      const { recording: _named, ...parsed } = callSchema.parse(rest);
      const recording = typeof source === "string" ? readDemoCall(source) : source;
      return voice.place({ ...parsed, audiohook: parsed.audiohook ?? (await audiohook()), recording });
    },
  };
}

function target({ userId, queueId }: { userId?: string; queueId?: string }) {
  if (userId) return { userId };
  if (queueId) return { queueId };
  throw badRequest("A transfer goes to a userId or a queueId.");
}

function agentOf(conversation: Conversation, userId: string) {
  const agent = conversation.participants.findLast((one) => one.userId === userId) ?? lastAgent(conversation);
  if (agent?.userId !== userId) throw badRequest("This agent has no part in the conversation.");
  return agent;
}

function agentClient({ directory }: World): ClientRecord {
  const client = directory.clients().find(({ grant }) => grant === "CODE");
  if (!client) throw badRequest("There is no client for agents.");
  return client;
}
