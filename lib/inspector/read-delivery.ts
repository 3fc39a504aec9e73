import { eq } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { redactText } from "#/lib/redaction/redact.ts";
import { type RedactedJson, redactedJson } from "./read-event.ts";

export type DeliveryDetail = {
  id: string;
  door: string;
  messageId: string;
  state: string;
  reason: string;
  attempts: number;
  failures: { at: number; error: string }[];
  receivedAt: string;
  storedAt: string;
  connection: { id: string; name: string; platform: PlatformId };
  payload: RedactedJson;
};

/** A delivery as it came; undefined where this tenant has none by that id. */
export function readDelivery(
  db: Database,
  tenantId: string,
  deliveryId: string,
): Promise<DeliveryDetail | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [row] = await tx
      .select({ delivery: deliveries, connection: connections })
      .from(deliveries)
      .innerJoin(connections, eq(connections.id, deliveries.connectionId))
      .where(eq(deliveries.id, deliveryId));
    if (!row) return undefined;
    const { delivery, connection } = row;
    return {
      id: delivery.id,
      door: delivery.door,
      messageId: delivery.messageId,
      state: delivery.state,
      reason: redactText(delivery.reason ?? ""),
      attempts: delivery.attempts,
      failures: delivery.failures.map(({ at, error }) => ({ at, error: redactText(error) })),
      receivedAt: delivery.receivedAt.toISOString(),
      storedAt: delivery.storedAt.toISOString(),
      connection: { id: connection.id, name: connection.name, platform: connection.platform },
      payload: redactedJson(delivery.payload),
    };
  });
}
