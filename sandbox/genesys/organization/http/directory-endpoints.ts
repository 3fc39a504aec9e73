import { ApiError, notFound } from "../api-error.ts";
import type { OrganizationRecord, QueueRecord, UserRecord } from "../demo-organization.ts";
import type { Token } from "../tokens.ts";
import type { World } from "../world.ts";
import { type ApiRequest, apiEndpoint, type Endpoint, page } from "./endpoint.ts";

/** Organization, people, queues, wrap-up codes and the OAuth client (contract, section 3). */
export function directoryEndpoints(world: World): Endpoint[] {
  const { directory } = world;
  return [
    apiEndpoint(world, "GET /organizations/me", {}, (_request, token) => ({
      body: organizationBody(directory.organization(token.organizationId)),
    })),
    apiEndpoint(world, "GET /users/me", { area: "users" }, ({ url }, token) => {
      if (!token.user) {
        throw new ApiError(
          400,
          "bad.request",
          "This request requires a user context. Client credentials cannot be used.",
        );
      }
      return { body: { ...userBody(token.user), ...expansions(url, token) } };
    }),
    apiEndpoint(
      world,
      "GET /users",
      { area: "users", permission: ["directory:user:view"] },
      (request, token) => ({ body: page(directory.users(token.organizationId).map(userBody), request) }),
    ),
    apiEndpoint(
      world,
      "GET /users/:id",
      { area: "users", permission: ["directory:user:view"] },
      ({ params }, token) => {
        const user = directory.users(token.organizationId).find(({ id }) => id === params.id);
        if (!user) throw notFound("user", params.id ?? "");
        return { body: userBody(user) };
      },
    ),
    ...queueEndpoints(world),
    apiEndpoint(
      world,
      "GET /oauth/clients/:id",
      { permission: ["oauth:client:view"] },
      ({ params }, token) => {
        const client = directory.client(params.id ?? "");
        if (client?.organizationId !== token.organizationId) throw notFound("client", params.id ?? "");
        return {
          body: {
            id: client.id,
            name: client.name,
            authorizedGrantType: client.grant,
            scope: client.scopes,
            registeredRedirectUri: client.redirectUris,
            roleIds: client.permissions.length > 0 ? ["role-omnibots"] : [],
            state: client.state,
            accessTokenValiditySeconds: world.settings.tokenSeconds,
          },
        };
      },
    ),
  ];
}

function queueEndpoints(world: World): Endpoint[] {
  const { directory } = world;
  const queues = (token: Token) => directory.queues(token.organizationId);
  const queueOf = (id: string | undefined, token: Token) => {
    const queue = queues(token).find((one) => one.id === id);
    if (!queue) throw notFound("queue", id ?? "");
    return queue;
  };
  const view = ["routing:queue:view"];
  return [
    apiEndpoint(world, "GET /routing/queues", { area: "routing", permission: view }, (request, token) => ({
      body: page(
        filtered(queues(token), request).map((queue) => queueBody(queue, world)),
        request,
      ),
    })),
    apiEndpoint(world, "GET /routing/queues/me", { area: "routing" }, (request, token) => {
      const mine = queues(token).filter(({ id }) => token.user?.queueIds.includes(id));
      return {
        body: page(
          mine.map((queue) => ({ ...queueBody(queue, world), joined: true })),
          request,
        ),
      };
    }),
    apiEndpoint(
      world,
      "GET /routing/queues/:id",
      { area: "routing", permission: view },
      ({ params }, token) => ({ body: queueBody(queueOf(params.id, token), world) }),
    ),
    apiEndpoint(
      world,
      "GET /routing/queues/:id/wrapupcodes",
      { area: "routing", permission: view },
      (request, token) => {
        queueOf(request.params.id, token);
        return { body: page(directory.wrapUpCodes(), request) };
      },
    ),
  ];
}

function organizationBody({ id, name, domain }: OrganizationRecord): object {
  return {
    id,
    name,
    domain,
    state: "active",
    productPlatform: "PureCloud",
    defaultLanguage: "en-US",
    features: {},
  };
}

function userBody({ id, name, email, language }: UserRecord): object {
  return {
    id,
    name,
    email,
    username: email,
    state: "active",
    preferredLanguage: language,
    division: { id: "home", name: "Home" },
    selfUri: `/api/v2/users/${id}`,
  };
}

function expansions({ searchParams }: URL, { client, user }: Token): object {
  const asked = searchParams.getAll("expand").flatMap((value) => value.split(","));
  const known: Record<string, unknown> = {
    presence: { presenceDefinition: { systemPresence: "ON_QUEUE" } },
    routingStatus: { userId: user?.id, status: "IDLE" },
    authorization: { roles: [], unusedRoles: [], permissions: client.permissions, permissionPolicies: [] },
    languagePreference: user?.language,
  };
  return Object.fromEntries(Object.entries(known).filter(([name]) => asked.includes(name)));
}

function queueBody({ id, name, description }: QueueRecord, { directory }: World): object {
  const members = directory.allUsers().filter(({ queueIds }) => queueIds.includes(id)).length;
  return {
    id,
    name,
    description,
    division: { id: "home", name: "Home" },
    memberCount: members,
    joinedMemberCount: members,
    mediaSettings: { call: {}, message: {} },
    acwSettings: { wrapupPrompt: "OPTIONAL", timeoutMs: 300_000 },
    enableTranscription: false,
    selfUri: `/api/v2/routing/queues/${id}`,
  };
}

/** `name` may begin or end with a star; `id` may be repeated. */
function filtered(queues: readonly QueueRecord[], { url }: ApiRequest): QueueRecord[] {
  const ids = url.searchParams.getAll("id");
  const name = url.searchParams.get("name");
  const escaped = name?.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  const wanted = escaped === undefined ? undefined : new RegExp(`^${escaped}$`, "i");
  const sorted = [...queues].sort((a, b) => a.name.localeCompare(b.name));
  if (url.searchParams.get("sortOrder")?.startsWith("desc")) sorted.reverse();
  return sorted.filter(
    (queue) => (ids.length === 0 || ids.includes(queue.id)) && (!wanted || wanted.test(queue.name)),
  );
}
