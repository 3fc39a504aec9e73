import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { SandboxError } from "../../sandbox-error.ts";
import type { Faults } from "./faults.ts";

/** The subscription's "CTI event destination" (contract section 3). */
export type EventTarget = { url: string; apiKey: string };

const TIMEOUT_MS = 10_000;
const RETRIES_MS = [500, 2000, 5000];

/** One chat message for the product's own webhook, as whoever passes messages on would post it. */
export function postChatMessage({ url, apiKey }: EventTarget, body: unknown, faults: Faults): Promise<void> {
  return postEvent({ url: `${url.replace(/\/+$/, "")}/chat`, apiKey }, body, faults);
}

/** Asks the address for the digest of the trust token, as the platform does before it sends anything there. */
export async function validateAddress({ url }: EventTarget, trustToken: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((cause: unknown) => {
    throw new SandboxError(`The event destination ${url} cannot be reached.`, 502, { cause });
  });
  const said: unknown = await response.json().catch(() => undefined);
  if (response.ok && said === createHash("sha256").update(trustToken).digest("hex")) return;
  throw new SandboxError(
    `The event destination does not answer with the digest of the trust token (${response.status}).`,
    422,
  );
}

/** Posts an event until it is taken, or given up; what is answered with a refusal is not sent again. */
export async function postEvent({ url, apiKey }: EventTarget, body: unknown, faults: Faults): Promise<void> {
  const bytes = JSON.stringify(body);
  for (const retryMs of [...RETRIES_MS, undefined]) {
    const status = await post(url, apiKey, bytes);
    if (status !== undefined && status < 500) {
      if (faults.repeatsEvents()) await post(url, apiKey, bytes);
      return;
    }
    if (retryMs !== undefined) await wait(retryMs, undefined, { ref: false });
  }
}

async function post(url: string, apiKey: string, body: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": apiKey },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}
