import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { SandboxEnv } from "./env.ts";
import { createConversations } from "./http/conversation-routes.ts";
import { hostPageRoutes } from "./http/host-page.ts";
import { findRoute, type Reply, type Route, send } from "./http/router.ts";
import { attachMicrophone } from "./microphone.ts";
import { SandboxError } from "./sandbox-error.ts";

/** How long a call waits for the host page to show the widget before it begins without it. */
const RING_MS = 6000;
const PORTAL_TIMEOUT_MS = 3000;

type Options = { env: SandboxEnv; log: Pick<Logger, "info" | "warn" | "error">; ringMs?: number };

export type Sandbox = { server: Server; drain(): Promise<void> };

/** The platform's side as a process: an API for the portal, and an agent desktop on an origin of its own. */
export function createSandbox({ env, log, ringMs = RING_MS }: Options): Sandbox {
  const conversations = createConversations({ env, ringMs });
  const routes: Route[] = [
    probe(/^\/healthz$/),
    probe(/^\/readyz$/),
    { method: "GET", path: /^\/api\/portal$/, access: "public", answer: () => checkPortal(env.PORTAL_URL) },
    ...hostPageRoutes(env),
    ...conversations.routes,
  ];
  const server = createServer((request, response) => {
    void answer(request, routes, env)
      .catch((error: unknown) => failure(error, log))
      .then((reply) => send(response, withCors(request, reply, env)))
      .catch((error: unknown) => abandon(response, error, log));
  });
  attachMicrophone(server, { env, call: conversations.call, log });
  return { server, drain: conversations.drain };
}

async function answer(request: IncomingMessage, routes: readonly Route[], env: SandboxEnv): Promise<Reply> {
  const url = new URL(request.url ?? "/", env.SANDBOX_URL);
  if (request.method === "OPTIONS") return { status: 204 };
  const { route, params } = findRoute(routes, request.method ?? "GET", url.pathname);
  if (route.access === "portal" && !isPortal(request.headers.authorization, env.SANDBOX_TOKEN)) {
    throw new SandboxError(
      "Only the portal may ask for this: its SANDBOX_TOKEN is missing or another one.",
      401,
    );
  }
  return await route.answer({ raw: request, url, params });
}

function isPortal(authorization: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(authorization ?? ""), digest(`Bearer ${token}`));
}

/** The portal's own pages may read a call's state; no other page may read anything. */
function withCors(request: IncomingMessage, reply: Reply, env: SandboxEnv): Reply {
  const { origin } = request.headers;
  if (!origin || origin !== new URL(env.PORTAL_URL).origin) return reply;
  return {
    ...reply,
    headers: {
      "access-control-allow-origin": origin,
      "access-control-allow-headers": "authorization, content-type",
      vary: "origin",
      ...reply.headers,
    },
  };
}

function failure(error: unknown, log: Options["log"]): Reply {
  if (error instanceof SandboxError)
    return { status: error.status, body: { error: { message: error.message } } };
  log.error({ err: error }, "request failed");
  return { status: 500, body: { error: { message: "The sandbox failed; its log says why." } } };
}

function abandon(response: ServerResponse, error: unknown, log: Options["log"]): void {
  log.warn({ err: error }, "answer not sent");
  response.destroy();
}

function probe(path: RegExp): Route {
  return { method: "GET", path, access: "public", answer: () => ({ body: { status: "ok" } }) };
}

/** A page cannot tell a frame that failed to load from one that is slow; we can ask. */
async function checkPortal(portalUrl: string): Promise<Reply> {
  try {
    await fetch(portalUrl, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(PORTAL_TIMEOUT_MS),
    });
    return { body: { reachable: true, portalUrl } };
  } catch {
    return { body: { reachable: false, portalUrl } };
  }
}
