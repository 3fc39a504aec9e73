import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { MODEL_SERVER_PORT } from "./product.ts";

export const MODEL_KEY = "key-of-the-house";
const PIECES = /\S+\s*/g;

export type ModelServer = {
  address: string;
  /** What the last chat request asked. */
  asked(): string;
  /** The words that the next answers are made of; undefined makes the server fail. */
  answerWith(text: string | undefined): void;
  close(): Promise<void>;
};

/** A server that speaks the OpenAI chat API over the wire: it knows one key and streams word by word. */
export async function startModelServer(): Promise<ModelServer> {
  let answer: string | undefined = "ready";
  let asked = "";
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${MODEL_KEY}`) return refuse(response, 401);
    if (request.url === "/v1/models") return void response.end('{"data":[{"id":"house"}]}');
    void readBody(request).then((body) => {
      asked = body;
      if (answer === undefined) refuse(response, 500);
      else stream(response, answer);
    });
  });
  await new Promise<void>((done) => server.listen(MODEL_SERVER_PORT, "127.0.0.1", done));
  return {
    address: `http://127.0.0.1:${MODEL_SERVER_PORT}/v1`,
    asked: () => asked,
    answerWith: (text) => {
      answer = text;
    },
    close: () => close(server),
  };
}

function stream(response: ServerResponse, text: string): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (delta: object, reason: string | null = null) => {
    const choices = [{ index: 0, delta, finish_reason: reason }];
    const chunk = { id: "1", object: "chat.completion.chunk", created: 1, model: "house", choices };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  for (const content of text.match(PIECES) ?? []) send({ content });
  send({}, "stop");
  response.end("data: [DONE]\n\n");
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end('{"error":{"message":"not now"}}');
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
