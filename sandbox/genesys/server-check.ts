import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import {
  MAX_MESSAGE_BYTES,
  type MediaOffer,
  readTranscript,
  type ServerMessage,
  serverMessageSchema,
} from "./messages.ts";
import { tokenBucket } from "./token-bucket.ts";

/** Something the service's own client would hold against the server. A fatal one ends the call with this code. */
export type Violation = { code: number; message: string; fatal: boolean };

export type Phase = "opening" | "open" | "closing";

export type ServerCheck = {
  /** Reads one text frame; without a message it is to be ignored or, after a fatal violation, the end. */
  read(text: string, phase: Phase): { message?: ServerMessage; violations: Violation[] };
  lastSeq(): number;
};

type Options = {
  sessionId: string;
  offers: readonly MediaOffer[];
  /** The number of the last message that was sent to the server. */
  ownSeq: () => number;
  now: () => number;
};

/** The working ceiling for text messages of a server: so many a second, so many at once. */
const RATE_PER_SECOND = 5;
const RATE_BURST = 25;

/** Which messages mean something in which phase; those sent to a closing call are merely late. */
const LEGAL: Record<ServerMessage["type"], Record<Phase, "yes" | "late" | "no">> = {
  opened: { opening: "yes", open: "no", closing: "late" },
  pong: { opening: "no", open: "yes", closing: "yes" },
  updated: { opening: "no", open: "yes", closing: "late" },
  pause: { opening: "no", open: "yes", closing: "late" },
  resume: { opening: "no", open: "yes", closing: "late" },
  event: { opening: "yes", open: "yes", closing: "yes" },
  reconnect: { opening: "no", open: "yes", closing: "late" },
  disconnect: { opening: "yes", open: "yes", closing: "late" },
  closed: { opening: "no", open: "no", closing: "yes" },
};

/** Holds a server to the protocol as the service's own client does. */
export function createServerCheck(options: Options): ServerCheck {
  let lastSeq = 0;
  const bucket = tokenBucket({ perSecond: RATE_PER_SECOND, burst: RATE_BURST, now: options.now });

  const inOrder = (message: ServerMessage): Violation[] => {
    const found: Violation[] = [];
    if (message.id !== options.sessionId) found.push(fatal(400, `id ${message.id} is not this session's`));
    if (message.seq !== lastSeq + 1) found.push(fatal(400, `seq is ${message.seq}, expected ${lastSeq + 1}`));
    if (message.clientseq > options.ownSeq()) {
      found.push(
        fatal(400, `clientseq ${message.clientseq} was never sent, the last is ${options.ownSeq()}`),
      );
    }
    lastSeq = message.seq;
    return found;
  };

  return {
    lastSeq: () => lastSeq,
    read(text, phase) {
      if (Buffer.byteLength(text) > MAX_MESSAGE_BYTES) {
        return { violations: [fatal(413, `a message of ${Buffer.byteLength(text)} bytes is too large`)] };
      }
      const parsed = parseMessage(text);
      if (!parsed.message) return { violations: [parsed.violation] };
      const { message } = parsed;
      const violations = inOrder(message);
      const legal = LEGAL[message.type][phase];
      if (legal === "no") violations.push(fatal(409, `${message.type} is not allowed while ${phase}`));
      if (!bucket()) violations.push(note(429, `more than ${RATE_PER_SECOND} messages a second`));
      violations.push(...checkContent(message, options.offers));
      const usable = legal === "yes" && !violations.some((violation) => violation.fatal);
      return { ...(usable && { message }), violations };
    },
  };
}

type Parsed =
  | { message: ServerMessage; violation?: undefined }
  | { message?: undefined; violation: Violation };

function parseMessage(text: string): Parsed {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { violation: fatal(400, "the message is not JSON") };
  }
  const read = serverMessageSchema.safeParse(json);
  if (read.success) return { message: read.data };
  const type = z.object({ type: z.string() }).safeParse(json).data?.type;
  const known = serverMessageSchema.options.some((option) => option.shape.type.value === type);
  return {
    violation: known
      ? fatal(400, `${type} is malformed: ${z.prettifyError(read.error).replaceAll("\n", " ")}`)
      : fatal(405, `the message type ${type ?? "(none)"} does not exist`),
  };
}

function checkContent(message: ServerMessage, offers: readonly MediaOffer[]): Violation[] {
  if (message.type === "opened") return checkMedia(message.parameters.media, offers);
  if (message.type !== "event") return [];
  return message.parameters.entities
    .filter((entity) => entity.type === "transcript")
    .flatMap((entity) => {
      const { problem } = readTranscript(entity);
      return problem ? [note(400, `a transcript is malformed: ${problem.replaceAll("\n", " ")}`)] : [];
    });
}

function checkMedia(chosen: readonly unknown[], offers: readonly MediaOffer[]): Violation[] {
  if (chosen.length > 1) return [fatal(400, `opened chose ${chosen.length} media, at most one is allowed`)];
  const offered = chosen.every((media) => offers.some((offer) => isDeepStrictEqual(media, offer)));
  return offered ? [] : [fatal(400, "the chosen media is not one of the offered")];
}

function fatal(code: number, message: string): Violation {
  return { code, message, fatal: true };
}

function note(code: number, message: string): Violation {
  return { code, message, fatal: false };
}
