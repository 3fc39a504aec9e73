import * as z from "zod";
import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { WrapUp, WrapUpCode, WriteBack, WriteOutcome } from "../../widget-provider.ts";
import type { GenesysClient } from "../api/genesys-client.ts";
import { fetchMessages } from "../notifications/fetch-messages.ts";
import { type WriteTarget, writeTarget } from "./write-target.ts";

/** Not in the platform's model; the whole text stays on our side. */
const LONGEST_NOTES = 4_000;
/** Clocks of a browser and of the platform differ. */
const CLOCK_SLACK_MS = 30_000;

type Deps = {
  client: GenesysClient;
  userId(): string | undefined;
  /** Told of a message that was sent, so that the channel's echo of it is no second one. */
  onSent(conversationId: string, message: { id: string; text: string; at?: string }): void;
};

/** What was sent is sent, even where the answer is of no form that we know. */
const sentAnswer = z.object({ id: z.string().optional(), timestamp: z.string().optional() }).catch({});
const codesAnswer = z.array(z.object({ id: z.string(), name: z.string().nullish() }));
const listedAnswer = z.object({
  participants: z
    .array(
      z.object({
        messages: z.array(z.object({ messageId: z.string(), messageTime: z.string().nullish() })).nullish(),
      }),
    )
    .default([]),
});

/** Writes in the agent's own name (contract sections 5.5 and 5.6); each call of `send` is one attempt. */
export function genesysWriteBack({ client, userId, onSent }: Deps): WriteBack {
  const target = (conversationId: string, signal: AbortSignal) => {
    const user = userId();
    if (!user) throw new AppError("unauthenticated", "Sign in to Genesys Cloud again.");
    return writeTarget(client, conversationId, user, signal);
  };
  const partOf = (conversationId: string, { media, participantId }: WriteTarget) =>
    `/api/v2/conversations/${media}/${encodeURIComponent(conversationId)}/participants/${encodeURIComponent(participantId)}`;

  const send: NonNullable<WriteBack["send"]> = async (conversationId, text, signal) => {
    const found = await settled(async () => target(conversationId, signal), "failed");
    if ("kind" in found) return found;
    if (found.media !== "messages" || !found.communicationId)
      return { kind: "failed", reason: "Messages cannot be sent into this conversation.", retryable: false };
    const path = `/api/v2/conversations/messages/${encodeURIComponent(conversationId)}/communications/${encodeURIComponent(found.communicationId)}/messages`;
    return settled(async (): Promise<WriteOutcome> => {
      const body = { textBody: text };
      const sent = await client.request("POST", path, { schema: sentAnswer, body, signal, attempts: 1 });
      if (sent.id) onSent(conversationId, { id: sent.id, text, at: sent.timestamp });
      return { kind: "sent", platformId: sent.id };
    });
  };

  const find: NonNullable<WriteBack["find"]> = async (conversationId, { text, since }, signal) =>
    settled(async (): Promise<WriteOutcome> => {
      const path = `/api/v2/conversations/messages/${encodeURIComponent(conversationId)}`;
      const { participants } = await client.request("GET", path, { schema: listedAnswer, signal });
      const from = since - CLOCK_SLACK_MS;
      const ids = participants
        .flatMap(({ messages }) => messages ?? [])
        .filter(({ messageTime }) => !messageTime || Date.parse(messageTime) >= from)
        .map(({ messageId }) => messageId);
      const { found } = await fetchMessages(client, conversationId, [...new Set(ids)], signal);
      const wanted = text.trim();
      const same = found.find(
        (message) =>
          message.direction === "outbound" &&
          (message.normalizedMessage?.text ?? message.textBody)?.trim() === wanted &&
          (!message.timestamp || Date.parse(message.timestamp) >= from),
      );
      if (!same) return { kind: "failed", reason: "Genesys Cloud has no such message.", retryable: true };
      onSent(conversationId, { id: same.id, text, at: same.timestamp ?? undefined });
      return { kind: "sent", platformId: same.id };
    });

  const saveWrapUp: NonNullable<WriteBack["saveWrapUp"]> = async (conversationId, wrapUp, signal) => {
    const found = await settled(async () => target(conversationId, signal), "failed");
    if ("kind" in found) return found;
    return settled(() => storeWrapUp(client, partOf(conversationId, found), { found, wrapUp, signal }));
  };

  return {
    send,
    find,
    wrapUpCodes: async (conversationId, signal): Promise<WrapUpCode[]> => {
      const path = `${partOf(conversationId, await target(conversationId, signal))}/wrapupcodes`;
      const codes = await client.request("GET", path, { schema: codesAnswer, signal });
      return codes.map(({ id, name }) => ({ id, name: name ?? id }));
    },
    saveWrapUp,
  };
}

type Storing = { found: WriteTarget; wrapUp: WrapUp; signal: AbortSignal };

/** The communication's own wrap-up, which knows drafts; where an organization does not have it, the participant's. */
async function storeWrapUp(
  client: GenesysClient,
  part: string,
  { found, wrapUp, signal }: Storing,
): Promise<WriteOutcome> {
  const { codeId: code, codeName: name, provisional } = wrapUp;
  const notes = wrapUp.notes.slice(0, LONGEST_NOTES);
  const options = { schema: z.unknown(), signal };
  if (found.communicationId) {
    const path = `${part}/communications/${encodeURIComponent(found.communicationId)}/wrapup`;
    // The same again changes nothing, so that trouble on the way may be tried again.
    const stored = await unlessMissing(
      client.request("POST", path, {
        ...options,
        idempotent: true,
        body: { code, name, notes, provisional },
      }),
    );
    if (stored) return { kind: "sent" };
  }
  await client.request("PATCH", part, { ...options, idempotent: true, body: { wrapup: { code, notes } } });
  return { kind: "sent" };
}

async function unlessMissing(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (isAppError(error) && ["404", "405"].includes(error.context.status ?? "")) return false;
    throw error;
  }
}

/** Nobody knows what became of a call without an answer; before the writing itself (`failed`) nothing has happened. */
async function settled<T>(
  call: () => Promise<T>,
  unanswered: "unknown" | "failed" = "unknown",
): Promise<T | WriteOutcome> {
  try {
    return await call();
  } catch (error) {
    return outcomeOf(error, unanswered);
  }
}

function outcomeOf(error: unknown, unanswered: "unknown" | "failed"): WriteOutcome {
  if (!isAppError(error) || error.code === "upstream_unavailable") {
    const reason = isAppError(error) ? error.message : "The answer did not come in time.";
    return unanswered === "unknown"
      ? { kind: "unknown", reason }
      : { kind: "failed", reason, retryable: true };
  }
  if (error.code === "rate_limited")
    return {
      kind: "failed",
      reason: "Genesys Cloud takes no more for the moment. Try again shortly.",
      retryable: true,
    };
  return { kind: "failed", reason: refusalWords(error), retryable: false };
}

function refusalWords({ message, context }: AppError): string {
  if (context.status === "401") return "Your sign-in at Genesys Cloud has ended. Sign in again.";
  if (context.permissions) return `Your role in Genesys Cloud lacks ${context.permissions}.`;
  return message;
}
