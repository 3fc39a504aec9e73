import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { livingProcess, recordProcess, stopLeftovers } from "./process-record.ts";

const folder = mkdtempSync(join(tmpdir(), "record-"));

test("a pid that another process has by now is not ours, and is left alone", async () => {
  const stranger = spawn("sleep", ["60"], { detached: true });
  recordProcess(folder, "web", stranger.pid ?? 0);
  expect(livingProcess(folder, "web")).toBe(stranger.pid);

  const file = join(folder, "web.json");
  const record = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...record, identity: "another boot:1" }));
  expect(livingProcess(folder, "web")).toBeUndefined();
  expect(await stopLeftovers(folder)).toBe(0);
  expect(stranger.exitCode).toBeNull();
  stranger.kill("SIGKILL");
  await once(stranger, "close");
});

test("a leftover that ignores the polite signal is killed", async () => {
  const stubborn = spawn("sh", ["-c", "trap '' TERM; while :; do sleep 0.1; done"], { detached: true });
  recordProcess(folder, "jobs", stubborn.pid ?? 0);
  const ended = once(stubborn, "exit");
  expect(await stopLeftovers(folder, 200)).toBe(1);
  await ended;
  expect(livingProcess(folder, "jobs")).toBeUndefined();
});
