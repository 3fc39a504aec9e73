import { randomBytes, randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { SandboxError } from "../sandbox-error.ts";
import { signRequest } from "./signature.ts";

/** What opens the socket: where to, as whom, and how honestly. */
export type ConnectOptions = {
  url: string;
  organizationId: string;
  apiKey: string;
  /** Plain base64, as the platform keeps it. */
  clientSecret?: string;
  /** `wrong` signs with another secret, `stale` with a signature that ran out; to try the refusals. */
  signing?: "signed" | "unsigned" | "wrong" | "stale";
};

const HANDSHAKE_TIMEOUT_MS = 5000;
const MAX_INCOMING_BYTES = 1 << 20;

/** Opens the AudioHook socket with the service's own headers; it follows no redirects. */
export function connectAudioHook(options: ConnectOptions, sessionId: string): WebSocket {
  const url = readUrl(options.url);
  const correlationId = randomUUID();
  return new WebSocket(url, {
    headers: {
      "User-Agent": "GenesysCloud-AudioHook-Client",
      "Audiohook-Organization-Id": options.organizationId,
      "Audiohook-Session-Id": sessionId,
      "Audiohook-Correlation-Id": correlationId,
      "X-API-KEY": options.apiKey,
      ...signatureHeaders(options, url, { sessionId, correlationId }),
    },
    followRedirects: false,
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: MAX_INCOMING_BYTES,
  });
}

function readUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || !["ws:", "wss:"].includes(url.protocol)) {
    throw new SandboxError(`"${text}" is not an AudioHook address: it begins with ws:// or wss://.`);
  }
  return url;
}

function signatureHeaders(
  { signing = "signed", clientSecret, ...options }: ConnectOptions,
  url: URL,
  ids: { sessionId: string; correlationId: string },
): Partial<ReturnType<typeof signRequest>> {
  if (signing === "unsigned" || !clientSecret) return {};
  const seconds = Math.floor(Date.now() / 1000);
  return signRequest({
    authority: url.host,
    target: `${url.pathname}${url.search}`,
    organizationId: options.organizationId,
    apiKey: options.apiKey,
    clientSecret: signing === "wrong" ? randomBytes(32).toString("base64") : clientSecret,
    ...(signing === "stale" && { created: seconds - 120, expires: seconds - 90 }),
    ...ids,
  });
}

export type SocketHandlers = {
  opened: () => void;
  text: (text: string) => void;
  binary: () => void;
  /** The server answered the upgrade with a status of its own. */
  refused: (status: number) => void;
  failed: (error: NodeJS.ErrnoException) => void;
  closed: (code: number) => void;
};

export function listenTo(socket: WebSocket, handlers: SocketHandlers): void {
  socket.on("open", handlers.opened);
  socket.on("message", (payload, binary) => (binary ? handlers.binary() : handlers.text(String(payload))));
  socket.on("unexpected-response", (request, response) => {
    handlers.refused(response.statusCode ?? 0);
    request.destroy();
  });
  socket.on("error", handlers.failed);
  socket.on("close", handlers.closed);
}
