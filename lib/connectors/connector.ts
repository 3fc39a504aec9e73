import type * as z from "zod";
import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import type { Manifest } from "./manifest.ts";

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
  /** Public address of the AudioHook server, `ws://` or `wss://`, without a path. */
  audiohookUrl: string;
  publicId: string;
  lastEventAt: Date | undefined;
  now: () => number;
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
};

/** Keeps the schema's type inside a connector while the registry sees all of them alike. */
export function defineConnector<C extends z.ZodType>(connector: Connector<C>): Connector {
  return {
    ...connector,
    check: (credentials, context, signal) => connector.check(credentials as z.output<C>, context, signal),
  };
}
