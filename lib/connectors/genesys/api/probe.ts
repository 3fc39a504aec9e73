import { randomUUID } from "node:crypto";
import { WebSocket } from "undici";
import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { parse, parseJson } from "#/lib/kernel/parse.ts";
import { audiohookHeaders } from "./sign-request.ts";

const NOBODY = "00000000-0000-0000-0000-000000000000";
const ANSWER_TIMEOUT_MS = 10_000;
const CHANNELS = [["external", "internal"], ["external"], ["internal"]];

const serverMessage = z.object({ type: z.string(), seq: z.number() });

export type ProbeTarget = {
  address: URL;
  apiKey: string;
  clientSecret: string | undefined;
  organizationId: string | undefined;
};

/**
 * Does what Genesys Cloud does when an admin activates the integration: a signed socket, `open` for a
 * call that does not exist, `opened`, `close`, `closed`. Throws `upstream_rejected` with the reason.
 */
export async function probe(target: ProbeTarget, nowMs: number, signal: AbortSignal): Promise<void> {
  const sessionId = randomUUID();
  const organizationId = target.organizationId ?? randomUUID();
  const headers = audiohookHeaders({ ...target, organizationId }, sessionId, nowMs);
  const socket = new WebSocket(target.address, { headers });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
  const answers = listen(socket, limit);
  let seq = 0;
  let serverseq = 0;
  const say = (type: string, parameters: object) => {
    seq += 1;
    socket.send(
      JSON.stringify({ version: "2", id: sessionId, type, seq, serverseq, position: "PT0S", parameters }),
    );
  };
  const expectType = async (type: string) => {
    const message = await answers.next();
    if (message.type !== type) throw refused(`it answered "${message.type}" instead of "${type}"`);
    serverseq = message.seq;
  };
  try {
    await answers.open;
    say("open", {
      organizationId,
      conversationId: NOBODY,
      participant: { id: NOBODY, ani: "", aniName: "", dnis: "" },
      media: CHANNELS.map((channels) => ({ type: "audio", format: "PCMU", channels, rate: 8000 })),
      language: "en-US",
    });
    await expectType("opened");
    say("close", { reason: "end" });
    await expectType("closed");
  } finally {
    socket.close();
  }
}

function refused(reason: string): AppError {
  return new AppError("upstream_rejected", `The AudioHook server refused the probe: ${reason}.`);
}

type Message = z.output<typeof serverMessage>;

function listen(socket: WebSocket, limit: AbortSignal): { open: Promise<void>; next(): Promise<Message> } {
  const received: Message[] = [];
  let waiting: ((message: Message) => void) | undefined;
  const failed = Promise.withResolvers<never>();
  // Nobody may be waiting at the moment it fails.
  failed.promise.catch(() => {});
  const fail = (reason: string) => failed.reject(refused(reason));
  const opened = Promise.withResolvers<void>();

  limit.addEventListener("abort", () => fail("no answer in time"), { once: true });
  socket.addEventListener("open", () => opened.resolve());
  socket.addEventListener("error", () => fail("the key or the signature was not accepted (401)"));
  socket.addEventListener("close", () => fail("the connection was closed"));
  socket.addEventListener("message", ({ data }) => {
    try {
      const message = parse(serverMessage, parseJson(String(data)));
      if (waiting) waiting(message);
      else received.push(message);
      waiting = undefined;
    } catch {
      fail("its answer is no AudioHook message");
    }
  });

  const next = () =>
    new Promise<Message>((resolve) => {
      const first = received.shift();
      if (first) resolve(first);
      else waiting = resolve;
    });
  return {
    open: Promise.race([opened.promise, failed.promise]),
    next: () => Promise.race([next(), failed.promise]),
  };
}
