import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { draftSummary, type SummaryDeps } from "#/lib/summary/draft-summary.ts";
import { wantEndedSummary } from "#/lib/summary/want-summary.ts";

const EVERY_MS = 5_000;
const MOST_AT_ONCE = 10;
/** Longer than a draft may take. */
const HOLD_SECONDS = 60;

type Place = { tenantId: string; conversationId: string };

export type SummaryWork = {
  draft(place: Place): Promise<void>;
  /** Drafts what has just ended, beside whatever else goes on. */
  ended(place: Place): Promise<void>;
  stop(): Promise<void>;
};

/** Drafts summaries: those that are announced, those of conversations that end, and those that nobody came back to. */
export function startSummaryWork(deps: SummaryDeps, follow: (work: Promise<void>) => void): SummaryWork {
  const draft = (place: Place) => draftSummary(deps, place);
  const failed = (err: unknown) => deps.log.warn({ err }, "summary not drafted");
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const sweep = async () => {
    for (const place of await dueSummaries(deps.db)) await draft(place).catch(failed);
  };
  const next = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      round = sweep().catch(failed).finally(next);
    }, EVERY_MS);
  };
  next();
  return {
    draft,
    ended: async (place) => {
      const wanted = await wantEndedSummary(deps.db, place).catch((err: unknown) => failed(err));
      if (wanted) follow(draft(wanted).catch(failed));
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}

async function dueSummaries(db: Database): Promise<Place[]> {
  const rows = await db.execute<{ tenant_id: string; conversation_id: string }>(
    sql`select * from across.due_summaries(${MOST_AT_ONCE}, ${HOLD_SECONDS})`,
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, conversationId: row.conversation_id }));
}
