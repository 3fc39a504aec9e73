import { findConnection, openSecret, readConnection } from "#/lib/integrations/find-connection.ts";
import { systemClock } from "#/lib/kernel/clock.ts";
import { createAgentSessions } from "#/lib/realtime/agent-session.ts";
import { database } from "./database.ts";
import { keyRing } from "./key-ring.ts";
import { webNetwork } from "./network.ts";
import { redis } from "./redis.ts";
import { webEnv } from "./web-env.ts";
import { webLog } from "./web-log.ts";
import type { SignInGround } from "./widget-sign-in.ts";
import { createSignInStore } from "./widget-sign-in-store.ts";

/** The web process's own database, Redis, keys and network, as a widget's requests need them. */
export function widgetGround(): SignInGround {
  const { WIDGET_TOKEN_SECRET, PORTAL_URL } = webEnv();
  return {
    find: (publicId) => findConnection(database(), publicId),
    read: (tenantId, connectionId) => readConnection(database(), tenantId, connectionId),
    embedTokenOf: (connection) => openSecret(connection, "embedToken", keyRing()),
    valuesOf: (connection) => ({
      ...connection.settings,
      ...Object.fromEntries(
        Object.keys(connection.sealed).map((field) => [field, openSecret(connection, field, keyRing())]),
      ),
    }),
    store: createSignInStore(redis(), keyRing()),
    agents: createAgentSessions(WIDGET_TOKEN_SECRET, systemClock),
    network: webNetwork(),
    portalUrl: PORTAL_URL,
    clock: systemClock,
    log: webLog,
  };
}
