import type { Channel, ConversationEvent } from "#/lib/events/conversation-event.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { parse } from "#/lib/kernel/parse.ts";
import type { EventOf } from "../event-of.ts";
import { attached, type Interaction, interactionSchema, type StreamEvent } from "./stream-event.ts";

/** What an event means for a conversation. `none`: known, and tells nothing that an agent or a mapping needs. */
type Meaning = "opens" | "changes" | "ends" | "ends-for-good" | "none";

/**
 * Every event of the contract, in the order in which an interaction brings them: the place in this list orders events
 * of one second where the platform tells no milliseconds. `InteractionCompleted` stands in no list of the vendor and
 * in the product's description: an alias. Wrap-up closes a conversation; what follows it would close it again.
 */
const MEANINGS = {
  InteractionCreated: "none",
  InteractionQueued: "none",
  InteractionUnqueued: "none",
  InteractionQueueTimeout: "none",
  InteractionAssigned: "none",
  InteractionRejected: "none",
  InteractionRecordingStarted: "none",
  InteractionAccepted: "opens",
  InteractionCustomerAccepted: "opens",
  InteractionReconnect: "opens",
  InteractionJoinLinesRequest: "none",
  InteractionJoined: "changes",
  InteractionChanged: "changes",
  InteractionParticipantChange: "changes",
  InteractionParticipantRemovedByHost: "none",
  MediaProxyAdded: "none",
  LineHoldStatus: "none",
  LineMuteStatus: "none",
  RecordingStatus: "none",
  InteractionTransferRequest: "none",
  GuestChatEnd: "none",
  MediaProxyRemoved: "none",
  InteractionPostProcess: "ends",
  InteractionCompleted: "ends",
  InteractionEndPostProcess: "none",
  InteractionDeassigned: "none",
  InteractionRecordingReady: "none",
  InteractionDeleted: "ends-for-good",
} as const satisfies Record<string, Meaning>;

const NAMES = Object.keys(MEANINGS);

/** Events of people, not of conversations. */
const AGENT_EVENTS = ["AgentStatusChange", "AgentProvChange", "AgentSkillCreated", "AgentSkillChanged"];

export function normalizeStreamEvent(
  { kind, name, fields }: StreamEvent,
  eventOf: (conversationId: string) => EventOf,
): ConversationEvent[] {
  if (kind === "agent" && name && AGENT_EVENTS.includes(name)) return [];
  if (kind !== "interaction" || !name || !Object.hasOwn(MEANINGS, name))
    throw new AppError(
      "unknown_shape",
      `8x8 sent an event that this version does not know (${(name ?? "no name").slice(0, 60)}).`,
    );
  const interaction = parse(interactionSchema, fields);
  const event = eventOf(interaction.interactionGUID);
  const meaning: Meaning = MEANINGS[name as keyof typeof MEANINGS];
  const at = momentOf(interaction, name);
  const context = contextOf(interaction);
  const { transactionNum = "", agentId = "" } = interaction;
  switch (meaning) {
    case "none":
      return [];
    case "opens":
      return [
        event(
          { type: "conversation.started", data: context },
          [name, transactionNum, agentId, sequenceOf(interaction)],
          at,
        ),
      ];
    case "changes":
      return [event({ type: "conversation.updated", data: context }, [name, sequenceOf(interaction)], at)];
    case "ends":
      return wrapUp(interaction, event, at, context);
    case "ends-for-good":
      // Nobody ever had it: a conversation that was given up in the queue is none of ours.
      if (!hadAgent(interaction)) return [];
      return [
        event({ type: "conversation.ended", data: { reason: reasonOf(interaction) } }, ["deleted"], at),
      ];
  }
}

/** Of a transfer or a conference the agent who leaves wraps up while the customer goes on with another. */
function wrapUp(
  interaction: Interaction,
  event: EventOf,
  at: string | undefined,
  { agent: _, ...context }: ReturnType<typeof contextOf>,
): ConversationEvent[] {
  const { agentId, participatingAgents = "", transactionNum = "" } = interaction;
  const others = participatingAgents
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each && each !== agentId);
  const key = ["wrap-up", transactionNum, agentId ?? ""];
  const [other] = others;
  if (other)
    return [event({ type: "conversation.updated", data: { ...context, agent: { id: other } } }, key, at)];
  return [event({ type: "conversation.ended", data: { reason: "completed" } }, key, at)];
}

const hadAgent = ({ agentId, agentGUID, participatingAgents, dispositionCode }: Interaction) =>
  [agentId, agentGUID, participatingAgents, dispositionCode].some(Boolean);

const reasonOf = ({ hangupInitiator, callHangupReason }: Interaction) =>
  [hangupInitiator?.toLowerCase(), callHangupReason].filter(Boolean).join(", ").slice(0, 100) || "deleted";

const sequenceOf = ({ msgInfo, interactionEventTS }: Interaction) =>
  msgInfo?.sequenceId ?? `${interactionEventTS ?? ""}`;

/**
 * The event's own time: `eventTS` is the offer's and equal on all events of an interaction. Seconds are too coarse to
 * order a quick succession, so that the usual order decides inside one.
 */
function momentOf({ msgInfo, interactionEventTS }: Interaction, name: string): string | undefined {
  const time = msgInfo?.timestamp ?? (interactionEventTS && interactionEventTS * 1000 + NAMES.indexOf(name));
  return time === undefined || time > 8.64e15 ? undefined : new Date(time).toISOString();
}

const SMS = 3;
const CHANNELS: Record<string, Channel> = { phone: "voice", chat: "chat" };

function contextOf(interaction: Interaction) {
  const { agentId, mediaType = "", resourceType } = interaction;
  const queue = queueOf(interaction);
  const language = attached(interaction, "customerLanguage");
  const channel = CHANNELS[mediaType.toLowerCase()] ?? (resourceType === SMS ? ("chat" as const) : undefined);
  return {
    ...(channel && { channel }),
    ...(queue && { queue }),
    ...(agentId && { agent: { id: agentId.slice(0, 200) } }),
    ...(language && language.length <= 35 && { language }),
  };
}

/** `que` is `tenant~~queue~~media~~id`; `tenantSkillName` is the queue's name as well. */
function queueOf(interaction: Interaction): { id: string; name?: string } | undefined {
  const [, named, , listed] = attached(interaction, "que")?.split("~~") ?? [];
  const id = interaction.queueId || listed;
  const name = attached(interaction, "tenantSkillName") || named;
  return id ? { id: id.slice(0, 200), ...(name && { name: name.slice(0, 200) }) } : undefined;
}
