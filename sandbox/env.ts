import * as z from "zod";
import { SandboxError } from "./sandbox-error.ts";

const sandboxEnvSchema = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65535).default(3100),
  /** The address to bind; the sandbox is for one machine unless someone decides otherwise. */
  SANDBOX_HOST: z.string().default("127.0.0.1"),
  /** Where browsers find this process: an origin of its own, never the portal's. */
  SANDBOX_URL: z.url().default("http://localhost:3100"),
  /** The Genesys organization listens beside it: login, API, streaming and desktop of one region. */
  SANDBOX_GENESYS_PORT: z.coerce.number().int().min(0).max(65535).default(3101),
  /** The 8x8 tenant: event stream and Agent Workspace. */
  SANDBOX_8X8_PORT: z.coerce.number().int().min(0).max(65535).default(3108),
  SANDBOX_GENESYS_URL: z.url().default("http://localhost:3101"),
  /** The Five9 domain listens on one more: web services, desktop and toolkit. */
  SANDBOX_FIVE9_PORT: z.coerce.number().int().min(0).max(65535).default(3105),
  SANDBOX_FIVE9_URL: z.url().default("http://localhost:3105"),
  /** The Salesforce org: login, API and the Service Console with the package deployed. */
  SANDBOX_SALESFORCE_PORT: z.coerce.number().int().min(0).max(65535).default(3106),
  SANDBOX_SALESFORCE_URL: z.url().default("http://localhost:3106"),
  /** The Google Cloud project: sign-in, Pub/Sub, Dialogflow and an agent's desk. */
  SANDBOX_GOOGLE_PORT: z.coerce.number().int().min(0).max(65535).default(3107),
  SANDBOX_GOOGLE_URL: z.url().default("http://localhost:3107"),
  PORTAL_URL: z.url().default("http://localhost:3000"),
  AUDIOHOOK_URL: z.url().default("ws://localhost:3002"),
  SANDBOX_TOKEN: z.string().min(16, "wants 16 characters at least"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});

export type SandboxEnv = z.output<typeof sandboxEnvSchema>;

/** Parses the environment once, at boot, and names everything that is wrong with it. */
export function readSandboxEnv(source: Record<string, string | undefined> = process.env): SandboxEnv {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = sandboxEnvSchema.safeParse({ SANDBOX_HOST: filled.HOST, ...filled });
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new SandboxError(`The environment of "sandbox" is wrong. ${problems.join("; ")}`);
  }
  const env = result.data;
  if (new URL(env.SANDBOX_URL).origin === new URL(env.PORTAL_URL).origin) {
    throw new SandboxError(
      "SANDBOX_URL and PORTAL_URL have the same origin: the host page must be a stranger.",
    );
  }
  return env;
}
