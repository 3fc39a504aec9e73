import type { AssistOutcome, AssistRequest } from "#/lib/events/assist-turn.ts";
import type { OfferedAnswer } from "#/lib/events/offered-answer.ts";
import type { SuggestionBody } from "#/lib/events/suggestion.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import { derivedId } from "#/lib/kernel/derived-id.ts";
import type { ChosenProfile } from "#/lib/routing/choose-profile.ts";
import type { PlatformAssistant } from "./ports.ts";

type Stages = AssistOutcome["stages"];

/** Somebody else's answer as a card: named as theirs, with their sources, and never taken for grounded. */
export function offeredBody(answer: OfferedAnswer): SuggestionBody {
  const sources = answer.sources.map(({ title, uri, snippet }, index) => {
    const id = derivedId("offered", answer.by, title, uri ?? "", snippet ?? "");
    const external = { ...(uri && { uri }), ...(snippet && { snippet }) };
    const score = answer.confidence ?? 0;
    return { n: index + 1, chunkId: id, documentId: id, title, headingPath: [], score, external };
  });
  return {
    question: answer.question,
    sentences: answer.paragraphs.map((text) => ({ text, citations: [] })),
    sources,
    origin: "platform",
    confidence: answer.confidence ?? 0,
    note: [`Suggested by ${answer.by}.`, answer.note].filter(Boolean).join(" "),
  };
}

/** The card is stored with the profile of its queue: which one would have answered is part of its history. */
export function offeredCard(
  answer: OfferedAnswer,
  profile: ChosenProfile | undefined,
  stages: Stages,
): AssistOutcome {
  if (!profile) return { kind: "silent", reason: "no profile is there to answer", stages, notes: [] };
  return {
    kind: "suggestion",
    profileId: profile.profileId,
    profileVersion: profile.version,
    knowledgeVersion: profile.knowledgeVersion,
    model: answer.by,
    body: offeredBody(answer),
    stages: { ...stages, grounded: Date.now() },
    notes: [`answered by ${answer.by}`],
  };
}

export type Asked = { card: OfferedAnswer } | { card: undefined; reason: string; fallback: boolean };

/** Asks the platform's assistant; one that fails says nothing, and the admin's fallback decides. */
export async function askPlatform(ask: PlatformAssistant["ask"], request: AssistRequest): Promise<Asked> {
  const text = request.turns.at(-1)?.text ?? "";
  try {
    const said = await ask({ conversationId: request.platformConversationId, text, language: undefined });
    if (said.kind === "answer") return { card: said.answer };
    return { card: undefined, reason: said.reason, fallback: said.fallback };
  } catch (error) {
    if (!isAppError(error) && !(error instanceof Error && error.name === "TimeoutError")) throw error;
    const reason = isAppError(error) ? `${error.code} (${error.context.status ?? "no answer"})` : "too late";
    return { card: undefined, reason: `the platform's assistant failed: ${reason}`, fallback: true };
  }
}
