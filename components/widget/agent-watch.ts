import { io, type Socket } from "socket.io-client";
import type { WidgetContext } from "#/lib/connectors/widget-provider.ts";
import {
  type AgentClientToServer,
  type AgentServerToClient,
  followSchema,
  lobbyOf,
} from "#/lib/realtime/agent-contract.ts";
import type { ServerToClient } from "#/lib/realtime/contract.ts";
import { jittered } from "./named-timers.ts";
import { createTokenKeeper, openSession, SessionRefused, type SessionRequest } from "./widget-session.ts";

export type AgentWatch = {
  /** Every name that the desktop has for its agent; the same names again change nothing. */
  watch(names: readonly string[]): void;
  stop(): void;
};

type LobbySocket = Socket<ServerToClient & AgentServerToClient, AgentClientToServer>;

const ANSWER_MS = 10_000;
const RETRY_MS = 3_000;
const MOST_NAMES = 8;

/** Waits in the agent's lobby and tells which conversation the agent has. One socket, however many conversations come. */
export function watchAgent(
  widget: Pick<SessionRequest, "platform" | "connection" | "embedToken">,
  onFollow: (context: WidgetContext) => void,
): AgentWatch {
  const open = (conversationId: string, agentId: string) =>
    openSession({ ...widget, conversationId, agentId });
  let stopped = false;
  let names: string[] = [];
  let lobby = "";
  let socket: LobbySocket | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const tell = (message: unknown) => {
    const read = followSchema.safeParse(message);
    if (!read.success || read.data.ended || stopped) return;
    const { conversationId, agentId, channel, queue, language } = read.data;
    onFollow({ conversationId, agent: { id: agentId }, channel, queue, language });
  };
  const later = () => {
    clearTimeout(retry);
    if (!stopped) retry = setTimeout(() => void ask(), jittered(RETRY_MS));
  };
  const ask = async () => {
    const answer = await socket
      ?.timeout(ANSWER_MS)
      .emitWithAck("watch", { conversationId: lobby, names })
      .catch(() => undefined);
    if (answer?.ok) for (const each of answer.conversations) tell(each);
    else if (socket?.connected) later();
  };
  const connect = async () => {
    const [first = ""] = names;
    lobby = lobbyOf(first);
    try {
      const session = await open(lobby, first);
      if (stopped) return;
      const tokens = createTokenKeeper(session, () => open(lobby, first));
      const opened: LobbySocket = io(session.realtimeUrl, {
        transports: ["websocket"],
        forceNew: true,
        // A node asks its widgets to go elsewhere by closing: the token is fetched anew for each attempt.
        auth: (give) =>
          void tokens.current().then(
            (token) => give({ token }),
            () => give({}),
          ),
      });
      socket = opened;
      opened.on("connect", () => void ask());
      opened.on("follow", tell);
      // A server's own close is not tried again by the library.
      opened.on("disconnect", (reason) => {
        if (reason === "io server disconnect" && !stopped) opened.connect();
      });
    } catch (error) {
      // Refused is refused: the conversation's own screen says why, as soon as there is one.
      if (error instanceof SessionRefused || stopped) return;
      retry = setTimeout(() => void connect(), jittered(RETRY_MS));
    }
  };

  return {
    watch: (given) => {
      const next = given.slice(0, MOST_NAMES);
      if (stopped || next.join("\n") === names.join("\n")) return;
      const begun = names.length > 0;
      names = next;
      if (begun) void ask();
      else void connect();
    },
    stop: () => {
      stopped = true;
      clearTimeout(retry);
      socket?.close();
    },
  };
}
