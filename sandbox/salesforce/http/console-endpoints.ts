import type { ServerResponse } from "node:http";
import * as z from "zod";
import { SandboxError } from "../../sandbox-error.ts";
import type { Org, OrgEvent, Session } from "../org.ts";
import { type Ask, bodyOf, type Endpoint, endpoint } from "./serve.ts";

const LOG_LIMIT = 200;
const GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
const USER_ID_TYPE = "urn:omnibots:params:oauth:token-type:salesforce-user-id";

const textSchema = z.object({ text: z.string().min(1) });
const startSchema = z.object({
  queueId: z.string().optional(),
  customer: z.string().optional(),
  text: z.string().optional(),
});
const apexSchema = z.object({ userId: z.string(), args: z.array(z.unknown()) });

/** What the console's pages ask their org for, and what its Apex does with our product. */
export function consoleEndpoints(org: Org): Endpoint[] {
  const idOf = ({ params }: Ask) => params.id ?? "";
  const console_ = (route: string, answer: Endpoint["answer"]) => endpoint(route, "console", answer);
  return [
    console_("GET /console/api/start", () => ({
      body: { users: org.users, queues: org.queues, sessions: org.sessions().map(viewOf) },
    })),
    console_("POST /console/api/sessions", (ask) => ({
      status: 201,
      body: viewOf(org.startSession(bodyOf(startSchema, ask))),
    })),
    console_("GET /console/api/sessions/:id", (ask) => ({ body: viewOf(org.find(idOf(ask))) })),
    console_("POST /console/api/sessions/:id/accept", (ask) => {
      const { userId } = bodyOf(z.object({ userId: z.string() }), ask);
      return { body: viewOf(org.accept(idOf(ask), userId)) };
    }),
    console_("POST /console/api/sessions/:id/customer", (ask) => ({
      body: org.customerWrites(idOf(ask), bodyOf(textSchema, ask).text),
    })),
    console_("POST /console/api/sessions/:id/agent", (ask) => {
      if (org.strikes("sends")) throw new SandboxError("The message could not be sent.", 500);
      return { body: org.agentWrites(idOf(ask), bodyOf(textSchema, ask).text) };
    }),
    console_("POST /console/api/sessions/:id/end", (ask) => ({ body: viewOf(org.end(idOf(ask))) })),
    console_("GET /console/api/sessions/:id/log", (ask) => {
      if (org.strikes("logs")) throw new SandboxError("The conversation is not loaded.", 500);
      const { logSkewMs } = org.faults();
      const messages = org.find(idOf(ask)).lines.slice(-LOG_LIMIT);
      return {
        body: { messages: messages.map((line) => ({ ...line, timestamp: line.timestamp + logSkewMs })) },
      };
    }),
    console_("POST /console/api/sessions/:id/summary", (ask) => {
      if (org.strikes("saves")) throw new SandboxError("The record is locked by another user.", 500);
      org.saveSummary(idOf(ask), bodyOf(z.object({ text: z.string() }), ask).text);
      return { body: viewOf(org.find(idOf(ask))) };
    }),
    console_("POST /apex/:name", async (ask) => {
      const { userId, args } = bodyOf(apexSchema, ask);
      const [first] = args as [unknown];
      if (ask.params.name === "AgentAssistSession.open")
        return { body: await openSession(org, userId, String(first)) };
      if (ask.params.name === "AgentAssistRouting.describe") return { body: describe(org, first) };
      throw new SandboxError("There is no such Apex method.", 404);
    }),
    {
      method: "GET",
      path: /^\/console\/events$/,
      access: "public",
      stream: (_ask, response) => follow(org, response),
    },
  ];
}

export function viewOf({ id, customer, queue, agent, status, lines, summary }: Session) {
  return { id, customer, queue: { id: queue.id, name: queue.name }, agent, status, lines, summary };
}

const KEEP_ALIVE_MS = 10_000;

/** What the platform tells its pages; it repeats nothing to those that come later. */
function follow(org: Org, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write(": here\n\n");
  const tell = (event: OrgEvent) => void response.write(`data: ${JSON.stringify(event)}\n\n`);
  org.events.on("event", tell);
  const alive = setInterval(() => response.write(": alive\n\n"), KEEP_ALIVE_MS);
  response.on("close", () => {
    clearInterval(alive);
    org.events.off("event", tell);
  });
}

const describeSchema = z.object({ recordId: z.string(), routeBy: z.string().optional() });

function describe(org: Org, given: unknown): object {
  const { recordId, routeBy } = describeSchema.parse(given);
  const { queue } = org.find(recordId);
  if (routeBy === "routing configuration") return { queue: queue.routingConfiguration };
  return { queue: { id: queue.id, name: queue.name } };
}

/** What the Apex class does: the callout with the External Credential's header (RFC 8693). */
async function openSession(org: Org, userId: string, recordId: string): Promise<unknown> {
  const user = org.users.find(({ id }) => id === userId);
  if (!user) throw new SandboxError("REFUSED: You cannot see this messaging session.", 403);
  if (org.strikes("apex")) throw new SandboxError("Agent Assist is not available (status 503).", 500);
  const { orgId, exchangeSecret, portalUrl } = org.settings;
  const response = await fetch(`${portalUrl.replace(/\/$/, "")}/api/salesforce/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${orgId}:${exchangeSecret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({
      grant_type: GRANT_TYPE,
      subject_token: user.id,
      subject_token_type: USER_ID_TYPE,
      subject_name: user.name,
      audience: "widget",
      scope: `conversation:${org.find(recordId).id}`,
    }),
  }).catch((cause: unknown) => {
    throw new SandboxError("Agent Assist cannot be reached.", 502, { cause });
  });
  const body = (await response.json().catch(() => ({}))) as { error?: string };
  if (response.ok) return body;
  const code = body.error ?? `status ${response.status}`;
  const words =
    response.status >= 500
      ? `Agent Assist is not available (${code}).`
      : `REFUSED: Agent Assist gave no token (${code}).`;
  throw new SandboxError(words, 500);
}
