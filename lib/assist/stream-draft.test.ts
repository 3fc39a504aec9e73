import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { expect, test } from "vitest";
import { streamDraft } from "./stream-draft.ts";

type Fetch = (address: unknown, init?: RequestInit) => Promise<Response>;

async function draftFrom(fetch: Fetch, timeouts?: Parameters<typeof streamDraft>[1]): Promise<string[]> {
  const provider = createOpenAICompatible({ name: "test", baseURL: "http://model.invalid/v1", fetch });
  const request = { model: provider.chatModel("m"), instructions: "", prompt: "When?" };
  const said: string[] = [];
  for await (const piece of streamDraft(request, timeouts))
    if (piece.type === "sentence") said.push(piece.text);
  return said;
}

test("a server that takes the request and never answers is given up like one that stalls", async () => {
  const silent: Fetch = (_address, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
    });
  const timeouts = { firstChunkMs: 20, chunkMs: 20, totalMs: 60_000 };
  await expect(draftFrom(silent, timeouts)).rejects.toMatchObject({ name: "TimeoutError" });
});

test("a model that does not stop writing is cut off", async () => {
  const word = `data: ${JSON.stringify({ id: "1", choices: [{ index: 0, delta: { content: "and on ".repeat(100) } }] })}\n\n`;
  const endless: Fetch = async () =>
    new Response(new ReadableStream({ pull: (to) => to.enqueue(new TextEncoder().encode(word)) }), {
      headers: { "content-type": "text/event-stream" },
    });
  await expect(draftFrom(endless)).rejects.toMatchObject({ name: "RangeError" });
});
