import { AppError } from "#/lib/kernel/app-error.ts";
import { ensureSubscription, removeSubscription } from "#/lib/pubsub/ensure-subscription.ts";
import type { NewSubscription } from "#/lib/pubsub/pubsub-api.ts";
import { pullSubscription } from "#/lib/pubsub/pull-subscription.ts";
import type { SubscriptionContext } from "../connector.ts";
import type { PlatformAccess } from "../platform-access.ts";
import { googleClient } from "./api/google-client.ts";
import type { GoogleCredentials } from "./credentials.ts";
import { takenOf } from "./ingest.ts";

/** Of the subscription that the product makes; it has the connection's own name in it, so no two share one. */
export function ownSubscription(own: GoogleCredentials, connectionId: string): string {
  return own.subscription ?? `projects/${own.projectId}/subscriptions/omnibots-agent-assist-${connectionId}`;
}

/** How it must stand; without an address it is there to be pulled. */
export function wantedSubscription(
  own: GoogleCredentials,
  pushEndpoint: string | undefined,
): NewSubscription {
  const { topic, deadLetterTopic } = own;
  if (own.ingestMode === "pull") return { topic, deadLetterTopic };
  if (!pushEndpoint) throw new AppError("invalid_input", "The public address for pushes is not known here.");
  const oidcToken = { serviceAccountEmail: own.pusher, audience: pushEndpoint };
  return { topic, deadLetterTopic, pushConfig: { pushEndpoint, oidcToken } };
}

/** Pulls until the signal aborts; the subscription is made first where it is ours to make. */
export async function hold(
  own: GoogleCredentials,
  { access, deliver, interim: show, report }: SubscriptionContext,
  signal: AbortSignal,
): Promise<void> {
  const { pubsub } = googleClient(own, access);
  const name = ownSubscription(own, access.connectionId);
  report({ state: "connecting", reconnects: 0 });
  if (!own.subscription) await ensureSubscription(pubsub, name, wantedSubscription(own, undefined), signal);
  await pullSubscription(
    {
      api: pubsub,
      subscription: name,
      take: async (message) => {
        const { delivery, interim } = await takenOf(own, message, access);
        if (interim) show?.(interim);
        if (delivery) await deliver(delivery.messageId, delivery.payload);
      },
      report,
      now: access.now,
      wait: access.wait,
    },
    signal,
  );
}

/** When the tenant disconnects: what the product has made goes, what the admin has made stays. */
export async function disconnect(
  own: GoogleCredentials,
  access: PlatformAccess,
  signal: AbortSignal,
): Promise<void> {
  if (own.subscription) return;
  const { pubsub } = googleClient(own, access);
  await removeSubscription(pubsub, ownSubscription(own, access.connectionId), signal);
}
