import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { type RunningDomain, startFive9Domain } from "./start-domain.ts";

const TRUST_TOKEN = "trust-me";
const digest = createHash("sha256").update(TRUST_TOKEN).digest("hex");

let domain: RunningDomain | undefined;
const doors: Server[] = [];
afterEach(async () => {
  await domain?.close();
  for (const door of doors.splice(0)) door.close();
});

type Post = { path: string; key: string | undefined; body: Record<string, unknown> };

/** A product's door, which answers the validation and keeps what is posted. */
async function aDoor() {
  const posts: Post[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === "GET") return void response.end(JSON.stringify(digest));
    let text = "";
    for await (const part of request) text += String(part);
    posts.push({
      path: request.url ?? "",
      key: request.headers["x-api-key"]?.toString(),
      body: JSON.parse(text),
    });
    response.end("{}");
  });
  doors.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/ingest/five9/one`, posts };
}

async function started() {
  domain = await startFive9Domain({ controlToken: "steer" });
  const { url } = domain;
  const ask = async (path: string, body: object, headers: Record<string, string>) => {
    const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  return {
    url,
    desktop: (path: string, body: object) => ask(`/desktop/api${path}`, body, { "x-sandbox-desktop": "1" }),
    steer: (path: string, body: object, token = "steer") =>
      ask(`/_control${path}`, body, { authorization: `Bearer ${token}` }),
  };
}

const subscriptionTo = (url: string, apiKey: string) => ({
  voiceAddress: "localhost:1",
  trustToken: TRUST_TOKEN,
  events: { url, apiKey },
});

test("each connection has a subscription of its own, and its calls go nowhere else", async () => {
  const { steer, desktop } = await started();
  const [one, other] = [await aDoor(), await aDoor()];
  const first = await steer("/subscription", subscriptionTo(one.url, "key-1"));
  await steer("/subscription", subscriptionTo(other.url, "key-2"));
  await desktop("/calls", { subscription: first.body.key, stream: false });
  await vi.waitFor(() => expect(one.posts).toHaveLength(1));
  expect(one.posts[0]).toMatchObject({ path: "/ingest/five9/one", key: "key-1" });
  expect(other.posts).toEqual([]);
});

test("a chat's message is passed on by webhook where the desktop asks for it, under the id that the toolkit tells", async () => {
  const { steer, desktop } = await started();
  const door = await aDoor();
  const { body: made } = await steer("/subscription", subscriptionTo(door.url, "key-1"));
  const { body: chat } = await desktop("/chats", { subscription: made.key, skillId: "250002" });
  const path = `/interactions/${chat.id}/messages`;
  await desktop(path, { from: "customer", text: "not this one" });
  const { body: message } = await desktop(path, { from: "customer", text: "this one", webhook: true });
  await vi.waitFor(() => expect(door.posts).toHaveLength(1));
  expect(door.posts[0]).toMatchObject({
    path: "/ingest/five9/one/chat",
    key: "key-1",
    body: {
      conversationId: chat.id,
      messageId: message.id,
      from: "customer",
      text: "this one",
      skill: "Billing",
    },
  });
});

test("the desktop learns where a subscription goes and none of its secrets; strangers steer nothing", async () => {
  const { url, steer, desktop } = await started();
  const door = await aDoor();
  const { body: made } = await steer("/subscription", subscriptionTo(door.url, "key-1"));
  const start = await fetch(`${url}/desktop/api/start?subscription=${made.key}`, {
    headers: { "x-sandbox-desktop": "1" },
  });
  const told = await start.text();
  expect(JSON.parse(told).subscription).toEqual({
    key: made.key,
    voiceAddress: "localhost:1",
    events: door.url,
  });
  expect(told).not.toContain(TRUST_TOKEN);
  expect((await steer("/subscription", subscriptionTo(door.url, "k"), "guessed")).status).toBe(401);
  expect((await desktop("/calls", { subscription: crypto.randomUUID() })).status).toBe(409);
});
