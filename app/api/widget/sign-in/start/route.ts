import * as z from "zod";
import { platformIdSchema } from "#/lib/kernel/platform-id.ts";
import { jsonRoute, readBody } from "#/lib/web/route.ts";
import { widgetGround } from "#/lib/web/widget-ground.ts";
import { holdWidgetRate } from "#/lib/web/widget-rate.ts";
import { startSignIn } from "#/lib/web/widget-sign-in.ts";

const BODY_LIMIT_BYTES = 16 * 1024;
const MOST_PARAMETERS = 20;

const requestSchema = z.object({
  platform: platformIdSchema,
  connection: z.string().min(1).max(200),
  embedToken: z.string().max(4096),
  mode: z.enum(["popup", "redirect"]),
  keeper: z.string().min(32).max(200).optional(),
  parameters: z
    .record(z.string().regex(/^[A-Za-z]{1,40}$/), z.string().max(500))
    .refine((given) => Object.keys(given).length <= MOST_PARAMETERS, "Too many parameters."),
});

/** Begins an agent's sign-in. Sets and reads no cookie. */
const answer = jsonRoute(async (request) => {
  const input = await readBody(request, requestSchema, BODY_LIMIT_BYTES);
  await holdWidgetRate(request, input.connection);
  const started = await startSignIn(input, widgetGround());
  return Response.json(started, { headers: { "cache-control": "no-store" } });
});

/** An address without parameters gives a handler none to await. */
export const POST = (request: Request) => answer(request, { params: Promise.resolve({}) });
