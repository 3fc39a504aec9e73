import { editSummarySchema, summarizeSchema } from "#/lib/realtime/requests.ts";
import { conversationRoom } from "#/lib/realtime/rooms.ts";
import { editSummary } from "#/lib/summary/edit-summary.ts";
import { wantSummary } from "#/lib/summary/want-summary.ts";
import type { SocketDeps } from "./realtime-deps.ts";
import { type createAnswering, placeOf, type WidgetSocket } from "./widget-socket.ts";

/** A tab asks once a minute, a person now and then. */
const RATE = { burst: 10, perSecond: 0.5 };
const DONE = { ok: true as const };

/** Takes what agents ask of a summary and write into it; the jobs process drafts. */
export function serveSummaries(
  socket: WidgetSocket,
  deps: SocketDeps,
  answering: ReturnType<typeof createAnswering>,
): void {
  const placeFor = (conversationId: string) => placeOf(socket.data.token.claims, conversationId);

  socket.on(
    "summarize",
    answering(RATE, summarizeSchema, async ({ conversationId, again }) => {
      const wanted = await wantSummary(deps.db, placeFor(conversationId), { again });
      if (wanted) deps.announce?.("summaries", [wanted]);
      return DONE;
    }),
  );
  socket.on(
    "edit-summary",
    answering(RATE, editSummarySchema, async ({ conversationId, ...edit }) => {
      const place = placeFor(conversationId);
      const { message, wanted } = await editSummary(deps.db, place, edit);
      socket.nsp.to(conversationRoom(place)).emit("durable", message);
      if (wanted) deps.announce?.("summaries", [wanted]);
      return DONE;
    }),
  );
}
