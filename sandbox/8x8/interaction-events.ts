/** Payloads of the event stream, in the shape of the vendor's samples (contract section 4). */
export type InteractionFacts = {
  interactionGUID: string;
  tenant: string;
  agentId: string;
  queueId: string;
  queueName: string;
  mediaType: "phone" | "chat" | "email";
  direction: "in" | "out";
  customerLanguage?: string;
  transactionNum?: number;
};

const RESOURCE_TYPES = { phone: 0, email: 1, chat: 2 } as const;

/** Events of an interaction that some person handles; in the queue there is nobody yet. */
const WITHOUT_AGENT = new Set(["InteractionCreated", "InteractionQueued", "InteractionQueueTimeout"]);

const CALL_STATES: Record<string, string> = {
  InteractionCreated: "CS_IDLE",
  InteractionQueued: "CS_QUEUED",
  InteractionAssigned: "CS_INPROGRESS",
  InteractionAccepted: "CS_CONNECTED",
  LineHoldStatus: "CS_HOLD",
};

export function interactionEvent(
  event: string,
  facts: InteractionFacts,
  at: { now: number; offeredAt: number; sequence: number },
  more: Record<string, unknown> = {},
) {
  const { tenant, agentId, queueId, queueName, mediaType } = facts;
  const attached: Record<string, string | number> = {
    phoneNum: "14085550100",
    callingName: "Dana Fox",
    channelName: "main line",
    tenantSkillName: queueName,
    que: `${tenant}~~${queueName}~~${mediaType}~~${queueId}`,
    queueDirection: facts.direction,
    ...(facts.customerLanguage && { customerLanguage: facts.customerLanguage }),
    sessionId: 40_001,
  };
  return {
    Interaction: {
      event,
      interactionGUID: facts.interactionGUID,
      interactionEventTS: Math.floor(at.now / 1000),
      eventTS: Math.floor(at.offeredAt / 1000),
      callState: CALL_STATES[event] ?? "CS_CONNECTED",
      mediaType,
      direction: facts.direction,
      resourceType: RESOURCE_TYPES[mediaType],
      agentId: WITHOUT_AGENT.has(event) ? "" : agentId,
      agentGUID: WITHOUT_AGENT.has(event) ? "" : `${tenant}-${agentId}-5d0e4f0e-8a44-4a4f-9a5a-000000000001`,
      participatingAgents: WITHOUT_AGENT.has(event) ? "" : agentId,
      queueId,
      queueList: queueId,
      queueTime: 3,
      priority: 50,
      transactionNum: facts.transactionNum ?? 1,
      isAgentInitiated: false,
      msgInfo: { instanceId: "sim-1", sequenceId: at.sequence, timestamp: at.now },
      attachedData: {
        attachedDatum: Object.entries(attached).map(([attachedDataKey, attachedDataValue]) => ({
          attachedDataKey,
          attachedDataValue,
        })),
      },
      ...more,
    },
  };
}

/** The usual order of an inbound interaction that an agent takes and finishes. */
export const INBOUND_OPENING = [
  "InteractionCreated",
  "InteractionQueued",
  "InteractionAssigned",
  "InteractionAccepted",
] as const;
export const INBOUND_CLOSING = [
  "InteractionPostProcess",
  "InteractionEndPostProcess",
  "InteractionDeassigned",
  "InteractionDeleted",
] as const;

export function agentStatusChange(agentId: string, newState: number, now: number) {
  return {
    AgentStatusChange: {
      agentId,
      newState,
      newSubState: "none",
      newSubStateReason: "none",
      newReasonCodeUser: "none",
      statusEventTS: Math.floor(now / 1000),
      msgInfo: {},
    },
  };
}
