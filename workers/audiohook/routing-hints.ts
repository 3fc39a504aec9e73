import * as z from "zod";

const hint = z.string().trim().min(1).max(200);
const hintsSchema = z.object({
  queueId: hint.optional().catch(undefined),
  queueName: hint.optional().catch(undefined),
  agentId: hint.optional().catch(undefined),
  agentName: hint.optional().catch(undefined),
});

type Named = { id: string; name?: string };

/**
 * Queue and agent of a call, where the admin has the platform send them along in `customConfig`
 * (`queueId`, `queueName`, `agentId`, `agentName`). Anything else in there is the admin's own.
 */
export function routingHints(customConfig: unknown): { queue?: Named; agent?: Named } {
  const parsed = hintsSchema.safeParse(customConfig);
  if (!parsed.success) return {};
  const { queueId, queueName, agentId, agentName } = parsed.data;
  return {
    ...(queueId && { queue: { id: queueId, ...(queueName && { name: queueName }) } }),
    ...(agentId && { agent: { id: agentId, ...(agentName && { name: agentName }) } }),
  };
}
