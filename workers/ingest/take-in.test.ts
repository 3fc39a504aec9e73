import { afterEach, expect, test } from "vitest";
import * as z from "zod";
import { defineIngestSide } from "#/lib/connectors/ingest.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { createLog } from "#/lib/kernel/log.ts";
import type { Delivery } from "#/lib/pipeline/delivery.ts";
import { serveHttp } from "../runtime/serve-http.ts";
import { ingestRoutes } from "./routes.ts";
import { type IngestDeps, takeIn } from "./take-in.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((door) => door.close()));
});

const PLACE = { tenantId: "t", connectionId: "c" };

const side = defineIngestSide({
  credentials: z.object({ key: z.string() }),
  receive: ({ key }, { headers, body, rest }) =>
    headers["x-key"] === key
      ? { status: 202, body: { rest }, deliveries: [{ messageId: body.toString("hex"), payload: { rest } }] }
      : { status: 403, refusal: "wrong key" },
});

async function door(changes: Partial<IngestDeps> = {}) {
  const stored: Delivery[] = [];
  const deps: IngestDeps = {
    find: async (publicId) =>
      publicId === "pub" ? { ...PLACE, platform: "five9", values: { key: "k" } } : undefined,
    accept: async (delivery) => void stored.push(delivery),
    log: createLog("test", "silent"),
    now: () => 5,
    count: () => undefined,
    sideOf: (platform) => (platform === "five9" ? side : undefined),
    ...changes,
  };
  const routes = ingestRoutes((request) => takeIn(request, deps));
  const served = await serveHttp({ port: 0, log: deps.log, checks: {}, routes });
  open.push(served);
  const post = (path: string, headers: Record<string, string> = { "x-key": "k" }) =>
    fetch(`http://127.0.0.1:${served.port}/ingest/${path}`, {
      method: "POST",
      headers,
      body: new Uint8Array([0, 255]),
    });
  return { stored, post };
}

test("what a connector hands over is stored under the connection, byte for byte, before success is answered", async () => {
  const { stored, post } = await door();
  const answer = await post("five9/pub/subscriptions/s1");
  expect(answer.status).toBe(202);
  expect(await answer.json()).toEqual({ rest: "subscriptions/s1" });
  expect(stored).toEqual([
    { ...PLACE, door: "ingest", messageId: "00ff", payload: { rest: "subscriptions/s1" }, receivedAt: 5 },
  ]);
});

test("what cannot be stored is answered 503, so that it is sent again", async () => {
  const accept = async () => {
    throw new AppError("upstream_unavailable", "The delivery could not be stored; send it again.");
  };
  const { post } = await door({ accept });
  expect((await post("five9/pub")).status).toBe(503);
});

test("the connector decides how a stranger is answered", async () => {
  const { stored, post } = await door();
  expect((await post("five9/pub", {})).status).toBe(403);
  expect(stored).toEqual([]);
});

test("unknown connections, other platforms and platforms that push nothing look the same", async () => {
  const { post } = await door();
  const answers = await Promise.all(
    ["five9/other", "8x8/pub", "genesys/pub", "nothing/pub"].map((path) => post(path)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
});
