import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import { platformIdSchema } from "#/lib/kernel/platform-id.ts";
import { NONCE_HEADER } from "#/lib/web/request-headers.ts";
import { webLog } from "#/lib/web/web-log.ts";
import { callbackPage } from "#/lib/web/widget-callback-page.ts";
import { widgetGround } from "#/lib/web/widget-ground.ts";
import { holdWidgetRate } from "#/lib/web/widget-rate.ts";
import { type Homecoming, returnFromPlatform } from "#/lib/web/widget-sign-in.ts";

const LONGEST = 4096;

type Context = { params: Promise<{ platform: string }> };

/** Where a platform's login sends the agent's browser back to. Registered there letter for letter. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { platform } = await params;
  const home = await comeHome(request, platform).catch((error: unknown): Homecoming => {
    if (!isAppError(error)) webLog.error({ err: error }, "sign-in callback failed");
    return { kind: "unknown", label: platform };
  });
  const headers = { "cache-control": "no-store", "referrer-policy": "no-referrer" };
  if (home.kind === "frame")
    return new Response(null, { status: 303, headers: { ...headers, location: home.address } });
  return new Response(callbackPage(home, request.headers.get(NONCE_HEADER) ?? ""), {
    status: home.kind === "unknown" ? 400 : 200,
    headers: { ...headers, "content-type": "text/html; charset=utf-8" },
  });
}

async function comeHome(request: Request, given: string): Promise<Homecoming> {
  await holdWidgetRate(request);
  const platform = platformIdSchema.safeParse(given);
  const query = new URL(request.url).searchParams;
  const param = (name: string) => query.get(name)?.slice(0, LONGEST) || undefined;
  const state = param("state");
  if (!platform.success || !state) throw new AppError("invalid_input", "This is no answer of a login.");
  return returnFromPlatform(
    platform.data,
    { state, code: param("code"), error: param("error") },
    widgetGround(),
  );
}
