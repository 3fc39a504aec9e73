import { generateText } from "ai";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { SUMMARY_FIELDS } from "#/lib/events/summary.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { turnsForModel } from "#/lib/privacy/mask-turns.ts";
import type { Publisher } from "#/lib/realtime/publisher.ts";
import { type ChosenModel, chooseProfile } from "#/lib/routing/choose-profile.ts";
import { type DraftedFields, mergeDraft, noSentences } from "./drafted-fields.ts";
import { extractSummary } from "./extract-summary.ts";
import { linesOfFields, linesOfTurns, modelSummary } from "./model-summary.ts";
import type { AskModel, OpenModel } from "./ports.ts";
import { type Material, readMaterial } from "./read-material.ts";
import {
  type ConversationRow,
  changeSummary,
  conversationOf,
  lockSummary,
  type SummaryPlace,
  type SummaryRow,
} from "./summary-row.ts";

export type SummaryDeps = {
  db: Database;
  publisher: Pick<Publisher, "durable">;
  openModel: OpenModel;
  log: Log;
};

/** Less than the sweep's hold, so that one draft is not begun beside another. */
const MODEL_LIMIT_MS = 50_000;
const ANSWER_LIMIT_MS = 20_000;
const MOST_OUTPUT_TOKENS = 700;
const LONGEST_ANSWER = 8_000;
const LEAST_CHARACTERS = 40;

type Snapshot = { row: SummaryRow; conversation: ConversationRow; material: Material };
type Draft = { fields: DraftedFields; model: string | null; reason: string | null };

/**
 * Drafts a conversation's summary from what was said, with the queue's model where it has one, else in the
 * words that were used. No transaction is open while the model writes; what an agent has locked by the time
 * the draft is stored, it leaves alone.
 */
export async function draftSummary(deps: SummaryDeps, place: SummaryPlace): Promise<void> {
  const snapshot = await withTenant(
    deps.db,
    place.tenantId,
    async (tx): Promise<Snapshot> => ({
      row: await lockSummary(tx, place),
      conversation: await conversationOf(tx, place),
      material: await readMaterial(tx, place.conversationId),
    }),
  );
  const seenTo = snapshot.material.turns.at(-1)?.id ?? null;
  if (snapshot.row.state !== "wanted" && snapshot.row.draftedTo === seenTo) return;
  const draft = await write(deps, snapshot);
  const message = await withTenant(deps.db, place.tenantId, async (tx) => {
    const row = await lockSummary(tx, place);
    if (isNewer(row, snapshot)) return undefined;
    return changeSummary(tx, row, {
      fields: mergeDraft(row.fields, draft.fields),
      state: "ready",
      reason: draft.reason,
      model: draft.model,
      draftedTo: seenTo,
      draftedAt: new Date(),
    });
  });
  if (message) deps.publisher.durable(snapshot.conversation, message);
}

/** Another draft was stored meanwhile, of words that this one has not read. */
function isNewer(row: SummaryRow, { material }: Snapshot): boolean {
  return row.draftedTo !== null && !material.turns.some(({ id }) => id === row.draftedTo);
}

async function write(deps: SummaryDeps, snapshot: Snapshot): Promise<Draft> {
  const { material, conversation } = snapshot;
  const short = tooShort(material);
  if (short) return { fields: noSentences(), model: null, reason: short };
  const { tenantId, connectionId } = conversation;
  const queueId = conversation.queueId ?? undefined;
  const profile = await chooseProfile(deps.db, { tenantId, connectionId, queueId });
  const extractive = (reason: string | null): Draft => ({
    fields: extractSummary(material),
    model: "extractive",
    reason,
  });
  if (!profile?.model) return extractive(null);
  try {
    const signal = AbortSignal.timeout(MODEL_LIMIT_MS);
    const lines = await turnsForModel(deps.db, tenantId, linesFor(snapshot));
    const drafted = await modelSummary(asking(deps, profile.model), lines, signal);
    if (SUMMARY_FIELDS.some((name) => drafted.fields[name].length > 0))
      return { fields: drafted.fields, model: profile.model.name, reason: null };
    return extractive("The model wrote nothing that the conversation supports; these are the words said.");
  } catch (error) {
    deps.log.warn({ err: error }, "summary model failed");
    return extractive("The model did not answer; these are the words said. It is tried again with the next.");
  }
}

function tooShort({ turns }: Material): string | undefined {
  if (turns.length === 0) return "Nothing has been said yet.";
  const length = turns.reduce((sum, { text }) => sum + text.length, 0);
  if (turns.length < 2 || length < LEAST_CHARACTERS) return "Too little has been said to sum it up.";
  if (!turns.some(({ speaker }) => speaker === "customer"))
    return "None of the customer's words are here yet.";
  return undefined;
}

/**
 * While a conversation runs, what a model has written of it stands for what it has read; with a field that an
 * agent holds, or at the end, it reads everything.
 */
function linesFor({ row, material, conversation }: Snapshot) {
  const at = material.turns.findIndex(({ id }) => id === row.draftedTo);
  const whole = SUMMARY_FIELDS.every((name) => !row.fields[name].locked);
  const byModel = row.model !== null && row.model !== "extractive";
  if (at === -1 || !whole || !byModel || conversation.endedAt) return linesOfTurns(material.turns);
  return [...linesOfFields(row.fields), ...linesOfTurns(material.turns.slice(at + 1))];
}

function asking(deps: SummaryDeps, chosen: ChosenModel): AskModel {
  const model = deps.openModel(chosen);
  return async ({ instructions, prompt, signal }) => {
    const { text } = await generateText({
      model,
      instructions,
      prompt,
      maxRetries: 0,
      maxOutputTokens: MOST_OUTPUT_TOKENS,
      temperature: 0,
      abortSignal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT_MS)]),
    });
    return text.slice(0, LONGEST_ANSWER);
  };
}
