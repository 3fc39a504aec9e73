import { createHash } from "node:crypto";
import * as z from "zod";
import { isAppError } from "#/lib/kernel/app-error.ts";
import { parseJson } from "#/lib/kernel/parse.ts";
import { sameSecret, validationAnswer } from "#/lib/voicestream/trust-token.ts";
import { defineIngestSide, type IngestAnswer, type IngestRequest } from "../ingest.ts";
import { type Five9Credentials, ownFields } from "./credentials.ts";
import { readCtiEvent } from "./cti-event.ts";
import type { Pushed } from "./deliveries.ts";

/** The HTTP side of a subscription (contract section 3): validation, events, stream errors; and chats of our own form. */
export const ingestSide = defineIngestSide({
  credentials: ownFields,
  receive(own: Five9Credentials, request: IngestRequest): IngestAnswer {
    if (request.method === "GET") return validate(own);
    if (!isKnown(own, request.headers["x-api-key"])) {
      return { status: 401, body: { error: "Unauthorized" }, refusal: "wrong or missing x-api-key" };
    }
    return receive(own, request);
  },
});

/** Answers whoever asks: the digest of 32 random bytes gives nothing away. */
function validate({ trustToken }: Five9Credentials): IngestAnswer {
  if (!trustToken) return { status: 404, body: { error: "Not found" }, refusal: "no trust token is stored" };
  return { status: 200, body: validationAnswer(trustToken) };
}

/** Both are compared, whichever fits, so that the time tells nothing. */
function isKnown(
  { apiKey, previousApiKey }: Five9Credentials,
  given: string | string[] | undefined,
): boolean {
  const key = typeof given === "string" ? given : "";
  const fits = [apiKey, previousApiKey].map((own) => own !== undefined && sameSecret(key, own));
  return key !== "" && fits.includes(true);
}

function receive(own: Five9Credentials, { rest, body: bytes, receivedAt }: IngestRequest): IngestAnswer {
  const body = readJson(bytes);
  if (body === undefined)
    return { status: 400, body: { error: "The body is not JSON." }, refusal: "no JSON" };
  const payload = payloadOf(own, rest, body, receivedAt);
  if (!payload) return { status: 404, body: { error: "Not found" }, refusal: "unknown address below ours" };
  // Platforms of this kind repeat what was not answered in time: the same bytes are the same delivery.
  const hash = createHash("sha256").update(rest).update("\n").update(bytes).digest("hex").slice(0, 40);
  const named = payload.kind === "chat" ? `${payload.conversationId}:${payload.messageId}` : hash;
  return { status: 200, body: {}, deliveries: [{ messageId: `five9:${payload.kind}:${named}`, payload }] };
}

function readJson(bytes: Buffer): unknown {
  try {
    return parseJson(bytes.toString("utf8"));
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

function payloadOf(
  own: Five9Credentials,
  rest: string,
  body: unknown,
  receivedAt: number,
): Pushed | undefined {
  const [first, second] = rest.split("/");
  if (first === "subscriptions" && second) return { kind: "stream-error", subscriptionId: second, body };
  if (rest === "chat") return readChat(body, receivedAt);
  if (rest === "") return readCtiEvent(own, body);
  return undefined;
}

const id = z.string().trim().min(1).max(200);
const chatSchema = z.object({
  conversationId: id,
  messageId: id,
  from: z.enum(["customer", "agent"]),
  text: z.string().max(20_000).default(""),
  skillId: id.optional(),
  skill: z.string().max(200).optional(),
  agentId: id.optional(),
  agentName: z.string().max(200).optional(),
  at: z.string().max(64).optional(),
  ended: z.boolean().default(false),
});

/** Five9 documents no push of a chat's text: this is our own form, for whoever passes messages on (setup guide, "Chat"). */
function readChat(body: unknown, receivedAt: number): Pushed {
  const read = chatSchema.safeParse(body);
  if (!read.success) return { kind: "unreadable", reason: chatProblem(read.error), body };
  const { skillId, skill, agentId, agentName, ...message } = read.data;
  const queue = skillId ?? skill;
  return {
    kind: "chat",
    ...message,
    at: message.at ?? new Date(receivedAt).toISOString(),
    ...(queue && { queue: { id: queue, name: skill ?? skillId } }),
    ...(agentId && { agent: { id: agentId, ...(agentName && { name: agentName }) } }),
  };
}

function chatProblem({ issues }: z.ZodError): string {
  const fields = [...new Set(issues.map(({ path }) => path.join(".")))].join(", ");
  return `The chat message cannot be read: look at ${fields || "the body"}.`.slice(0, 300);
}
