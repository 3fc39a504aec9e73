import type { DurableMessage } from "#/lib/realtime/contract.ts";
import { writeSchema, writtenSchema } from "#/lib/realtime/requests.ts";
import { conversationRoom, type Place } from "#/lib/realtime/rooms.ts";
import { beginWrite } from "#/lib/writeback/begin-write.ts";
import { reportWrite } from "#/lib/writeback/report-write.ts";
import type { SocketDeps } from "./realtime-deps.ts";
import { type createAnswering, placeOf, type WidgetSocket } from "./widget-socket.ts";

/** An agent writes a message every few seconds at most; the rest is repeats over a bad line. */
const RATE = { burst: 20, perSecond: 2 };

/**
 * Records what an agent has written to the platform and says which widget performs it. The platform itself
 * is called by that widget, in the agent's own name: the agent's token never comes here.
 */
export function serveWriteBacks(
  socket: WidgetSocket,
  deps: SocketDeps,
  answering: ReturnType<typeof createAnswering>,
): void {
  const claims = () => socket.data.token.claims;
  const tell = (place: Place, message: DurableMessage | undefined) => {
    if (message) socket.nsp.to(conversationRoom(place)).emit("durable", message);
  };

  socket.on(
    "write",
    answering(RATE, writeSchema, async ({ conversationId, ...request }) => {
      const place = placeOf(claims(), conversationId);
      const { agentId, agentName } = claims();
      const agent = agentId ? { id: agentId, name: agentName } : undefined;
      const { answer, message } = await beginWrite(deps, place, { ...request, agent });
      tell(place, message);
      return answer;
    }),
  );
  socket.on(
    "written",
    answering(RATE, writtenSchema, async ({ conversationId, ...given }) => {
      const place = placeOf(claims(), conversationId);
      const { state, message } = await reportWrite(deps, place, given);
      tell(place, message);
      return { ok: true as const, state };
    }),
  );
}
