import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePorts } from "#/scripts/stack/ports.ts";

const ROOT = join(import.meta.dirname, "../..");
const START_LIMIT_MS = 300_000;

export type Portal = { url: string; stop(): Promise<void> };

/** A portal of the benchmark's own, so that its statements are nobody else's. `dev` needs no build and is no figure. */
export async function startPortal(appDatabaseUrl: string, mode: "start" | "dev"): Promise<Portal> {
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [join(ROOT, "node_modules/next/dist/bin/next"), mode, "-p", String(port), "-H", "127.0.0.1"],
    {
      cwd: ROOT,
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...process.env,
        NODE_ENV: mode === "dev" ? "development" : "production",
        APP_DATABASE_URL: appDatabaseUrl,
        PORT: String(port),
        PORTAL_URL: url,
        NEXTAUTH_URL: url,
        NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
        LOG_LEVEL: "warn",
      },
    },
  );
  const limit = Date.now() + START_LIMIT_MS;
  for (;;) {
    const answer = await fetch(`${url}/sign-in`).catch(() => undefined);
    if (answer?.ok) break;
    if (child.exitCode !== null || Date.now() > limit) throw new Error("the portal did not come up");
    await sleep(300);
  }
  return {
    url,
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
