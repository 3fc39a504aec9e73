import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeWav } from "./audio/wav.ts";
import { type TinyServer, tinyServer } from "./testing/tiny-server.ts";

let folder: string;
let server: TinyServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-cli-"));
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
  await rm(folder, { recursive: true });
});

function sandbox(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const cli = resolve(import.meta.dirname, "cli.ts");
  return new Promise((settle) => {
    const env = { ...process.env, DATA_DIR: folder };
    const child = execFile(process.execPath, [cli, ...args], { env }, (_failure, out, error) =>
      settle({ code: child.exitCode ?? -1, out, error }),
    );
  });
}

async function seeded(audiohookUrl: string): Promise<void> {
  const connection = {
    connectionId: "demo",
    apiKey: "a2V5",
    clientSecret: "c2VjcmV0",
    organizationId: "org",
  };
  await writeFile(join(folder, "demo-connection.json"), JSON.stringify({ ...connection, audiohookUrl }));
}

async function recording(): Promise<string> {
  const path = join(folder, "short.wav");
  await writeFile(path, writeWav({ rate: 8000, channels: [new Int16Array(4000)] }));
  return path;
}

test("a recording is streamed to the seeded connection and the end is told", async () => {
  server = await tinyServer();
  await seeded(new URL(server.url).origin);
  const { code, out } = await sandbox("call", await recording(), "--queue", "queue-billing");
  expect(code).toBe(0);
  expect(out).toContain("/audiohook/demo");
  expect(out).toContain("The call ended as agreed.");
  expect(server.sessions[0]?.audioBytes).toBe(4000);
  expect(server.sessions[0]?.messages[0]?.parameters.customConfig).toEqual({ queueId: "queue-billing" });
});

test("a probe ends well without audio", async () => {
  server = await tinyServer();
  await seeded(new URL(server.url).origin);
  expect(await sandbox("probe")).toMatchObject({ code: 0 });
  expect(server.sessions[0]?.audioBytes).toBe(0);
});

test("a refusal says what to check", async () => {
  server = await tinyServer({ refuseWith: 401 });
  await seeded(new URL(server.url).origin);
  const { code, out } = await sandbox("probe");
  expect(code).toBe(1);
  expect(out).toContain("The server refused the call (401): the API key");
});

test("a file that is no recording is named as such", async () => {
  await seeded("ws://127.0.0.1:1");
  const text = join(folder, "notes.wav");
  await writeFile(text, "not a recording");
  expect(await sandbox("call", text)).toMatchObject({
    code: 2,
    error: expect.stringContaining("not a WAV file"),
  });
  expect((await sandbox("call", join(folder, "none.wav"))).error).toContain("cannot be opened");
});

test("without a seeded connection it says how to get one", async () => {
  expect((await sandbox("probe")).error).toContain("start the product once");
});
