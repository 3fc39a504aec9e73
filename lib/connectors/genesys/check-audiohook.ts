import { AppError } from "#/lib/kernel/app-error.ts";
import type { CheckContext, CheckStep } from "../connector.ts";
import { audiohookAddress } from "../public-addresses.ts";
import { notTried, type Outcome, timed } from "../timed-step.ts";
import { knock } from "./api/knock.ts";
import { probe } from "./api/probe.ts";
import type { GenesysCredentials } from "./credentials.ts";

const STEPS = ["AudioHook credentials", "AudioHook address", "AudioHook signed probe"] as const;

/** Tests voice the way the platform will use it; an organization that does not use voice is told so and no more. */
export async function* checkAudiohook(
  credentials: GenesysCredentials,
  context: CheckContext,
  signal: AbortSignal,
): AsyncIterable<CheckStep> {
  if (!credentials.voice) {
    for (const name of STEPS) yield { name, outcome: "not-used", detail: "Calls over AudioHook are off." };
    return;
  }
  const address = new URL(audiohookAddress(context.audiohookUrl, context.publicId));
  const complete = checkCredentials(credentials);
  yield complete;
  const reachable = await timed(context, "AudioHook address", () => checkAddress(address, signal));
  yield reachable;
  yield complete.outcome === "passed" && reachable.outcome === "passed"
    ? await timed(context, "AudioHook signed probe", () => checkProbe(credentials, context, address, signal))
    : notTried("AudioHook signed probe");
}

function checkCredentials({
  audiohookApiKey,
  audiohookClientSecret,
  unsignedAllowed,
}: GenesysCredentials): CheckStep {
  const name = "AudioHook credentials";
  if (!audiohookApiKey || !(audiohookClientSecret || unsignedAllowed)) {
    return {
      name,
      outcome: "failed",
      ms: 0,
      reason: audiohookApiKey ? "There is no AudioHook client secret." : "There is no AudioHook API key.",
      remedy: "Make a new key and secret under Set up > Credentials, and paste both in Genesys Cloud.",
    };
  }
  const detail = audiohookClientSecret
    ? "API key and client secret are stored"
    : "API key only: connections are unsigned";
  return { name, outcome: "passed", ms: 0, detail };
}

async function checkAddress(address: URL, signal: AbortSignal): Promise<Outcome> {
  const status = await knock(address, signal).catch((error: unknown) => error);
  if (status === 401) {
    const open =
      address.protocol === "wss:" ? "" : "; Genesys Cloud itself needs a wss:// address on port 443";
    return { detail: `${address.host} answers and refuses strangers${open}` };
  }
  if (status === 101) {
    return {
      reason: `${address.host} lets a stranger in.`,
      remedy: "Another server stands at this address. Point AUDIOHOOK_URL at the audiohook process.",
    };
  }
  if (typeof status === "number") {
    return {
      reason: `${address.host} answers ${status} to a WebSocket upgrade.`,
      remedy: "A proxy in front must pass WebSocket upgrades of /audiohook on to the audiohook process.",
    };
  }
  return {
    reason: `${address.host} cannot be reached (${codeOf(status)}).`,
    remedy: "See Service Health whether the audiohook process runs, and check AUDIOHOOK_URL.",
  };
}

async function checkProbe(
  credentials: GenesysCredentials,
  context: CheckContext,
  address: URL,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const target = {
      address,
      apiKey: credentials.audiohookApiKey ?? "",
      clientSecret: credentials.audiohookClientSecret,
      organizationId: credentials.organizationId,
    };
    await probe(target, context.now(), signal);
    return { detail: "open, opened, close, closed: as on activation in Genesys Cloud" };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      reason: error.message,
      remedy:
        "Where a proxy changes the Host header, set AUDIOHOOK_AUTHORITY to the public host. Is the connection paused, or the server's clock off? Otherwise make a new key and secret.",
    };
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error ? error.name : "unknown";
}
