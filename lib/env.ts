import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";

const port = (fallback: number) => z.coerce.number().int().min(0).max(65535).default(fallback);
const url = (fallback: string) => z.url().default(fallback);

const shared = {
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  HOST: z.string().default("127.0.0.1"),
  APP_DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "wants a postgres:// address"),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, "wants a redis:// address"),
};
const keyRing = { KEY_RING: z.string().min(46, "wants id:base64 of 32 bytes") };
const widgetTokens = { WIDGET_TOKEN_SECRET: z.string().min(32, "wants 32 characters at least") };
const outbound = {
  OUTBOUND_ALLOWED_HOSTS: z.string().default(""),
  SANDBOX: z.enum(["on", "off"]).default("off"),
  /** Where the sandbox plays an organization of Genesys Cloud. */
  SANDBOX_GENESYS_URL: url("http://localhost:3101"),
  /** Where the sandbox plays a domain of Five9. */
  SANDBOX_FIVE9_URL: url("http://localhost:3105"),
  /** Where the sandbox plays a Salesforce org: login, API and console. */
  SANDBOX_SALESFORCE_URL: url("http://localhost:3106"),
  /** Where the sandbox plays an 8x8 tenant: event stream and Agent Workspace. */
  SANDBOX_8X8_URL: url("http://localhost:3108"),
  /** Where the sandbox plays a Google Cloud project. */
  SANDBOX_GOOGLE_URL: url("http://localhost:3107"),
};
/** How a call's transcript goes from the process that heard it to the pipeline: straight into Postgres, or over a topic. */
const transcriptBus = {
  TRANSCRIPT_BUS: z.enum(["embedded", "pubsub"]).default("embedded"),
  TRANSCRIPT_BUS_TOPIC: z.string().default(""),
  TRANSCRIPT_BUS_SUBSCRIPTION: z.string().default(""),
  TRANSCRIPT_BUS_KEY_FILE: z.string().default(""),
  TRANSCRIPT_BUS_CLOUD: z.enum(["google", "sandbox"]).default("google"),
};

/** One schema a process; `.env.example` is held against these by a test. */
export const ENV = {
  web: z.object({
    ...shared,
    ...keyRing,
    ...widgetTokens,
    ...outbound,
    PORT: port(3000),
    PORTAL_URL: url("http://localhost:3000"),
    REALTIME_URL: url("http://localhost:3001"),
    AUDIOHOOK_URL: url("ws://localhost:3002"),
    /** Where platforms that push reach `/ingest`. */
    INGEST_URL: url("http://localhost:3004"),
    /** Where Five9 dials for the voice stream, as host:port. */
    VOICESTREAM_ADDRESS: z.string().default("localhost:3003"),
    NEXTAUTH_URL: url("http://localhost:3000"),
    NEXTAUTH_SECRET: z.string().min(32, "wants 32 characters at least"),
    /** Single sign-on: each provider is offered once it has an id and a secret. */
    GOOGLE_CLIENT_ID: z.string().default(""),
    GOOGLE_CLIENT_SECRET: z.string().default(""),
    GOOGLE_ISSUER: url("https://accounts.google.com"),
    MICROSOFT_CLIENT_ID: z.string().default(""),
    MICROSOFT_CLIENT_SECRET: z.string().default(""),
    /** `organizations` takes every Entra directory; each tenant names its own in its settings. */
    MICROSOFT_ISSUER: url("https://login.microsoftonline.com/organizations/v2.0"),
    SANDBOX_URL: url("http://localhost:3100"),
    SANDBOX_TOKEN: z.string().default(""),
  }),
  realtime: z.object({ ...shared, ...widgetTokens, REALTIME_PORT: port(3001) }),
  audiohook: z.object({
    ...shared,
    ...keyRing,
    ...outbound,
    ...transcriptBus,
    AUDIOHOOK_PORT: port(3002),
    VOICESTREAM_PORT: port(3003),
    /** Legs of Five9 calls that one process hears at once. */
    VOICESTREAM_MOST_LEGS: z.coerce.number().int().min(1).max(10_000).default(400),
    /** Files in PEM; without them the voice stream's door is open text behind a proxy. */
    VOICESTREAM_CERT: z.string().optional(),
    VOICESTREAM_KEY: z.string().optional(),
    SPEECH_MODEL_DIR: z.string().default(".models/moonshine-base"),
    SPEECH_THREADS: z.coerce.number().int().min(1).max(64).optional(),
    /** The Host that clients sign, where a proxy changes it on the way. */
    AUDIOHOOK_AUTHORITY: z.string().optional(),
    TRUST_PROXY: z.enum(["on", "off"]).default("off"),
  }),
  ingest: z.object({ ...shared, ...keyRing, ...outbound, INGEST_PORT: port(3004) }),
  jobs: z.object({
    ...shared,
    ...keyRing,
    ...outbound,
    JOBS_PORT: port(3005),
    JOBS_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(20),
  }),
  subscriptions: z.object({
    ...shared,
    ...keyRing,
    ...outbound,
    ...transcriptBus,
    SUBSCRIPTIONS_PORT: port(3006),
  }),
} as const;

export type ProcessName = keyof typeof ENV;
export type ProcessEnv<P extends ProcessName> = z.output<(typeof ENV)[P]>;

/** Parses the environment of one process; call it once, at boot. Throws a sentence that names each wrong variable. */
export function readEnv<P extends ProcessName>(
  name: P,
  source: Record<string, string | undefined> = process.env,
): ProcessEnv<P> {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = ENV[name].safeParse(filled);
  if (result.success) return result.data as ProcessEnv<P>;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new AppError("invalid_input", `The environment of "${name}" is wrong. ${problems.join("; ")}`);
}
