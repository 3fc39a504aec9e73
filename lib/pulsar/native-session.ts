import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { PulsarMessage } from "./frame.ts";
import { orderOf } from "./message-id.ts";
import type { SessionHandlers, StreamSession } from "./stream-session.ts";

export type NativeSessionOptions = {
  brokerUrl: string;
  token: string;
  topic: string;
  mode: "reader" | "consumer";
  from: string;
  subscription: string;
  redeliveryDelayMs: number;
};

type NativeId = { serialize(): Uint8Array };
type NativeMessage = {
  getMessageId(): NativeId;
  getData(): Uint8Array;
  getPublishTimestamp(): number;
  getRedeliveryCount(): number;
  getPartitionKey(): string;
};
type NativeReader = { readNext(): Promise<NativeMessage>; close(): Promise<unknown> };
type NativeConsumer = {
  receive(): Promise<NativeMessage>;
  acknowledge(message: NativeMessage): Promise<unknown>;
  negativeAcknowledge(message: NativeMessage): void;
  close(): Promise<unknown>;
};
type NativeClient = {
  createReader(options: Record<string, unknown>): Promise<NativeReader>;
  subscribe(options: Record<string, unknown>): Promise<NativeConsumer>;
  close(): Promise<unknown>;
};
/** The part of `pulsar-client` that is used here. */
export type NativeLibrary = {
  Client: new (options: Record<string, unknown>) => NativeClient;
  AuthenticationToken: new (options: { token: string }) => unknown;
  MessageId: { earliest(): NativeId; latest(): NativeId; deserialize(bytes: Buffer): NativeId };
};

/** Named in a variable: the package brings its binary from outside the registry, so that nothing may need it to build. */
const PACKAGE = "pulsar-client";
const librarySchema = z.object({
  default: z.looseObject({ Client: z.unknown(), AuthenticationToken: z.unknown(), MessageId: z.unknown() }),
});

async function installed(): Promise<NativeLibrary> {
  try {
    const loaded: unknown = await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ PACKAGE);
    return librarySchema.parse(loaded).default as unknown as NativeLibrary;
  } catch (cause) {
    throw new AppError(
      "upstream_rejected",
      "The package pulsar-client is not installed here: install it, or choose the WebSocket transport.",
      { cause },
    );
  }
}

/** A session over Pulsar's own protocol, for brokers that offer no WebSocket service. */
export async function openNativeSession(
  options: NativeSessionOptions,
  handlers: SessionHandlers,
  load: () => Promise<NativeLibrary> = installed,
): Promise<StreamSession> {
  const library = await load();
  const { brokerUrl, token } = options;
  const authentication = new library.AuthenticationToken({ token });
  const client = new library.Client({ serviceUrl: brokerUrl, authentication, operationTimeoutSeconds: 30 });
  return options.mode === "reader"
    ? readOn(await client.createReader(readerOptions(options, library)), client, handlers)
    : consumeOn(await client.subscribe(consumerOptions(options)), client, handlers);
}

function readerOptions({ topic, from, subscription }: NativeSessionOptions, { MessageId }: NativeLibrary) {
  const starts: Record<string, () => NativeId> = { earliest: MessageId.earliest, latest: MessageId.latest };
  const startMessageId = starts[from]?.() ?? MessageId.deserialize(Buffer.from(from, "base64"));
  return { topic, startMessageId, readerName: subscription };
}

function consumerOptions({ topic, subscription, redeliveryDelayMs }: NativeSessionOptions) {
  return { topic, subscription, subscriptionType: "Failover", nAckRedeliverTimeoutMs: redeliveryDelayMs };
}

/** The library pulls; what is not acknowledged yet is bounded by its own receiver queue. */
function pull(
  next: () => Promise<NativeMessage>,
  handlers: SessionHandlers,
  take: (message: NativeMessage) => void,
) {
  let closed = false;
  const run = async () => {
    try {
      while (!closed) take(await next());
    } catch {
      if (!closed) handlers.onEnd({ kind: "lost", detail: "The broker ended the stream." });
    }
  };
  handlers.onOpen();
  void run();
  return () => {
    closed = true;
  };
}

function readOn(reader: NativeReader, client: NativeClient, handlers: SessionHandlers): StreamSession {
  const stop = pull(
    () => reader.readNext(),
    handlers,
    (message) => handlers.onMessage(messageOf(message)),
  );
  return { acknowledge: () => {}, refuse: () => {}, close: () => close(stop, [reader, client]) };
}

function consumeOn(consumer: NativeConsumer, client: NativeClient, handlers: SessionHandlers): StreamSession {
  const held = new Map<string, NativeMessage>();
  const stop = pull(
    () => consumer.receive(),
    handlers,
    (message) => {
      const read = messageOf(message);
      held.set(read.id, message);
      handlers.onMessage(read);
    },
  );
  const settle = (id: string, how: (message: NativeMessage) => void) => {
    const message = held.get(id);
    if (held.delete(id) && message) how(message);
  };
  return {
    acknowledge: (id) => settle(id, (message) => void consumer.acknowledge(message).catch(() => {})),
    refuse: (id) => settle(id, (message) => consumer.negativeAcknowledge(message)),
    close: () => close(stop, [consumer, client]),
  };
}

function close(stop: () => void, open: readonly { close(): Promise<unknown> }[]): void {
  stop();
  void open
    .reduce<Promise<unknown>>((before, each) => before.then(() => each.close()), Promise.resolve())
    .catch(() => {});
}

function messageOf(message: NativeMessage): PulsarMessage {
  const id = Buffer.from(message.getMessageId().serialize()).toString("base64");
  const body = jsonOf(Buffer.from(message.getData()).toString("utf8"));
  const key = message.getPartitionKey();
  return {
    id,
    order: orderOf(id),
    body,
    publishedAt: message.getPublishTimestamp(),
    redeliveries: message.getRedeliveryCount(),
    ...(body === undefined && { problem: "The message's payload is not JSON." }),
    ...(key && { key }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
