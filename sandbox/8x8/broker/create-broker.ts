import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { serveConsumer } from "./consumer.ts";
import { type BrokerFaults, noFaults } from "./faults.ts";
import { serveReader } from "./reader.ts";
import { closeWith } from "./session-socket.ts";
import { createTopic, type Topic } from "./topic.ts";

export type BrokerOptions = {
  tenant: string;
  apiKey: string;
  /** `namespace/topic`. */
  topics: readonly string[];
  /** Topics that exist and that the key may not read. */
  forbidden?: readonly string[];
  now?: () => number;
  random?: () => number;
};

/** One upgrade, as a test looks at it afterwards. */
export type Upgrade = { path: string; query: Record<string, string>; status: number; keyInAddress: boolean };

type Asked = { mode: string; topic: Topic; subscription: string; query: URLSearchParams };
type Checked = Refused | { asked: Asked };
type Refused = { refused: number; words?: string };

const LARGEST_WINDOW = 1_000;
const ADDRESS =
  /^\/ws\/v2\/(?<mode>reader|consumer)\/persistent\/(?<tenant>[^/]+)\/(?<namespace>[^/]+)\/(?<topic>[^/]+)(?:\/(?<subscription>[^/]+))?$/;

/** Pulsar's WebSocket API as the vendor's event streaming offers it, for one tenant. */
export function createBroker(options: BrokerOptions) {
  const { now = Date.now, random = Math.random } = options;
  const topics = new Map(options.topics.map((name) => [name, createTopic(now)]));
  const answering = new WebSocketServer({ noServer: true });
  const deaf = new WebSocketServer({ noServer: true, autoPong: false });
  const open = new Set<WebSocket>();
  const upgrades: Upgrade[] = [];
  let faults = noFaults();

  const check = (url: URL, request: IncomingMessage): Checked => {
    const refuse = faults.refuseUpgrades;
    if (refuse && refuse.times > 0) {
      refuse.times -= 1;
      return { refused: refuse.status };
    }
    return checkUpgrade({ ...options, topicOf: (name) => topics.get(name) }, url, request);
  };

  const serve = (socket: WebSocket, { mode, topic, subscription, query }: Asked) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    const window = Math.min(LARGEST_WINDOW, Number(query.get("receiverQueueSize") ?? LARGEST_WINDOW));
    const shared = { topic, window, random, faults: () => faults };
    if (mode === "reader") {
      serveReader(socket, { ...shared, from: topic.indexBehind(query.get("messageId") ?? "latest") ?? 0 });
      return;
    }
    serveConsumer(socket, {
      ...shared,
      subscription: topic.subscription(subscription),
      type: query.get("subscriptionType") ?? "Exclusive",
      pull: query.get("pullMode") === "true",
      redeliveryDelayMs: Number(query.get("negativeAckRedeliveryDelay") ?? 60_000),
      ackTimeoutMs: Number(query.get("ackTimeoutMillis") ?? 0),
    });
  };

  return {
    upgrades: upgrades as readonly Upgrade[],
    topic: (name: string): Topic => {
      const topic = topics.get(name);
      if (!topic) throw new Error(`the broker has no topic ${name}`);
      return topic;
    },
    addTopic: (name: string): void => {
      topics.set(name, createTopic(now));
    },
    /** Takes an upgrade of `/ws/v2`; anything else is not its affair. */
    upgrade: (request: IncomingMessage, stream: Duplex, head: Buffer): boolean => {
      const url = new URL(request.url ?? "/", "http://broker");
      if (!url.pathname.startsWith("/ws/v2/")) return false;
      const checked = check(url, request);
      const status = "refused" in checked ? checked.refused : 101;
      const query = Object.fromEntries(url.searchParams);
      upgrades.push({ path: url.pathname, query, status, keyInAddress: url.searchParams.has("x-api-key") });
      if ("refused" in checked) {
        stream.end(refusalOf(checked));
        return true;
      }
      (faults.deaf ? deaf : answering).handleUpgrade(request, stream, head, (socket) =>
        serve(socket, checked.asked),
      );
      return true;
    },
    faults: (change: Partial<BrokerFaults>) => {
      faults = { ...faults, ...change };
    },
    calm: () => {
      faults = noFaults();
    },
    sessions: () => open.size,
    /** Ends every open session: politely, with one of Pulsar's own codes, or without a word. */
    endSessions: (how: number | "cut" = "cut") => {
      for (const socket of open)
        if (how === "cut") socket.terminate();
        else closeWith(socket, how);
    },
  };
}

type Gate = BrokerOptions & { topicOf(name: string): Topic | undefined };

/** 401 comes before 403 and 404: a stranger learns nothing of what there is. */
function checkUpgrade(
  { apiKey, tenant, forbidden = [], topicOf }: Gate,
  url: URL,
  request: IncomingMessage,
): Checked {
  const found = ADDRESS.exec(url.pathname)?.groups;
  if (!found) return { refused: 404 };
  const part = (name: string) => decodeURIComponent(found[name] ?? "");
  const given = request.headers["x-api-key"] ?? url.searchParams.get("x-api-key");
  if (given !== apiKey || part("tenant") !== tenant) return { refused: 401 };
  const name = `${part("namespace")}/${part("topic")}`;
  if (forbidden.includes(name)) return { refused: 403 };
  const topic = topicOf(name);
  if (!topic) return failed(part("mode"), 404, "Topic not found");
  const asked = { mode: part("mode"), topic, subscription: part("subscription"), query: url.searchParams };
  return checkQuery(asked) ?? { asked };
}

export type Broker = ReturnType<typeof createBroker>;

/** What Pulsar answers before a session begins: 400 for parameters, 409 where an exclusive subscription is taken. */
function checkQuery({ mode, topic, subscription, query }: Asked): Refused | undefined {
  const window = query.get("receiverQueueSize");
  if (window !== null && !/^\d+$/.test(window))
    return failed(mode, 400, `java.lang.NumberFormatException: For input string: "${window}"`);
  if (mode === "reader")
    return topic.indexBehind(query.get("messageId") ?? "latest") === undefined
      ? failed(mode, 400, "java.lang.IllegalArgumentException: Invalid unknown tag type: 6")
      : undefined;
  if (!subscription) return { refused: 400 };
  const type = query.get("subscriptionType") ?? "Exclusive";
  if (!["Exclusive", "Failover", "Shared", "Key_Shared"].includes(type)) return { refused: 400 };
  const { consumers } = topic.subscription(subscription);
  const busy = consumers.length > 0 && (type === "Exclusive" || consumers.some((each) => each.type !== type));
  return busy ? { refused: 409 } : undefined;
}

/** A consumer is told by the status; a reader gets 500 whatever it is, and has to read the page (Pulsar 3.0). */
function failed(mode: string, status: number, words: string): Refused {
  return mode === "reader"
    ? { refused: 500, words: `Failed to create reader: ${words}` }
    : { refused: status, words: `Failed to create producer/consumer: ${words}` };
}

function refusalOf({ refused, words = "Refused" }: Refused): string {
  const page = `<html><head><title>Error ${refused} ${words}</title></head></html>`;
  return `HTTP/1.1 ${refused} Refused\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\nconnection: close\r\n\r\n${page}`;
}
