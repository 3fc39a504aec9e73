import type * as z from "zod";
import type { InterimWords } from "./interim-words.ts";
import type { PlatformAccess } from "./platform-access.ts";

/** What a platform sent to `/ingest/{platform}/{connectionId}` or below it. */
export type IngestRequest = {
  method: "GET" | "POST";
  /** What stands behind the connection's id, without slashes at its ends; mostly empty. */
  rest: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes as they came: signatures are over bytes. */
  body: Buffer;
  /** Milliseconds since the epoch. */
  receivedAt: number;
};

/**
 * What becomes of a request. With deliveries the answer leaves once all of them are durable, and is a 503 where they
 * could not be stored. `refusal` is for our log alone: it names no secret and no customer text.
 */
export type IngestAnswer = {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  deliveries?: readonly { messageId: string; payload: unknown }[];
  /** Shown at once to whoever looks, and never stored. */
  interims?: readonly InterimWords[];
  refusal?: string;
};

/** How a platform that pushes is answered. It must find out by itself, in constant time, who is calling. */
export type IngestSide<C extends z.ZodType = z.ZodType> = {
  /** The unsealed credentials and settings; those of a rotation stand under `previous...` while they are valid. */
  credentials: C;
  /** `access` leads to the platform, for the keys that its pushes are signed with; without it nothing can be asked. */
  receive(
    credentials: z.output<C>,
    request: IngestRequest,
    access?: PlatformAccess,
  ): IngestAnswer | Promise<IngestAnswer>;
};

/** Keeps the schema's type inside a connector while the door sees all of them alike. */
export function defineIngestSide<C extends z.ZodType>(side: IngestSide<C>): IngestSide {
  // Whoever calls has parsed the credentials with this side's own schema.
  return side as unknown as IngestSide;
}
