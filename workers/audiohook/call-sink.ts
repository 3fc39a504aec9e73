import { createHash } from "node:crypto";
import type { Speaker } from "#/lib/events/conversation-event.ts";
import type { Accept } from "#/lib/pipeline/accept-delivery.ts";
import type { Publisher } from "#/lib/realtime/publisher.ts";
import type { Recognition } from "#/lib/stt/speech-engine.ts";
import type { Call, CallGap, CallSink } from "./ports.ts";
import { routingHints } from "./routing-hints.ts";

/** Wall time of an offset in the call's own stream. */
const wallTime = (call: Call, offsetMs: number) =>
  new Date(call.startedAt.getTime() + offsetMs).toISOString();

const placeOf = (call: Call) => ({
  tenantId: call.tenantId,
  connectionId: call.connectionId,
  platformConversationId: call.conversationId,
});

/**
 * What must not be lost goes over the transcript bus as one delivery each: the ordinary way into Postgres, or a topic
 * whose other end takes that way. Interim text goes straight to the sockets.
 */
export function createCallSink(accept: Accept, publisher: Publisher): CallSink {
  const deliver = (call: Call, kind: string, key: string, fields: Record<string, unknown>) =>
    accept({
      tenantId: call.tenantId,
      connectionId: call.connectionId,
      door: "audiohook",
      messageId: `audiohook:${call.sessionId}:${kind}:${key}`,
      payload: { kind, conversationId: call.conversationId, sessionId: call.sessionId, ...fields },
      receivedAt: Date.now(),
    });

  return {
    started: (call) =>
      // With its moment: a call whose session comes back after it had ended begins again.
      deliver(call, "call.started", call.startedAt.toISOString(), {
        channel: "voice",
        startedAt: call.startedAt.toISOString(),
        ...(call.language && { language: call.language }),
        ...routingHints(call.customConfig),
      }),
    interim: (call: Call, speaker: Speaker, { utteranceId, text, startMs }: Recognition) =>
      publisher.ephemeral(placeOf(call), {
        kind: "interim",
        conversationId: call.conversationId,
        utteranceId,
        speaker,
        text,
        offsetMs: startMs,
      }),
    final: (call, speaker, recognition) =>
      deliver(call, "utterance", recognition.utteranceId, {
        ...withoutWords(recognition),
        speaker,
        at: wallTime(call, recognition.startMs),
      }),
    gap: (call: Call, gap: CallGap) =>
      deliver(call, "gap", `${gap.speaker ?? "both"}:${gap.startMs}:${gap.reason}`, {
        ...gap,
        at: wallTime(call, gap.startMs),
      }),
    notice: (call, code, language, at) =>
      deliver(call, "notice", `${code}:${at.getTime()}`, {
        code,
        ...(language && { language }),
        at: at.toISOString(),
      }),
    state: (call, state) =>
      publisher.ephemeral(placeOf(call), {
        kind: "call-state",
        conversationId: call.conversationId,
        state,
      }),
    ended: (call, reason, at) => deliver(call, "call.ended", hash(reason), { reason, at: at.toISOString() }),
  };
}

/** Word times are for the platform alone: nothing of ours reads them, and they are ten times the text. */
const withoutWords = ({ words: _, ...rest }: Recognition) => rest;

const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 12);
