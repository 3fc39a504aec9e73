import * as z from "zod";
import { environmentSchema } from "#/lib/connectors/genesys/api/hosts.ts";

const text = z.string().min(1).optional().catch(undefined);
const off = z.boolean().default(false).catch(false);

/**
 * `connections.settings`: what is no secret. The fields that code outside the connectors reads are named here; all
 * others belong to the platform's own schema and pass through. One field that does not parse counts as not set.
 */
export const connectionSettingsSchema = z.looseObject({
  /** Genesys Cloud's region. */
  environment: environmentSchema.optional().catch(undefined),
  clientId: text,
  organizationId: z.guid().toLowerCase().optional().catch(undefined),
  organizationName: text,
  /** Another organization that the test found behind the client; an admin may take it over. */
  foundOrganization: z.object({ id: z.guid(), name: z.string() }).optional().catch(undefined),
  /** OAuth client that agents sign in with; where it is not set, `clientId` serves. */
  agentClientId: text,
  /** Only agents who signed in at the platform open a widget; the address's word for one is not enough. */
  agentsMustSignIn: off,
  serverMessages: off,
  voice: z.boolean().default(true).catch(true),
  sendTranscripts: off,
  unsignedAllowed: off,
  refuseRepeatedNonce: off,
  /** Until then a rotated pair still lets calls in, ISO. */
  previousValidUntil: z.iso.datetime().optional().catch(undefined),
  /** When the queues were last listed by the platform, ISO. */
  queuesListedAt: z.iso.datetime().optional().catch(undefined),
  /** Queues that are known without an event of theirs. */
  queues: z
    .array(z.object({ id: z.string(), name: z.string().optional() }))
    .default([])
    .catch([]),
});

export type ConnectionSettings = z.output<typeof connectionSettingsSchema>;

export function readSettings(settings: Record<string, unknown>): ConnectionSettings {
  return connectionSettingsSchema.parse(settings);
}
