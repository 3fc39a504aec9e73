/**
 * The least that a WebSocket server can do with the same calls: it takes their frames and answers `open`,
 * `ping` and `close`, or the client would not go on. No keys, no state, no audio.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { answerParent } from "../bench-child.ts";
import { readProcessFigures } from "./process-figures.ts";

type Said = { id: string; type: string; seq: number; parameters: { media?: unknown[] } };

const ANSWERS: Readonly<Record<string, string>> = { open: "opened", ping: "pong", close: "closed" };

const http = createServer();
const wss = new WebSocketServer({ server: http, perMessageDeflate: false, clientTracking: false });
let frames = 0;
wss.on("connection", (ws) => {
  let seq = 0;
  ws.on("message", (data, isBinary) => {
    if (isBinary) {
      frames += 1;
      return;
    }
    const { id, type, seq: clientseq, parameters } = JSON.parse(String(data)) as Said;
    const answer = ANSWERS[type];
    if (!answer) return;
    seq += 1;
    const media = answer === "opened" ? { media: parameters.media?.slice(0, 1) } : {};
    ws.send(JSON.stringify({ version: "2", id, type: answer, seq, clientseq, parameters: media }));
  });
});
http.listen(0, "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo;
  answerParent({ port }, { figures: readProcessFigures, health: () => ({ frames }) });
});
