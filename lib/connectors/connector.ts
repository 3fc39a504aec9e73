import type * as z from "zod";
import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import type { OfferedAnswer } from "#/lib/events/offered-answer.ts";
import type { InterimWords } from "./interim-words.ts";
import type { Manifest } from "./manifest.ts";
import type { PlatformAccess } from "./platform-access.ts";

/** Where a delivery came from; a platform payload never decides its own tenant. */
export type Origin = {
  tenantId: string;
  connectionId: string;
  /** Milliseconds since the epoch: the time of an event whose platform gave none. */
  receivedAt: number;
};

/** One step of a connection test: what was tried, how it went, what to do about it. */
export type CheckStep =
  | { name: string; outcome: "passed"; ms: number; detail?: string }
  | { name: string; outcome: "failed"; ms: number; reason: string; remedy: string }
  | { name: string; outcome: "waiting"; detail: string }
  | { name: string; outcome: "not-used" | "not-tried"; detail: string };

/** What a test knows beside the credentials. */
export type CheckContext = {
  /** The platform's own servers, where the test calls them. */
  access: PlatformAccess;
  /** Keeps what the test has learnt about the connection, such as its organization id. */
  learn(facts: Record<string, unknown>): Promise<void>;
  /** Public address of the AudioHook server, `ws://` or `wss://`, without a path. */
  audiohookUrl: string;
  /** Public address of the door for platforms that push, without a path. */
  ingestUrl?: string | undefined;
  publicId: string;
  lastEventAt: Date | undefined;
  now: () => number;
};

export type PlatformQueue = { id: string; name: string };

/** Who is talking where, as the platform's own servers tell. */
export type ConversationFacts = {
  queue?: { id: string; name?: string };
  agent?: { id: string; name?: string };
  language?: string;
};

/** How a held subscription does; shown on the health page. */
export type SubscriptionState = {
  state: "connecting" | "live" | "waiting";
  /** Why it waits, in words without customer text. */
  detail?: string;
  lastMessageAt?: number;
  /** Between the last message's publication and its being stored. */
  lagMs?: number;
  reconnects: number;
};

/** How far a stream was taken. Before its first message only the moment is known; `fresh`: noted by this very call. */
export type StreamPosition = { messageId: string | undefined; openedAt: number; fresh: boolean };

/** Keeps a stream's place together with what came up to it, for platforms that begin where we say. */
export type StreamKeeper = {
  /** Where the stream stands; notes the moment where it is opened for the first time. */
  read(stream: string): Promise<StreamPosition>;
  /**
   * Resolves once all deliveries and the new position are durable, in one transaction; the position never goes
   * back. `order` compares positions where their ids cannot be compared. Rejects with `conflict` where another
   * process holds the connection now.
   */
  store(
    stream: string,
    deliveries: readonly { messageId: string; payload: unknown }[],
    position: { messageId: string; order: readonly number[] | undefined },
  ): Promise<void>;
};

export type SubscriptionContext = {
  access: PlatformAccess;
  streams: StreamKeeper;
  /** Resolves once the delivery is durable; only then may the platform be told that it was taken. */
  deliver(messageId: string, payload: unknown): Promise<void>;
  /** Shows words that are still being spoken; they are not stored, and what gets lost is superseded anyway. */
  interim?(words: InterimWords): void;
  report(state: SubscriptionState): void;
};

/** A customer's turn that the platform's own assistant is asked about. */
export type PlatformTurn = { conversationId: string; text: string; language: string | undefined };

/** `fallback`: the admin wants our own knowledge searched instead. */
export type PlatformAnswer =
  | { kind: "answer"; answer: OfferedAnswer }
  | { kind: "none"; reason: string; fallback: boolean };

/** A conversation that is over, with all that was said in it. */
export type FinishedConversation = {
  conversationId: string;
  channel: "voice" | "chat" | undefined;
  language: string | undefined;
  startedAt: string;
  lines: readonly { speaker: "customer" | "agent"; text: string; at: string }[];
};

/**
 * What a platform must bring; one folder of `lib/connectors` implements it. A connector holds no
 * storage, no queue and no socket of the product: it turns payloads into events and can test itself.
 */
export type Connector<C extends z.ZodType = z.ZodType> = {
  manifest: Manifest;
  /** The unsealed credentials and settings of a connection, as a test needs them. */
  credentials: C;
  /** Runs the steps in order and yields each as it ends, so that a page can show them live. */
  check(credentials: z.output<C>, context: CheckContext, signal: AbortSignal): AsyncIterable<CheckStep>;
  /** Pure: the same payload gives the same events, ids included. Throws `invalid_input` for what it cannot read. */
  normalize(payload: unknown, origin: Origin): ConversationEvent[];
  /** All queues (or skills) of the platform. Throws `upstream_rejected` or `upstream_unavailable` with what to do. */
  listQueues?(
    credentials: z.output<C>,
    access: PlatformAccess,
    signal: AbortSignal,
  ): Promise<PlatformQueue[]>;
  /** Asks the platform about one of its conversations; undefined where it knows none or tells us nothing. */
  describeConversation?(
    credentials: z.output<C>,
    conversationId: string,
    access: PlatformAccess,
    signal: AbortSignal,
  ): Promise<ConversationFacts | undefined>;
  /** Takes back what we have set up on the platform's side; called before the connection is deleted. */
  disconnect?(credentials: z.output<C>, access: PlatformAccess, signal: AbortSignal): Promise<void>;
  /** An assistant of the platform's own that answers instead of ours while `wanted`. */
  answers?: {
    wanted(credentials: z.output<C>): boolean;
    ask(
      credentials: z.output<C>,
      turn: PlatformTurn,
      access: PlatformAccess,
      signal: AbortSignal,
    ): Promise<PlatformAnswer>;
  };
  /** Where the platform keeps finished conversations; uploading one again changes nothing. */
  archive?: {
    name: string;
    wanted(credentials: z.output<C>): boolean;
    upload(
      credentials: z.output<C>,
      conversation: FinishedConversation,
      access: PlatformAccess,
      signal: AbortSignal,
    ): Promise<void>;
  };
  /** A stream that one process holds for the connection while `wanted`. */
  subscription?: {
    wanted(credentials: z.output<C>): boolean;
    /** Returns when the signal aborts; throws when it cannot go on, and is begun again later. */
    hold(credentials: z.output<C>, context: SubscriptionContext, signal: AbortSignal): Promise<void>;
  };
};

/** Keeps the schema's type inside a connector while the registry sees all of them alike. */
export function defineConnector<C extends z.ZodType>(connector: Connector<C>): Connector {
  // Whoever calls has parsed the credentials with this connector's own schema.
  return connector as unknown as Connector;
}
