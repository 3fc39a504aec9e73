import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";

/** One connection as the service sees it; a test makes it speak. */
export class DeepgramConnection {
  readonly request: URL;
  readonly authorization: string | undefined;
  readonly controls: string[] = [];
  /** Samples received, as they came. */
  readonly heard: number[] = [];
  /** What a `CloseStream` is answered with before the connection is closed. */
  atClose: (connection: DeepgramConnection) => void = () => undefined;
  deafToClose = false;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket, request: IncomingMessage) {
    this.#socket = socket;
    this.request = new URL(request.url ?? "", "ws://local");
    this.authorization = request.headers.authorization;
    socket.on("message", (data: Buffer, isBinary) => (isBinary ? this.#audio(data) : this.#control(data)));
  }

  get heardMs(): number {
    return this.heard.length / 8;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  say(message: Record<string, unknown>): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** A `Results` message; each word lasts as long as every other. */
  results(text: string, start: number, duration: number, flags: Record<string, boolean> = {}): void {
    const words = text === "" ? [] : text.split(" ");
    const each = duration / Math.max(1, words.length);
    this.say({
      type: "Results",
      channel_index: [0, 1],
      start,
      duration,
      is_final: false,
      speech_final: false,
      ...flags,
      channel: {
        alternatives: [
          {
            transcript: text,
            confidence: 0.9,
            words: words.map((word, i) => ({
              word: word.toLowerCase().replace(/\W/g, ""),
              punctuated_word: word,
              start: start + i * each,
              end: start + (i + 1) * each,
              confidence: 0.8,
            })),
          },
        ],
      },
    });
  }

  /** The network is gone: no goodbye. */
  cut(): void {
    this.#socket.terminate();
  }

  close(code: number): void {
    this.#socket.close(code);
  }

  #audio(data: Buffer): void {
    for (let at = 0; at < data.length; at += 2) this.heard.push(data.readInt16LE(at));
  }

  #control(data: Buffer): void {
    const { type } = JSON.parse(data.toString("utf8")) as { type: string };
    this.controls.push(type);
    if (type !== "CloseStream" || this.deafToClose) return;
    this.atClose(this);
    this.say({ type: "Metadata", request_id: "r", duration: this.heardMs / 1000, channels: 1 });
    this.#socket.close(1000);
  }
}

/** A small server that speaks the live API's WebSocket, on a free port of this machine. */
export async function localDeepgram({ key = "right-key" } = {}) {
  const connections: DeepgramConnection[] = [];
  const server = createServer();
  const wss = new WebSocketServer({ noServer: true });
  const state = { refuseWith: 0, answers: true, onConnection: (_: DeepgramConnection) => {} };
  const sockets = new Set<Duplex>();
  server.on("upgrade", (request, socket, head) => {
    sockets.add(socket);
    if (!state.answers) return;
    const allowed = request.headers.authorization === `Token ${key}`;
    const status = state.refuseWith || (allowed ? 0 : 401);
    if (status) return void socket.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\n\r\n`);
    wss.handleUpgrade(request, socket, head, (ws) => {
      const connection = new DeepgramConnection(ws, request);
      state.onConnection(connection);
      connections.push(connection);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    state,
    connections,
    key,
    endpoint: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
