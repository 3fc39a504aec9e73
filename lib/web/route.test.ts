import { expect, test } from "vitest";
import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { jsonRoute, readBody } from "./route.ts";

const context = { params: Promise.resolve({ tenant: "acme" }) };
const post = (body: string) => new Request("http://portal.test/x", { method: "POST", body });

test("an expected failure answers its status, its code and words for people", async () => {
  const route = jsonRoute(async () => {
    throw new AppError("conflict", "This queue is mapped already.", { context: { queue: "secret-id" } });
  });
  const response = await route(post(""), context);
  expect(response.status).toBe(409);
  expect(await response.json()).toEqual({
    error: { code: "conflict", message: "This queue is mapped already." },
  });
});

test("an unexpected failure tells the outside nothing about its cause", async () => {
  const route = jsonRoute(async () => {
    throw new Error("password of the database");
  });
  const response = await route(post(""), context);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("password");
});

test("a body over the limit is refused", async () => {
  const route = jsonRoute((request) => readBody(request, z.object({ text: z.string() }), 16));
  expect((await route(post(JSON.stringify({ text: "longer than sixteen bytes" })), context)).status).toBe(
    413,
  );
});

test("a body that is no JSON is refused without quoting it", async () => {
  const route = jsonRoute((request) => readBody(request, z.object({})));
  const response = await route(post("{customer said"), context);
  expect(response.status).toBe(422);
  expect(await response.text()).not.toContain("customer");
});
