/** What the organization remembers of one conversation; the shapes on the wire are made from it. */
export type Media = "message" | "call";

export type MessageRecord = {
  id: string;
  conversationId: string;
  /** The participants whose communications list it. */
  participantIds: string[];
  direction: "inbound" | "outbound";
  kind: "Text" | "Event" | "Structured";
  text?: string;
  attachment?: { id: string; mime: string; filename: string };
  at: number;
  status: "queued" | "sent" | "received" | "delivery-success" | "read";
  createdBy?: string;
};

export type WrapUp = {
  code: string;
  name?: string;
  notes?: string;
  tags?: string[];
  durationSeconds?: number;
  provisional: boolean;
  at: number;
};

export type Participant = {
  id: string;
  communicationId: string;
  purpose: "customer" | "agent" | "acd";
  name: string;
  userId?: string;
  queueId?: string;
  state: "alerting" | "connected" | "disconnected";
  startedAt: number;
  connectedAt?: number;
  endedAt?: number;
  /** After-call work: asked for at the agent's end, over when it is wrapped up or timed out. */
  acw?: { startedAt: number; endedAt?: number };
  wrapUp?: WrapUp;
  /** Nobody hears of it any more. */
  settled: boolean;
};

export type Conversation = {
  id: string;
  organizationId: string;
  media: Media;
  startedAt: number;
  endedAt?: number;
  participants: Participant[];
  messages: MessageRecord[];
};

export const isActive = ({ state }: Participant) => state !== "disconnected";
export const inAcw = ({ acw }: Participant) => acw !== undefined && acw.endedAt === undefined;

/** The last agent who is or was in it: after transfers there are several. */
export function lastAgent(conversation: Conversation): Participant | undefined {
  const agents = conversation.participants.filter(({ purpose }) => purpose === "agent");
  return agents.findLast(isActive) ?? agents.at(-1);
}

export function lastQueueId(conversation: Conversation): string | undefined {
  return conversation.participants.findLast(({ queueId }) => queueId)?.queueId;
}
