import { expect, test, vi } from "vitest";
import type { PulsarMessage } from "./frame.ts";
import { type NativeLibrary, type NativeSessionOptions, openNativeSession } from "./native-session.ts";

const OPTIONS: NativeSessionOptions = {
  brokerUrl: "pulsar://broker:6650",
  token: "secret",
  topic: "persistent://acme/event-v1/all",
  mode: "reader",
  from: "latest",
  subscription: "ours",
  redeliveryDelayMs: 1_000,
};
/** Ledger 7, entry 3, as the broker writes ids. */
const ID = Buffer.from([8, 7, 16, 3]);

/** A broker that has the given payloads and then nothing until it is closed. */
function aLibrary(payloads: readonly string[]) {
  const calls: unknown[] = [];
  const waiting = payloads.map((text) => ({
    getMessageId: () => ({ serialize: () => ID }),
    getData: () => Buffer.from(text),
    getPublishTimestamp: () => 1_000,
    getRedeliveryCount: () => 2,
    getPartitionKey: () => "int-1",
  }));
  let fail = (_: Error) => {};
  const silence = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const next = async () => waiting.shift() ?? silence;
  const close = async () => void calls.push("closed");
  class Client {
    constructor(options: Record<string, unknown>) {
      calls.push(options.serviceUrl);
    }
    createReader = async (options: Record<string, unknown>) => {
      calls.push({ reader: options.startMessageId });
      return { readNext: next, close };
    };
    subscribe = async (options: Record<string, unknown>) => {
      calls.push({ consumer: options.subscriptionType });
      return {
        receive: next,
        acknowledge: async () => void calls.push("acknowledged"),
        negativeAcknowledge: () => void calls.push("refused"),
        close,
      };
    };
    close = close;
  }
  const id = (name: string) => ({ serialize: () => Buffer.from(name) });
  const library = {
    Client,
    AuthenticationToken: class {},
    MessageId: {
      earliest: () => id("earliest"),
      latest: () => id("latest"),
      deserialize: (bytes: Buffer) => ({ serialize: () => bytes }),
    },
  } as unknown as NativeLibrary;
  return { library, calls, lose: () => fail(new Error("gone")) };
}

async function opened(change: Partial<NativeSessionOptions>, payloads: readonly string[]) {
  const { library, ...broker } = aLibrary(payloads);
  const messages: PulsarMessage[] = [];
  const ends: unknown[] = [];
  const handlers = {
    onOpen: () => {},
    onMessage: (message: PulsarMessage) => void messages.push(message),
    onUnreadable: () => {},
    onEnd: (end: unknown) => void ends.push(end),
  };
  const session = await openNativeSession({ ...OPTIONS, ...change }, handlers, async () => library);
  return { session, messages, ends, ...broker };
}

test("over Pulsar's own protocol a message reads as it does over the WebSocket", async () => {
  const { messages, ends, lose } = await opened({}, ['{"n":1}', "not json"]);
  await vi.waitFor(() => expect(messages).toHaveLength(2));
  expect(messages[0]).toMatchObject({
    id: ID.toString("base64"),
    order: [7, 3, 0],
    body: { n: 1 },
    publishedAt: 1_000,
    redeliveries: 2,
    key: "int-1",
  });
  expect(messages[1]).toMatchObject({ problem: expect.stringContaining("not JSON") });
  lose();
  await vi.waitFor(() => expect(ends).toEqual([{ kind: "lost", detail: "The broker ended the stream." }]));
});

test("a reader begins behind the stored place", async () => {
  const { calls } = await opened({ from: ID.toString("base64") }, []);
  const [, asked] = calls as [unknown, { reader: { serialize(): Buffer } }];
  expect(asked.reader.serialize()).toEqual(ID);
});

test("a consumer answers each message once, with what became of it", async () => {
  const { session, messages, calls } = await opened({ mode: "consumer" }, ['{"n":1}']);
  await vi.waitFor(() => expect(messages).toHaveLength(1));
  const id = messages[0]?.id ?? "";
  session.refuse(id);
  session.acknowledge(id);
  expect(calls.filter((call) => call === "refused" || call === "acknowledged")).toEqual(["refused"]);
  session.close();
  await vi.waitFor(() => expect(calls.filter((call) => call === "closed")).toHaveLength(2));
});

test("without the package the connection says so, and another attempt is no use", async () => {
  const handlers = { onOpen: () => {}, onMessage: () => {}, onUnreadable: () => {}, onEnd: () => {} };
  await expect(openNativeSession(OPTIONS, handlers)).rejects.toMatchObject({
    code: "upstream_rejected",
    message: expect.stringContaining("pulsar-client is not installed"),
  });
});
