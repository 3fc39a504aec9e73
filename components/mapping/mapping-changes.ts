import type { FormResult } from "#/components/ui/submit-form.tsx";
import type { BulkChange, BulkChanged, BulkUndo } from "#/lib/routing/bulk-change.ts";
import type { StaleProfile } from "#/lib/routing/change-profile.ts";
import type { QueueExplanation } from "#/lib/routing/explain-queue.ts";
import type { ImportPlan } from "#/lib/routing/import-mappings.ts";
import type { VersionRow } from "#/lib/routing/list-versions.ts";
import type { RecentQuestion } from "#/lib/routing/recent-questions.ts";
import type { RestoreInput } from "#/lib/routing/restore-version.ts";
import type { ListQueues } from "./refresh-queues.tsx";
import type { TryIt } from "./try-it.tsx";

type Refused = { ok: false; message: string };
type Answer<T extends object> = Promise<({ ok: true } & T) | Refused>;

/** A save that went through, one that others were before, or a refusal. */
export type Saved = { ok: true; stale?: StaleProfile } | Extract<FormResult, { ok: false }>;
export type SaveProfile = (form: FormData) => Promise<Saved>;

/** What any reader of the page may ask. */
export type MappingReads = {
  tryIt: TryIt;
  versions: (input: { profileId: string }) => Answer<{ versions: VersionRow[] }>;
  explain: (input: { connectionId: string; queueId?: string }) => Answer<{
    explanation: QueueExplanation;
    /** The platform's own assistant answers first there. */
    platformFirst: boolean;
  }>;
  recent: (input: { connectionId?: string; queueId?: string }) => Answer<{ questions: RecentQuestion[] }>;
  exportCsv: (input: object) => Answer<{ text: string }>;
};

/** What those may do who may change mappings. */
export type MappingChanges = {
  save: SaveProfile;
  saveDefault: SaveProfile;
  remove: (input: { mappingId: string }) => Promise<FormResult>;
  list: ListQueues;
  restore: (input: RestoreInput) => Answer<{ stale?: StaleProfile }>;
  bulk: (input: BulkChange) => Answer<BulkChanged>;
  undo: (input: BulkUndo) => Answer<{ restored: number; left: string[] }>;
  plan: (input: { text: string }) => Answer<{ plan: ImportPlan }>;
  importCsv: (input: { text: string; fingerprint: string }) => Answer<{
    added: number;
    changed: BulkUndo["changed"];
  }>;
};

export const UNREACHABLE: Refused = { ok: false, message: "The server did not answer. Try again." };
