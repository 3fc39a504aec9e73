import type { AgentDirectory } from "#/lib/directory/agent-directory.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import type { Log } from "#/lib/kernel/log.ts";
import {
  type FollowMessage,
  lobbyAgent,
  type WatchAnswer,
  watchSchema,
} from "#/lib/realtime/agent-contract.ts";
import { agentRoom } from "#/lib/realtime/rooms.ts";
import type { WidgetClaims } from "#/lib/realtime/widget-token.ts";
import { createAnswering, placeOf, type WidgetSocket } from "./widget-socket.ts";

const WATCH_RATE = { burst: 10, perSecond: 0.5 } as const;

type Watching = {
  socket: WidgetSocket;
  names: readonly string[];
  agentId: string | undefined;
  /** Conversations that this widget was told of and that are not over. */
  told: Set<string>;
};

export type AgentWatch = {
  serve(socket: WidgetSocket): void;
  /**
   * Says this node's widgets to the directory again and tells each what it missed: a name that was linked since it
   * came, an event that found Redis away. Called every few seconds.
   */
  beat(): Promise<void>;
};

type WatchDeps = { directory: AgentDirectory; log: Log; clock: Clock };

/** Widgets that know their agent and no conversation: each is told what the agent has on. */
export function createAgentWatch({ directory, log, clock }: WatchDeps): AgentWatch {
  const widgets = new Map<string, Watching>();

  const enter = async (one: Watching) => {
    const place = connectionOf(one.socket);
    const agentId = await directory.resolve(place, one.names);
    one.agentId = agentId;
    const rooms = [...one.names, ...(agentId ? [agentId] : [])];
    await one.socket.join(rooms.map((agentName) => agentRoom({ ...place, agentName })));
    await directory.watching(place, { socketId: one.socket.id, names: one.names, agentId, at: clock() });
  };
  const watch = async (
    socket: WidgetSocket,
    conversationId: string,
    given: readonly string[],
  ): Promise<WatchAnswer> => {
    const { claims } = socket.data.token;
    placeOf(claims, conversationId);
    const names = namesAllowed(claims, conversationId, given);
    const one: Watching = { socket, names, agentId: undefined, told: new Set() };
    widgets.set(socket.id, one);
    await enter(one);
    const current = one.agentId ? await directory.conversations(connectionOf(socket)) : [];
    const conversations = current.filter(({ agentId }) => agentId === one.agentId);
    for (const each of conversations) one.told.add(each.conversationId);
    return { ok: true, agentId: one.agentId, conversations };
  };
  const catchUp = (one: Watching, current: readonly FollowMessage[]) => {
    const own = current.filter(({ agentId }) => agentId === one.agentId);
    for (const each of own) if (!one.told.has(each.conversationId)) one.socket.emit("follow", each);
    one.told = new Set(own.map(({ conversationId }) => conversationId));
  };

  return {
    serve: (socket) => {
      const answering = createAnswering(log, clock);
      socket.on(
        "watch",
        answering(WATCH_RATE, watchSchema, ({ conversationId, names }) =>
          watch(socket, conversationId, names),
        ),
      );
      socket.on("disconnect", () => {
        if (widgets.delete(socket.id)) directory.left(connectionOf(socket), socket.id).catch(() => {});
      });
    },
    beat: async () => {
      const byConnection = Map.groupBy(
        widgets.values(),
        ({ socket }) => socket.data.token.claims.connectionId,
      );
      for (const all of byConnection.values()) {
        await Promise.all(all.map(enter));
        const [first] = all;
        const current = first ? await directory.conversations(connectionOf(first.socket)) : [];
        for (const one of all) if (one.agentId) catchUp(one, current);
      }
    },
  };
}

const connectionOf = ({ data }: WidgetSocket) => {
  const { tenantId, connectionId } = data.token.claims;
  return { tenantId, connectionId };
};

/** An agent whom the platform has confirmed is that one; of a claimed one the address' and the desktop's names count. */
function namesAllowed(
  claims: WidgetClaims,
  conversationId: string,
  given: readonly string[],
): readonly string[] {
  if (lobbyAgent(conversationId) === undefined)
    throw new AppError("not_found", "There is no such conversation.");
  return !claims.claimed && claims.agentId ? [claims.agentId] : given;
}
