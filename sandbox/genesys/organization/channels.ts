import type { WebSocket } from "ws";
import { ApiError, badRequest, notFound } from "./api-error.ts";
import type { Clock } from "./clock.ts";
import type { Random } from "./random.ts";
import type { Settings } from "./settings.ts";
import type { Token, Tokens } from "./tokens.ts";
import { judgeTopic, type Subscription } from "./topics.ts";

export type Connection = {
  socket: WebSocket;
  /** Half open: the socket stays, and nothing is ever said or answered on it again. */
  mute: boolean;
};

export type Channel = {
  id: string;
  token: Token;
  expiresAt: number;
  lastUsed: number;
  subscriptions: Subscription[];
  connection?: Connection;
};

export type ChannelFilter = { channelId?: string; userId?: string; clientId?: string };
export type Channels = ReturnType<typeof createChannels>;

type Deps = { clock: Clock; random: Random; settings: Settings; tokens: Tokens };

/** Notification channels: what is subscribed, until when, and which one goes when there are too many. */
export function createChannels({ clock, random, settings, tokens }: Deps) {
  const channels = new Map<string, Channel>();
  let uses = 0;
  const touch = (channel: Channel) => {
    uses += 1;
    channel.lastUsed = uses;
  };
  const remove = (channel: Channel) => {
    channels.delete(channel.id);
    channel.connection?.socket.close(1000, "channel gone");
  };
  const renew = (channel: Channel) => {
    channel.expiresAt = clock.now() + settings.channelSeconds * 1000;
    clock.after(settings.channelSeconds * 1000, () => {
      if (channels.has(channel.id) && channel.expiresAt <= clock.now()) remove(channel);
    });
  };
  const ownedBy = (token: Token) => [...channels.values()].filter((channel) => sameOwner(channel, token));
  const find = (id: string, token: Token): Channel => {
    const channel = channels.get(id);
    if (!channel || !sameOwner(channel, token)) throw notFound("channel", id);
    return channel;
  };
  return {
    create(token: Token): Channel {
      const owned = ownedBy(token).sort(
        (a, b) => Number(Boolean(a.connection)) - Number(Boolean(b.connection)) || a.lastUsed - b.lastUsed,
      );
      for (const old of owned.slice(0, Math.max(0, owned.length + 1 - settings.maxChannels))) remove(old);
      const id = `streaming-${random.between(1, 9)}-${random.uuid()}`;
      const channel: Channel = { id, token, expiresAt: 0, lastUsed: 0, subscriptions: [] };
      channels.set(id, channel);
      renew(channel);
      touch(channel);
      return channel;
    },
    find,
    /** For the socket, whose address is its only credential. */
    peek: (id: string) => channels.get(id),
    owned: ownedBy,
    all: () => [...channels.values()],
    matching: ({ channelId, userId, clientId }: ChannelFilter) =>
      [...channels.values()].filter(
        ({ id, token }) =>
          (!channelId || id === channelId) &&
          (!userId || token.user?.id === userId) &&
          (!clientId || token.client.id === clientId),
      ),
    subscribe(channel: Channel, ids: readonly string[], how: HowToSubscribe): Subscription[] {
      const wanted = subscribeTo(channel, ids, { ...how, maxTopics: settings.maxTopics });
      renew(channel);
      touch(channel);
      return wanted;
    },
    /** With a fresh token a channel is alive again: a new sign-in may keep its old channel. */
    use(channel: Channel, token: Token): void {
      channel.token = token;
      touch(channel);
    },
    touch,
    remove,
    listening: (topic: string) =>
      [...channels.values()].filter(
        (channel) =>
          tokens.alive(channel.token) && channel.subscriptions.some(({ singles }) => singles.includes(topic)),
      ),
    clear(): void {
      for (const channel of channels.values()) remove(channel);
    },
  };
}

export type HowToSubscribe = { replace: boolean; ignoreErrors: boolean };

/** "Per user and app", and never across organizations. */
function sameOwner({ token }: Channel, other: Token): boolean {
  return (
    token.client.id === other.client.id &&
    token.user?.id === other.user?.id &&
    token.organizationId === other.organizationId
  );
}

function refusal({ id, missingPermissions = [], rejectionReason = "" }: Subscription): ApiError {
  const params = { topic: id, permissions: missingPermissions.join(", ") };
  return missingPermissions.length > 0
    ? new ApiError(403, "not.authorized", `${rejectionReason} ${id}: ${params.permissions}`, { params })
    : new ApiError(400, "bad.request", rejectionReason, { params });
}

/** Judges the topics and keeps the good ones; without `ignoreErrors` one bad topic fails them all. */
function subscribeTo(
  channel: Channel,
  ids: readonly string[],
  { replace, ignoreErrors, maxTopics }: HowToSubscribe & { maxTopics: number },
): Subscription[] {
  const wanted = [...new Set(ids)].map((id) => judgeTopic(id, channel.token));
  const bad = wanted.find(({ state }) => state === "Rejected");
  if (bad && !ignoreErrors) throw refusal(bad);
  const kept = replace ? [] : channel.subscriptions.filter(({ id }) => !ids.includes(id));
  const next = [...kept, ...wanted.filter(({ state }) => state === "Permitted")];
  if (next.length > maxTopics) throw badRequest(`A channel holds no more than ${maxTopics} topics.`);
  channel.subscriptions = next;
  return wanted;
}
