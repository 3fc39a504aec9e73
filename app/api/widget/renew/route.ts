import { jsonRoute } from "#/lib/web/route.ts";
import { holdWidgetRate } from "#/lib/web/widget-rate.ts";
import { renewWidgetSession, sessionGround } from "../widget-sessions.ts";

/** Five more minutes for a widget token that has not ended. */
export const POST = jsonRoute(async (request) => {
  await holdWidgetRate(request);
  const bearer = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  const renewed = await renewWidgetSession(bearer, sessionGround());
  return Response.json(renewed, { headers: { "cache-control": "no-store" } });
});
