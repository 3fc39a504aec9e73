import { afterEach, expect, test } from "vitest";
import * as z from "zod";
import type { AppError } from "#/lib/kernel/app-error.ts";
import { createGenesysClient } from "./genesys-client.ts";
import { type LocalPlatform, localPlatform, type Reply } from "./test-doubles.ts";

const SCHEMA = z.object({ ok: z.boolean() });
const OK: Reply = { json: { ok: true } };
const BUSY = (headers: Record<string, string>): Reply => ({
  status: 429,
  headers,
  json: { status: 429, code: "too.many.requests", message: "Rate limit exceeded", contextId: "c-1" },
});

let platform: LocalPlatform | undefined;
afterEach(() => platform?.close());

async function aClient(
  replies: Reply[],
  refusal: { token?: () => Promise<string>; onRefused?: (token: string) => void } = {},
) {
  platform = await localPlatform((_asked, nth) => replies[Math.min(nth, replies.length) - 1] ?? OK);
  const { hosts, access } = platform;
  return { platform, client: createGenesysClient({ hosts, access, token: async () => "t-1", ...refusal }) };
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: AppError) => error,
  );

test("a request carries the token, its query and its body", async () => {
  const { platform, client } = await aClient([OK]);
  const query = { pageSize: 100, id: ["a", "b"], name: undefined };
  expect(await client.request("POST", "/api/v2/x", { schema: SCHEMA, query, body: ["m"] })).toEqual({
    ok: true,
  });
  expect(platform.asked[0]).toMatchObject({ path: "/api/v2/x?pageSize=100&id=a&id=b", body: '["m"]' });
  expect(platform.asked[0]?.headers.authorization).toBe("Bearer t-1");
});

test("a 429 is tried again after the time that it names, and counted", async () => {
  const { platform, client } = await aClient([
    BUSY({ "retry-after": "3", "inin-ratelimit-allowed": "300", "inin-ratelimit-count": "301" }),
    BUSY({ "inin-ratelimit-reset": "7" }),
    OK,
  ]);
  await client.request("POST", "/api/v2/x", { schema: SCHEMA });
  expect(platform.waits).toEqual([3_000, 8_000]);
  expect(platform.reports).toEqual([
    { refused: true, allowed: 300, used: 301 },
    { refused: true, resetMs: 7_000 },
    { refused: false },
  ]);
});

test("a 429 without a time waits longer each time, and three tries are the end", async () => {
  const { platform, client } = await aClient([BUSY({})]);
  const error = await failure(client.request("GET", "/api/v2/x", { schema: SCHEMA }));
  expect(error).toMatchObject({
    code: "rate_limited",
    context: { status: "429", code: "too.many.requests", contextId: "c-1" },
  });
  expect(platform.asked).toHaveLength(3);
  const [first = 0, second = 0] = platform.waits;
  expect(first).toBeGreaterThan(0);
  expect(second).toBeGreaterThanOrEqual(first);
});

test("trouble on the way is tried again only where that is harmless", async () => {
  const first = await aClient([{ status: 503 }, { drop: true }, OK]);
  expect(await first.client.request("GET", "/api/v2/x", { schema: SCHEMA })).toEqual({ ok: true });
  await first.platform.close();

  const second = await aClient([{ drop: true }, OK]);
  const error = await failure(second.client.request("POST", "/api/v2/x", { schema: SCHEMA, body: {} }));
  expect(error).toMatchObject({ code: "upstream_unavailable" });
  expect(second.platform.asked).toHaveLength(1);

  const bulk = { schema: SCHEMA, body: [], idempotent: true };
  expect(await second.client.request("POST", "/api/v2/x", bulk)).toEqual({ ok: true });
});

test("one attempt is one attempt, even when the platform is only busy", async () => {
  const { platform, client } = await aClient([BUSY({ "retry-after": "1" }), OK]);
  const error = await failure(client.request("POST", "/api/v2/x", { schema: SCHEMA, attempts: 1 }));
  expect(error?.code).toBe("rate_limited");
  expect(platform.asked).toHaveLength(1);
});

test("a 403 names the permission that is missing", async () => {
  const message =
    "Unable to perform the requested action. You must have at least one of: [routing:queue:view]";
  const { client } = await aClient([
    { status: 403, json: { status: 403, code: "missing.any.permissions", message } },
  ]);
  const error = await failure(client.request("GET", "/api/v2/x", { schema: SCHEMA }));
  expect(error).toMatchObject({
    code: "upstream_rejected",
    context: { status: "403", permissions: "routing:queue:view" },
  });
});

test("a refused token is replaced once, and a second refusal is the answer", async () => {
  const tokens = ["stale", "fresh"];
  const renewing = { token: async () => tokens[0] ?? "", onRefused: () => void tokens.shift() };
  const { platform, client } = await aClient(
    [{ status: 401 }, OK, { status: 401 }, { status: 401 }],
    renewing,
  );
  await client.request("POST", "/api/v2/x", { schema: SCHEMA });
  expect(platform.asked.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer stale",
    "Bearer fresh",
  ]);
  tokens.unshift("stale");
  const error = await failure(client.request("GET", "/api/v2/x", { schema: SCHEMA }));
  expect(error?.context.status).toBe("401");
  expect(platform.asked).toHaveLength(4);
});

test("an answer of an unknown shape and one that is no JSON are refused in words", async () => {
  const { client } = await aClient([{ json: { ok: "yes" } }, {}]);
  for (const _ of [1, 2]) {
    const error = await failure(client.request("GET", "/api/v2/x", { schema: SCHEMA }));
    expect(error).toMatchObject({ code: "upstream_rejected", context: { code: "unknown.shape" } });
  }
});

test("an empty answer is undefined", async () => {
  const { client } = await aClient([{ status: 204 }]);
  expect(await client.request("DELETE", "/api/v2/x", { schema: z.undefined() })).toBeUndefined();
});

test("an abort ends the request with the caller's own reason", async () => {
  const { client } = await aClient([OK]);
  const reason = new Error("the page was closed");
  const signal = AbortSignal.abort(reason);
  await expect(client.request("GET", "/api/v2/x", { schema: SCHEMA, signal })).rejects.toBe(reason);
});
