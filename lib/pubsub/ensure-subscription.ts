import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { NewSubscription, PubSubApi, Subscription } from "./pubsub-api.ts";

export type Ensured = { subscription: Subscription; did: "created" | "redirected" | "kept" };

/** Whether Google's answer was this status. */
export function answered(error: unknown, status: number): error is AppError {
  return isAppError(error) && error.context.status === String(status);
}

/**
 * Has the subscription stand as wanted, whatever is there: made where it is missing, its push address corrected where
 * it points elsewhere. One of the same name on another topic is somebody's own and is left alone (`conflict`).
 */
export async function ensureSubscription(
  api: PubSubApi,
  name: string,
  wanted: NewSubscription,
  signal?: AbortSignal,
): Promise<Ensured> {
  try {
    return { subscription: await api.createSubscription(name, wanted, signal), did: "created" };
  } catch (error) {
    if (!answered(error, 409)) throw error;
  }
  const found = await api.getSubscription(name, signal);
  if (found.topic !== wanted.topic) {
    throw new AppError(
      "conflict",
      found.topic === "_deleted-topic_"
        ? `The subscription ${name} belongs to a topic that was deleted.`
        : `There is a subscription ${name} already, on the topic ${found.topic}.`,
    );
  }
  if (samePush(found, wanted)) return { subscription: found, did: "kept" };
  await api.modifyPushConfig(name, wanted.pushConfig ?? {}, signal);
  return { subscription: { ...found, pushConfig: wanted.pushConfig }, did: "redirected" };
}

function samePush({ pushConfig: is }: Subscription, { pushConfig: should }: NewSubscription): boolean {
  return (
    (is?.pushEndpoint ?? "") === (should?.pushEndpoint ?? "") &&
    is?.oidcToken?.serviceAccountEmail === should?.oidcToken?.serviceAccountEmail &&
    is?.oidcToken?.audience === should?.oidcToken?.audience
  );
}

/** Takes the subscription away; one that is gone already is what was wanted. */
export async function removeSubscription(api: PubSubApi, name: string, signal?: AbortSignal): Promise<void> {
  try {
    await api.deleteSubscription(name, signal);
  } catch (error) {
    if (!answered(error, 404)) throw error;
  }
}
