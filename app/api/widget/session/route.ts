import { jsonRoute, readBody } from "#/lib/web/route.ts";
import { holdWidgetRate } from "#/lib/web/widget-rate.ts";
import { openWidgetSession, sessionGround, sessionRequestSchema } from "../widget-sessions.ts";

const BODY_LIMIT_BYTES = 16 * 1024;

/** Exchanges the embed token of a widget's address for a widget token. Sets and reads no cookie. */
const answer = jsonRoute(async (request) => {
  const input = await readBody(request, sessionRequestSchema, BODY_LIMIT_BYTES);
  await holdWidgetRate(request, input.connection);
  const session = await openWidgetSession(input, sessionGround());
  return Response.json(session, { headers: { "cache-control": "no-store" } });
});

/** An address without parameters gives a handler none to await. */
export const POST = (request: Request) => answer(request, { params: Promise.resolve({}) });
