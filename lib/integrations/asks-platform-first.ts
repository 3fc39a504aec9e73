import { connectorOf } from "#/lib/connectors/registry.ts";
import { valuesOf } from "./connection-values.ts";
import type { IntegrationDeps } from "./create-connection.ts";
import { readConnection } from "./find-connection.ts";

/** Whether an assistant of the connection's own platform is asked before our knowledge. */
export async function asksPlatformFirst(
  deps: IntegrationDeps,
  tenantId: string,
  connectionId: string,
): Promise<boolean> {
  const connection = await readConnection(deps.db, tenantId, connectionId);
  if (!connection) return false;
  const { credentials, answers } = connectorOf(connection.platform);
  if (!answers) return false;
  const own = credentials.safeParse(valuesOf(connection, deps.ring));
  return own.success && answers.wanted(own.data);
}
