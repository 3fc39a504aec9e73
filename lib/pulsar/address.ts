/** A topic as Pulsar names it: persistent, in a namespace of a tenant. */
export type Topic = { tenant: string; namespace: string; name: string };

export type ReaderQuery = {
  mode: "reader";
  /** `earliest`, `latest` or the id of the last message that was taken: reading goes on behind it. */
  from: string;
  name: string;
  window: number;
};

export type ConsumerQuery = {
  mode: "consumer";
  subscription: string;
  type: "Exclusive" | "Failover" | "Shared" | "Key_Shared";
  name: string;
  window: number;
  /** How soon the broker brings a message again that was refused. */
  redeliveryDelayMs: number;
};

/** The most that a session may ask for; also what the broker gives one that does not ask. */
export const LARGEST_WINDOW = 1_000;

/** The address of a session on Pulsar's WebSocket API (contract sections 1, 3 and 7). The key travels as a header, never here. */
export function streamAddress(origin: string, topic: Topic, query: ReaderQuery | ConsumerQuery): URL {
  const path = ["persistent", topic.tenant, topic.namespace, topic.name];
  if (query.mode === "consumer") path.push(query.subscription);
  const url = new URL(`/ws/v2/${query.mode}/${path.map(encodeURIComponent).join("/")}`, origin);
  const parameters: Record<string, string> =
    query.mode === "reader"
      ? { messageId: query.from, readerName: query.name, receiverQueueSize: `${query.window}` }
      : {
          subscriptionType: query.type,
          consumerName: query.name,
          receiverQueueSize: `${query.window}`,
          negativeAckRedeliveryDelay: `${query.redeliveryDelayMs}`,
        };
  // Not URLSearchParams.set alone: it writes a space as "+", and an id's own "+" must come through as %2B.
  url.search = Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  return url;
}

/** Names one stream for its stored position: ids of another cluster mean nothing here. */
export const streamName = (origin: string, topic: Topic) =>
  `${new URL(origin).host}/${topic.tenant}/${topic.namespace}/${topic.name}`;
