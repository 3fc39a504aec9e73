import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { derivedId } from "#/lib/kernel/derived-id.ts";
import { readDurable } from "#/lib/realtime/read-durable.ts";
import { readLatest, readOlder } from "#/lib/realtime/read-latest.ts";
import { readPassage } from "#/lib/realtime/read-passage.ts";
import {
  acknowledgeSchema,
  askSchema,
  contextSchema,
  type DoneAnswer,
  feedbackSchema,
  forwardSchema,
  joinSchema,
  olderSchema,
  passageSchema,
} from "#/lib/realtime/requests.ts";
import { conversationRoom } from "#/lib/realtime/rooms.ts";
import { saveFeedback } from "#/lib/realtime/save-feedback.ts";
import type { SocketDeps } from "./realtime-deps.ts";
import { serveDesktop } from "./serve-desktop.ts";
import { serveSummaries } from "./serve-summaries.ts";
import { serveWriteBacks } from "./serve-write-backs.ts";
import { createAnswering, placeOf, type WidgetSocket } from "./widget-socket.ts";

/**
 * What a socket may do: bursts of a widget that catches up, then the pace of a person at work. A busy
 * chat forwards a few messages a second.
 */
const RATES = {
  read: { burst: 60, perSecond: 5 },
  older: { burst: 40, perSecond: 4 },
  forward: { burst: 100, perSecond: 20 },
  ask: { burst: 5, perSecond: 0.5 },
  context: { burst: 10, perSecond: 0.5 },
  acknowledge: { burst: 60, perSecond: 20 },
  card: { burst: 30, perSecond: 3 },
  renew: { burst: 5, perSecond: 0.1 },
} as const;

const DONE: DoneAnswer = { ok: true };
const LINES_A_PAGE = 200;

/** Answers one widget's requests. Each is held against the token that the socket carries at that moment. */
export function serveWidget(socket: WidgetSocket, deps: SocketDeps): void {
  const answering = createAnswering(deps.log, deps.clock);
  const claims = () => socket.data.token.claims;

  const read = async ({ conversationId, after, latest }: z.output<typeof joinSchema>) => {
    const place = placeOf(claims(), conversationId);
    if (latest !== undefined && after === 0) {
      const { olderBefore, ...found } = await readLatest(deps.db, place, latest);
      return { ok: true as const, ...found, serverTime: deps.clock(), latest: { olderBefore } };
    }
    const found = await readDurable(deps.db, place, after);
    return { ok: true as const, ...found, serverTime: deps.clock() };
  };

  socket.on(
    "join",
    answering(RATES.read, joinSchema, async (input) => {
      // The room first: what is appended while we read then comes twice at worst, never not at all.
      await socket.join(conversationRoom(placeOf(claims(), input.conversationId)));
      return read(input);
    }),
  );
  socket.on("sync", answering(RATES.read, joinSchema, read));
  socket.on(
    "older",
    answering(RATES.older, olderSchema, async ({ conversationId, before }) => {
      const place = placeOf(claims(), conversationId);
      return { ok: true as const, ...(await readOlder(deps.db, place, { before, most: LINES_A_PAGE })) };
    }),
  );
  socket.on(
    "acknowledge",
    answering(RATES.acknowledge, acknowledgeSchema, async ({ conversationId, painted }) => {
      const place = placeOf(claims(), conversationId);
      deps.painted.add(painted.map((each) => ({ place, ...each })));
    }),
  );
  socket.on(
    "feedback",
    answering(RATES.card, feedbackSchema, async (given) => {
      const { conversationId, agentId = "unknown" } = claims();
      await saveFeedback(deps.db, placeOf(claims(), conversationId), { ...given, agentId });
      return DONE;
    }),
  );
  socket.on(
    "passage",
    answering(RATES.card, passageSchema, ({ chunkId }) =>
      readPassage(deps.db, placeOf(claims(), claims().conversationId), chunkId),
    ),
  );
  serveDoors(socket, deps, answering);
  serveDesktop(socket, deps, answering);
  serveWriteBacks(socket, deps, answering);
  serveSummaries(socket, deps, answering);
  socket.on(
    "renew",
    answering(RATES.renew, z.string().max(4_000), async (given) => {
      const token = await deps.tokens.verify(given);
      if (!sameScope(token.claims, claims()))
        throw new AppError("unauthenticated", "This widget session is not valid any more.");
      socket.data.token = token;
      return DONE;
    }),
  );
}

/** Forwarded messages, questions and contexts: all are deliveries, answered once they are stored. */
function serveDoors(
  socket: WidgetSocket,
  deps: SocketDeps,
  answering: ReturnType<typeof createAnswering>,
): void {
  const claims = () => socket.data.token.claims;
  const accept = async (messageId: string, payload: unknown): Promise<DoneAnswer> => {
    const { tenantId, connectionId } = claims();
    const receivedAt = deps.clock();
    await deps.accept({ tenantId, connectionId, door: "widget", messageId, payload, receivedAt });
    return DONE;
  };
  const agent = () => {
    const { agentId, agentName } = claims();
    return agentId ? { id: agentId, ...(agentName ? { name: agentName } : {}) } : undefined;
  };

  socket.on(
    "forward",
    answering(RATES.forward, forwardSchema, ({ conversationId, messageId, payload: message }) => {
      placeOf(claims(), conversationId);
      // Under a name of its own: no widget can take the id of a delivery that the platform itself will send.
      return accept(deliveryId("message", conversationId, messageId), {
        kind: "message",
        conversationId,
        message,
        claimedAgent: agent(),
      });
    }),
  );
  socket.on(
    "ask",
    answering(RATES.ask, askSchema, ({ conversationId, askId, text }) => {
      placeOf(claims(), conversationId);
      return accept(deliveryId("question", conversationId, askId), {
        kind: "question",
        conversationId,
        askId,
        text,
        agent: agent(),
        at: new Date(deps.clock()).toISOString(),
      });
    }),
  );
  socket.on(
    "context",
    answering(RATES.context, contextSchema, ({ conversationId, ...page }) => {
      placeOf(claims(), conversationId);
      const said = { ...page, agent: agent() ?? page.agent };
      // Named by its content: every tab and every reload says it again, and means nothing new by it.
      const id = derivedId(JSON.stringify(said));
      const at = new Date(deps.clock()).toISOString();
      return accept(deliveryId("context", conversationId, id), {
        kind: "context",
        conversationId,
        ...said,
        at,
      });
    }),
  );
}

const deliveryId = (...parts: string[]) => parts.map(encodeURIComponent).join("/");

function sameScope(one: Scope, other: Scope): boolean {
  return (
    one.tenantId === other.tenantId &&
    one.connectionId === other.connectionId &&
    one.conversationId === other.conversationId &&
    one.agentId === other.agentId
  );
}
type Scope = { tenantId: string; connectionId: string; conversationId: string; agentId?: string };
