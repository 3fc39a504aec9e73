import { derivedId } from "#/lib/kernel/derived-id.ts";
import { type DoneAnswer, endedSchema, quotaSchema, unknownSchema } from "#/lib/realtime/requests.ts";
import type { SocketDeps } from "./realtime-deps.ts";
import { type createAnswering, placeOf, type WidgetSocket } from "./widget-socket.ts";

/**
 * An end is said once and again after a reopening; strange things are sampled where they are seen; the limit is told
 * every few seconds at most.
 */
const RATES = {
  ended: { burst: 10, perSecond: 0.2 },
  unknown: { burst: 5, perSecond: 0.05 },
  quota: { burst: 5, perSecond: 0.2 },
} as const;

/** A sample is for a person to look at. */
const LONGEST_SAMPLE = 16_000;

const DONE: DoneAnswer = { ok: true };

/**
 * What the platform's desktop tells beside messages: ends, and what nobody understood. Stored like them. How the
 * platform's limit stands is a figure and no more.
 */
export function serveDesktop(
  socket: WidgetSocket,
  deps: SocketDeps,
  answering: ReturnType<typeof createAnswering>,
): void {
  const claims = () => socket.data.token.claims;
  const accept = async (named: readonly string[], payload: object): Promise<DoneAnswer> => {
    const { tenantId, connectionId } = claims();
    const messageId = named.map(encodeURIComponent).join("/");
    const receivedAt = deps.clock();
    await deps.accept({ tenantId, connectionId, door: "widget", messageId, payload, receivedAt });
    return DONE;
  };

  // By what is said, not by who says it: each of an agent's widgets may tell of the same thing.
  socket.on(
    "ended",
    answering(RATES.ended, endedSchema, async ({ conversationId, reason, at }) => {
      placeOf(claims(), conversationId);
      // An end that the platform gave no moment keeps none: our clock's would make it one end for each widget.
      return accept(["ended", conversationId, at ?? ""], { kind: "chat.ended", conversationId, reason, at });
    }),
  );
  socket.on(
    "quota",
    answering(RATES.quota, quotaSchema, async (told) => {
      deps.quota?.(claims().connectionId, told);
      return DONE;
    }),
  );
  socket.on(
    "unknown",
    answering(RATES.unknown, unknownSchema, async ({ conversationId, topic, sample }) => {
      placeOf(claims(), conversationId);
      const text = JSON.stringify(sample) ?? "null";
      const kept = text.length > LONGEST_SAMPLE ? { cut: text.slice(0, LONGEST_SAMPLE) } : sample;
      const name = derivedId(JSON.stringify([topic, text]));
      return accept(["unknown", conversationId, name], { kind: "unknown", topic, sample: kept });
    }),
  );
}
