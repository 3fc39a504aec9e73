import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync } from "node:fs";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { AppError } from "#/lib/kernel/app-error.ts";
import { ensureSubscription, removeSubscription } from "./ensure-subscription.ts";
import { createPubSubApi, type PubSubApi } from "./pubsub-api.ts";
import { pullSubscription } from "./pull-subscription.ts";

const [jar = ""] = globSync(
  "/usr/lib/google-cloud-sdk/platform/pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar",
);
const installed = existsSync(jar) && existsSync("/usr/bin/java");
const TOPIC = "projects/acme/topics/events";
const NAME = "projects/acme/subscriptions/ours";

let emulator: ChildProcess | undefined;
let api: PubSubApi;

/** Says which part of a real installation is missing, so that a skipped run explains itself. */
const title = installed
  ? "the official emulator"
  : "the official emulator (skipped: google-cloud-cli-pubsub-emulator is not installed)";

describe.skipIf(!installed)(title, () => {
  beforeAll(async () => {
    const port = await freePort();
    emulator = spawn("/usr/bin/java", ["-Xmx128m", "-jar", jar, "--host=127.0.0.1", `--port=${port}`], {
      stdio: "ignore",
    });
    const base = `http://127.0.0.1:${port}`;
    api = createPubSubApi(async (method, path, { schema, body, signal }) => {
      const response = await fetch(base + path, {
        method,
        headers: { "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      });
      const status = String(response.status);
      if (response.ok) return schema.parse(await response.json());
      const code = response.status >= 500 ? "upstream_unavailable" : "upstream_rejected";
      throw new AppError(code, `The emulator answered ${status}.`, { context: { status } });
    });
    await vi.waitFor(() => fetch(`${base}/v1/${TOPIC}`, { method: "PUT" }), {
      timeout: 30_000,
      interval: 200,
    });
  }, 40_000);

  afterAll(async () => {
    if (!emulator) return;
    emulator.kill("SIGKILL");
    await once(emulator, "exit");
  });

  test("takes our subscription, the same again, and another address for it", async () => {
    const push = (audience: string) => ({
      topic: TOPIC,
      pushConfig: {
        pushEndpoint: audience,
        oidcToken: { serviceAccountEmail: "a@b.iam.gserviceaccount.com", audience },
      },
    });
    expect(await ensureSubscription(api, NAME, push("http://127.0.0.1:9/a"))).toMatchObject({
      did: "created",
    });
    expect(await ensureSubscription(api, NAME, push("http://127.0.0.1:9/a"))).toMatchObject({ did: "kept" });
    expect(await ensureSubscription(api, NAME, push("http://127.0.0.1:9/b"))).toMatchObject({
      did: "redirected",
    });
    expect(await api.getSubscription(NAME)).toMatchObject({
      pushConfig: { pushEndpoint: "http://127.0.0.1:9/b" },
    });
    await removeSubscription(api, NAME);
    await removeSubscription(api, NAME);
  });

  test("gives what is published to a pull, and what could not be stored once more", async () => {
    await ensureSubscription(api, NAME, { topic: TOPIC });
    const data = (n: number) => Buffer.from(String(n)).toString("base64");
    await api.publish(
      TOPIC,
      [0, 1, 2].map((n) => ({ data: data(n) })),
    );
    const [over, taken, refused] = [new AbortController(), [] as string[], new Set(["1"])];
    const held = pullSubscription(
      {
        api,
        subscription: NAME,
        async take({ data: said = "" }) {
          const text = Buffer.from(said, "base64").toString();
          if (refused.delete(text)) throw new AppError("upstream_unavailable", "Postgres is away.");
          taken.push(text);
        },
        report: () => {},
        now: Date.now,
        wait: async () => {},
      },
      over.signal,
    );
    await vi.waitFor(() => expect(new Set(taken)).toEqual(new Set(["0", "1", "2"])), {
      timeout: 20_000,
      interval: 100,
    });
    over.abort();
    await held;
  }, 30_000);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}
