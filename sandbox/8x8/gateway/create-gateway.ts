import { generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { SandboxError } from "../../sandbox-error.ts";
import { signedHeaders } from "./sign-request.ts";

/** What may go wrong on the way of a webhook. */
export type GatewayFaults = {
  /** Signed by somebody else's key. */
  wrongSignature: boolean;
  /** The body is another one than the one that was signed. */
  alteredBody: boolean;
  /** Sent this long after it was signed, as somebody does who has recorded it. */
  staleByMs: number;
  /** So many times more than once, under the same event id. */
  repeats: number;
};

/** One try to hand an event over, as a test looks at it afterwards. */
export type Sent = { eventId: string; eventType: string; retry: number; status: number };

type GatewayOptions = {
  tenant: string;
  now: () => number;
  /** Between two tries of one event. */
  retryMs?: number;
};

const MOST_TRIES = 4;
const CUSTOMER_ID = "0014e00001acme0";

const noFaults = (): GatewayFaults => ({
  wrongSignature: false,
  alteredBody: false,
  staleByMs: 0,
  repeats: 0,
});

const aKey = () => generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The Chat Gateway of one tenant: it posts what happens in a chat of its channel to one webhook, signed, until it is taken. */
export function createGateway({ tenant, now, retryMs = 500 }: GatewayOptions) {
  const own = aKey();
  const sent: Sent[] = [];
  let stranger: KeyObject | undefined;
  let webhook: string | undefined;
  let faults = noFaults();

  const keyNow = () => {
    if (!faults.wrongSignature) return own.privateKey;
    stranger ??= aKey().privateKey;
    return stranger;
  };
  /** Resolves to the answer's status; 0 where there was none. */
  const post = async (url: string, event: Record<string, unknown>, eventId: string, retry: number) => {
    const body = Buffer.from(JSON.stringify(event));
    const at = {
      customerId: CUSTOMER_ID,
      eventId,
      tenantId: tenant,
      retry,
      sentAt: now() - faults.staleByMs,
    };
    const headers = signedHeaders(body, at, keyNow());
    const carried = faults.alteredBody ? JSON.stringify({ ...event, altered: true }) : new Uint8Array(body);
    const status = await fetch(url, { method: "POST", headers, body: carried }).then(
      (answer) => answer.status,
      () => 0,
    );
    sent.push({ eventId, eventType: String(event.eventType), retry, status });
    return status;
  };
  const deliver = async (url: string, event: Record<string, unknown>) => {
    const eventId = randomUUID();
    for (let repeat = 0; repeat <= faults.repeats; repeat += 1)
      for (let retry = 0; retry < MOST_TRIES; retry += 1) {
        const status = await post(url, event, eventId, retry);
        // A refusal is for good; silence and trouble on the other side are not.
        if (status !== 0 && status < 500 && status !== 429) break;
        await sleep(retryMs);
      }
  };
  const tell = async (event: Record<string, unknown>): Promise<void> => {
    if (webhook) await deliver(webhook, event);
  };

  return {
    /** What a partner finds in the console and gives to the product. */
    publicKey: own.publicKey.export({ type: "spki", format: "pem" }).toString(),
    sent: sent as readonly Sent[],
    /** Takes the webhook only where it answers the gateway's own question. */
    register: async (url: string): Promise<void> => {
      const status = await post(url, { eventType: "WEB_HOOK_VERIFY" }, randomUUID(), 0);
      if (status < 200 || status > 299)
        throw new SandboxError(`The webhook answered ${status || "nothing"} to WEB_HOOK_VERIFY.`, 422);
      webhook = url;
    },
    /** Somebody writes into the chat; resolves when the webhook has taken it or the gateway has given up. */
    message: (conversationId: string, from: "user" | "agent", text: string): Promise<void> =>
      tell({
        eventType: "MESSAGE",
        conversationId,
        messageId: randomUUID(),
        timestamp: now(),
        data: { text, sender: { type: from, id: from === "agent" ? "agRobin" : "visitor-1" }, isEcho: false },
      }),
    /** Any other event of a chat: QUEUED, MEMBERS_CHANGED, TRANSFER, CONVERSATION_UPDATE, ACTIVITY. */
    tell: (eventType: string, conversationId: string): Promise<void> =>
      tell({ eventType, conversationId, timestamp: now(), data: {} }),
    faults: (change: Partial<GatewayFaults>): void => {
      faults = { ...faults, ...change };
    },
    calm: (): void => {
      faults = noFaults();
    },
  };
}

export type Gateway = ReturnType<typeof createGateway>;
