import { jsonRoute } from "#/lib/web/route.ts";
import { holdWidgetRate } from "#/lib/web/widget-rate.ts";
import { renewWidgetSession, sessionGround } from "../widget-sessions.ts";

/** Five more minutes for a widget token that has not ended. */
const answer = jsonRoute(async (request) => {
  await holdWidgetRate(request);
  const bearer = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  const renewed = await renewWidgetSession(bearer, sessionGround());
  return Response.json(renewed, { headers: { "cache-control": "no-store" } });
});

/** An address without parameters gives a handler none to await. */
export const POST = (request: Request) => answer(request, { params: Promise.resolve({}) });
