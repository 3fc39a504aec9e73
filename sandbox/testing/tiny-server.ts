import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

export type ClientMessage = {
  type: string;
  seq: number;
  serverseq: number;
  position: string;
  parameters: Record<string, unknown>;
};

type Reply = { type: string; parameters?: object; seq?: number; clientseq?: number; id?: string };

export type TinySession = {
  socket: WebSocket;
  headers: Record<string, string | string[] | undefined>;
  messages: ClientMessage[];
  audioBytes: number;
  reply(reply: Reply): void;
};

export type TinyServer = { url: string; sessions: TinySession[]; stop(): Promise<void> };

type Behavior = {
  /** Replaces the polite answer; return true when the message is dealt with. */
  onMessage?: (message: ClientMessage, session: TinySession) => boolean;
  refuseWith?: number;
};

/** The least that an AudioHook server can be, as polite as a test lets it be. */
export async function tinyServer({ onMessage, refuseWith }: Behavior = {}): Promise<TinyServer> {
  const sessions: TinySession[] = [];
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    verifyClient: (_info, decide) => decide(refuseWith === undefined, refuseWith),
  });
  server.on("connection", (socket, request) => {
    let seq = 0;
    let clientseq = 0;
    let id = "";
    const session: TinySession = {
      socket,
      headers: request.headers,
      messages: [],
      audioBytes: 0,
      reply({ type, parameters = {}, ...overrides }) {
        seq += 1;
        socket.send(JSON.stringify({ version: "2", id, type, seq, clientseq, parameters, ...overrides }));
      },
    };
    sessions.push(session);
    socket.on("message", (payload: Buffer, binary) => {
      if (binary) {
        session.audioBytes += payload.length;
        return;
      }
      const message = JSON.parse(String(payload));
      ({ seq: clientseq, id } = message);
      session.messages.push(message);
      if (!onMessage?.(message, session)) answer(message, session);
    });
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/audiohook/test`,
    sessions,
    stop: () => {
      for (const client of server.clients) client.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function answer({ type, parameters }: ClientMessage, session: TinySession): void {
  if (type === "open")
    session.reply({ type: "opened", parameters: { media: [(parameters.media as object[])[0]] } });
  if (type === "ping") session.reply({ type: "pong" });
  if (type === "update") session.reply({ type: "updated" });
  if (type === "close") session.reply({ type: "closed" });
}
