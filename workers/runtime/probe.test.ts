import { afterEach, expect, test } from "vitest";
import { type ReadinessChecks, serveProbe } from "./probe.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((door) => door.close()));
});

async function probe(checks: ReadinessChecks) {
  const door = await serveProbe({ port: 0, checks });
  open.push(door);
  return (path: string) => fetch(`http://127.0.0.1:${door.port}${path}`);
}

test("a process that reaches everything is ready", async () => {
  const get = await probe({ postgres: async () => "fine" });
  const answer = await get("/readyz");
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ ready: true, checks: { postgres: "ok" } });
});

test("a failing check is named and its cause is kept back", async () => {
  const get = await probe({
    postgres: async () => "fine",
    redis: async () => {
      throw new Error("password wrong at 10.0.0.1");
    },
  });
  const answer = await get("/readyz");
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ ready: false, checks: { postgres: "ok", redis: "failed" } });
});

test("a check that hangs counts as failed", async () => {
  const get = await probe({ redis: () => new Promise(() => {}) });
  expect((await get("/readyz")).status).toBe(503);
});

test("a process is alive even when it is not ready", async () => {
  const get = await probe({ redis: () => Promise.reject(new Error("gone")) });
  expect((await get("/healthz")).status).toBe(200);
  expect((await get("/other")).status).toBe(404);
});

test("a taken port is named", async () => {
  const door = await serveProbe({ port: 0, checks: {} });
  open.push(door);
  await expect(serveProbe({ port: door.port, checks: {} })).rejects.toThrow(
    `Port ${door.port} on 127.0.0.1 is already taken.`,
  );
});
