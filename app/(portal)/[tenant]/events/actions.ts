"use server";

import * as z from "zod";
import { replayDelivery, replayEvent } from "#/lib/inspector/replay.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { producers } from "#/lib/web/producers.ts";

const byId = z.object({ id: z.uuid() });

export const replayEventAction = tenantAction(
  { permission: "events:replay", input: byId },
  async ({ id }, tenant) => {
    const actor = { tenantId: tenant.id, userId: tenant.userId };
    await replayEvent({ db: database(), producers: producers() }, actor, id);
    return {};
  },
);

export const replayDeliveryAction = tenantAction(
  { permission: "events:replay", input: byId },
  async ({ id }, tenant) => {
    const actor = { tenantId: tenant.id, userId: tenant.userId };
    await replayDelivery({ db: database(), producers: producers() }, actor, id);
    return {};
  },
);
