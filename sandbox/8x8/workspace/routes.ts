import { createHash, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { desktopStyle } from "../../desktop-page/desktop-style.ts";
import { readJson, send } from "../../http/router.ts";
import { SandboxError } from "../../sandbox-error.ts";
import type { Broker } from "../broker/create-broker.ts";
import { controlGateway } from "../gateway/control.ts";
import type { Gateway } from "../gateway/create-gateway.ts";
import type { Interactions } from "../interactions.ts";

const HTML = "text/html; charset=utf-8";
const CSS = "text/css; charset=utf-8";
const JAVASCRIPT = "text/javascript; charset=utf-8";
const FILES: Record<string, readonly [string, string]> = {
  "/": ["workspace.html", HTML],
  "/desktop": ["workspace.html", HTML],
  "/desktop/workspace.css": ["workspace.css", CSS],
  "/desktop/workspace.js": ["workspace.js", JAVASCRIPT],
  "/desktop/partner-port.js": ["partner-port.js", JAVASCRIPT],
};
/** 8x8 offers partners no list of queues; these are the page's own, and any other may be named. */
const QUEUES = [
  { id: "2101", name: "Billing" },
  { id: "2102", name: "Deliveries" },
];
const BODY_LIMIT = 64_000;

const beginSchema = z.object({
  agentId: z.string().min(1).max(100).optional(),
  mediaType: z.enum(["phone", "chat", "email"]).default("phone"),
  queueId: z.string().max(100).optional(),
  queueName: z.string().max(100).optional(),
  customerLanguage: z.string().max(35).optional(),
});
const publishSchema = z.object({ topic: z.string(), body: z.unknown(), key: z.string().optional() });
const faultsSchema = z.object({
  silent: z.boolean().optional(),
  deaf: z.boolean().optional(),
  noise: z.boolean().optional(),
  duplicate: z.number().min(0).max(1).optional(),
  shuffle: z.int().min(1).max(100).optional(),
  refuseUpgrades: z.object({ status: z.int(), times: z.int() }).optional(),
  closeAfter: z.object({ messages: z.int(), code: z.int() }).optional(),
  cutAfter: z.int().optional(),
});

export type WorkspaceParts = {
  tenant: string;
  broker: Broker;
  gateway: Gateway;
  interactions: Interactions;
  /** Guards `/_control`, as far as it is not the workspace's own page that asks; open without it. */
  controlToken: string | undefined;
};

/** The workspace page, and `/_control`: interactions, messages of any topic, and the broker's knobs. */
export async function serveWorkspace(
  parts: WorkspaceParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { pathname } = new URL(request.url ?? "/", "http://workspace");
    if (pathname.startsWith("/_control/") && !mayControl(request, parts.controlToken))
      throw new SandboxError("Only the sandbox's token steers the tenant.", 401);
    if (request.method === "POST") return send(response, { body: await control(parts, pathname, request) });
    const page = await read(parts, pathname);
    if (!page) throw new SandboxError("There is nothing at this address.", 404);
    response.writeHead(200, { "content-type": page.type, "cache-control": "no-store" }).end(page.body);
  } catch (error) {
    const known = error instanceof SandboxError;
    const message = known ? error.message : "The simulator failed.";
    send(response, { status: known ? error.status : 500, body: { error: { message } } });
  }
}

async function read({ tenant, broker, gateway }: WorkspaceParts, path: string) {
  if (path === "/desktop/base.css") return { type: CSS, body: desktopStyle() };
  const [file, type] = FILES[path] ?? [];
  if (file && type) return { type, body: await readFile(new URL(file, import.meta.url)) };
  if (path === "/_control/start") return json({ tenant, queues: QUEUES });
  if (path === "/_control/gateway") return json({ publicKey: gateway.publicKey, sent: gateway.sent });
  if (path === "/_control/upgrades") return json({ upgrades: broker.upgrades, sessions: broker.sessions() });
  return undefined;
}

const json = (value: unknown) => ({ type: "application/json", body: JSON.stringify(value) });

/** Only the workspace's own page sends its header; no other page can without asking first. */
function mayControl({ headers }: IncomingMessage, controlToken: string | undefined): boolean {
  if (controlToken === undefined || headers["x-sandbox-desktop"] === "1") return true;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(headers.authorization ?? ""), digest(`Bearer ${controlToken}`));
}

async function control(parts: WorkspaceParts, path: string, request: IncomingMessage): Promise<unknown> {
  const { broker, interactions } = parts;
  if (path === "/_control/interactions") {
    const one = interactions.begin(await readJson(request, beginSchema, BODY_LIMIT));
    one.accept();
    return { id: one.id, facts: one.facts };
  }
  const finish = /^\/_control\/interactions\/([^/]+)\/finish$/.exec(path);
  if (finish) {
    const one = interactions.get(decodeURIComponent(finish[1] ?? ""));
    if (!one) throw new SandboxError("There is no such interaction.", 404);
    one.finish();
    return { id: one.id };
  }
  if (path === "/_control/publish") {
    const { topic, body, key } = await readJson(request, publishSchema, BODY_LIMIT);
    return { messageId: broker.topic(topic).append(body, key).messageId };
  }
  if (path === "/_control/faults") {
    broker.faults(await readJson(request, faultsSchema, BODY_LIMIT));
    return { ok: true };
  }
  if (path === "/_control/end-sessions") {
    broker.endSessions("cut");
    return { ok: true };
  }
  const answer = await controlGateway(parts.gateway, path, request);
  if (answer) return answer;
  throw new SandboxError("There is nothing at this address.", 404);
}
