import { join } from "node:path";
import type { ProcessPlan } from "./managed-process.ts";
import type { Secrets } from "./secrets.ts";
import { type Env, localAddress, type PortName, ROOT, type Settings } from "./settings.ts";

export type Urls = { owner: string; app: string; redis: string };

const NODE = join(ROOT, "node_modules/.bin/node");
const NEXT = join(ROOT, "node_modules/next/dist/bin/next");
const PROBE_TIMEOUT_MS = 5_000;

/** The plain Node processes, each with the port it answers `/readyz` on and the secrets it may see. */
const WORKERS = [
  { name: "realtime", main: "workers/realtime/main.ts", secrets: ["app", "redis", "WIDGET_TOKEN_SECRET"] },
  { name: "audiohook", main: "workers/audiohook/main.ts", secrets: ["app", "redis", "KEY_RING"] },
  { name: "ingest", main: "workers/ingest/main.ts", secrets: ["app", "redis", "KEY_RING"] },
  { name: "jobs", main: "workers/jobs/main.ts", secrets: ["app", "redis", "KEY_RING"] },
  {
    name: "subscriptions",
    main: "workers/subscriptions/main.ts",
    secrets: ["app", "redis", "KEY_RING"],
  },
  { name: "sandbox", main: "sandbox/main.ts", secrets: ["SANDBOX_TOKEN"] },
] as const satisfies readonly { name: PortName; main: string; secrets: readonly string[] }[];

/** The ports that the processes of this run will open. */
export function wantedPorts(settings: Settings): PortName[] {
  const own = settings.sandbox
    ? (["genesysSandbox", "five9Sandbox", "salesforceSandbox", "googleSandbox"] as const)
    : [];
  return ["web", ...workersOf(settings).map(({ name }) => name), "voicestream", ...own];
}

export function processPlans(settings: Settings, urls: Urls, secrets: Secrets): ProcessPlan[] {
  const shared = sharedEnv(settings);
  const secret: Env = {
    KEY_RING: settings.env.KEY_RING || secrets.keyRing,
    WIDGET_TOKEN_SECRET: settings.env.WIDGET_TOKEN_SECRET || secrets.widgetTokenSecret,
    SANDBOX_TOKEN: settings.env.SANDBOX_TOKEN || secrets.sandboxToken,
    app: urls.app,
    redis: urls.redis,
  };
  const address = (name: PortName) => `http://${localAddress(settings.host)}:${settings.ports[name]}`;

  const workers = workersOf(settings).map(({ name, main, secrets: wanted }): ProcessPlan => {
    const granted = Object.fromEntries(wanted.map((key) => [VARIABLES[key] ?? key, secret[key]]));
    return {
      name,
      command: NODE,
      args: settings.mode === "dev" ? ["--watch", "--watch-preserve-output", main] : [main],
      env: { ...shared, ...granted },
      ready: async () => (await fetchStatus(`${address(name)}/readyz`)) === 200,
    };
  });

  const web: ProcessPlan = {
    name: "web",
    command: NODE,
    args: [NEXT, settings.mode, "-p", String(settings.ports.web), "-H", settings.host],
    env: {
      ...shared,
      APP_DATABASE_URL: urls.app,
      REDIS_URL: urls.redis,
      KEY_RING: secret.KEY_RING,
      WIDGET_TOKEN_SECRET: secret.WIDGET_TOKEN_SECRET,
      SANDBOX_TOKEN: secret.SANDBOX_TOKEN,
      NEXTAUTH_SECRET: settings.env.NEXTAUTH_SECRET || secrets.nextAuthSecret,
      NEXTAUTH_URL: settings.env.NEXTAUTH_URL || portalUrl(settings),
    },
    ready: async () => (await fetchStatus(`${address("web")}/sign-in`)) < 500,
  };
  return [web, ...workers];
}

/** Where people open the portal. */
export function portalUrl(settings: Settings): string {
  return settings.env.PORTAL_URL || publicUrl("http", settings, "web");
}

export function realtimeUrl(settings: Settings): string {
  return settings.env.REALTIME_URL || publicUrl("http", settings, "realtime");
}

export function audiohookUrl(settings: Settings): string {
  return settings.env.AUDIOHOOK_URL || publicUrl("ws", settings, "audiohook");
}

export function sandboxUrl(settings: Settings): string {
  return settings.env.SANDBOX_URL || publicUrl("http", settings, "sandbox");
}

/** Where browsers and our processes reach the Genesys Cloud organization that the sandbox plays. */
export function genesysSandboxUrl(settings: Settings): string {
  return settings.env.SANDBOX_GENESYS_URL || publicUrl("http", settings, "genesysSandbox");
}

