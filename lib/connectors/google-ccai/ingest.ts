import { createHash } from "node:crypto";
import { isAppError } from "#/lib/kernel/app-error.ts";
import { createKeySource } from "#/lib/pubsub/key-source.ts";
import { type PushEnvelope, readPush } from "#/lib/pubsub/push-envelope.ts";
import { createPushVerifier, type VerifyPush } from "#/lib/pubsub/verify-push.ts";
import { defineIngestSide, type IngestAnswer, type IngestRequest } from "../ingest.ts";
import type { InterimWords } from "../interim-words.ts";
import type { PlatformAccess } from "../platform-access.ts";
import { CERTS_PATH, hostsOf } from "./api/hosts.ts";
import { factsOf } from "./conversation-facts.ts";
import { credentials, type GoogleCredentials } from "./credentials.ts";
import { readMessage } from "./read-message.ts";

/** One for each host of keys: what Google has signed is checked once, whichever connection it is for. */
const VERIFIERS = new Map<string, VerifyPush>();

/** An event of a conversation has some kilobytes; Pub/Sub itself goes up to ten megabytes. */
const LARGEST_BODY = 1_000_000;
const TOO_LARGE = "The message is larger than any event of a conversation, so it was not read.";

/** Pub/Sub's push (contract section 1): who pushes, for which subscription, and what it carries. */
export const ingestSide = defineIngestSide({
  credentials,
  async receive(own, request, access) {
    if (request.method !== "POST" || request.rest !== "") return { status: 404, refusal: "no push address" };
    if (!access) return { status: 503, refusal: "this process cannot read Google's keys" };
    try {
      await verifierFor(own, access)(headerOf(request, "authorization"), {
        audience: own.ingestMode === "push" ? (own.pushAudience ?? "") : "",
        email: own.pusher,
      });
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { status: error.status, refusal: error.message };
    }
    return answerTo(own, request, access);
  },
});

async function answerTo(
  own: GoogleCredentials,
  request: IngestRequest,
  access: PlatformAccess,
): Promise<IngestAnswer> {
  if (request.body.length > LARGEST_BODY) return park(request.body, TOO_LARGE);
  const envelope = envelopeOf(request);
  if ("problem" in envelope) return park(request.body, envelope.problem);
  // Whoever may push for one tenant must not push into another one's subscription.
  if (envelope.subscription !== own.subscriptionName)
    return { status: 403, refusal: "the push is of another subscription than the connection's" };
  const { delivery, interim } = await takenOf(own, envelope.message, access);
  return { status: 204, deliveries: delivery ? [delivery] : [], ...(interim && { interims: [interim] }) };
}

type Taken = { delivery?: { messageId: string; payload: unknown }; interim?: InterimWords };

/** What a message of either door becomes: something to store, something to show, or nothing. */
export async function takenOf(
  own: GoogleCredentials,
  message: PushEnvelope["message"],
  access: PlatformAccess,
): Promise<Taken> {
  const read = readMessage(message, own);
  const { messageId } = message;
  if (read.kind === "nothing") return {};
  if (read.kind === "interim") return { interim: read.words };
  if (read.kind === "unreadable" || read.payload.kind !== "event")
    return { delivery: { messageId, payload: read.payload } };
  const facts = await factsOf(own, read.conversation, access);
  return { delivery: { messageId, payload: { ...read.payload, facts } } };
}

function envelopeOf({ body }: IngestRequest): PushEnvelope | { problem: string } {
  try {
    return readPush(body);
  } catch (error) {
    if (isAppError(error)) return { problem: error.message };
    throw error;
  }
}

/** Google would send it again for days: it is taken, and the inspector shows why it came to nothing. */
function park(body: Buffer, problem: string): IngestAnswer {
  const messageId = `unreadable/${createHash("sha256").update(body).digest("base64url")}`;
  return { status: 204, deliveries: [{ messageId, payload: { kind: "unreadable", problem } }] };
}

function verifierFor(own: GoogleCredentials, { sandboxes, fetch, now }: PlatformAccess): VerifyPush {
  const url = hostsOf(own.cloud, sandboxes).certs + CERTS_PATH;
  const known = VERIFIERS.get(url);
  if (known) return known;
  const verify = createPushVerifier({ keys: createKeySource({ url, fetch, now }), now });
  VERIFIERS.set(url, verify);
  return verify;
}

function headerOf({ headers }: IngestRequest, name: string): string | undefined {
  return [headers[name]].flat()[0];
}
