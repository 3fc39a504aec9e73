import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { type WebSocket, WebSocketServer } from "ws";
import type { SandboxEnv } from "./env.ts";
import type { SandboxCall } from "./sandbox-call.ts";

const PATH = /^\/api\/calls\/([\w-]+)\/microphone$/;
const RATES = { lowest: 8000, highest: 48_000 };
const MAX_FRAME_BYTES = 64_000;

type Options = { env: SandboxEnv; call: (id: string) => SandboxCall; log: Pick<Logger, "info"> };

/** `/api/calls/{id}/microphone?rate=16000`: binary frames of PCM16 become what the customer says. */
export function attachMicrophone(server: Server, { env, call, log }: Options): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  const origin = new URL(env.SANDBOX_URL).origin;
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? "/", origin);
    const id = PATH.exec(url.pathname)?.[1];
    const rate = Number(url.searchParams.get("rate") ?? 16_000);
    const rateFits = rate >= RATES.lowest && rate <= RATES.highest && Number.isInteger(rate);
    if (!id || !rateFits || request.headers.origin !== origin) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => listen(accepted, { id, rate, call, log }));
  });
}

function listen(
  socket: WebSocket,
  { id, rate, call, log }: Pick<Options, "call" | "log"> & { id: string; rate: number },
): void {
  // ws reports a frame that is too large here and closes by itself; the call only loses its speaker.
  socket.on("error", () => log.info("microphone connection failed"));
  try {
    const spoken = call(id);
    const live = spoken.microphone();
    void spoken.done.then(() => socket.close(1000));
    socket.on("message", (payload: Buffer, binary) => {
      if (binary) live.push(samplesOf(payload), rate);
    });
    socket.on("close", () => live.end());
  } catch (error) {
    socket.close(1008, error instanceof Error ? error.message.slice(0, 120) : "refused");
  }
}

function samplesOf(payload: Buffer): Int16Array {
  return Int16Array.from({ length: Math.floor(payload.length / 2) }, (_, i) => payload.readInt16LE(i * 2));
}
