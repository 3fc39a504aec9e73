import { type Logger, pino } from "pino";
import { startTenant, type Tenant } from "./8x8/start-tenant.ts";
import { readSandboxEnv, type SandboxEnv } from "./env.ts";
import { type RunningDomain, startFive9Domain } from "./five9/start-domain.ts";
import { demoAudioHook } from "./genesys/organization/demo-audiohook.ts";
import { type Organization, startOrganization } from "./genesys/organization/start-organization.ts";
import { type GoogleProject, startGoogleProject } from "./google-ccai/start-project.ts";
import { type RunningOrg, startOrg } from "./salesforce/start-org.ts";
import { SandboxError } from "./sandbox-error.ts";
import { createSandbox } from "./server.ts";

/** Longer than a call's agreed end takes. */
const DRAIN_MS = 12_000;

try {
  await run();
} catch (error) {
  if (!(error instanceof SandboxError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const env = readSandboxEnv();
  const log = pino({
    level: env.LOG_LEVEL,
    base: { process: "sandbox" },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
  const organization = await startGenesys(env, log);
  const tenant = await startEightByEight(env, log);
  const org = await startSalesforce(env, log);
  const domain = await startFive9(env, log);
  const google = await startGoogle(env, log);
  const { server, drain } = createSandbox({ env, log });
  server.on("error", (error: NodeJS.ErrnoException) => {
    process.stderr.write(`${cannotListen(error, env.SANDBOX_PORT, "SANDBOX_PORT")}\n`);
    process.exit(1);
  });
  server.listen(env.SANDBOX_PORT, env.SANDBOX_HOST, () =>
    log.info({ port: env.SANDBOX_PORT }, "sandbox listening"),
  );

  const stop = async () => {
    server.close();
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
    await Promise.all([
      drain(),
      organization.close(),
      tenant.close(),
      domain.close(),
      org.close(),
      google.close(),
    ]);
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
}

/** The platform itself: fixed demo values, so that it is the same organization at every start. */
async function startGenesys(env: SandboxEnv, log: Logger): Promise<Organization> {
  try {
    const organization = await startOrganization({
      port: env.SANDBOX_GENESYS_PORT,
      host: env.SANDBOX_HOST,
      publicUrl: env.SANDBOX_GENESYS_URL,
      portalUrl: env.PORTAL_URL,
      controlToken: env.SANDBOX_TOKEN,
      audiohook: demoAudioHook,
      onError: (error) => log.error({ err: error }, "request failed"),
    });
    log.info({ port: env.SANDBOX_GENESYS_PORT, url: organization.url }, "genesys organization listening");
    return organization;
  } catch (cause) {
    const words = cannotListen(cause, env.SANDBOX_GENESYS_PORT, "SANDBOX_GENESYS_PORT");
    throw new SandboxError(words, 500, { cause });
  }
}

/** One domain of Five9; where its calls go is said on its desktop page. */
async function startFive9(env: SandboxEnv, log: Logger): Promise<RunningDomain> {
  try {
    const domain = await startFive9Domain({
      port: env.SANDBOX_FIVE9_PORT,
      host: env.SANDBOX_HOST,
      publicUrl: env.SANDBOX_FIVE9_URL,
      portalUrl: env.PORTAL_URL,
      controlToken: env.SANDBOX_TOKEN,
      onError: (error) => log.error({ err: error }, "request failed"),
    });
    log.info({ port: env.SANDBOX_FIVE9_PORT, url: domain.url }, "five9 domain listening");
    return domain;
  } catch (cause) {
    const words = cannotListen(cause, env.SANDBOX_FIVE9_PORT, "SANDBOX_FIVE9_PORT");
    throw new SandboxError(words, 500, { cause });
  }
}

/** One tenant of 8x8, with a key and a name that never change. */
async function startEightByEight(env: SandboxEnv, log: Logger): Promise<Tenant> {
  try {
    const tenant = await startTenant({
      port: env.SANDBOX_8X8_PORT,
      host: env.SANDBOX_HOST,
      tenant: "acme",
      apiKey: "eght_sandbox",
      controlToken: env.SANDBOX_TOKEN,
    });
    log.info({ port: env.SANDBOX_8X8_PORT, url: tenant.url }, "8x8 tenant listening");
    return tenant;
  } catch (cause) {
    throw new SandboxError(cannotListen(cause, env.SANDBOX_8X8_PORT, "SANDBOX_8X8_PORT"), 500, { cause });
  }
}

/** One project of Google Cloud; its keys are new at each start. */
async function startGoogle(env: SandboxEnv, log: Logger): Promise<GoogleProject> {
  const google = await startGoogleProject({
    port: env.SANDBOX_GOOGLE_PORT,
    host: env.SANDBOX_HOST,
    publicUrl: env.SANDBOX_GOOGLE_URL,
    portalUrl: env.PORTAL_URL,
    controlToken: env.SANDBOX_TOKEN,
    onError: (error) => log.error({ err: error }, "request failed"),
  });
  log.info({ port: env.SANDBOX_GOOGLE_PORT, url: google.url }, "google project listening");
  return google;
}

/** One org, with an id and a connected app that never change. */
async function startSalesforce(env: SandboxEnv, log: Logger): Promise<RunningOrg> {
  const org = await startOrg({
    port: env.SANDBOX_SALESFORCE_PORT,
    host: env.SANDBOX_HOST,
    publicUrl: env.SANDBOX_SALESFORCE_URL,
    portalUrl: env.PORTAL_URL,
    controlToken: env.SANDBOX_TOKEN,
    onError: (error) => log.error({ err: error }, "request failed"),
  });
  log.info({ port: env.SANDBOX_SALESFORCE_PORT, url: org.url }, "salesforce org listening");
  return org;
}

function cannotListen(error: unknown, port: number, variable: string): string {
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  if (taken) return `Port ${port} is taken: choose another with ${variable}.`;
  return `The sandbox cannot listen: ${error instanceof Error ? error.message : error}`;
}
