import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { PulsarMessage } from "#/lib/pulsar/frame.ts";
import { holdStream, type StreamState } from "#/lib/pulsar/hold-stream.ts";
import type { StreamPosition, SubscriptionContext } from "../connector.ts";
import type { EightByEightCredentials } from "./credentials.ts";
import { type Stream, streamOf } from "./open-stream.ts";
import { interactionOf } from "./stream-event.ts";
import { mapTranscript } from "./transcript-fields.ts";

/** Published this long before the stream was first opened, by the broker's clock: not ours to show. */
const EARLIER_MS = 60_000;

/** Holds every topic of the connection until the signal aborts; one that cannot go on ends all of them. */
export async function hold(
  own: EightByEightCredentials,
  context: SubscriptionContext,
  signal: AbortSignal,
): Promise<void> {
  const paths = [...new Set([...own.topics, ...(own.transcriptTopic ? [own.transcriptTopic] : [])])];
  const states = new Map<string, StreamState>();
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const holdOne = async (path: string) => {
    try {
      await holdTopic(own, streamOf(own, path, context.access), context, both, (state) => {
        states.set(path, state);
        context.report(worstOf([...states]));
      });
    } finally {
      over.abort();
    }
  };
  const ended = await Promise.allSettled(paths.map(holdOne));
  const failed = ended.find((each) => each.status === "rejected");
  if (failed) throw failed.reason;
}

function holdTopic(
  own: EightByEightCredentials,
  stream: Stream,
  { access, streams }: SubscriptionContext,
  signal: AbortSignal,
  report: (state: StreamState) => void,
): Promise<void> {
  let opened: StreamPosition | undefined;
  return holdStream(
    {
      open: async (handlers) => {
        opened = await streams.read(stream.name);
        return stream.open(startOf(opened), handlers);
      },
      take: async (messages) => {
        const last = messages.at(-1);
        if (!last) return;
        const from = opened && opened.messageId === undefined ? opened.openedAt - EARLIER_MS : 0;
        const ours = messages.filter(({ publishedAt }) => publishedAt === undefined || publishedAt >= from);
        const deliveries = ours.flatMap((message) => deliveriesOf(own, stream, message));
        await streams.store(stream.name, deliveries, { messageId: last.id, order: last.order });
      },
      refusable: own.mode === "consumer",
      report,
      now: access.now,
      wait: (ms, until) => access.wait(ms, until),
    },
    signal,
  );
}

/**
 * Where no message was ever stored, `latest` would skip what came between two sessions: reading begins at the
 * earliest kept message then, and what is older than the first opening is passed over.
 */
const startOf = ({ messageId, fresh }: StreamPosition) => messageId ?? (fresh ? "latest" : "earliest");

function deliveriesOf(
  own: EightByEightCredentials,
  { name, topic }: Stream,
  message: PulsarMessage,
): { messageId: string; payload: unknown }[] {
  const messageId = `${name}/${message.id}`;
  const { body, problem } = message;
  const raw = { kind: "stream", topic, conversationId: interactionOf(body), body: body ?? null, problem };
  if (topic !== own.transcriptTopic || problem) return [{ messageId, payload: raw }];
  try {
    const utterance = mapTranscript(body, own.transcriptFields);
    return utterance ? [{ messageId, payload: utterance }] : [];
  } catch (error) {
    if (!isAppError(error)) throw error;
    // Stored all the same: the inspector shows the message beside the reason.
    return [{ messageId, payload: { ...raw, problem: error.message } }];
  }
}

const RANK = { live: 0, connecting: 1, waiting: 2 } as const;

/** Of several topics the one in trouble speaks; the figures are those of all. */
function worstOf(states: readonly (readonly [string, StreamState])[]): StreamState {
  const sorted = [...states].sort(([, one], [, other]) => RANK[other.state] - RANK[one.state]);
  const [worst] = sorted;
  if (!worst) throw new AppError("conflict", "no stream is held");
  const [path, state] = worst;
  const lastMessageAt = Math.max(0, ...states.map(([, each]) => each.lastMessageAt ?? 0)) || undefined;
  const reconnects = states.reduce((sum, [, each]) => sum + each.reconnects, 0);
  const detail = state.detail && (states.length > 1 ? `${path}: ${state.detail}` : state.detail);
  return { ...state, detail, lastMessageAt, reconnects };
}
