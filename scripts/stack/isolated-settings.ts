import { join } from "node:path";
import { freePorts } from "./ports.ts";
import { type Env, PORTS, ROOT, readSettings, type Settings } from "./settings.ts";

/** What a person may have set for the product and must not reach a test: foremost the real database. */
const PRODUCT_VARIABLES =
  /^(DATABASE_URL|APP_DATABASE_URL|REDIS_URL|KEY_RING|NEXTAUTH_.*|WIDGET_TOKEN_SECRET|(PORTAL|REALTIME|AUDIOHOOK|INGEST)_URL|VOICESTREAM_ADDRESS|SANDBOX(_GENESYS|_FIVE9|_SALESFORCE|_GOOGLE|_8X8)?(_URL|_TOKEN)?|(GOOGLE|MICROSOFT)_(CLIENT_ID|CLIENT_SECRET|ISSUER)|HOST|LOG_LEVEL|NODE_ENV|OUTBOUND_ALLOWED_HOSTS|DEMO_.*|TRANSCRIPT_BUS.*|(.*_)?PORT)$/;

/** A product of its own beside a running one: free ports, `.omnibots-NAME` and `.next-NAME`. */
export async function isolatedSettings(name: string, source: Env = process.env): Promise<Settings> {
  const ports = await freePorts(Object.keys(PORTS).length);
  const variables = Object.values(PORTS).map(
    ({ variable }, index) => [variable, String(ports[index])] as const,
  );
  return readSettings(
    {
      ...withoutProductVariables(source),
      ...Object.fromEntries(variables),
      DATA_DIR: join(ROOT, `.omnibots-${name}`),
      NEXT_DIST_DIR: `.next-${name}`,
    },
    "start",
  );
}

export function withoutProductVariables(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([variable]) => !PRODUCT_VARIABLES.test(variable)));
}
