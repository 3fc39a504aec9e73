import * as z from "zod";

/**
 * The platform tells of one conversation in three forms (contract sections 4.2 and 5.3): as communications (A), as
 * messages (B), and, over REST, as messages under other names. All are read into one.
 */
export type Shape = "communications" | "messages" | "listed";

export type ListedMessage = { id: string; at?: string; type?: string };

export type SeenParticipant = {
  id: string;
  purpose: string;
  userId?: string;
  userName?: string;
  queueId?: string;
  queueName?: string;
  language?: string;
  connectedAt?: string;
  endedAt?: string;
  /** Rings, or is on its way; not in the conversation yet. */
  pending: boolean;
  media?: "message" | "call";
  communicationId?: string;
};

export type Snapshot = {
  conversationId: string;
  shape: Shape;
  participants: SeenParticipant[];
  /** Each once, in the order in which the platform lists them. */
  messages: ListedMessage[];
};

const text = z.string().min(1).nullish();
const metadata = z.object({ type: z.string().nullish() }).nullish();
const when = { messageTime: text, messageMetadata: metadata };
const messageInA = z.object({ messageId: z.string().min(1), ...when });
const messageInB = z.object({ message: z.object({ id: z.string().min(1) }), ...when });
const communication = z.object({
  id: z.string().min(1),
  state: text,
  connectedTime: text,
  disconnectedTime: text,
  messages: z.array(messageInA).nullish(),
});
const named = z.object({ id: z.string().min(1), name: text }).nullish();
const language = z.union([z.string(), z.object({ id: text, name: text })]).nullish();

const participantSchema = z.object({
  id: z.string().min(1),
  purpose: z.string().min(1),
  state: text,
  name: text,
  userId: text,
  user: named,
  queueId: text,
  queue: named,
  connectedTime: text,
  endTime: text,
  conversationRoutingData: z.object({ language }).nullish(),
  messages: z.array(z.union([messageInB, messageInA, communication])).nullish(),
  calls: z.array(communication.omit({ messages: true })).nullish(),
});
type Raw = z.output<typeof participantSchema>;
type RawMessage = z.output<typeof messageInA> | z.output<typeof messageInB>;
type Communication = z.output<typeof communication>;

const conversationSchema = z.object({
  id: z.string().min(1).max(200),
  participants: z.array(participantSchema).min(1).max(1_000),
});

/** Undefined where the body is of no form that we know. */
export function readConversation(body: unknown): Snapshot | undefined {
  const parsed = conversationSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, participants } = parsed.data;
  const messages = new Map<string, ListedMessage>();
  for (const message of participants.flatMap(messagesOf)) {
    const listed = listedMessage(message);
    if (!messages.has(listed.id)) messages.set(listed.id, listed);
  }
  return {
    conversationId: id,
    shape: shapeOf(participants),
    participants: participants.map(seen),
    messages: [...messages.values()],
  };
}

const isCommunication = (entry: RawMessage | Communication): entry is Communication => "id" in entry;

function messagesOf({ messages }: Raw): RawMessage[] {
  return (messages ?? []).flatMap((entry) => (isCommunication(entry) ? (entry.messages ?? []) : [entry]));
}

function shapeOf(participants: readonly Raw[]): Shape {
  const entries = participants.flatMap(({ messages }) => messages ?? []);
  if (participants.some(({ calls }) => calls) || entries.some(isCommunication)) return "communications";
  return entries.some((entry) => "messageId" in entry) ? "listed" : "messages";
}

function listedMessage(message: RawMessage): ListedMessage {
  return {
    id: "message" in message ? message.message.id : message.messageId,
    at: message.messageTime ?? undefined,
    type: message.messageMetadata?.type ?? undefined,
  };
}

const OVER = new Set(["disconnected", "terminated"]);
const ON_THE_WAY = new Set(["alerting", "dialing", "contacting", "offering", "scheduled", "transmitting"]);

function seen(raw: Raw): SeenParticipant {
  const call = raw.calls?.at(-1);
  const current = (raw.messages ?? []).filter(isCommunication).at(-1) ?? call;
  const state = raw.state ?? current?.state ?? "";
  const { id, purpose, name, user, queue } = raw;
  const connectedAt = raw.connectedTime ?? current?.connectedTime ?? undefined;
  const overAt = OVER.has(state) ? (current?.disconnectedTime ?? connectedAt ?? "") : undefined;
  return {
    id,
    purpose,
    userId: raw.userId ?? user?.id,
    userName: user?.name ?? nameIf(purpose === "agent", name),
    queueId: raw.queueId ?? queue?.id,
    queueName: queue?.name ?? nameIf(purpose === "acd", name),
    language: languageOf(raw),
    connectedAt,
    endedAt: raw.endTime ?? overAt,
    pending: ON_THE_WAY.has(state),
    media: current && (current === call ? "call" : "message"),
    communicationId: current?.id,
  };
}

/** Communications have one name field, and whose name it is depends on the purpose. */
function nameIf(fits: boolean, name: string | null | undefined): string | undefined {
  return fits ? (name ?? undefined) : undefined;
}

/** The name of the skill that stands for a language; only what reads as one is worth something to us. */
function languageOf({ conversationRoutingData }: Raw): string | undefined {
  const given = conversationRoutingData?.language;
  const name = typeof given === "string" ? given : given?.name;
  return name && name.length <= 35 ? name : undefined;
}
