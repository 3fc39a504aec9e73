import { setTimeout as sleep } from "node:timers/promises";
import type { ConversationFacts } from "#/lib/connectors/connector.ts";
import type { AskPlatform } from "#/lib/integrations/ask-platform.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import { derivedId } from "#/lib/kernel/derived-id.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { Accept } from "#/lib/pipeline/accept-delivery.ts";
import type { Call, CallSink } from "./ports.ts";
import { routingHints } from "./routing-hints.ts";

/**
 * Each counted from the one before: the first gives the platform time to know the call, the last finds an agent
 * who answers within a minute.
 */
const AFTER_MS = [1_000, 3_000, 11_000, 45_000];

export type LearnDeps = { ask: AskPlatform; accept: Accept; log: Log; afterMs?: readonly number[] };

/** `asking` counts the calls that are not known yet. */
export type Learning = { sink: CallSink; readonly asking: number; stop(): void };

/**
 * A call says its queue only where the admin has the platform send it along. For all others the platform is asked
 * beside the call, which waits for none of it; what it says reaches the pipeline as context, so that the queue's
 * mapping applies.
 */
export function learnFacts(inner: CallSink, deps: LearnDeps): Learning {
  const asking = new Map<string, AbortController>();
  const keyOf = ({ connectionId, sessionId }: Call) => `${connectionId} ${sessionId}`;

  const begin = (call: Call) => {
    const key = keyOf(call);
    asking.get(key)?.abort();
    const over = new AbortController();
    asking.set(key, over);
    void learn(call, deps, over.signal).finally(() => {
      if (asking.get(key) === over) asking.delete(key);
    });
  };

  const sink: CallSink = {
    started: async (call) => {
      await inner.started(call);
      if (!routingHints(call.customConfig).queue) begin(call);
    },
    interim: (call, speaker, recognition) => inner.interim(call, speaker, recognition),
    final: (call, speaker, recognition) => inner.final(call, speaker, recognition),
    gap: (call, gap) => inner.gap(call, gap),
    notice: (call, code, language, at) => inner.notice(call, code, language, at),
    state: (call, state) => inner.state?.(call, state),
    ended: (call, reason, at) => {
      asking.get(keyOf(call))?.abort();
      return inner.ended(call, reason, at);
    },
  };

  return {
    sink,
    get asking() {
      return asking.size;
    },
    stop() {
      for (const over of asking.values()) over.abort();
    },
  };
}

/** Never rejects: a call without a queue is heard all the same. */
async function learn(call: Call, deps: LearnDeps, signal: AbortSignal): Promise<void> {
  let told = "";
  try {
    for (const ms of deps.afterMs ?? AFTER_MS) {
      await sleep(ms, undefined, { signal });
      const facts = await factsOf(call, deps, signal);
      const said = facts && JSON.stringify(facts);
      if (said && said !== "{}" && said !== told) {
        await tell(call, facts, deps.accept);
        told = said;
      }
      if (facts?.queue && facts.agent) return;
    }
  } catch (error) {
    if (!signal.aborted) deps.log.warn({ err: error, connectionId: call.connectionId }, "call not described");
  }
}

/** Undefined where a later attempt may know more. */
async function factsOf(
  call: Call,
  { ask }: LearnDeps,
  signal: AbortSignal,
): Promise<ConversationFacts | undefined> {
  try {
    const { language, ...facts } = (await ask(call, signal)) ?? {};
    // The stream's own language is what the recognizers hear.
    return { ...facts, ...(!call.language && language && { language }) };
  } catch (error) {
    if (isAppError(error) && error.retryable) return undefined;
    throw error;
  }
}

function tell(call: Call, facts: ConversationFacts, accept: Accept): Promise<void> {
  const { tenantId, connectionId, conversationId, sessionId } = call;
  return accept({
    tenantId,
    connectionId,
    door: "audiohook",
    messageId: `audiohook:${sessionId}:context:${derivedId(JSON.stringify(facts))}`,
    payload: {
      kind: "context",
      conversationId,
      channel: "voice",
      ...facts,
      at: new Date().toISOString(),
    },
    receivedAt: Date.now(),
  });
}
