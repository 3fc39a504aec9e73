"use server";

import * as z from "zod";
import { replayDelivery, replayEvent } from "#/lib/inspector/replay.ts";
import { cancelReplay, countReplay, startReplay } from "#/lib/inspector/replay-many.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { producers } from "#/lib/web/producers.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";

const byId = z.object({ id: z.uuid() });

const actorOf = ({ id, userId }: TenantAccess) => ({ tenantId: id, userId });

export const replayEventAction = tenantAction(
  { permission: "events:replay", input: byId },
  async ({ id }, tenant) => {
    await replayEvent({ db: database(), producers: producers() }, actorOf(tenant), id);
    return {};
  },
);

export const replayDeliveryAction = tenantAction(
  { permission: "events:replay", input: byId },
  async ({ id }, tenant) => {
    await replayDelivery({ db: database(), producers: producers() }, actorOf(tenant), id);
    return {};
  },
);

const text = z.string().max(500);
const byFilter = z.object({
  filter: z.record(z.string().max(40), z.union([text, z.array(text).max(50)])),
});

/** Counts and changes nothing. */
export const countReplayAction = tenantAction(
  { permission: "events:replay", input: byFilter },
  async ({ filter }, tenant) => ({ counted: await countReplay(database(), tenant.id, filter) }),
);

export const startReplayAction = tenantAction(
  { permission: "events:replay", input: byFilter },
  async ({ filter }, tenant) => startReplay(database(), actorOf(tenant), filter),
);

export const cancelReplayAction = tenantAction(
  { permission: "events:replay", input: byId },
  async ({ id }, tenant) => {
    await cancelReplay(database(), actorOf(tenant), id);
    return {};
  },
);
