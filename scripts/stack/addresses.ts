import {
  audiohookUrl,
  eightSandboxUrl,
  five9SandboxUrl,
  genesysSandboxUrl,
  googleSandboxUrl,
  ingestUrl,
  realtimeUrl,
  salesforceSandboxUrl,
  sandboxUrl,
  voicestreamAddress,
} from "./process-plans.ts";
import { type Env, localAddress, type Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";

/** Where everything of a started product is, for browser tests and benchmarks. */
export function addressesOf(settings: Settings, stack: Stack): Env {
  const at = (port: number) => `http://${localAddress(settings.host)}:${port}`;
  return {
    PORTAL_URL: stack.portal,
    REALTIME_URL: realtimeUrl(settings),
    AUDIOHOOK_URL: audiohookUrl(settings),
    INGEST_URL: ingestUrl(settings),
    VOICESTREAM_ADDRESS: voicestreamAddress(settings),
    SANDBOX_URL: sandboxUrl(settings),
    SANDBOX_GENESYS_URL: genesysSandboxUrl(settings),
    SANDBOX_FIVE9_URL: five9SandboxUrl(settings),
    SANDBOX_SALESFORCE_URL: salesforceSandboxUrl(settings),
    SANDBOX_GOOGLE_URL: googleSandboxUrl(settings),
    SANDBOX_8X8_URL: eightSandboxUrl(settings),
    SANDBOX_TOKEN: stack.secrets.sandboxToken,
    JOBS_URL: at(settings.ports.jobs),
    DATABASE_URL: stack.urls.owner,
    APP_DATABASE_URL: stack.urls.app,
    REDIS_URL: stack.urls.redis,
    KEY_RING: stack.secrets.keyRing,
    WIDGET_TOKEN_SECRET: stack.secrets.widgetTokenSecret,
    DEMO_EMAIL: stack.demo.email,
    DEMO_PASSWORD: stack.demo.password,
    SPEECH_MODEL_DIR: settings.speechModelDir,
    DATA_DIR: settings.dataDir,
  };
}
