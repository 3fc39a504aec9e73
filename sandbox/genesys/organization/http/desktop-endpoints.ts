import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { messageBody } from "../message-body.ts";
import { agentSchema, customerSchema, type Operate, startSchema } from "../operate.ts";
import { shapeA } from "../shapes.ts";
import type { World } from "../world.ts";
import { type ApiReply, type ApiRequest, type Endpoint, pathPattern, readBody } from "./endpoint.ts";

const FOLDER = join(import.meta.dirname, "../desktop");
const FILES = {
  "/desktop": ["desktop.html", "text/html; charset=utf-8"],
  "/desktop/desktop.css": ["desktop.css", "text/css; charset=utf-8"],
  "/desktop/panels.css": ["panels.css", "text/css; charset=utf-8"],
  "/desktop/desktop.js": ["desktop.js", "text/javascript; charset=utf-8"],
  "/desktop/api.js": ["api.js", "text/javascript; charset=utf-8"],
  "/desktop/widget-host.js": ["widget-host.js", "text/javascript; charset=utf-8"],
  "/desktop/interaction-view.js": ["interaction-view.js", "text/javascript; charset=utf-8"],
} as const;

/** What stands in the page's widget field at first: an address as the portal generates it, with real placeholders. */
const PLACEHOLDERS =
  "conversationId={{gcConversationId}}&gcHostOrigin={{gcHostOrigin}}&gcTargetEnv={{gcTargetEnv}}&langTag={{gcLangTag}}&usePopupAuth={{gcUsePopupAuth}}";

const callSchema = z.object({ queueId: z.string(), userId: z.string() });

type Deps = { world: World; operate: Operate; portalUrl: string; widgetUrl?: string };

/** The agents' desktop: a page, and what that page alone may ask for. */
export function desktopEndpoints({ world, operate, portalUrl, widgetUrl }: Deps): Endpoint[] {
  const desktop = (
    route: string,
    answer: (request: ApiRequest) => ApiReply | Promise<ApiReply>,
  ): Endpoint => {
    const [method = "", path = ""] = route.split(" ");
    return { method, path: pathPattern(`/desktop/api${path}`), access: "desktop", answer };
  };
  const idOf = ({ params }: ApiRequest) => params.id ?? "";
  const view = (id: string) => interactionBody(world, id);
  const widget = widgetUrl ?? `${portalUrl.replace(/\/$/, "")}/widget/genesys/demo-genesys?${PLACEHOLDERS}`;
  return [
    {
      method: "GET",
      path: /^\/$/,
      access: "public",
      answer: () => ({ status: 302, headers: { location: "/desktop" } }),
    },
    { method: "GET", path: /^\/healthz$/, access: "public", answer: () => ({ body: { status: "ok" } }) },
    ...Object.entries(FILES).map(([path, file]) => pageFile(path, file)),
    desktop("GET /start", () => ({
      body: {
        widgetUrl: widget,
        agents: world.directory.allUsers(),
        organizations: world.directory.organizations(),
        queues: world.directory
          .organizations()
          .flatMap(({ id }) => world.directory.queues(id))
          .map(({ id, name, organizationId }) => ({ id, name, organizationId })),
        wrapUpCodes: world.directory.wrapUpCodes(),
      },
    })),
    desktop("GET /agents/:id/interactions", (request) => ({
      body: world.interactions
        .all()
        .filter(({ participants }) => participants.some(({ userId }) => userId === idOf(request)))
        .map(({ id }) => view(id))
        .reverse(),
    })),
    desktop("POST /interactions", ({ body }) => ({
      status: 201,
      body: view(operate.start(readBody(startSchema, body)).id),
    })),
    desktop("POST /calls", async ({ body }) => {
      const request = readBody(callSchema, body);
      const { conversationId } = await operate.call({ ...request, recording: "demo-1" });
      return { status: 201, body: view(conversationId) };
    }),
    desktop("POST /interactions/:id/customer", (request) => {
      operate.customer(idOf(request), readBody(customerSchema, request.body));
      return { body: view(idOf(request)) };
    }),
    desktop("POST /interactions/:id/agent", (request) => {
      operate.agent(idOf(request), readBody(agentSchema, request.body));
      return { body: view(idOf(request)) };
    }),
  ];
}

function interactionBody(world: World, id: string): object {
  const conversation = world.interactions.find(id);
  return {
    ...shapeA(conversation),
    media: conversation.media,
    lines: conversation.messages
      .filter(({ kind }) => kind !== "Event")
      .map((message) => ({
        ...messageBody(message, world.settings),
        author: conversation.participants.find(({ userId }) => userId && userId === message.createdBy)?.name,
      })),
  };
}

function pageFile(path: string, [file, type]: readonly [string, string]): Endpoint {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    // any administrator may enter any widget: the platform frames what it is told to
    "frame-src *",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return {
    method: "GET",
    path: new RegExp(`^${path.replaceAll(".", "\\.")}/?$`),
    access: "public",
    answer: () => ({
      body: readFileSync(join(FOLDER, file)),
      headers: { "content-type": type, "content-security-policy": policy, "referrer-policy": "origin" },
    }),
  };
}
