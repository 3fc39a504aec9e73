"use server";

import * as z from "zod";
import { bulkChange, bulkChangeSchema, bulkUndoSchema, undoBulk } from "#/lib/routing/bulk-change.ts";
import { importMappings, planImport } from "#/lib/routing/import-mappings.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { actorOf, freshQueues as fresh } from "./queues-page.ts";

const permission = "mapping:write";
const text = z.string().max(1_000_000, "The file is larger than 1 MB.");

export const bulkChangeAction = tenantAction(
  { permission, input: bulkChangeSchema },
  async (input, tenant) => {
    const changed = await bulkChange(database(), actorOf(tenant), input);
    fresh(tenant);
    return changed;
  },
);

export const undoBulkAction = tenantAction({ permission, input: bulkUndoSchema }, async (input, tenant) => {
  const undone = await undoBulk(database(), actorOf(tenant), input);
  fresh(tenant);
  return undone;
});

/** Says what a file would do, and does nothing. */
export const planImportAction = tenantAction(
  { permission, input: z.object({ text }) },
  async (input, tenant) => ({ plan: await planImport(database(), tenant.id, input.text) }),
);

export const importMappingsAction = tenantAction(
  { permission, input: z.object({ text, fingerprint: z.string().max(64) }) },
  async (input, tenant) => {
    const done = await importMappings(database(), actorOf(tenant), input);
    fresh(tenant);
    return done;
  },
);
