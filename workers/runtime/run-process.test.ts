import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";

const FIXTURE = join(import.meta.dirname, "fixtures/small-process.ts");

function launch(behavior: string) {
  const child = spawn(process.execPath, [FIXTURE, behavior], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  return { child, exit: once(child, "close"), output: () => output };
}

async function saidBy(child: ChildProcess, text: string): Promise<void> {
  let seen = "";
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    seen += chunk;
    if (seen.includes(text)) return;
  }
}

test("a signal drains once, however often it comes", async () => {
  const { child, exit, output } = launch("");
  await saidBy(child, "beat");
  child.kill("SIGINT");
  child.kill("SIGTERM");
  const [code] = await exit;
  expect(code).toBe(0);
  expect(output().match(/cleaned up/g)).toHaveLength(1);
  expect(output()).toContain("told to stop");
});

test("a drain that does not end is cut off", async () => {
  const { child, exit, output } = launch("stuck");
  await saidBy(child, "started");
  child.kill("SIGTERM");
  const [code] = await exit;
  expect(code).toBe(1);
  expect(output()).toContain("drain took too long");
});

test("a bad environment ends the process with one sentence", async () => {
  const { exit, output } = launch("bad-env");
  const [code] = await exit;
  expect(code).toBe(1);
  expect(output()).toContain("small could not start: REDIS_URL is missing");
  expect(output()).not.toContain("at ");
});

test("an error that nobody caught is logged and fatal", async () => {
  const { exit, output } = launch("crash");
  const [code] = await exit;
  expect(code).toBe(1);
  expect(output()).toContain("crash on purpose");
});
