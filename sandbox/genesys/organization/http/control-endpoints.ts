import * as z from "zod";
import { lastAgent } from "../conversation.ts";
import { earlyFetchSchema, eventFaultsSchema, faultRuleSchema } from "../faults.ts";
import { agentSchema, callSchema, customerSchema, type Operate, startSchema } from "../operate.ts";
import { settingsSchema } from "../settings.ts";
import type { Steer } from "../steer.ts";
import type { World } from "../world.ts";
import { type ApiReply, type ApiRequest, type Endpoint, pathPattern, readBody } from "./endpoint.ts";

const filterShape = {
  channelId: z.string().optional(),
  userId: z.string().optional(),
  clientId: z.string().optional(),
};
const ACTIONS = [
  "revokeTokens",
  "expireTokens",
  "socketClosing",
  "halfOpen",
  "cutSockets",
  "evictChannels",
  "expireChannels",
] as const;

const faultsSchema = z.object({
  rules: z.array(faultRuleSchema).default([]),
  events: eventFaultsSchema.partial().optional(),
  earlyFetch: earlyFetchSchema.optional(),
  /** Accidents that happen now. */
  actions: z.array(z.object({ do: z.enum(ACTIONS), ...filterShape })).default([]),
});
const clientSchema = z.object({
  state: z.enum(["active", "inactive"]).optional(),
  permissions: z.array(z.string()).optional(),
  scopes: z.array(z.string()).optional(),
  redirectUris: z.array(z.string()).optional(),
});
const tokenSchema = z.object({ userId: z.string().optional(), clientId: z.string().optional() });

type Deps = { world: World; operate: Operate; steer: Steer };

/** The strings behind the stage, for tests and shells; with a sandbox token set, only with it. */
export function controlEndpoints(deps: Deps): Endpoint[] {
  const { world, operate } = deps;
  const { directory } = world;
  const control = (
    route: string,
    answer: (request: ApiRequest) => ApiReply | Promise<ApiReply>,
  ): Endpoint => {
    const [method = "", path = ""] = route.split(" ");
    return { method, path: pathPattern(`/_control${path}`), access: "control", answer };
  };
  return [
    control("GET /state", () => ({ body: stateOf(world) })),
    control("GET /seed", () => ({ body: seedOf(world) })),
    control("POST /reset", () => {
      world.reset();
      return { body: { reset: true } };
    }),
    control("GET /settings", () => ({ body: world.settings })),
    control("POST /settings", ({ body }) => {
      const given = readBody(settingsSchema.partial(), body);
      return { body: Object.assign(world.settings, settingsSchema.parse({ ...world.settings, ...given })) };
    }),
    ...faultEndpoints(deps, control),
    ...peopleEndpoints(deps, control),
    control("GET /sent", () => ({ body: world.messaging.sent() })),
    control("GET /wrapups", () => ({ body: world.wrapUps.saved() })),
    control("DELETE /queues/:id", ({ params }) => {
      directory.removeQueue(params.id ?? "");
      return { status: 204 };
    }),
    control("POST /clients/:id", ({ params, body }) => {
      changeClient(deps.steer, params.id ?? "", readBody(clientSchema, body));
      return { body: directory.client(params.id ?? "") };
    }),
    control("POST /tokens", ({ body }) => {
      const { userId, clientId } = readBody(tokenSchema, body);
      const client = directory.client(clientId ?? "") ?? undefined;
      if (userId) return { body: { access_token: operate.agentToken(userId, client).value } };
      const server = client ?? directory.clients().find(({ grant }) => grant === "CLIENT-CREDENTIALS");
      return server ? { body: { access_token: world.tokens.issue(server).value } } : { status: 404 };
    }),
  ];
}

type Control = (route: string, answer: (request: ApiRequest) => ApiReply | Promise<ApiReply>) => Endpoint;

function faultEndpoints({ world, steer }: Deps, control: Control): Endpoint[] {
  return [
    control("GET /faults", () => ({ body: world.faults.view() })),
    control("POST /faults", ({ body }) => {
      const { rules, events, earlyFetch, actions } = readBody(faultsSchema, body);
      world.faults.add(...rules);
      if (events) world.faults.events(events);
      if (earlyFetch) world.faults.earlyFetch(earlyFetch);
      const struck = actions.map(({ do: name, ...filter }) => ({ do: name, struck: steer[name](filter) }));
      return { body: { ...world.faults.view(), actions: struck } };
    }),
    control("DELETE /faults", () => {
      world.faults.clear();
      return { status: 204 };
    }),
  ];
}

function peopleEndpoints({ world, operate }: Deps, control: Control): Endpoint[] {
  const idOf = ({ params }: ApiRequest) => params.id ?? "";
  return [
    control("POST /conversations", ({ body }) => ({
      status: 201,
      body: summaryOf(world, operate.start(readBody(startSchema, body)).id),
    })),
    control("GET /conversations/:id", (request) => ({ body: world.interactions.find(idOf(request)) })),
    control("POST /conversations/:id/customer", (request) => {
      const messageId = operate.customer(idOf(request), readBody(customerSchema, request.body));
      return { body: { ...(messageId && { messageId }), ...summaryOf(world, idOf(request)) } };
    }),
    control("POST /conversations/:id/agent", (request) => {
      operate.agent(idOf(request), readBody(agentSchema, request.body));
      return { body: summaryOf(world, idOf(request)) };
    }),
    control("POST /calls", async ({ body }) => {
      const { call, ...placed } = await operate.call(readBody(callSchema, body));
      return { status: 201, body: { ...placed, audio: call !== undefined } };
    }),
  ];
}

function changeClient(steer: Steer, id: string, change: z.output<typeof clientSchema>): void {
  if (change.state) steer.setClientState(id, change.state);
  if (change.permissions) steer.setPermissions(id, change.permissions);
  if (change.scopes) steer.setScopes(id, change.scopes);
  if (change.redirectUris) steer.setRedirectUris(id, change.redirectUris);
}

/** The ids that a test needs next. */
function summaryOf({ interactions }: World, conversationId: string): object {
  const agent = lastAgent(interactions.find(conversationId));
  return {
    conversationId,
    ...(agent && {
      agentParticipantId: agent.id,
      communicationId: agent.communicationId,
      agentState: agent.state,
    }),
  };
}

export function seedOf({ directory, url }: World): object {
  return {
    url: url(),
    organizations: directory.organizations(),
    clients: directory.clients(),
    users: directory.allUsers(),
    queues: directory.organizations().flatMap(({ id }) => directory.queues(id)),
    wrapUpCodes: directory.wrapUpCodes(),
  };
}

function stateOf(world: World): object {
  return {
    now: new Date(world.clock.now()).toISOString(),
    settings: world.settings,
    faults: world.faults.view(),
    tokens: world.tokens.list().map(({ client, user, expiresAt, revoked }) => ({
      clientId: client.id,
      userId: user?.id,
      expiresAt: new Date(expiresAt).toISOString(),
      revoked,
    })),
    channels: world.channels.all().map(({ id, token, expiresAt, subscriptions, connection }) => ({
      id,
      userId: token.user?.id,
      clientId: token.client.id,
      expires: new Date(expiresAt).toISOString(),
      topics: subscriptions.map((subscription) => subscription.id),
      connected: connection !== undefined,
      mute: connection?.mute ?? false,
    })),
    conversations: world.interactions.all(),
    sent: world.messaging.sent(),
    wrapUps: world.wrapUps.saved(),
  };
}
