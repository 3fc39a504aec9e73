import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isolatedSettings } from "./isolated-settings.ts";
import { readEntry, renderLine } from "./log-view.ts";
import { checkPorts } from "./ports.ts";
import { ensureSecrets, secretsFile } from "./secrets.ts";
import { readSettings } from "./settings.ts";

test("a taken port is named together with the variable that moves it", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  const settings = readSettings({ REALTIME_PORT: port }, "start");
  await expect(checkPorts(settings, ["realtime"])).rejects.toThrow(
    new RegExp(`Port ${port} for realtime is already taken.*REALTIME_PORT=`),
  );
  await new Promise((done) => server.close(done));
});

test("two processes that want one port are told apart", async () => {
  const settings = readSettings({ PORT: "45090", JOBS_PORT: "45090" }, "start");
  await expect(checkPorts(settings, ["web", "jobs"])).rejects.toThrow(/both the portal and the jobs probe/);
});

test("a port that is no number is refused with its variable's name", () => {
  expect(() => readSettings({ AUDIOHOOK_PORT: "many" }, "start")).toThrow(/AUDIOHOOK_PORT is "many"/);
});

test("a test product never sees the product's database, keys or ports", async () => {
  const settings = await isolatedSettings("sample", {
    DATABASE_URL: "postgres://real",
    REDIS_URL: "redis://real",
    KEY_RING: "k1:real",
    PORT: "3000",
    HOST: "0.0.0.0",
    EVAL_DATA_DIR: "/data",
  });
  expect(JSON.stringify(settings)).not.toContain('real"');
  expect(settings.ports.web).not.toBe(3000);
  expect(settings.host).toBe("127.0.0.1");
  expect(settings.env.EVAL_DATA_DIR).toBe("/data");
});

test("secrets are generated once, for the owner's eyes only", () => {
  const file = join(mkdtempSync(join(tmpdir(), "secrets-")), "secrets.json");
  const first = ensureSecrets(file);
  const second = ensureSecrets(file);
  expect([first.created, second.created]).toEqual([true, false]);
  expect(second.secrets).toEqual(first.secrets);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Buffer.from(first.secrets.keyRing.split(":")[1] ?? "", "base64")).toHaveLength(32);
});

test("a secret that an older file lacks is added and the others stay", () => {
  const file = join(mkdtempSync(join(tmpdir(), "secrets-")), "secrets.json");
  writeFileSync(file, JSON.stringify({ keyRing: "k1:old" }));
  const { secrets } = ensureSecrets(file);
  expect(secrets.keyRing).toBe("k1:old");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(secrets);
});

test("with a database of the operator's own, the keys lie where a reset does not reach", () => {
  const dataDir = "/somewhere/.omnibots";
  expect(secretsFile({ dataDir, databaseUrl: undefined })).toBe(`${dataDir}/secrets.json`);
  expect(secretsFile({ dataDir, databaseUrl: "postgres://own" })).not.toContain(`${dataDir}/`);
});

test("a log line shows its message and fields, and the cause of an error", () => {
  const line = JSON.stringify({
    level: 50,
    time: "2026-01-02T03:04:05.000Z",
    process: "jobs",
    msg: "event dropped",
    eventId: "e1",
    err: { message: "no queue" },
  });
  expect(renderLine("jobs", readEntry(line))).toMatch(/jobs +.*event dropped eventId=e1 cause="no queue"/);
  expect(readEntry("{ not json").msg).toBe("{ not json");
});
