import type { PlatformAnswer, PlatformTurn } from "#/lib/connectors/connector.ts";
import { connectorOf } from "#/lib/connectors/registry.ts";
import { valuesOf } from "./connection-values.ts";
import type { IntegrationDeps } from "./create-connection.ts";
import { readConnection } from "./find-connection.ts";
import { type ServerNetwork, serverAccess } from "./server-access.ts";

/** What a connection's platform says to a turn; undefined where it is not the one that suggests. */
export type AskPlatform = (place: {
  tenantId: string;
  connectionId: string;
}) => Promise<((turn: PlatformTurn) => Promise<PlatformAnswer>) | undefined>;

const LIMIT_MS = 15_000;
/** What an admin changes counts after this at the latest. */
const KEPT_MS = 5_000;
const MOST_KEPT = 10_000;

type Kept = { until: number; found: ReturnType<AskPlatform> };

/** Reads a connection's choice now and then, so that a busy conversation does not unseal its key at each turn. */
export function createPlatformAnswers(
  deps: IntegrationDeps & { network: ServerNetwork; now?: () => number },
): AskPlatform {
  const kept = new Map<string, Kept>();
  const now = deps.now ?? Date.now;

  const read: AskPlatform = async ({ tenantId, connectionId }) => {
    const connection = await readConnection(deps.db, tenantId, connectionId);
    if (!connection) return undefined;
    const { credentials, answers } = connectorOf(connection.platform);
    if (!answers) return undefined;
    const own = credentials.safeParse(valuesOf(connection, deps.ring));
    if (!own.success || !answers.wanted(own.data)) return undefined;
    const access = serverAccess(deps.network, connectionId);
    return (turn) => answers.ask(own.data, turn, access, AbortSignal.timeout(LIMIT_MS));
  };

  return (place) => {
    const known = kept.get(place.connectionId);
    if (known && known.until > now()) return known.found;
    if (kept.size >= MOST_KEPT) kept.clear();
    const found = read(place);
    kept.set(place.connectionId, { until: now() + KEPT_MS, found });
    found.catch(() => kept.delete(place.connectionId));
    return found;
  };
}
