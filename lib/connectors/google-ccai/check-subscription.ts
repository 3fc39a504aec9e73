import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import {
  answered,
  type Ensured,
  ensureSubscription,
  removeSubscription,
} from "#/lib/pubsub/ensure-subscription.ts";
import type { NewSubscription, PubSubApi } from "#/lib/pubsub/pubsub-api.ts";
import type { CheckContext } from "../connector.ts";
import type { Outcome } from "../timed-step.ts";
import type { GoogleClient } from "./api/google-client.ts";
import type { GoogleCredentials } from "./credentials.ts";
import { ownSubscription, wantedSubscription } from "./subscription.ts";

/** Where Google pushes to for this connection. */
export function pushAddress(ingestUrl: string | undefined, publicId: string): string | undefined {
  return ingestUrl && `${ingestUrl.replace(/\/+$/, "")}/ingest/google-ccai/${publicId}`;
}

/** Makes the subscription, or looks at the admin's own; from then on the door knows what to demand of a push. */
export async function checkSubscription(
  own: GoogleCredentials,
  context: CheckContext,
  client: GoogleClient,
  signal: AbortSignal,
): Promise<Outcome> {
  const endpoint = pushAddress(context.ingestUrl, context.publicId);
  const name = ownSubscription(own, context.access.connectionId);
  const unsafe = endpoint && own.ingestMode === "push" ? unreachable(own, endpoint) : undefined;
  if (unsafe) return unsafe;
  if (own.subscription) return checkGiven(own, name, endpoint, { context, client, signal });
  const wanted = wantedSubscription(own, endpoint);
  const { did } = await ensureOwn(client.pubsub, name, wanted, signal).catch((error: unknown) => {
    throw answered(error, 403) ? actAsWords(own, error) : error;
  });
  await learn(context, own, { name, endpoint, audience: endpoint });
  const words = { created: "created", redirected: "found, and its push address corrected", kept: "found" };
  return { detail: `${name} ${words[did]}, ${own.ingestMode}` };
}

/** The name is this connection's alone, so what stands under it on another topic is left from an earlier setting. */
async function ensureOwn(
  pubsub: PubSubApi,
  name: string,
  wanted: NewSubscription,
  signal: AbortSignal,
): Promise<Ensured> {
  try {
    return await ensureSubscription(pubsub, name, wanted, signal);
  } catch (error) {
    if (!isAppError(error) || error.code !== "conflict") throw error;
    await removeSubscription(pubsub, name, signal);
    return ensureSubscription(pubsub, name, wanted, signal);
  }
}

type Around = { context: CheckContext; client: GoogleClient; signal: AbortSignal };

async function checkGiven(
  own: GoogleCredentials,
  name: string,
  endpoint: string | undefined,
  { context, client, signal }: Around,
): Promise<Outcome> {
  if (own.ingestMode === "pull") {
    const wanted = "pubsub.subscriptions.consume";
    const held = await client.pubsub.testPermissions(name, [wanted], signal);
    await learn(context, own, { name, endpoint, audience: endpoint });
    if (held.includes(wanted)) return { detail: `${name}, pull` };
    return {
      reason: `403: ${own.key.email} lacks ${wanted} on ${name}, or there is no such subscription.`,
      remedy: `Check the name. Then Pub/Sub > Subscriptions > Permissions: grant roles/pubsub.subscriber to ${own.key.email}.`,
    };
  }
  // Reading it is more than a subscriber may; then the address below is what counts.
  const found = await client.pubsub.getSubscription(name, signal).catch((error: unknown) => {
    if (answered(error, 403)) return undefined;
    throw error;
  });
  const audience = found?.pushConfig?.oidcToken?.audience ?? endpoint;
  await learn(context, own, { name, endpoint, audience });
  return found ? wrongPush(own, found, endpoint) : unread(own, name, endpoint);
}

type Found = Awaited<ReturnType<GoogleClient["pubsub"]["getSubscription"]>>;

function wrongPush(own: GoogleCredentials, found: Found, endpoint: string | undefined): Outcome {
  const config = found.pushConfig;
  const remedy = `Pub/Sub > Subscriptions > ${found.name} > Edit: push, endpoint ${endpoint}, authentication on with ${own.pusher}, audience ${endpoint}.`;
  if (!config?.pushEndpoint) return { reason: "The subscription is a pull subscription.", remedy };
  if (config.pushEndpoint !== endpoint)
    return { reason: `The subscription pushes to ${config.pushEndpoint}.`, remedy };
  if (!config.oidcToken)
    return {
      reason: "The subscription pushes without authentication, so that every push is refused.",
      remedy,
    };
  if (config.oidcToken.serviceAccountEmail !== own.pusher)
    return { reason: `Pushes are signed as ${config.oidcToken.serviceAccountEmail}.`, remedy };
  return { detail: `${found.name}, push signed as ${own.pusher}` };
}

const unread = (own: GoogleCredentials, name: string, endpoint: string | undefined): Outcome => ({
  detail: `${name} may not be read with this account; it must push to ${endpoint}, signed as ${own.pusher} for that audience`,
});

/** The door compares with these and lets nobody in before they are known. */
function learn(
  { learn: keep }: CheckContext,
  { ingestMode }: GoogleCredentials,
  { name, endpoint, audience }: { name: string; endpoint: string | undefined; audience: string | undefined },
): Promise<void> {
  const push = ingestMode === "push";
  return keep({
    subscriptionName: name,
    pushEndpoint: push ? endpoint : undefined,
    pushAudience: push ? audience : undefined,
  });
}

/** Google pushes to public HTTPS addresses only; its refusal would not say so as plainly. */
function unreachable({ cloud }: GoogleCredentials, endpoint: string): Outcome | undefined {
  if (cloud === "sandbox" || endpoint.startsWith("https://")) return undefined;
  return {
    reason: `Google pushes to HTTPS addresses only, and this server's is ${endpoint}.`,
    remedy: "Set INGEST_URL to the public https address of the ingest process, or choose Pull.",
  };
}

/** Signing as an account is a right of its own, which Google's message names in passing (contract section 0). */
function actAsWords(own: GoogleCredentials, error: AppError): AppError {
  if (!/actAs/i.test(error.message)) return error;
  return new AppError(error.code, error.message, {
    cause: error,
    context: { ...error.context, permission: `iam.serviceAccounts.actAs (on ${own.pusher})` },
  });
}
