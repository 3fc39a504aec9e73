import * as z from "zod";
import type { OfferedAnswer } from "#/lib/events/offered-answer.ts";
import type { PlatformAnswer, PlatformTurn } from "../connector.ts";
import type { PlatformAccess } from "../platform-access.ts";
import { googleClient } from "./api/google-client.ts";
import { locationOf } from "./conversation-facts.ts";
import type { GoogleCredentials } from "./credentials.ts";

/** Intents read no more than this (contract section 4). */
const LONGEST_TEXT = 256;
const LONGEST_SESSION = 36;
const BY = "Dialogflow CX";

const text = z.string().default("").catch("");
const responseMessage = z.looseObject({
  text: z
    .object({ text: z.array(z.string()).default([]) })
    .optional()
    .catch(undefined),
  payload: z.looseObject({ richContent: z.unknown() }).optional().catch(undefined),
  liveAgentHandoff: z.unknown().optional(),
});
const citedSnippet = z.object({
  snippet: z.object({ uri: text, title: text, text }).optional().catch(undefined),
});
const response = z.object({
  queryResult: z.object({
    responseMessages: z.array(responseMessage).default([]).catch([]),
    match: z.object({ matchType: z.string().default(""), confidence: z.number().optional() }).optional(),
    dataStoreConnectionSignals: z
      .object({ answer: text, citedSnippets: z.array(citedSnippet).default([]).catch([]) })
      .optional()
      .catch(undefined),
  }),
});
type QueryResult = z.output<typeof response>["queryResult"];

/** Whether Dialogflow CX is the one that suggests (the page's google_native mode). */
export const answersItself = ({ suggestions, dialogflowAgent }: GoogleCredentials) =>
  suggestions === "dialogflow" && dialogflowAgent !== undefined;

/**
 * What the tenant's CX agent answers to a customer's turn. The conversation is its session, so that it follows the
 * talk as it would follow a caller of its own.
 */
export async function answer(
  own: GoogleCredentials,
  turn: PlatformTurn,
  access: PlatformAccess,
  signal: AbortSignal,
): Promise<PlatformAnswer> {
  const agent = own.dialogflowAgent ?? "";
  const client = googleClient(own, access);
  const session = encodeURIComponent(turn.conversationId.slice(-LONGEST_SESSION));
  const url = `${client.hosts.dialogflow(locationOf(agent))}/v3/${agent}/sessions/${session}:detectIntent`;
  const languageCode = turn.language ?? own.languageCode;
  const queryInput = { text: { text: turn.text.slice(0, LONGEST_TEXT) }, languageCode };
  // Twice asked is twice said to the agent's session: what is lost is not asked again.
  const { queryResult } = await client.request("POST", url, {
    schema: response,
    body: { queryInput },
    signal,
    attempts: 1,
  });
  const offered = offeredIn(queryResult, turn.text);
  if (offered) return { kind: "answer", answer: offered };
  const matched = queryResult.match?.matchType || "nothing";
  return { kind: "none", reason: `${BY} answered ${matched}`, fallback: own.ragFallback };
}

function offeredIn(result: QueryResult, question: string): OfferedAnswer | undefined {
  const { matchType, confidence } = result.match ?? { matchType: "" };
  if (matchType === "NO_MATCH" || matchType === "NO_INPUT") return undefined;
  const said = result.responseMessages.flatMap((message) => message.text?.text ?? []);
  const paragraphs = said.map((part) => part.trim().slice(0, 8_000)).filter((part) => part !== "");
  const signals = result.dataStoreConnectionSignals;
  if (paragraphs.length === 0 && signals?.answer) paragraphs.push(signals.answer.slice(0, 8_000));
  const sources = [...citedIn(signals), ...result.responseMessages.flatMap(richIn)].slice(0, 20);
  const handoff = result.responseMessages.some(({ liveAgentHandoff }) => liveAgentHandoff !== undefined);
  if (paragraphs.length === 0 && sources.length === 0 && !handoff) return undefined;
  return {
    question: question.slice(0, 2_000),
    paragraphs: paragraphs.slice(0, 20),
    sources,
    by: BY,
    ...(confidence !== undefined && { confidence: Math.min(1, Math.max(0, confidence)) }),
    ...(handoff && { note: "Dialogflow CX would hand this over to a person: escalate." }),
  };
}

function citedIn(signals: QueryResult["dataStoreConnectionSignals"]): OfferedAnswer["sources"] {
  return (signals?.citedSnippets ?? []).flatMap(({ snippet }) =>
    snippet ? [sourceOf(snippet.title, snippet.uri, snippet.text)] : [],
  );
}

const richItem = z.looseObject({
  type: z.string(),
  title: text,
  actionLink: text,
  subtitle: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .catch(undefined),
  citations: z
    .array(z.object({ title: text, subtitle: text, actionLink: text }))
    .default([])
    .catch([]),
});

/** Rich content is rows of items: `match_citations` carries citations, `info` and its like one link each. */
function richIn({ payload }: z.output<typeof responseMessage>): OfferedAnswer["sources"] {
  const rows = Array.isArray(payload?.richContent) ? payload.richContent.flat() : [];
  return rows.flatMap((row) => {
    const { data: item } = richItem.safeParse(row);
    if (!item) return [];
    if (item.citations.length > 0)
      return item.citations.map((cited) => sourceOf(cited.title, cited.actionLink, cited.subtitle));
    if (!item.actionLink) return [];
    return [sourceOf(item.title, item.actionLink, [item.subtitle ?? ""].flat().join(" "))];
  });
}

function sourceOf(title: string, uri: string, snippet: string): OfferedAnswer["sources"][number] {
  const link = URL.canParse(uri) && /^https?:/.test(uri) ? { uri } : {};
  return {
    title: (title || uri || "Source").slice(0, 300),
    ...link,
    ...(snippet && { snippet: snippet.slice(0, 2_000) }),
  };
}
