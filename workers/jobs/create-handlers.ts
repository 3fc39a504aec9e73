import { answerTriedQuestion } from "#/lib/assist/answer-tried-question.ts";
import { createAssist } from "#/lib/assist/assist-turn.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import type { Database } from "#/lib/db/database.ts";
import { createArchive } from "#/lib/integrations/archive-conversation.ts";
import { createPlatformAnswers } from "#/lib/integrations/platform-answers.ts";
import type { ServerNetwork } from "#/lib/integrations/server-access.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { cachedEmbedder } from "#/lib/knowledge/embedding/cached-embedder.ts";
import { createEmbedder } from "#/lib/knowledge/embedding/create-embedder.ts";
import type { Embedder } from "#/lib/knowledge/embedding/embedder.ts";
import { createIndexCache } from "#/lib/knowledge/index-cache.ts";
import { indexDocument } from "#/lib/knowledge/index-document.ts";
import { TRY_QUESTION } from "#/lib/knowledge/try-question-job.ts";
import { openLanguageModel } from "#/lib/models/open-language-model.ts";
import { createOutbound } from "#/lib/outbound/outbound.ts";
import { drainConversation } from "#/lib/pipeline/drain-conversation.ts";
import { processDelivery } from "#/lib/pipeline/process-delivery.ts";
import type { Publisher } from "#/lib/realtime/publisher.ts";
import { startCrawlWork } from "./crawl-work.ts";
import type { Handlers } from "./start-workers.ts";
import { startSummaryWork } from "./summary-sweep.ts";

export type HandlerDeps = {
  db: Database;
  ring: KeyRing;
  publisher: Publisher;
  allowedHosts: string;
  /** This process's way to the platforms, for those whose own assistant suggests. */
  network?: ServerNetwork;
  log: Log;
};

export type JobHandlers = Handlers & {
  figures(): Record<string, number>;
  /** Resolves once the drafts under way are settled; a draft's own time limit bounds it. */
  close(): Promise<void>;
};

/** Puts the use cases together with what they need; the embedding engine is loaded once it resolves. */
export async function createHandlers({
  db,
  ring,
  publisher,
  allowedHosts,
  network,
  log,
}: HandlerDeps): Promise<JobHandlers> {
  const embedder = await createEmbedder();
  const outbound = createOutbound({ allowedHosts });
  // Questions come again and again, documents never: only the first are worth keeping.
  const questions = { db, indexOf: createIndexCache(db), embedder: cachedEmbedder(embedder) };
  const openModel = (model: Parameters<typeof openLanguageModel>[0]) =>
    openLanguageModel(model, ring, outbound);
  const drafts = new Set<Promise<void>>();
  const follow = (draft: Promise<void>) => {
    drafts.add(draft);
    void draft.finally(() => drafts.delete(draft));
  };
  const platform = network && createPlatformAnswers({ db, ring, network });
  const assist = createAssist({ ...questions, publisher, openModel, platform });
  const archive = network && createArchive({ db, ring, network });
  const drain = { db, log, publisher, follow, assist, archive };
  const workThrough = async (place: { tenantId: string; conversationId: string }) => {
    await drainConversation(drain, place);
    await summaries.ended(place);
  };
  await warmUp(db, embedder);
  const crawls = startCrawlWork({ db, outbound }, log);
  const summaries = startSummaryWork({ db, publisher, openModel, log }, follow);
  const figures = { deliveries: 0, drains: 0, documents: 0, summaries: 0 };

  return {
    deliveries: async (place) => {
      figures.deliveries += 1;
      for (const conversationId of await processDelivery(db, place, normalize))
        await workThrough({ tenantId: place.tenantId, conversationId });
    },
    conversations: async (place) => {
      figures.drains += 1;
      await workThrough(place);
    },
    summaries: async (place) => {
      figures.summaries += 1;
      await summaries.draft(place);
    },
    documents: async (place) => {
      figures.documents += 1;
      await indexDocument({ db, embedder }, place);
    },
    requests: ({ name, input }) =>
      answerRequest(
        name === TRY_QUESTION ? () => answerTriedQuestion({ ...questions, openModel }, input) : undefined,
      ),
    figures: () => ({ ...figures }),
    close: async () => {
      await Promise.all([summaries.stop(), crawls.stop()]);
      await Promise.all(drafts);
      await embedder.close();
    },
  };
}

const WARM_CONNECTIONS = 8;

/** The first customer of a fresh process must not wait for what any process does once. */
async function warmUp(db: Database, embedder: Embedder): Promise<void> {
  const connected = Array.from({ length: WARM_CONNECTIONS }, () => db.execute("select pg_sleep(0.05)"));
  const questions = ["How do I change my plan?", "why was i charged twice", "Where is my parcel?"];
  await Promise.all([...connected, ...questions.map((question) => embedder.embed([question]))]);
}

/** A refusal is an answer here, not a failed job: the page that asked shows its words. */
async function answerRequest(run: (() => Promise<unknown>) | undefined): Promise<unknown> {
  if (!run) return { ok: false, code: "not_found", message: "Nobody answers this request." };
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return {
      ok: false,
      code: error.code === "not_found" ? "not_found" : "invalid_input",
      message: error.message,
    };
  }
}
