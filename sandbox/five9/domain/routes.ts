import { createHash, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { readWav } from "../../audio/wav.ts";
import { DEMO_CALLS, readDemoCall } from "../../demo-content.ts";
import { desktopStyle } from "../../desktop-page/desktop-style.ts";
import { type Reply, type Route, type RouteRequest, readBody, readJson } from "../../http/router.ts";
import { SandboxError } from "../../sandbox-error.ts";
import { AGENTS, API_USER, CONSUMER, DOMAIN, SKILLS } from "./directory.ts";
import type { Five9Domain } from "./domain.ts";
import { faultSchema } from "./faults.ts";
import type { Interaction } from "./interactions.ts";
import { answerSoap } from "./soap.ts";
import type { Subscription } from "./subscriptions.ts";

const LIMIT = 100_000;
const LONGEST_WAV = 60_000_000;
const FOLDER = join(import.meta.dirname, "../desktop");
const FILES = {
  "/": ["desktop.html", "text/html; charset=utf-8"],
  "/desktop": ["desktop.html", "text/html; charset=utf-8"],
  "/desktop/desktop.css": ["desktop.css", "text/css; charset=utf-8"],
  "/desktop/desktop.js": ["desktop.js", "text/javascript; charset=utf-8"],
  "/desktop/api.js": ["api.js", "text/javascript; charset=utf-8"],
  "/desktop/interaction-view.js": ["interaction-view.js", "text/javascript; charset=utf-8"],
  "/desktop/adapter.js": ["adapter.js", "text/javascript; charset=utf-8"],
  "/sdk/five9.crm.sdk.js": ["sdk.js", "text/javascript; charset=utf-8"],
} as const;

const id = z.string().min(1).max(100);
const callSchema = z.object({
  skillId: id.optional(),
  agentId: id.optional(),
  silentMs: z.number().positive().max(3_600_000).optional(),
  legs: z.array(z.enum(["AGENT", "CUSTOMER", "SUPERVISOR"])).optional(),
  stream: z.boolean().optional(),
  subscription: z.uuid().optional(),
  /** What is said on the line; nothing without it. */
  recording: z.enum(DEMO_CALLS).optional(),
  /** A file of this machine; only the control API names one. */
  wav: z.string().optional(),
});
const chatSchema = callSchema.pick({ skillId: true, agentId: true, subscription: true });
const subscribeSchema = z.object({
  voiceAddress: z.string().min(1),
  tls: z.boolean().optional(),
  trustToken: z.string().min(1),
  events: z.object({ url: z.url(), apiKey: z.string() }).optional(),
});

type Deps = { domain: Five9Domain; portalUrl: string; controlToken: string | undefined };

/** Everything of the domain that speaks HTTP: web services, REST login, the agents' desktop, and the tests' control. */
export function domainRoutes(deps: Deps): Route[] {
  return [
    ...Object.entries(FILES).map(([path, [file, type]]) => pageFile(path, file, type)),
    open("GET", "/desktop/base.css", () => ({
      body: desktopStyle(),
      headers: { "content-type": "text/css; charset=utf-8" },
    })),
    open("GET", "/healthz", () => ({ body: { status: "ok" } })),
    ...platformRoutes(deps),
    ...desktopRoutes(deps),
    ...controlRoutes(deps),
  ];
}

const pattern = (path: string) =>
  new RegExp(`^${path.replaceAll(".", "\\.").replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`);

const open = (method: Route["method"], path: string, answer: Route["answer"]): Route => ({
  method,
  path: pattern(path),
  access: "public",
  answer,
});

function pageFile(path: string, file: string, type: string): Route {
  return open("GET", path, () => ({
    body: readFileSync(join(FOLDER, file)),
    // the kit is loaded by the widget's own page, from another origin
    headers: { "content-type": type, "cross-origin-resource-policy": "cross-origin" },
  }));
}

function platformRoutes({ domain }: Deps): Route[] {
  return [
    {
      method: "POST",
      path: /^\/wsadmin\/v\d{1,2}\/AdminWebService$/,
      access: "public",
      answer: async ({ raw }) =>
        answerSoap(raw.headers.authorization, (await readBody(raw, LIMIT)).toString("utf8"), domain.faults),
    },
    open("POST", "/appsvcs/rs/svc/auth/login", ({ raw }) => login(domain, raw)),
    open("POST", "/appsvcs/rs/svc/auth/logout", () => {
      domain.sessions.signOut(API_USER.username);
      return { status: 204 };
    }),
    open("POST", "/oauth2/v1/token", ({ raw }) => {
      const basic = Buffer.from(`${CONSUMER.key}:${CONSUMER.secret}`).toString("base64");
      return raw.headers.authorization === `Basic ${basic}`
        ? { body: { access_token: "sandbox-token", expires_in: 3600 } }
        : { status: 401, body: { error: "invalid_client" } };
    }),
  ];
}

const loginSchema = z.object({
  passwordCredentials: z.object({ username: z.string(), password: z.string() }),
  policy: z.enum(["AttachExisting", "ForceIn"]),
});

async function login(domain: Five9Domain, raw: RouteRequest["raw"]): Promise<Reply> {
  const { passwordCredentials: user, policy } = await readJson(raw, loginSchema, LIMIT);
  if (user.username !== API_USER.username || user.password !== API_USER.password)
    return { status: 401, body: { five9ExceptionDetail: { message: "Invalid credentials" } } };
  domain.sessions.signIn(user.username, policy);
  return {
    body: {
      tokenId: "sandbox-token",
      orgId: DOMAIN.id,
      userId: "1",
      context: { farmId: "farm-1" },
      metadata: { dataCenters: [{ name: "Sandbox", active: true, apiUrls: [], uiUrls: [], loginUrls: [] }] },
    },
  };
}

/** Only the desktop's own page sends this header; no other page can without asking first. */
const ofDesktop =
  (answer: Route["answer"]): Route["answer"] =>
  (request) => {
    if (request.raw.headers["x-sandbox-desktop"] !== "1")
      throw new SandboxError("Only the sandbox's own desktop page may ask for this.", 403);
    return answer(request);
  };

function desktopRoutes({ domain, portalUrl }: Deps): Route[] {
  const desktop = (method: Route["method"], path: string, answer: Route["answer"]) =>
    open(method, `/desktop/api${path}`, ofDesktop(answer));
  const byId = ({ params }: RouteRequest) => params.id ?? "";
  const writeSchema = z.object({
    from: z.enum(["customer", "agent"]),
    text: z.string().min(1).max(5000),
    /** Told to the product by webhook too. */
    webhook: z.boolean().default(false),
  });
  return [
    desktop("GET", "/start", ({ url }) => ({
      body: {
        subscription: viewOf(domain.subscriptionOf(url.searchParams.get("subscription") ?? "")),
        widgetUrl: `${portalUrl.replace(/\/$/, "")}/widget/five9/`,
        skills: SKILLS,
        agents: AGENTS,
        domain: DOMAIN,
      },
    })),
    desktop("GET", "/interactions", () => ({ body: domain.all() })),
    desktop("POST", "/calls", async ({ raw }) =>
      created(placeCall(domain, await readJson(raw, callSchema.omit({ wav: true }), LIMIT))),
    ),
    desktop("POST", "/chats", async ({ raw }) =>
      created(domain.chat(await readJson(raw, chatSchema, LIMIT))),
    ),
    desktop("POST", "/subscription", async ({ raw }) =>
      created(viewOf(await domain.subscribe(await readJson(raw, subscribeSchema, LIMIT)))),
    ),
    desktop("POST", "/interactions/:id/messages", async (request) => {
      const { from, text, webhook } = await readJson(request.raw, writeSchema, LIMIT);
      const message = domain.write(byId(request), from, text);
      if (webhook) domain.passOn(byId(request), message);
      return { status: 201, body: message };
    }),
    ...(["hold", "resume", "end"] as const).map((verb) =>
      desktop("POST", `/interactions/:id/${verb}`, (request) => {
        domain[verb](byId(request));
        return { status: 204 };
      }),
    ),
    desktop("POST", "/interactions/:id/log", async (request) => {
      domain.finish(byId(request), await readJson(request.raw, z.record(z.string(), z.string()), LIMIT));
      return { status: 204 };
    }),
  ];
}

/** What a page may know of a subscription: where it goes, and none of its secrets. */
const viewOf = (made: Subscription | undefined) =>
  made && { key: made.key, voiceAddress: made.voiceAddress, events: made.events?.url };

function controlRoutes({ domain, controlToken }: Deps): Route[] {
  const control = (method: Route["method"], path: string, answer: Route["answer"]) =>
    open(method, `/_control${path}`, (request) => {
      if (controlToken && !same(request.raw.headers.authorization ?? "", `Bearer ${controlToken}`))
        throw new SandboxError("Only the sandbox's token steers the domain.", 401);
      return answer(request);
    });
  return [
    control("POST", "/subscription", async ({ raw }) =>
      created(await domain.subscribe(await readJson(raw, subscribeSchema, LIMIT))),
    ),
    control("POST", "/calls", async ({ raw }) =>
      created(placeCall(domain, await readJson(raw, callSchema, LIMIT))),
    ),
    control("GET", "/interactions", () => ({ body: domain.all() })),
    control("POST", "/faults", async ({ raw }) => {
      domain.faults.set(await readJson(raw, faultSchema, LIMIT));
      return { status: 204 };
    }),
  ];
}

type PlacedCall = Omit<z.output<typeof callSchema>, "wav"> & { wav?: string | undefined };

function placeCall(domain: Five9Domain, { wav, recording: demo, ...options }: PlacedCall): Interaction {
  if (wav === undefined) return domain.call({ ...options, ...(demo && { recording: readDemoCall(demo) }) });
  const bytes = readFileSync(wav);
  if (bytes.length > LONGEST_WAV) throw new SandboxError("The recording is too long.", 413);
  return domain.call({ ...options, recording: readWav(bytes) });
}

const created = (body: unknown): Reply => ({ status: 201, body });

function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
