import type { Database } from "#/lib/db/database.ts";
import type { Assist, AssistOutcome, AssistRequest } from "#/lib/events/assist-turn.ts";
import { CARD_THRESHOLD } from "#/lib/knowledge/search/confidence.ts";
import { turnsForModel } from "#/lib/privacy/mask-turns.ts";
import type { Publisher } from "#/lib/realtime/publisher.ts";
import { type ChosenProfile, chooseProfile } from "#/lib/routing/choose-profile.ts";
import { extractiveBody } from "./extractive-body.ts";
import { withNextWords } from "./next/with-next-words.ts";
import { askPlatform, offeredCard } from "./platform-card.ts";
import type { FindPlatformAssistant, OpenModel } from "./ports.ts";
import { type FoundPassage, type Retrieval, type RetrieveDeps, retrieve } from "./retrieve.ts";
import { searchLog } from "./search-log.ts";
import { questionOf } from "./trigger/question-of.ts";
import { worthSuggestion } from "./trigger/worth-suggestion.ts";
import { type DraftInput, writeDraft } from "./write-draft.ts";

export type AssistDeps = RetrieveDeps & {
  db: Database;
  publisher: Pick<Publisher, "ephemeral">;
  openModel: OpenModel;
  /** Absent where no platform of this process has an assistant. */
  platform?: FindPlatformAssistant;
};

/** A turn that the trigger is this unsure about is decided by whether the base has a good answer to it. */
const DOUBTFUL_SCORE = 0.3;

/** Is the turn worth a card, and if so, which: the use case behind every suggestion. */
export function createAssist(deps: AssistDeps): Assist {
  return async (request) => {
    if (request.offered)
      return offeredCard(request.offered, await chooseProfile(deps.db, request), { triggered: Date.now() });
    // What an agent types is a question to our knowledge: the assistant's session is the customer's.
    const ask = request.asked ? undefined : await deps.platform?.(request);
    return ask ? { kind: "drafting", finished: nativeAnswer(deps, request, ask) } : ownAnswer(deps, request);
  };
}

/** The platform's assistant first; our own knowledge where it has nothing and the admin says so. */
async function nativeAnswer(
  deps: AssistDeps,
  request: AssistRequest,
  ask: NonNullable<Awaited<ReturnType<FindPlatformAssistant>>>,
): Promise<AssistOutcome> {
  const stages = { triggered: Date.now() };
  const said = await askPlatform(ask, request);
  if (said.card) return offeredCard(said.card, await chooseProfile(deps.db, request), stages);
  if (!said.fallback) return silent(said.reason, stages);
  const own = await ownAnswer(deps, request);
  const outcome = own.kind === "drafting" ? await own.finished : own;
  return { ...outcome, notes: [said.reason, ...outcome.notes] };
}

async function ownAnswer(deps: AssistDeps, request: AssistRequest): ReturnType<Assist> {
  const said = request.turns.at(-1)?.text ?? "";
  const judge = (bestHit?: number) =>
    request.asked ? ASKED : worthSuggestion(said, request.turns, { bestHit });
  const first = judge();
  const triggered = Date.now();
  if (!first.ask && first.score < DOUBTFUL_SCORE) return silent(first.reason, { triggered });

  const profile = await chooseProfile(deps.db, request);
  if (!profile?.knowledgeBaseId) return silent("no knowledge base is mapped", { triggered });
  const place = { tenantId: request.tenantId, knowledgeBaseId: profile.knowledgeBaseId };
  const retrieval = await retrieve(deps, place, request.turns);
  if (!retrieval) return silent("the mapped knowledge base is gone", { triggered });
  const stages = { triggered, retrieved: Date.now() };

  const worth = judge(retrieval.passages[0]?.score);
  if (!worth.ask) return silent(worth.reason, stages);
  return answer(deps, request, { profile, retrieval, said, stages });
}

/** What an agent types into the ask box is asked on purpose. */
const ASKED = { ask: true, score: 1, reason: "asked by the agent" };

type Found = {
  profile: ChosenProfile;
  retrieval: Retrieval;
  said: string;
  stages: AssistOutcome["stages"];
};

async function answer(deps: AssistDeps, request: AssistRequest, found: Found): ReturnType<Assist> {
  const { profile, retrieval, said, stages } = found;
  const question = request.asked ? said : questionOf(said);
  const threshold = profile.threshold ?? CARD_THRESHOLD;
  const passages = retrieval.passages.filter(({ score }) => score >= threshold);
  const notes = [...retrieval.notes, `profile by ${profile.why}, version ${profile.version}`];
  const search = searchLog(retrieval, { knowledgeBaseId: profile.knowledgeBaseId ?? "", threshold });
  if (passages.length === 0) {
    const reason = `best confidence ${search.best.toFixed(2)}, ${threshold.toFixed(2)} is needed`;
    return { kind: "no-source", question, reason, stages, notes, search };
  }
  const card = {
    kind: "suggestion" as const,
    profileId: profile.profileId,
    profileVersion: profile.version,
    knowledgeVersion: retrieval.knowledgeVersion,
    stages,
    notes,
    search,
  };
  if (profile.model) {
    const { systemPrompt, model } = profile;
    const draft = { turns: request.turns, question, passages, systemPrompt, model };
    return {
      kind: "drafting",
      finished: draftedCard(deps, request, { draft, card, found: retrieval.passages }),
    };
  }
  const extraction = extractiveBody(question, { ...retrieval, passages, threshold });
  if ("reason" in extraction)
    return { kind: "no-source", question, reason: extraction.reason, stages, notes, search };
  const body = withNextWords(extraction.body, retrieval.passages);
  return { ...card, model: "extractive", body, stages: { ...stages, grounded: Date.now() } };
}

type Card = Omit<Extract<AssistOutcome, { kind: "suggestion" }>, "model" | "body">;

/** The sources are on screen before the model's first word; each supported sentence follows as it is ready. */
async function draftedCard(
  deps: AssistDeps,
  request: AssistRequest,
  {
    draft,
    card,
    found,
  }: { draft: Omit<DraftInput, "onProgress">; card: Card; found: readonly FoundPassage[] },
): Promise<AssistOutcome> {
  const onProgress: DraftInput["onProgress"] = ({ sources, sentences }) =>
    deps.publisher.ephemeral(request, {
      kind: "draft",
      conversationId: request.platformConversationId,
      eventId: request.eventId,
      question: draft.question,
      sources,
      text: sentences.map(({ text }) => text).join(" "),
    });
  const turns = await turnsForModel(deps.db, request.tenantId, draft.turns);
  const {
    body: written,
    reasons,
    firstTokenAt,
  } = await writeDraft(deps.openModel, { ...draft, turns, onProgress });
  const body = withNextWords(written, found);
  const stages = { ...card.stages, ...(firstTokenAt && { firstToken: firstTokenAt }), grounded: Date.now() };
  return { ...card, model: draft.model.name, body, stages, notes: [...card.notes, ...reasons] };
}

function silent(reason: string, stages: AssistOutcome["stages"]): AssistOutcome {
  return { kind: "silent", reason, stages, notes: [] };
}
