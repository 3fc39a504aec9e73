import * as z from "zod";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";
import { clientToken } from "../api/client-token.ts";
import { createGenesysClient } from "../api/genesys-client.ts";
import { hostsOf } from "../api/hosts.ts";
import type { WidgetCredentials } from "./widget-credentials.ts";

/** Every conversation of the platform is named by one; anything else, such as `..`, would ask for another address. */
const conversationIdSchema = z.guid();

const conversation = z.object({
  participants: z.array(z.object({ purpose: z.string().nullish(), userId: z.string().nullish() })).nullish(),
});

/**
 * Asks with the organization's own client, since a browser's word about a conversation proves nothing (contract
 * section 8W). Whoever ever took part counts: after a transfer the first agent still writes the wrap-up.
 */
export async function takesPart(
  { credentials, access }: { credentials: WidgetCredentials; access: PlatformAccess },
  { conversationId, agentId }: { conversationId: string; agentId: string },
  signal: AbortSignal,
): Promise<"yes" | "no" | "unknown"> {
  const { environment, clientId, clientSecret } = credentials;
  if (!environment || !clientId || !clientSecret) return "unknown";
  if (!conversationIdSchema.safeParse(conversationId).success) return "no";
  const hosts = hostsOf(environment, access.sandboxes);
  const token = clientToken({ hosts, clientId, clientSecret, access });
  const client = createGenesysClient({ hosts, access, token: token.get, onRefused: token.refused });
  try {
    const path = `/api/v2/conversations/${encodeURIComponent(conversationId)}`;
    const { participants } = await client.request("GET", path, { schema: conversation, signal });
    const users = (participants ?? []).flatMap(({ userId }) => (userId ? [userId] : []));
    return users.length === 0 || users.includes(agentId) ? "yes" : "no";
  } catch (error) {
    // The platform knows no such conversation (400: not even one of this form).
    if (isAppError(error) && ["400", "404"].includes(error.context.status ?? "")) return "no";
    return "unknown";
  }
}
