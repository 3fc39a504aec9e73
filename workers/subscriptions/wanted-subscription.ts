import type { Connector } from "#/lib/connectors/connector.ts";
import { connectorOf } from "#/lib/connectors/registry.ts";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import type { Database } from "#/lib/db/database.ts";
import { valuesOf } from "#/lib/integrations/connection-values.ts";
import { readConnection } from "#/lib/integrations/find-connection.ts";
import type { ActiveConnection } from "#/lib/leases/active-connections.ts";

/** A subscription that somebody must hold, with the credentials that it runs on. */
export type WantedSubscription = {
  /** Another one as soon as an admin has changed anything that the subscription depends on. */
  version: string;
  hold(
    ...given: Parameters<NonNullable<Connector["subscription"]>["hold"]> extends [unknown, ...infer Rest]
      ? Rest
      : never
  ): Promise<void>;
};

export type FindWanted = (connection: ActiveConnection) => Promise<WantedSubscription | undefined>;

/** Undefined where the connection is paused, gone, wants none, or is not set up for one. */
export function findWanted({ db, ring }: { db: Database; ring: KeyRing }): FindWanted {
  return async ({ tenantId, connectionId }) => {
    const row = await readConnection(db, tenantId, connectionId);
    if (!row?.active) return undefined;
    const { credentials, subscription } = connectorOf(row.platform);
    const own = credentials.safeParse(valuesOf(row, ring));
    if (!own.success || !subscription?.wanted(own.data)) return undefined;
    return {
      version: JSON.stringify(own.data),
      hold: (context, signal) => subscription.hold(own.data, context, signal),
    };
  };
}
