import * as z from "zod";
import type { Channel } from "../channels.ts";
import type { Token } from "../tokens.ts";
import { type Subscription, TOPIC_KINDS } from "../topics.ts";
import type { World } from "../world.ts";
import { type ApiRequest, apiEndpoint, type Endpoint, readBody } from "./endpoint.ts";

const topicsSchema = z.array(z.object({ id: z.string() }));
const AREA = { area: "notifications" } as const;

/** Channels and their subscriptions (contract, section 4). */
export function notificationEndpoints(world: World): Endpoint[] {
  const { channels } = world;
  const found = ({ params }: ApiRequest, token: Token) => {
    const channel = channels.find(params.id ?? "", token);
    channels.use(channel, token);
    return channel;
  };
  const subscribe = (replace: boolean) => (request: ApiRequest, token: Token) => {
    const channel = found(request, token);
    const ids = readBody(topicsSchema, request.body ?? []).map(({ id }) => id);
    const ignoreErrors = request.url.searchParams.get("ignoreErrors") === "true";
    const judged = channels.subscribe(channel, ids, { replace, ignoreErrors });
    return { body: { entities: judged.map((one) => subscriptionBody(one, channel)) } };
  };
  const path = "/notifications/channels/:id/subscriptions";
  return [
    apiEndpoint(world, "GET /notifications/availabletopics", {}, () => ({
      body: {
        entities: TOPIC_KINDS.map(({ id, description, requiresPermissions }) => ({
          id,
          description,
          requiresPermissions,
          transports: ["All"],
        })),
      },
    })),
    apiEndpoint(world, "POST /notifications/channels", AREA, (_request, token) => ({
      body: channelBody(channels.create(token), world),
    })),
    apiEndpoint(world, "GET /notifications/channels", AREA, (_request, token) => ({
      body: { entities: channels.owned(token).map((channel) => channelBody(channel, world)) },
    })),
    apiEndpoint(world, "HEAD /notifications/channels/:id", AREA, (request, token) => {
      found(request, token);
      return { status: 200 };
    }),
    apiEndpoint(world, `GET ${path}`, AREA, (request, token) => {
      const channel = found(request, token);
      return { body: { entities: channel.subscriptions.map((one) => subscriptionBody(one, channel)) } };
    }),
    apiEndpoint(world, `PUT ${path}`, AREA, subscribe(true)),
    apiEndpoint(world, `POST ${path}`, AREA, subscribe(false)),
    apiEndpoint(world, `DELETE ${path}`, AREA, (request, token) => {
      found(request, token).subscriptions = [];
      return { status: 204 };
    }),
  ];
}

function channelBody({ id, expiresAt }: Channel, world: World): object {
  return {
    id,
    connectUri: `${world.url().replace(/^http/, "ws")}/channels/${id}`,
    expires: new Date(expiresAt).toISOString(),
  };
}

function subscriptionBody({ singles: _singles, ...subscription }: Subscription, channel: Channel): object {
  return { ...subscription, selfUri: `/api/v2/notifications/channels/${channel.id}/subscriptions` };
}
