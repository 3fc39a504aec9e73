import type { BulkChange } from "#/lib/routing/bulk-change.ts";
import type { Named } from "#/lib/routing/list-choices.ts";
import type { MappingRow } from "#/lib/routing/list-mappings.ts";
import { changesBetween, type ProfileChange } from "#/lib/routing/profile-changes.ts";

export type BulkSet = BulkChange["set"];
export type BulkPreviewRow = { row: MappingRow; changes: ProfileChange[] };

/** What would change in each of the chosen mappings, in the words of their versions. */
export function bulkPreview(
  rows: readonly MappingRow[],
  set: BulkSet,
  { bases, models }: { bases: readonly Named[]; models: readonly Named[] },
): BulkPreviewRow[] {
  const nameOf = (list: readonly Named[], id: string | null) => list.find((one) => one.id === id)?.name;
  return rows.map((row) => {
    const after = {
      ...row,
      ...(set.knowledgeBaseId !== undefined && { knowledgeBase: nameOf(bases, set.knowledgeBaseId) }),
      ...(set.modelIntegrationId !== undefined && { model: nameOf(models, set.modelIntegrationId) }),
      ...(set.threshold !== undefined && { threshold: set.threshold ?? undefined }),
    };
    return { row, changes: changesBetween(row, after) };
  });
}
