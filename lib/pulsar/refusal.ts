import type { UpgradeRefusal } from "./stream-session.ts";

/** What a refused upgrade means, and what a person can do about it (contract section 7). */
export type Refusal = {
  reason: string;
  remedy: string;
  /** Trying again soon may help: the cause passes by itself. */
  passing: boolean;
};

const REFUSALS: Record<number, Refusal> = {
  400: {
    reason: "The broker does not accept the parameters of the stream (400).",
    remedy: "Check tenant, namespace, topic and subscription for typing errors.",
    passing: false,
  },
  401: {
    reason: "The broker does not accept the API key for this tenant (401).",
    remedy:
      "Check the key and the tenant's name; the key must belong to an app with the product Pulsar Event Stream.",
    passing: false,
  },
  403: {
    reason: "The API key has no permission on this topic (403).",
    remedy: "Give the key's app access to this namespace and topic.",
    passing: false,
  },
  404: {
    reason: "There is no such topic (404).",
    remedy: "Check namespace and topic, and that Event Streaming is on for the tenant.",
    passing: false,
  },
  409: {
    reason: "Another consumer has this subscription (409).",
    remedy: "Give each environment a subscription name of its own.",
    passing: true,
  },
  429: {
    reason: "The broker takes no more requests for the moment (429).",
    remedy: "Wait; it is tried again by itself.",
    passing: true,
  },
};

/**
 * Apache Pulsar answers a reader 500 for what it answers a consumer 404 and 400 for: only its words tell a typing error
 * of ours from trouble of its own.
 */
const TOLD_AS: readonly (readonly [words: RegExp, status: number])[] = [
  [/(?:Namespace|Tenant|Topic) not found|TopicNotFound/i, 404],
  [/IllegalArgumentException|Illegal base64|NumberFormatException|Invalid query params/i, 400],
];

export function refusalOf({ status, said = "" }: UpgradeRefusal): Refusal {
  const told = status === 500 ? TOLD_AS.find(([words]) => words.test(said))?.[1] : undefined;
  const known = REFUSALS[told ?? status];
  if (known) return known;
  const passing = status >= 500;
  return {
    reason: `The broker answers ${status} to the upgrade.`,
    remedy: passing
      ? "The platform has trouble; it is tried again by itself."
      : "Check the host: another server may stand at this address.",
    passing,
  };
}
