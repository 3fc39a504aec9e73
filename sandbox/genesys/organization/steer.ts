import { badRequest } from "./api-error.ts";
import { say, systemMessage } from "./channel-socket.ts";
import type { Channel, ChannelFilter } from "./channels.ts";
import type { TokenFilter } from "./tokens.ts";
import type { World } from "./world.ts";

export type Steer = ReturnType<typeof createSteer>;

/** Accidents that one makes happen now, to the channels and tokens that a filter names (all without one). */
export function createSteer(world: World) {
  const { channels, tokens, clock, settings } = world;
  const each = (filter: ChannelFilter | undefined, act: (channel: Channel) => void) => {
    const struck = channels.matching(filter ?? {});
    for (const channel of struck) act(channel);
    return struck.length;
  };
  const endTokens = (how: "revoke" | "expire", filter?: TokenFilter) => {
    const ended = tokens.end(how, filter);
    for (const channel of channels.all()) {
      if (how === "revoke" && channel.connection && ended.includes(channel.token)) {
        say(
          channel.connection,
          systemMessage(`v2.system.token_revoked.${channel.id}`, channel, "token revoked"),
        );
      }
    }
    return ended.length;
  };
  return {
    revokeTokens: (filter?: TokenFilter) => endTokens("revoke", filter),
    expireTokens: (filter?: TokenFilter) => endTokens("expire", filter),
    /** Announces the end of the sockets; each closes after the grace unless its client was faster. */
    socketClosing: (filter?: ChannelFilter) =>
      each(filter, (channel) => {
        const { connection } = channel;
        if (!connection) return;
        say(connection, systemMessage("v2.system.socket_closing", channel, "rebalance"));
        clock.after(settings.socketGraceMs, () => connection.socket.close(1001, "socket closing"));
      }),
    /** The sockets stay open and never say or answer anything again. */
    halfOpen: (filter?: ChannelFilter) =>
      each(filter, ({ connection }) => {
        if (connection) connection.mute = true;
      }),
    /** Tears the sockets; the channels live on. */
    cutSockets: (filter?: ChannelFilter) => each(filter, ({ connection }) => connection?.socket.terminate()),
    evictChannels: (filter?: ChannelFilter) => each(filter, channels.remove),
    /** As if their lifetime were over now. */
    expireChannels: (filter?: ChannelFilter) => each(filter, channels.remove),
    setClientState(clientId: string, state: "active" | "inactive"): void {
      clientOf(world, clientId).state = state;
    },
    setPermissions(clientId: string, permissions: string[]): void {
      clientOf(world, clientId).permissions = permissions;
    },
    setScopes(clientId: string, scopes: string[]): void {
      clientOf(world, clientId).scopes = scopes;
    },
    setRedirectUris(clientId: string, redirectUris: string[]): void {
      clientOf(world, clientId).redirectUris = redirectUris;
    },
  };
}

function clientOf({ directory }: World, id: string) {
  const client = directory.client(id);
  if (!client) throw badRequest(`There is no client ${id}.`);
  return client;
}
