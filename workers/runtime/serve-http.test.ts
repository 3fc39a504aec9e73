import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { AppError } from "#/lib/kernel/app-error.ts";
import { createLog } from "#/lib/kernel/log.ts";
import { type DoorRoutes, serveHttp } from "./serve-http.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((door) => door.close()));
});

async function door(routes: DoorRoutes, maxBodyBytes = 100) {
  const served = await serveHttp({
    port: 0,
    log: createLog("test", "silent"),
    checks: {},
    routes,
    maxBodyBytes,
  });
  open.push(served);
  return { port: served.port, url: `http://127.0.0.1:${served.port}` };
}

test("a route gets its parameters and the body byte by byte", async () => {
  const { url } = await door({
    "POST /ingest/:platform/:connectionId": async ({ params, query, body }) => ({
      status: 202,
      body: { params, key: query.get("key"), bytes: [...body] },
    }),
  });
  const answer = await fetch(`${url}/ingest/8x8/a%20b?key=1`, {
    method: "POST",
    body: new Uint8Array([0, 255, 13, 10]),
  });
  expect(answer.status).toBe(202);
  expect(await answer.json()).toEqual({
    params: { platform: "8x8", connectionId: "a b" },
    key: "1",
    bytes: [0, 255, 13, 10],
  });
});

test("an expected failure answers with its own status and message", async () => {
  const { url } = await door({
    "GET /thing": async () => {
      throw new AppError("rate_limited", "Too many at once.", { context: { secret: "inside" } });
    },
  });
  const answer = await fetch(`${url}/thing`);
  expect(answer.status).toBe(429);
  expect(await answer.json()).toEqual({ error: { code: "rate_limited", message: "Too many at once." } });
});

test("an unexpected failure gives no detail away", async () => {
  const { url } = await door({
    "GET /thing": async () => {
      throw new Error("connection string postgres://owner:pw@host");
    },
  });
  const answer = await fetch(`${url}/thing`);
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain("postgres");
});

test("a body over the limit is refused, announced or not", async () => {
  const { url } = await door({ "POST /thing": async () => ({ status: 200 }) });
  const announced = await fetch(`${url}/thing`, { method: "POST", body: "x".repeat(101) });
  expect(announced.status).toBe(413);
  const chunked = await fetch(`${url}/thing`, {
    method: "POST",
    body: new Blob(["x".repeat(60), "x".repeat(60)]).stream(),
    duplex: "half",
  } as RequestInit);
  expect(chunked.status).toBe(413);
});

test("other addresses, methods and broken escapes are refused", async () => {
  const { url } = await door({ "POST /thing/:id": async () => ({ status: 200 }) });
  expect((await fetch(`${url}/thing/1`)).status).toBe(404);
  expect((await fetch(`${url}/thing/`, { method: "POST" })).status).toBe(404);
  expect((await fetch(`${url}/thing/%E0%A4%A`, { method: "POST" })).status).toBe(422);
});

test("a request target that is no address does not end the process", async () => {
  const { port } = await door({});
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.end("GET // HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  expect(await text(socket)).toContain("HTTP/1.1 422");
});

test("probes are answered beside the routes", async () => {
  const { url } = await door({});
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});
