import type { Channel, Speaker } from "#/lib/events/conversation-event.ts";
import type { FollowUp, Sentence, Source, SuggestionBody } from "#/lib/events/suggestion.ts";
import type { DurableBody, DurableMessage } from "#/lib/realtime/contract.ts";
import type { ConversationState } from "./conversation-state.ts";
import {
  isEchoed,
  type SummaryView,
  summaryOf,
  type TurnView,
  turnsOf,
  type WriteView,
  writesOf,
} from "./desk-view.ts";

type BodyOf<K extends DurableBody["kind"]> = Extract<DurableBody, { kind: K }>;

export type SessionView = {
  state: "waiting" | "active" | "ended";
  /** No audio comes right now, so nothing is transcribed. */
  paused: boolean;
  channel?: Channel;
  queue?: string;
  agent?: string;
  language?: string;
  startedAt?: string;
  /** When the last thing was said; an ended conversation's time stops there. */
  lastAt?: string;
};

/** An answer on screen. A draft and the card that replaces it share their key, and so their place. */
export type CardView = {
  kind: "card";
  key: string;
  question: string;
  sources: readonly Source[];
  sentences: readonly Sentence[];
  origin?: SuggestionBody["origin"];
  note?: string;
  replies?: readonly Sentence[];
  followUps?: readonly FollowUp[];
  /** Absent while it is being written. */
  suggestionId?: string;
  draft?: string;
};
export type QuietView = { kind: "quiet"; key: string; question: string };
export type AnswerView = CardView | QuietView;

export type LineView =
  | {
      kind: "said";
      key: string;
      /** What a summary's sentence names it by. */
      eventId?: string | undefined;
      speaker: Speaker;
      text: string;
      at: string;
      interim: false;
    }
  | { kind: "said"; key: string; speaker: Speaker; text: string; interim: true }
  | { kind: "gap"; key: string; durationMs: number; reason: string }
  | { kind: "notice"; key: string; code: string; language?: string }
  /** A message of the agent's that the platform has not told us of yet. */
  | { kind: "written"; key: string; text: string; state: WriteView["state"] };

export type ConversationView = {
  session: SessionView;
  /** Newest first. */
  answers: readonly AnswerView[];
  /** Oldest first, what is being said at the end. */
  lines: readonly LineView[];
  /** Earlier lines are on the server. */
  hasOlder: boolean;
  /** The recognizer's trouble that still lasts, if any. */
  trouble?: BodyOf<"notice">;
  /** What was written to the platform, oldest first, each as it stands now. */
  writes: readonly WriteView[];
  summary?: SummaryView;
  /** What was said, by its event; a summary's sentences name these. */
  turns: ReadonlyMap<string, TurnView>;
};

/** What is to be shown of a state: a pure function of it, so that two widgets with the same messages show the same. */
export function conversationView(state: ConversationState): ConversationView {
  const messages = [...state.messages.values()].sort((one, other) => one.seq - other.seq);
  const writes = writesOf(messages);
  return {
    session: sessionOf(messages, state),
    answers: answersOf(messages, state),
    lines: [...linesOf(messages, state), ...writtenLines(messages, writes)],
    hasOlder: state.olderBefore !== undefined,
    trouble: troubleOf(messages),
    writes,
    summary: summaryOf(messages),
    turns: turnsOf(messages),
  };
}

function sessionOf(messages: readonly DurableMessage[], { paused }: ConversationState): SessionView {
  const session: SessionView = { state: "waiting", paused: false };
  for (const { body } of messages) {
    if (body.kind === "session") {
      session.state = body.state;
      session.channel = body.channel ?? session.channel;
      session.queue = body.queue?.name ?? body.queue?.id ?? session.queue;
      session.agent = body.agent?.name ?? body.agent?.id ?? session.agent;
      session.language = body.language ?? session.language;
      session.startedAt ??= body.startedAt;
    } else if (session.state === "waiting") session.state = "active";
    if ("at" in body) session.lastAt = body.at;
  }
  session.paused = paused && session.state !== "ended";
  return session;
}

function answersOf(messages: readonly DurableMessage[], state: ConversationState): AnswerView[] {
  const answers = new Map<string, AnswerView>();
  for (const { body, eventId, id } of messages) {
    if (body.kind !== "suggestion" && body.kind !== "no-source") continue;
    const key = eventId ?? id;
    // A replayed event answers again; the newer answer stands at the newer place.
    answers.delete(key);
    answers.set(
      key,
      body.kind === "suggestion" ? cardOf(key, body) : { kind: "quiet", key, question: body.question },
    );
  }
  for (const [key, { question, sources, text }] of state.drafts)
    answers.set(key, { kind: "card", key, question, sources, sentences: [], draft: text });
  return [...answers.values()].reverse();
}

function cardOf(key: string, body: BodyOf<"suggestion">): CardView {
  const { question, sources, sentences, origin, note, suggestionId, replies, followUps } = body;
  return { kind: "card", key, question, sources, sentences, origin, note, suggestionId, replies, followUps };
}

function linesOf(messages: readonly DurableMessage[], state: ConversationState): LineView[] {
  const lines: LineView[] = [];
  for (const { body, id, eventId } of messages) {
    if (body.kind === "transcript") {
      const { utteranceId, speaker, text, at } = body;
      lines.push({ kind: "said", key: utteranceId, eventId, speaker, text, at, interim: false });
    } else if (body.kind === "gap")
      lines.push({ kind: "gap", key: id, durationMs: body.durationMs, reason: body.reason });
    else if (body.kind === "notice")
      lines.push({ kind: "notice", key: id, code: body.code, language: body.language });
  }
  for (const [key, { speaker, text }] of state.interims)
    lines.push({ kind: "said", key, speaker, text, interim: true });
  return lines;
}

/** Once the platform has told of it, a message is a line like any other, and is shown there only. */
function writtenLines(messages: readonly DurableMessage[], writes: readonly WriteView[]): LineView[] {
  return writes.flatMap(({ writeId, intent, state, seq }): LineView[] => {
    if (intent.kind !== "message" || state === "discarded") return [];
    if (state === "sent" && isEchoed(messages, intent.text, seq)) return [];
    return [{ kind: "written", key: writeId, text: intent.text, state }];
  });
}

function troubleOf(messages: readonly DurableMessage[]): BodyOf<"notice"> | undefined {
  const last = messages.findLast(({ body }) => body.kind === "notice")?.body;
  return last?.kind === "notice" && last.code !== "recognizer_recovered" ? last : undefined;
}
