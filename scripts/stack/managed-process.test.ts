import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createLogView } from "./log-view.ts";
import { keepRunning, type ManagedProcess } from "./managed-process.ts";
import { freePorts } from "./ports.ts";
import { livingProcess, stopLeftovers } from "./process-record.ts";

const folder = mkdtempSync(join(tmpdir(), "managed-"));
const around = {
  runDir: join(folder, "run"),
  cwd: folder,
  logs: createLogView(join(folder, "logs"), ["small"]),
};
const running: ManagedProcess[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((managed) => managed.stop(200)));
});

const SERVER = (port: number) =>
  `require("http").createServer((q, r) => r.end(String(process.pid))).listen(${port}, "127.0.0.1")`;

function launch(port: number, script: string): ManagedProcess {
  const managed = keepRunning(
    {
      name: "small",
      command: process.execPath,
      args: ["-e", script],
      env: { PATH: process.env.PATH },
      ready: async () => (await pidBehind(port)) > 0,
    },
    around,
  );
  running.push(managed);
  return managed;
}

async function pidBehind(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
  return Number(await answer?.text()) || 0;
}

test("what dies is started again", async () => {
  const [port = 0] = await freePorts(1);
  await launch(port, SERVER(port)).ready;
  const first = await pidBehind(port);
  process.kill(first, "SIGKILL");
  await expect.poll(() => pidBehind(port), { timeout: 10_000 }).not.toBe(first);
  await expect.poll(() => pidBehind(port), { timeout: 10_000 }).toBeGreaterThan(0);
});

test("a stopped process stays down, and one that ignores the signal is killed", async () => {
  const [port = 0] = await freePorts(1);
  const stubborn = launch(port, `process.on("SIGTERM", () => {}); ${SERVER(port)}`);
  await stubborn.ready;
  await stubborn.stop(100);
  expect(await pidBehind(port)).toBe(0);
  expect(livingProcess(around.runDir, "small")).toBeUndefined();
});

test("a process that ends each time is given up with its last words", async () => {
  const [port = 0] = await freePorts(1);
  const failing = launch(port, `throw new Error("REDIS_URL is missing")`);
  await expect(failing.ready).rejects.toThrow(/small ended each time.*REDIS_URL is missing/);
});

test("what a killed supervisor left behind is found and stopped", async () => {
  const [port = 0] = await freePorts(1);
  const managed = launch(port, SERVER(port));
  await managed.ready;
  const pid = livingProcess(around.runDir, "small");
  expect(pid).toBe(await pidBehind(port));
  const stopped = managed.stop(5_000);
  await stopLeftovers(around.runDir, 500);
  await stopped;
  expect(await pidBehind(port)).toBe(0);
});
