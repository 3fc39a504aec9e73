import type { DurableMessage, EphemeralMessage } from "#/lib/realtime/contract.ts";

type Interim = Extract<EphemeralMessage, { kind: "interim" }>;
type Draft = Extract<EphemeralMessage, { kind: "draft" }>;

/** Speech or an answer whose end never came: taken off the screen after this long without a word. */
const FORGOTTEN_AFTER_MS = 20_000;

/**
 * Everything that a widget knows of its conversation. Durable messages are kept by their number, so that
 * order, repeats and gaps of delivery leave no trace; ephemeral ones live until their durable one comes.
 */
export type ConversationState = {
  messages: ReadonlyMap<number, DurableMessage>;
  /** Every number up to this one is here; asking on from it repairs any gap. */
  heldTo: number;
  /** The highest number known to exist. */
  lastSeq: number;
  /** Lines below this number are on the server only. */
  olderBefore: number | undefined;
  interims: ReadonlyMap<string, Interim & { heardAt: number }>;
  drafts: ReadonlyMap<string, Draft & { heardAt: number }>;
  /** The platform sends no audio right now. Never forgotten by time: a pause may be long, and nobody says it again. */
  paused: boolean;
  /** Utterances and events whose durable message is here: a late ephemeral one of them is stale. */
  settled: ReadonlySet<string>;
};

export type ConversationAction =
  | {
      type: "durable";
      messages: readonly DurableMessage[];
      lastSeq?: number;
      /** The messages are how the conversation stands at `lastSeq`, without the lines below `olderBefore`. */
      latest?: { olderBefore?: number | undefined } | undefined;
    }
  /** Lines from before those held. */
  | { type: "older"; messages: readonly DurableMessage[]; olderBefore: number | undefined }
  | { type: "ephemeral"; message: EphemeralMessage; now: number }
  | { type: "tick"; now: number };

export const EMPTY_CONVERSATION: ConversationState = {
  messages: new Map(),
  heldTo: 0,
  lastSeq: 0,
  olderBefore: undefined,
  interims: new Map(),
  drafts: new Map(),
  paused: false,
  settled: new Set(),
};

export function conversationReducer(state: ConversationState, action: ConversationAction): ConversationState {
  switch (action.type) {
    case "durable":
      return withDurable(state, action);
    case "older":
      return withOlder(state, action);
    case "ephemeral":
      return withEphemeral(state, action.message, action.now);
    case "tick":
      return withoutForgotten(state, action.now);
  }
}

export function hasGap(state: ConversationState): boolean {
  return state.heldTo < state.lastSeq;
}

type Arrived<T> = Extract<ConversationAction, { type: T }>;

function withOlder(state: ConversationState, { messages, olderBefore }: Arrived<"older">): ConversationState {
  const all = new Map(state.messages);
  for (const message of messages) all.set(message.seq, message);
  return { ...state, messages: all, olderBefore };
}

function withDurable(before: ConversationState, arrived: Arrived<"durable">): ConversationState {
  const { messages: incoming, lastSeq = 0, latest } = arrived;
  const state =
    latest && before.heldTo < lastSeq
      ? { ...before, heldTo: lastSeq, olderBefore: latest.olderBefore }
      : before;
  const fresh = incoming.filter(({ seq }) => !state.messages.has(seq));
  const highest = fresh.reduce((most, { seq }) => Math.max(most, seq), Math.max(state.lastSeq, lastSeq));
  if (fresh.length === 0) return highest === state.lastSeq ? state : { ...state, lastSeq: highest };

  const messages = new Map(state.messages);
  for (const message of fresh) messages.set(message.seq, message);
  let heldTo = state.heldTo;
  while (messages.has(heldTo + 1)) heldTo += 1;

  const keys = fresh.flatMap(settledKeys);
  return {
    ...state,
    messages,
    heldTo,
    lastSeq: highest,
    paused: state.paused && !fresh.some(endsPause),
    settled: new Set([...state.settled, ...keys]),
    interims: without(state.interims, keys),
    drafts: without(state.drafts, keys),
  };
}

/** What a durable message replaces: the utterance's interim words, or the event's streamed answer. */
function settledKeys({ body, eventId }: DurableMessage): string[] {
  if (body.kind === "transcript") return [body.utteranceId];
  if ((body.kind === "suggestion" || body.kind === "no-source") && eventId) return [eventId];
  return [];
}

/** Told once a pause is over: it mends a "goes on" that was lost on the way. */
function endsPause({ body }: DurableMessage): boolean {
  return body.kind === "gap" && body.reason === "paused";
}

function withEphemeral(state: ConversationState, message: EphemeralMessage, now: number): ConversationState {
  if (message.kind === "call-state") {
    const paused = message.state === "paused";
    return paused === state.paused ? state : { ...state, paused };
  }
  const key = message.kind === "interim" ? message.utteranceId : message.eventId;
  if (state.settled.has(key)) return state;
  return message.kind === "interim"
    ? { ...state, interims: new Map(state.interims).set(key, { ...message, heardAt: now }) }
    : { ...state, drafts: new Map(state.drafts).set(key, { ...message, heardAt: now }) };
}

function withoutForgotten(state: ConversationState, now: number): ConversationState {
  const forgotten = [...state.interims, ...state.drafts]
    .filter(([, { heardAt }]) => now - heardAt > FORGOTTEN_AFTER_MS)
    .map(([key]) => key);
  if (forgotten.length === 0) return state;
  return {
    ...state,
    interims: without(state.interims, forgotten),
    drafts: without(state.drafts, forgotten),
  };
}

function without<V>(map: ReadonlyMap<string, V>, keys: readonly string[]): ReadonlyMap<string, V> {
  if (!keys.some((key) => map.has(key))) return map;
  return new Map([...map].filter(([key]) => !keys.includes(key)));
}
