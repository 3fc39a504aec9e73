import * as z from "zod";
import { jsonRoute, readBody } from "#/lib/web/route.ts";
import { widgetGround } from "#/lib/web/widget-ground.ts";
import { holdWidgetRate } from "#/lib/web/widget-rate.ts";
import { finishSignIn } from "#/lib/web/widget-sign-in.ts";

const BODY_LIMIT_BYTES = 4 * 1024;

const requestSchema = z.object({
  ticket: z.string().min(32).max(200),
  proof: z.string().min(1).max(200).optional(),
});

/** What came of a sign-in; the widget asks until it is settled. */
const answer = jsonRoute(async (request) => {
  const input = await readBody(request, requestSchema, BODY_LIMIT_BYTES);
  await holdWidgetRate(request);
  return Response.json(await finishSignIn(input, widgetGround()), {
    headers: { "cache-control": "no-store" },
  });
});

/** An address without parameters gives a handler none to await. */
export const POST = (request: Request) => answer(request, { params: Promise.resolve({}) });