/** Where browsers and our processes reach the Salesforce org that the sandbox plays. */
export function salesforceSandboxUrl(settings: Settings): string {
  return settings.env.SANDBOX_SALESFORCE_URL || publicUrl("http", settings, "salesforceSandbox");
}

/** Where browsers and our processes reach the 8x8 tenant that the sandbox plays. */
export function eightSandboxUrl(settings: Settings): string {
  return settings.env.SANDBOX_8X8_URL || publicUrl("http", settings, "eightSandbox");
}

/** Where browsers and our processes reach the Google Cloud project that the sandbox plays. */
export function googleSandboxUrl(settings: Settings): string {
  return settings.env.SANDBOX_GOOGLE_URL || publicUrl("http", settings, "googleSandbox");
}

export function five9SandboxUrl(settings: Settings): string {
  return settings.env.SANDBOX_FIVE9_URL || publicUrl("http", settings, "five9Sandbox");
}

export function ingestUrl(settings: Settings): string {
  return settings.env.INGEST_URL || publicUrl("http", settings, "ingest");
}

/** Where Five9, or its sandbox, dials for the voice stream. */
export function voicestreamAddress(settings: Settings): string {
  return settings.env.VOICESTREAM_ADDRESS || `localhost:${settings.ports.voicestream}`;
}

const VARIABLES: Record<string, string> = { app: "APP_DATABASE_URL", redis: "REDIS_URL" };

/** Never handed to every process: each gets the ones it was granted. */
const NOT_SHARED = [
  "DATABASE_URL",
  "APP_DATABASE_URL",
  "REDIS_URL",
  "KEY_RING",
  "NEXTAUTH_SECRET",
  "WIDGET_TOKEN_SECRET",
  "SANDBOX_TOKEN",
];

/** What every process may know: addresses, ports, modes; no secret of ours, not even one that a person set. */
export function sharedEnv(settings: Settings): Env {
  const inherited = Object.entries(settings.env).filter(([name]) => !NOT_SHARED.includes(name));
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: settings.mode === "dev" ? "development" : "production",
    HOST: settings.host,
    DATA_DIR: settings.dataDir,
    NEXT_DIST_DIR: settings.buildDir,
    NEXT_TELEMETRY_DISABLED: "1",
    SPEECH_MODEL_DIR: settings.speechModelDir,
    LOG_LEVEL: settings.env.LOG_LEVEL || "info",
    PORTAL_URL: portalUrl(settings),
    REALTIME_URL: realtimeUrl(settings),
    AUDIOHOOK_URL: audiohookUrl(settings),
    SANDBOX_URL: sandboxUrl(settings),
    INGEST_URL: ingestUrl(settings),
    VOICESTREAM_ADDRESS: voicestreamAddress(settings),
    SANDBOX_GENESYS_URL: genesysSandboxUrl(settings),
    SANDBOX_FIVE9_URL: five9SandboxUrl(settings),
    SANDBOX_8X8_URL: eightSandboxUrl(settings),
    SANDBOX_SALESFORCE_URL: salesforceSandboxUrl(settings),
    SANDBOX_GOOGLE_URL: googleSandboxUrl(settings),
    SANDBOX: settings.sandbox ? "on" : "off",
    PORT: String(settings.ports.web),
    REALTIME_PORT: String(settings.ports.realtime),
    AUDIOHOOK_PORT: String(settings.ports.audiohook),
    VOICESTREAM_PORT: String(settings.ports.voicestream),
    INGEST_PORT: String(settings.ports.ingest),
    JOBS_PORT: String(settings.ports.jobs),
    SUBSCRIPTIONS_PORT: String(settings.ports.subscriptions),
    SANDBOX_PORT: String(settings.ports.sandbox),
    SANDBOX_GENESYS_PORT: String(settings.ports.genesysSandbox),
    SANDBOX_FIVE9_PORT: String(settings.ports.five9Sandbox),
    SANDBOX_8X8_PORT: String(settings.ports.eightSandbox),
    SANDBOX_SALESFORCE_PORT: String(settings.ports.salesforceSandbox),
    SANDBOX_GOOGLE_PORT: String(settings.ports.googleSandbox),
  };
}

function workersOf(settings: Settings) {
  return WORKERS.filter(({ name }) => name !== "sandbox" || settings.sandbox);
}

function publicUrl(scheme: "http" | "ws", settings: Settings, name: PortName): string {
  return `${scheme}://localhost:${settings.ports[name]}`;
}

async function fetchStatus(url: string): Promise<number> {
  const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
  await answer.body?.cancel();
  return answer.status;
}
