import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openLanguageModel } from "#/lib/models/open-language-model.ts";
import { createOutbound } from "#/lib/outbound/outbound.ts";
import type { ChosenModel } from "#/lib/routing/choose-profile.ts";
import type { FoundPassage } from "./retrieve.ts";
import { type DraftInput, writeDraft } from "./write-draft.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const TEXT =
  "A card refund arrives within 5 to 7 business days. There is no fee. Refunds to a bank account take 3 business days.";

function aPassage(): FoundPassage {
  const chunk = { id: "c1", documentId: "d1", title: "Refunds", headingPath: ["Refunds"], text: TEXT };
  return {
    chunkId: "c1",
    documentId: "d1",
    score: 0.8,
    rank: 1,
    lexical: 1,
    dense: 0.7,
    matchedTerms: [],
    why: "",
    chunk,
  };
}

/** A model server that speaks the OpenAI chat API over a real socket. */
async function modelServer(answer: (response: ServerResponse, body: string) => void) {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => answer(response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const outbound = createOutbound({ allowedHosts: `127.0.0.1:${port}` });
  closing.push(() => {
    server.closeAllConnections();
    server.close();
    void outbound.close();
  });
  const row = { baseUrl: `http://127.0.0.1:${port}/v1`, model: "m", name: "Test model", sealedKey: null };
  const ring = parseKeyRing(`k:${Buffer.alloc(32).toString("base64")}`);
  return { row: row as ChosenModel, open: (model: ChosenModel) => openLanguageModel(model, ring, outbound) };
}

const token = (text: string) =>
  `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", choices: [{ index: 0, delta: { content: text } }] })}\n\n`;
const END = `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\ndata: [DONE]\n\n`;

function stream(response: ServerResponse, parts: readonly string[], end = true): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const part of parts) response.write(token(part));
  if (end) response.end(END);
}

function inputFor(model: ChosenModel, shown: string[] = []): DraftInput {
  return {
    turns: [{ speaker: "customer", text: "When is the refund on my card?" }],
    question: "When is the refund on my card?",
    passages: [aPassage()],
    systemPrompt: "Be friendly.",
    model,
    onProgress: ({ sentences }) => void shown.push(sentences.map(({ text }) => text).join(" ")),
  };
}

test("supported sentences are shown as they come, each tied to its place in the passage", async () => {
  const parts = ["A card refund ", "arrives within 5 to 7", " business days. [1] There is", " no fee [1]."];
  let asked = "";
  const { row, open } = await modelServer((response, body) => {
    asked = body;
    stream(response, parts);
  });
  const shown: string[] = [];
  const { body, firstTokenAt } = await writeDraft(open, inputFor(row, shown));
  expect(body.sentences.map(({ text }) => text)).toEqual([
    "A card refund arrives within 5 to 7 business days.",
    "There is no fee.",
  ]);
  const [first] = body.sentences[0]?.citations ?? [];
  expect(first?.n).toBe(1);
  expect(TEXT.slice(first?.start, first?.end)).toContain("5 to 7 business days");
  expect(shown[0]).toBe("");
  expect(shown.at(-1)).toBe("A card refund arrives within 5 to 7 business days. There is no fee.");
  expect(firstTokenAt).toBeDefined();
  expect(asked).toContain("Be friendly.");
});

test("a wrong number is withheld before anyone sees it", async () => {
  const { row, open } = await modelServer((response) =>
    stream(response, ["A card refund arrives within 2 business days. ", "There is no fee."]),
  );
  const shown: string[] = [];
  const { body, reasons } = await writeDraft(open, inputFor(row, shown));
  expect(body.sentences.map(({ text }) => text)).toEqual(["There is no fee."]);
  expect(shown.join()).not.toContain("2 business days");
  expect(reasons).toHaveLength(1);
});

test("nonsense leaves the sources and says so", async () => {
  const { row, open } = await modelServer((response) =>
    stream(response, ["Bananas are blue and sing at night."]),
  );
  const { body } = await writeDraft(open, inputFor(row));
  expect(body.sentences).toEqual([]);
  expect(body.sources).toHaveLength(1);
  expect(body.note).toBe("The model wrote nothing that the sources support.");
});

test.each([
  ["refuses", (response: ServerResponse) => void response.writeHead(500).end("oh no, the customer said X")],
  ["answers no JSON", (response: ServerResponse) => void response.writeHead(200).end("<html>")],
  ["hangs up", (response: ServerResponse) => void response.destroy()],
])("a model that %s leaves the sources, and its words stay out of the trail", async (_name, answer) => {
  const { row, open } = await modelServer(answer);
  const { body, reasons } = await writeDraft(open, inputFor(row));
  expect(body.sources).toHaveLength(1);
  expect(body.note).toBeDefined();
  expect(reasons.join()).not.toContain("customer said");
});

test("a model that stalls is given up, and what it had written so far stays", async () => {
  const { row, open } = await modelServer((response) =>
    stream(response, ["There is no fee. ", "A card refund"], false),
  );
  const { body, reasons } = await writeDraft(open, inputFor(row));
  expect(body.sentences.map(({ text }) => text)).toEqual(["There is no fee."]);
  expect(body.note).toBe("The model broke off; this is what it had written.");
  expect(reasons.at(-1)).toMatch(/^model failed/);
});
