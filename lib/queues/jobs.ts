import * as z from "zod";

/** The queues and what their jobs carry. Handlers live in `workers/jobs`; producers import only this. */
export const QUEUES = {
  /** A stored delivery to work through the pipeline. */
  deliveries: z.object({ tenantId: z.uuid(), deliveryId: z.uuid() }),
  /** A conversation with events to work on. */
  conversations: z.object({ tenantId: z.uuid(), conversationId: z.uuid() }),
  /** A document to read, embed and index. */
  documents: z.object({ tenantId: z.uuid(), documentId: z.uuid() }),
  /** A conversation whose summary is to be drafted. */
  summaries: z.object({ tenantId: z.uuid(), conversationId: z.uuid() }),
  /** A portal request that only the jobs process can answer; see `ask-jobs.ts`. */
  requests: z.object({ name: z.string(), input: z.unknown() }),
} as const;

export type QueueName = keyof typeof QUEUES;
export type JobOf<N extends QueueName> = z.output<(typeof QUEUES)[N]>;
