import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { findRoute, type Reply, type Route, send } from "../http/router.ts";
import { SandboxError } from "../sandbox-error.ts";
import { API_USER, CONSUMER } from "./domain/directory.ts";
import { createDomain } from "./domain/domain.ts";
import { domainRoutes } from "./domain/routes.ts";

export type Five9DomainOptions = {
  /** 0 takes a free one. */
  port?: number;
  host?: string;
  /** Under which address others reach it, where that is not its own. */
  publicUrl?: string;
  portalUrl?: string;
  /** Guards `/_control`; open without it. */
  controlToken?: string;
  onError?: (error: unknown) => void;
};

export type RunningDomain = Awaited<ReturnType<typeof startFive9Domain>>;

/** A Five9 domain on one origin: web services, REST login, agents' desktop, toolkit; it dials the product by itself. */
export async function startFive9Domain(options: Five9DomainOptions = {}) {
  const { portalUrl = "http://localhost:3000", host = "127.0.0.1", onError = () => {} } = options;
  const domain = createDomain();
  const routes = domainRoutes({ domain, portalUrl, controlToken: options.controlToken });
  const server = createServer((request, response) => {
    void answer(request, routes)
      .catch((error: unknown) => failure(error, onError))
      .then((reply) => send(response as ServerResponse, reply));
  });
  server.listen(options.port ?? 0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: (options.publicUrl ?? `http://localhost:${port}`).replace(/\/$/, ""),
    domain,
    apiUser: API_USER,
    consumer: CONSUMER,
    async close(): Promise<void> {
      domain.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(request: IncomingMessage, routes: readonly Route[]): Promise<Reply> {
  const url = new URL(request.url ?? "/", "http://five9.sandbox");
  const { route, params } = findRoute(routes, request.method ?? "GET", url.pathname);
  return await route.answer({ raw: request, url, params });
}

function failure(error: unknown, onError: (error: unknown) => void): Reply {
  if (error instanceof SandboxError)
    return { status: error.status, body: { error: { message: error.message } } };
  onError(error);
  return { status: 500, body: { error: { message: "The sandbox failed." } } };
}
