import { AppError } from "#/lib/kernel/app-error.ts";
import { LARGEST_WINDOW, streamAddress, streamName, type Topic } from "#/lib/pulsar/address.ts";
import { openNativeSession } from "#/lib/pulsar/native-session.ts";
import type { SessionHandlers, StreamSession } from "#/lib/pulsar/stream-session.ts";
import { openWebSocketSession } from "#/lib/pulsar/web-socket-session.ts";
import type { PlatformAccess } from "../platform-access.ts";
import type { EightByEightCredentials } from "./credentials.ts";
import { streamOrigin } from "./hosts.ts";

/** How soon a refused message comes back; the broker's own default is a minute. */
const REDELIVERY_DELAY_MS = 1_000;

export type OpenStream = (from: string, handlers: SessionHandlers) => Promise<StreamSession>;
export type Stream = { name: string; topic: string; open: OpenStream };

/** One topic of the tenant as the connection's settings say it is read. */
export function streamOf(own: EightByEightCredentials, path: string, access: PlatformAccess): Stream {
  const [namespace = "", name = ""] = path.split("/");
  const topic: Topic = { tenant: own.tenantId, namespace, name };
  const native = own.transport === "native";
  const origin = native ? (own.brokerUrl ?? "") : streamOrigin(own, access.sandboxes);
  const open: OpenStream = native
    ? async (from, handlers) => {
        await checkBroker(origin, access);
        return openNative(own, origin, topic, from, handlers);
      }
    : (from, handlers) => openSocket(own, origin, topic, from, access, handlers);
  return { name: streamName(origin, topic), topic: path, open };
}

async function openSocket(
  own: EightByEightCredentials,
  origin: string,
  topic: Topic,
  from: string,
  access: PlatformAccess,
  handlers: SessionHandlers,
): Promise<StreamSession> {
  const name = own.subscriptionName;
  const url = streamAddress(
    origin,
    topic,
    own.mode === "reader"
      ? { mode: "reader", from, name, window: LARGEST_WINDOW }
      : {
          mode: "consumer",
          subscription: name,
          // A process that takes over is let in beside one whose socket the broker has not missed yet.
          type: "Failover",
          name,
          window: LARGEST_WINDOW,
          redeliveryDelayMs: REDELIVERY_DELAY_MS,
        },
  );
  if (!access.addressesOf)
    throw new AppError("upstream_rejected", "This process opens no sockets to platforms.");
  const addresses = await access.addressesOf(url);
  return openWebSocketSession(
    {
      // As a header: in the address it would end up in logs along the way.
      address: { url, headers: { "X-API-Key": own.apiKey }, addresses },
      mode: own.mode,
      wait: access.wait,
    },
    handlers,
  );
}

/** The library dials by itself, past the guard of outbound addresses: a broker that may not be reached is refused before. */
async function checkBroker(brokerUrl: string, { addressesOf }: PlatformAccess): Promise<void> {
  if (!addressesOf) throw new AppError("upstream_rejected", "This process opens no sockets to platforms.");
  await addressesOf(new URL(brokerUrl.replace(/^pulsar(?:\+ssl)?:/, "wss:")));
}

function openNative(
  own: EightByEightCredentials,
  brokerUrl: string,
  topic: Topic,
  from: string,
  handlers: SessionHandlers,
): Promise<StreamSession> {
  const { mode, subscriptionName } = own;
  return openNativeSession(
    {
      brokerUrl,
      token: own.apiKey,
      topic: `persistent://${topic.tenant}/${topic.namespace}/${topic.name}`,
      mode,
      from,
      subscription: subscriptionName,
      redeliveryDelayMs: REDELIVERY_DELAY_MS,
    },
    handlers,
  );
}
