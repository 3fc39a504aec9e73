import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { isAppError } from "#/lib/kernel/app-error.ts";
import { defineIngestSide, type IngestAnswer, type IngestRequest } from "../ingest.ts";
import { credentials, type EightByEightCredentials } from "./credentials.ts";
import { isGatewaySignature } from "./gateway/gateway-signature.ts";
import { mapTranscript } from "./transcript-fields.ts";

/** A recorded request is good this long; what it holds is stored once anyway. */
const FRESH_MS = 5 * 60_000;
const MOST_UTTERANCES = 100;
/** The Chat Gateway tries again for hours; what was seen is remembered for days, so nothing fits in between. */
const LATEST_EVENT_MS = 24 * 60 * 60_000;

/** `/chat`: the Chat Gateway's events. `/transcripts`: what a transcription service heard, an utterance each or a list. */
export const ingestSide = defineIngestSide({
  credentials,
  receive(own, request): IngestAnswer {
    if (request.method !== "POST") return { status: 405, refusal: "not a POST" };
    if (request.rest === "chat") return receiveChat(own, request);
    if (request.rest === "transcripts") return receiveTranscripts(own, request);
    return { status: 404, refusal: "unknown address" };
  },
});

function receiveChat(own: EightByEightCredentials, request: IngestRequest): IngestAnswer {
  const { headers, body } = request;
  if (!own.gatewayKey) return { status: 401, refusal: "no Chat Gateway key is set" };
  if (!isGatewaySignature(headers, body, own.gatewayKey))
    return { status: 401, refusal: "wrong or missing signature" };
  if (isOutdated(request)) return { status: 401, refusal: "signed more than a day ago" };
  const read = jsonOf(body);
  const { conversationId } = (typeof read === "object" && read !== null ? read : {}) as Record<
    string,
    unknown
  >;
  const eventId = headers["x-8x8-event-id"];
  const messageId = `gateway/${typeof eventId === "string" && eventId !== "" ? eventId.slice(0, 300) : hashOf(body)}`;
  const named = typeof conversationId === "string" && conversationId.length <= 200 ? { conversationId } : {};
  return {
    status: 200,
    deliveries: [{ messageId, payload: { kind: "gateway", ...named, body: read ?? null } }],
  };
}

/** The time is part of what is signed. Its form is not documented: one that cannot be read decides nothing. */
function isOutdated({ headers, receivedAt }: IngestRequest): boolean {
  const said = headers["x-8x8-transmission-time"];
  if (typeof said !== "string") return false;
  const number = Number(said);
  const at = Number.isNaN(number) ? Date.parse(said) : number < 1e11 ? number * 1_000 : number;
  return Math.abs(receivedAt - at) > LATEST_EVENT_MS;
}

function receiveTranscripts(own: EightByEightCredentials, request: IngestRequest): IngestAnswer {
  const secrets = [own.transcriptSecret, own.previousTranscriptSecret].filter((each) => each !== undefined);
  if (!secrets.some((secret) => isSigned(request, secret)))
    return { status: 401, refusal: "wrong, missing or outdated signature" };
  const read = jsonOf(request.body);
  const all: unknown[] = Array.isArray(read) ? read : [read];
  if (all.length > MOST_UTTERANCES) return { status: 413, refusal: "too many utterances at once" };
  return { status: 200, deliveries: all.flatMap((each) => utteranceOf(own, each)) };
}

function utteranceOf(own: EightByEightCredentials, said: unknown): { messageId: string; payload: unknown }[] {
  const messageId = `transcript/${hashOf(Buffer.from(JSON.stringify(said) ?? ""))}`;
  try {
    const utterance = mapTranscript(said, own.transcriptFields);
    return utterance ? [{ messageId, payload: utterance }] : [];
  } catch (error) {
    if (!isAppError(error)) throw error;
    // Kept: the inspector shows it beside the path that led nowhere.
    const payload = { kind: "stream", topic: "webhook", body: said ?? null, problem: error.message };
    return [{ messageId, payload }];
  }
}

/** `x-omnibots-signature: sha256=` and the HMAC of `timestamp.body` in hex, as many services sign. */
function isSigned({ headers, body, receivedAt }: IngestRequest, secret: string): boolean {
  const { "x-omnibots-timestamp": at, "x-omnibots-signature": given } = headers;
  if (typeof at !== "string" || typeof given !== "string" || !/^\d{1,15}$/.test(at)) return false;
  const mac = createHmac("sha256", secret).update(`${at}.`).update(body).digest("hex");
  // Of hashes, which are of one length whatever was given.
  const same = timingSafeEqual(digest(`sha256=${mac}`), digest(given));
  return same && Math.abs(receivedAt - Number(at)) <= FRESH_MS;
}

const digest = (text: string) => createHash("sha256").update(text).digest();
const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
