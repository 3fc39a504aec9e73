import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { SetupError } from "./report.ts";

export const ROOT = resolve(import.meta.dirname, "../..");

/** Every port that the product opens: the variable that moves it, its default, and what people call it. */
export const PORTS = {
  web: { variable: "PORT", standard: 3000, label: "the portal" },
  realtime: { variable: "REALTIME_PORT", standard: 3001, label: "realtime" },
  audiohook: { variable: "AUDIOHOOK_PORT", standard: 3002, label: "AudioHook" },
  voicestream: { variable: "VOICESTREAM_PORT", standard: 3003, label: "the voice stream" },
  ingest: { variable: "INGEST_PORT", standard: 3004, label: "ingest" },
  jobs: { variable: "JOBS_PORT", standard: 3005, label: "the jobs probe" },
  subscriptions: { variable: "SUBSCRIPTIONS_PORT", standard: 3006, label: "the subscriptions probe" },
  sandbox: { variable: "SANDBOX_PORT", standard: 3100, label: "the sandbox" },
  five9Sandbox: { variable: "SANDBOX_FIVE9_PORT", standard: 3105, label: "the sandbox's Five9" },
  genesysSandbox: { variable: "SANDBOX_GENESYS_PORT", standard: 3101, label: "the sandbox's Genesys Cloud" },
  salesforceSandbox: {
    variable: "SANDBOX_SALESFORCE_PORT",
    standard: 3106,
    label: "the sandbox's Salesforce",
  },
  googleSandbox: { variable: "SANDBOX_GOOGLE_PORT", standard: 3107, label: "the sandbox's Google Cloud" },
  eightSandbox: { variable: "SANDBOX_8X8_PORT", standard: 3108, label: "the sandbox's 8x8" },
  postgres: { variable: "POSTGRES_PORT", standard: 54329, label: "the embedded Postgres" },
  redis: { variable: "REDIS_PORT", standard: 63799, label: "the embedded Redis" },
} as const;

export type PortName = keyof typeof PORTS;
export type Env = Record<string, string | undefined>;

export type Settings = {
  mode: "start" | "dev";
  dataDir: string;
  /** Next's build folder, relative to the root as Next wants it. */
  buildDir: string;
  host: string;
  ports: Record<PortName, number>;
  /** Servers of the operator's own; absent means embedded. */
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  sandbox: boolean;
  speechModelDir: string;
  /** What was in the environment; processes get it with our own variables on top. */
  env: Env;
};

/** `.env.local` wins over `.env`, and what is already in the environment over both. */
export function loadEnvFiles(): void {
  for (const name of [".env.local", ".env"]) {
    const file = join(ROOT, name);
    if (existsSync(file)) process.loadEnvFile(file);
  }
}

export function readSettings(env: Env, mode: Settings["mode"]): Settings {
  const standardBuild = mode === "dev" ? ".next-dev" : ".next";
  return {
    mode,
    dataDir: resolve(ROOT, env.DATA_DIR || ".omnibots"),
    buildDir: env.NEXT_DIST_DIR || standardBuild,
    host: env.HOST || "127.0.0.1",
    ports: readPorts(env),
    databaseUrl: env.DATABASE_URL || undefined,
    redisUrl: env.REDIS_URL || undefined,
    sandbox: (env.SANDBOX || "on") === "on",
    speechModelDir: resolve(ROOT, env.SPEECH_MODEL_DIR || ".models/moonshine-base"),
    env,
  };
}

/** The address by which this machine reaches a server bound to `host`. */
export function localAddress(host: string): string {
  return host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
}

function readPorts(env: Env): Record<PortName, number> {
  const ports = Object.entries(PORTS).map(([name, { variable, standard }]) => {
    const port = Number(env[variable] || standard);
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw new SetupError(
        `${variable} is "${env[variable]}", which is not a port: use a number up to 65535.`,
      );
    }
    return [name, port] as const;
  });
  return Object.fromEntries(ports) as Record<PortName, number>;
}
