import type { WidgetContext, WidgetMessage } from "../../widget-provider.ts";
import type { ListedMessage, SeenParticipant, Shape, Snapshot } from "./conversation-shapes.ts";
import { hasNoWords } from "./message-text.ts";
import { createSeenMessages } from "./seen-messages.ts";

export type FeedScope = { kind: "user"; userId: string } | { kind: "queues"; queueIds: readonly string[] };

export type FeedMessage = WidgetMessage & Pick<WidgetContext, "queue" | "agent">;

export type FeedContext = WidgetContext & {
  mediaType: "message" | "call";
  /** Of the agent of this scope: the user's own, else the last connected one. */
  participantId?: string;
  communicationId?: string;
  /** It was over and goes on: web messaging reopens. */
  reopenedAt?: string;
};

/** Where the agent's own words go, and whose wrap-up it is. */
export type WriteTarget = { mediaType: "message" | "call"; communicationId?: string; participantId: string };

export type Ending = { reason: "transferred" | "customer left" | "agent left"; at?: string };

/** What is known of one conversation, whatever the order in which it was told. */
export type Tracked = {
  id: string;
  participants: Map<string, SeenParticipant>;
  /** The newest message of each shape; a snapshot without it is older than what we know. */
  newest: Map<Shape, { id: string; at: string }>;
  seen: ReturnType<typeof createSeenMessages>;
  media: "message" | "call";
};

export function newTracked(id: string): Tracked {
  return { id, participants: new Map(), newest: new Map(), seen: createSeenMessages(), media: "message" };
}

/**
 * Brings a snapshot in and answers its messages that nobody has heard of yet. Events come out of order: an older
 * snapshot only fills in what is not known, and takes nothing back.
 */
export function mergeSnapshot(tracked: Tracked, snapshot: Snapshot): ListedMessage[] {
  const age = ageOf(tracked, snapshot);
  for (const given of snapshot.participants) {
    const known = tracked.participants.get(given.id);
    tracked.participants.set(given.id, known ? merged(known, given, age) : given);
    if (given.media) tracked.media = given.media;
  }
  const newest = snapshot.messages.reduce<{ id: string; at: string } | undefined>(
    (best, { id, at = "" }) => (best && best.at > at ? best : { id, at }),
    undefined,
  );
  if (newest && age !== "older") tracked.newest.set(snapshot.shape, newest);
  return snapshot.messages.filter(({ type, ...message }) => !hasNoWords(type) && tracked.seen.add(message));
}

type Age = "older" | "same" | "newer";

function ageOf({ participants, newest }: Tracked, snapshot: Snapshot): Age {
  const told = new Set(snapshot.participants.map(({ id }) => id));
  if ([...participants.keys()].some((id) => !told.has(id))) return "older";
  const last = newest.get(snapshot.shape);
  if (last && !snapshot.messages.some(({ id }) => id === last.id)) return "older";
  const isNew =
    told.size > participants.size || snapshot.messages.some(({ at = "" }) => at > (last?.at ?? ""));
  return isNew ? "newer" : "same";
}

function merged(known: SeenParticipant, given: SeenParticipant, age: Age): SeenParticipant {
  const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (age === "older") return { ...told, ...defined(known) } as SeenParticipant;
  return {
    ...known,
    ...told,
    // Who has come does not ring again; who has left comes back only with something new.
    pending: known.pending && given.pending,
    endedAt: age === "newer" ? given.endedAt : (given.endedAt ?? known.endedAt),
  };
}

function defined(participant: SeenParticipant): Partial<SeenParticipant> {
  return Object.fromEntries(Object.entries(participant).filter(([, value]) => value !== undefined));
}

const CUSTOMERS = new Set(["customer", "external"]);
const isActive = ({ endedAt, pending }: SeenParticipant) => endedAt === undefined && !pending;

function agentsOf({ participants }: Tracked): SeenParticipant[] {
  return [...participants.values()]
    .filter(({ purpose }) => purpose === "agent")
    .sort((a, b) => (a.connectedAt ?? "~").localeCompare(b.connectedAt ?? "~"));
}

/** After transfers there are several: the last one who is connected. */
function currentAgent(tracked: Tracked): SeenParticipant | undefined {
  return agentsOf(tracked).findLast(isActive);
}

function ownAgent(tracked: Tracked, scope: FeedScope): SeenParticipant | undefined {
  if (scope.kind === "queues") return currentAgent(tracked);
  const own = agentsOf(tracked).filter(({ userId }) => userId === scope.userId);
  return own.findLast(isActive) ?? own.at(-1);
}

export function contextOf(tracked: Tracked, scope: FeedScope): FeedContext {
  const agent = currentAgent(tracked);
  const all = [...tracked.participants.values()];
  const queued = agent?.queueId ? agent : all.findLast(({ queueId }) => queueId);
  const name = all.findLast(({ queueId, queueName }) => queueName && queueId === queued?.queueId)?.queueName;
  const own = ownAgent(tracked, scope);
  return {
    conversationId: tracked.id,
    channel: tracked.media === "call" ? "voice" : "chat",
    mediaType: tracked.media,
    ...(queued?.queueId && { queue: { id: queued.queueId, ...(name && { name }) } }),
    ...(agent?.userId && {
      agent: { id: agent.userId, ...(agent.userName && { name: agent.userName }) },
    }),
    ...languageOf(all),
    ...(own && { participantId: own.id }),
    ...(own?.communicationId && { communicationId: own.communicationId }),
  };
}

function languageOf(all: readonly SeenParticipant[]): { language?: string } {
  const language = all.findLast(({ language }) => language)?.language;
  return language ? { language } : {};
}

export function targetOf(tracked: Tracked, scope: FeedScope): WriteTarget | undefined {
  const own = ownAgent(tracked, scope);
  if (!own) return undefined;
  const { communicationId } = own;
  return {
    mediaType: own.media ?? tracked.media,
    participantId: own.id,
    ...(communicationId && { communicationId }),
  };
}

/** Undefined while it goes on. A web chat's customer may stay connected for days, so the last agent's end counts too. */
export function endingOf(tracked: Tracked, scope: FeedScope): Ending | undefined {
  const all = [...tracked.participants.values()];
  const customers = all.filter(({ purpose }) => CUSTOMERS.has(purpose));
  if (customers.length > 0 && customers.every(({ endedAt }) => endedAt !== undefined))
    return ending("customer left", customers);
  const agents = agentsOf(tracked);
  const others = all.filter(({ purpose }) => !CUSTOMERS.has(purpose));
  if (agents.length > 0 && others.every(({ endedAt }) => endedAt !== undefined))
    return ending("agent left", agents);
  if (scope.kind === "queues") return undefined;
  const own = agents.filter(({ userId }) => userId === scope.userId);
  if (own.length === 0 || own.some(({ endedAt }) => endedAt === undefined)) return undefined;
  return ending("transferred", own);
}

function ending(reason: Ending["reason"], who: readonly SeenParticipant[]): Ending {
  const at = who
    .map(({ endedAt = "" }) => endedAt)
    .sort()
    .at(-1);
  return at ? { reason, at } : { reason };
}
