import type { IncomingMessage } from "node:http";
import type { LookupFunction } from "node:net";
import { type ClientOptions, WebSocket } from "ws";
import type { SessionEnd } from "./stream-session.ts";

export type SocketAddress = {
  url: URL;
  headers: Record<string, string>;
  /** The addresses that the host was looked up to and may be reached at; the socket goes to the first of them. */
  addresses: readonly { address: string; family: number }[];
};

export type SocketHandlers = {
  onOpen(): void;
  onText(text: string): void;
  onPong(): void;
  /** Called once. */
  onEnd(end: SessionEnd): void;
};

/** What a session needs of a socket. */
export type PulsarSocket = { send(text: string): void; ping(): void; end(): void };
export type OpenSocket = (address: SocketAddress, handlers: SocketHandlers) => PulsarSocket;

/** The platform's own recommendation. */
const HANDSHAKE_TIMEOUT_MS = 45_000;
/** A message of Pulsar's usual limit of 5 MB, in base64 and with its envelope. */
const LARGEST_FRAME_BYTES = 8 * 1024 * 1024;
/** Of a refusal's page its title is enough; a server that only pretends to send one is not waited for. */
const REFUSAL_BYTES = 2_048;
const REFUSAL_WAIT_MS = 1_000;

/**
 * A socket on `ws`. The broker's close codes 1 to 8 are illegal on the wire: `ws` reports them as an error and then
 * as a close, which is one end here. A refused upgrade keeps its status.
 */
export const openWebSocket: OpenSocket = ({ url, headers, addresses }, handlers) => {
  const options: ClientOptions & { lookup: LookupFunction } = {
    headers,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: LARGEST_FRAME_BYTES,
    perMessageDeflate: false,
    followRedirects: false,
    lookup: lookupIn(addresses),
  };
  const socket = new WebSocket(url, options);
  let ended = false;
  const end = (how: SessionEnd) => {
    if (ended) return;
    ended = true;
    handlers.onEnd(how);
  };
  socket.on("open", () => handlers.onOpen());
  socket.on("message", (bytes, binary) => {
    if (!binary && !ended) handlers.onText(bytes.toString());
  });
  socket.on("pong", () => handlers.onPong());
  socket.on("unexpected-response", (_request, response) => {
    void beginningOf(response).then((said) => {
      end({ kind: "refused", status: response.statusCode ?? 0, ...(said && { said }) });
      socket.terminate();
    });
  });
  socket.on("error", (error) => end({ kind: "lost", detail: wordsOf(error) }));
  socket.on("close", (code) => end({ kind: "lost", detail: `The broker closed the stream (${code}).` }));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    ping: () => {
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    },
    end: () => socket.terminate(),
  };
};

function beginningOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    const done = () => {
      clearTimeout(late);
      response.destroy();
      resolve(said.slice(0, REFUSAL_BYTES));
    };
    const late = setTimeout(done, REFUSAL_WAIT_MS);
    response.setEncoding("utf8");
    response.on("data", (part: string) => {
      said += part;
      if (said.length >= REFUSAL_BYTES) done();
    });
    response.on("end", done);
    response.on("error", done);
  });
}

/** The host is not looked up again: a name cannot point elsewhere between the look at it and the call. */
function lookupIn(addresses: SocketAddress["addresses"]): LookupFunction {
  const all = addresses.map(({ address, family }) => ({ address, family }));
  return (host, options, done) => {
    const [first] = all;
    if (!first) done(new Error(`${host} has no address`), "");
    else if (options.all) done(null, all);
    else done(null, first.address, first.family);
  };
}

function wordsOf(error: Error): string {
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return code === "WS_ERR_INVALID_CLOSE_CODE"
    ? "The broker closed the stream with a code of its own."
    : `The connection failed (${code}).`;
}
