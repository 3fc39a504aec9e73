import * as z from "zod";
import type { OfferedAnswer } from "#/lib/events/offered-answer.ts";

/** Agent Assist's own suggestions (contract section 3); kinds and fields that are new are passed over. */

const text = (longest: number) =>
  z
    .string()
    .transform((value) => value.trim().slice(0, longest))
    .default("")
    .catch("");
const list = <S extends z.ZodType>(item: S) => z.array(item).default([]).catch([]);
const confidence = z.number().optional().catch(undefined);
const record = z.string().optional().catch(undefined);

const snippet = z.object({ uri: text(2_000), text: text(2_000), title: text(300) });

const article = z.object({
  title: text(300),
  uri: text(2_000),
  snippets: list(z.string()),
  confidence,
  answerRecord: record,
});
const faq = z.object({
  question: text(2_000),
  answer: text(8_000),
  source: text(300),
  confidence,
  answerRecord: record,
});
const reply = z.object({ reply: text(2_000), confidence, answerRecord: record });
const knowledge = z.object({
  suggestedQuery: z
    .object({ queryText: text(2_000) })
    .optional()
    .catch(undefined),
  suggestedQueryAnswer: z
    .object({
      answerText: text(8_000),
      faqSource: z
        .object({ question: text(300) })
        .optional()
        .catch(undefined),
      generativeSource: z
        .object({ snippets: list(snippet) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  answerRecord: record,
});
const generated = z.object({
  generatorSuggestion: z
    .object({
      freeFormSuggestion: z
        .object({ response: text(8_000) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  answerRecord: record,
});

const result = z.object({
  suggestArticlesResponse: z
    .object({ articleAnswers: list(article) })
    .optional()
    .catch(undefined),
  suggestFaqAnswersResponse: z
    .object({ faqAnswers: list(faq) })
    .optional()
    .catch(undefined),
  suggestSmartRepliesResponse: z
    .object({ smartReplyAnswers: list(reply) })
    .optional()
    .catch(undefined),
  suggestKnowledgeAssistResponse: z.object({ knowledgeAssistAnswer: knowledge }).optional().catch(undefined),
  generateSuggestionsResponse: z
    .object({ generatorSuggestionAnswers: list(generated) })
    .optional()
    .catch(undefined),
});

export const assistantEvent = z.object({ suggestionResults: z.array(result) });
type Result = z.output<typeof result>;

/** A card, with what names it: Google's record of the answer, where it tells one. */
export type Suggested = { record: string | undefined; answer: OfferedAnswer };

const BY = "Agent Assist";
const none = { question: "", sources: [], paragraphs: [] };

export function suggestedBy({ suggestionResults }: z.output<typeof assistantEvent>): Suggested[] {
  return suggestionResults
    .flatMap(cardsOf)
    .filter(({ answer }) => answer.paragraphs.length > 0 || answer.sources.length > 0);
}

function cardsOf(found: Result): Suggested[] {
  return [
    ...articleCards(found),
    ...faqCards(found),
    ...replyCards(found),
    ...knowledgeCards(found),
    ...generatedCards(found),
  ];
}

function articleCards({ suggestArticlesResponse: given }: Result): Suggested[] {
  const articles = given?.articleAnswers.filter(({ title, uri }) => title !== "" || uri !== "") ?? [];
  const [best] = articles;
  if (!best) return [];
  const sources = articles.slice(0, 20).map(({ title, uri, snippets }) => ({
    title: title || uri,
    ...(uri && { uri }),
    ...(snippets[0] && { snippet: snippets[0].slice(0, 2_000) }),
  }));
  const answer = {
    ...none,
    question: "Articles that may help",
    sources,
    by: BY,
    confidence: best.confidence,
  };
  return [{ record: best.answerRecord, answer }];
}

function faqCards({ suggestFaqAnswersResponse: given }: Result): Suggested[] {
  const [best] = given?.faqAnswers.filter(({ answer }) => answer !== "") ?? [];
  if (!best) return [];
  const { question, answer, source, confidence: sure } = best;
  const sources = source ? [{ title: source, ...(isLink(source) && { uri: source }) }] : [];
  return [
    {
      record: best.answerRecord,
      answer: { question, paragraphs: [answer], sources, by: BY, confidence: sure },
    },
  ];
}

function replyCards({ suggestSmartRepliesResponse: given }: Result): Suggested[] {
  const replies = given?.smartReplyAnswers.filter(({ reply: said }) => said !== "") ?? [];
  const [best] = replies;
  if (!best) return [];
  const paragraphs = replies.slice(0, 3).map(({ reply: said }) => said);
  const answer = { ...none, question: "Replies that fit", paragraphs, by: BY, confidence: best.confidence };
  return [{ record: best.answerRecord, answer }];
}

function knowledgeCards({ suggestKnowledgeAssistResponse: given }: Result): Suggested[] {
  const { suggestedQuery, suggestedQueryAnswer: answered, answerRecord } = given?.knowledgeAssistAnswer ?? {};
  if (!answered?.answerText) return [];
  const sources = (answered.generativeSource?.snippets ?? []).slice(0, 20).map((from) => ({
    title: from.title || from.uri || "Source",
    ...(from.uri && { uri: from.uri }),
    ...(from.text && { snippet: from.text }),
  }));
  const question = suggestedQuery?.queryText ?? answered.faqSource?.question ?? "";
  return [{ record: answerRecord, answer: { question, paragraphs: [answered.answerText], sources, by: BY } }];
}

function generatedCards({ generateSuggestionsResponse: given }: Result): Suggested[] {
  return (given?.generatorSuggestionAnswers ?? []).flatMap(({ generatorSuggestion, answerRecord }) => {
    const said = generatorSuggestion?.freeFormSuggestion?.response;
    if (!said) return [];
    return [{ record: answerRecord, answer: { ...none, question: "Suggested", paragraphs: [said], by: BY } }];
  });
}

const isLink = (source: string) => /^https?:\/\//.test(source);
