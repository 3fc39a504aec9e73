import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Broker, createBroker } from "./broker/create-broker.ts";
import { createGateway, type Gateway } from "./gateway/create-gateway.ts";
import { createInteractions, type Interactions } from "./interactions.ts";
import { serveWorkspace } from "./workspace/routes.ts";

export type TenantOptions = {
  port?: number;
  host?: string;
  tenant?: string;
  apiKey?: string;
  controlToken?: string;
  /** `namespace/topic`, besides the two that every tenant has. */
  topics?: readonly string[];
  forbidden?: readonly string[];
  now?: () => number;
  random?: () => number;
};

/** A contact centre's tenant: its event stream, its interactions, its Chat Gateway, and the agents' workspace page. */
export type Tenant = {
  tenant: string;
  apiKey: string;
  /** Of the event stream, `ws://host:port`. */
  streamUrl: string;
  url: string;
  broker: Broker;
  gateway: Gateway;
  interactions: Interactions;
  close(): Promise<void>;
};

export const ALL_EVENTS = "event-v1/all";
export const TRANSCRIPTS = "transcript-v1/all";

/** Starts the vendor's side for tests and for the sandbox process. */
export async function startTenant(options: TenantOptions = {}): Promise<Tenant> {
  const { port = 0, host = "127.0.0.1", tenant = "acme", topics = [], now = Date.now } = options;
  const apiKey = options.apiKey ?? `eght_${randomBytes(16).toString("hex")}`;
  const broker = createBroker({
    ...options,
    tenant,
    apiKey,
    topics: [ALL_EVENTS, TRANSCRIPTS, ...topics, ...(options.forbidden ?? [])],
  });
  const interactions = createInteractions({
    tenant,
    now,
    publish: (body, key) => publish(broker, body, key),
  });

  const gateway = createGateway({ tenant, now });
  const parts = { tenant, broker, gateway, interactions, controlToken: options.controlToken };
  const server = createServer((request, response) => void serveWorkspace(parts, request, response));
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    if (!broker.upgrade(request, socket, head)) socket.destroy();
  });
  server.listen(port, host);
  const failed = await Promise.race([
    once(server, "listening").then(() => undefined),
    once(server, "error").then(([error]) => error as NodeJS.ErrnoException),
  ]);
  if (failed) throw failed;
  const at = (server.address() as AddressInfo).port;

  return {
    tenant,
    apiKey,
    streamUrl: `ws://localhost:${at}`,
    url: `http://localhost:${at}`,
    broker,
    gateway,
    interactions,
    close: async () => {
      broker.endSessions("cut");
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function publish(broker: Broker, body: unknown, key: string | undefined) {
  return broker.topic(ALL_EVENTS).append(body, key);
}
